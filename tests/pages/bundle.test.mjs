// What is built: small, with hashed names, and nothing inside the HTML that the security policy forbids.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/lib/machine.mjs';
import { buildPages, gzipKibMax, pageNames } from '../../scripts/lib/pages.mjs';

const folder = path.join(root, 'build/pages');

test('each page with all that it loads is below its limit', async () => {
  const sizes = await buildPages();
  assert.deepEqual(Object.keys(sizes), pageNames);
  for (const [name, { bytes, parts }] of Object.entries(sizes)) {
    assert.ok(bytes < gzipKibMax * 1024, `${name}: ${bytes}`);
    assert.ok(parts.preact > 0 && parts.own > 0, name);
  }
  assert.ok(sizes.dashboard.parts.uplot > 0);
  assert.equal(sizes.home.parts.uplot, undefined);
});

test('a page has no inline script or style, and names no other host', () => {
  for (const name of pageNames) {
    const html = fs.readFileSync(path.join(folder, `${name}.html`), 'utf8');
    assert.doesNotMatch(html, /<style|style=|\son\w+=|https?:/i);
    assert.doesNotMatch(html, /<script(?![^>]*\ssrc=)/i);
  }
});

test('all names in assets/ have a hash, and every file that a page names is there', () => {
  const files = fs.readdirSync(path.join(folder, 'assets'));
  assert.deepEqual(
    files.filter((name) => !/^\w+-[A-Z0-9]{8}\.\w+$/.test(name)),
    [],
  );
  for (const name of pageNames) {
    const html = fs.readFileSync(path.join(folder, `${name}.html`), 'utf8');
    for (const [, file] of html.matchAll(/\/assets\/([\w.-]+)/g)) assert.ok(files.includes(file), file);
  }
});

test('the same sources give the same names', async () => {
  const before = fs.readdirSync(path.join(folder, 'assets')).sort();
  await buildPages();
  assert.deepEqual(fs.readdirSync(path.join(folder, 'assets')).sort(), before);
});
