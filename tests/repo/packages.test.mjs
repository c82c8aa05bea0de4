// The lock file serves every mirror and every platform, and versions are pinned.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/lib/machine.mjs';

const readJson = (file) => JSON.parse(fs.readFileSync(path.join(root, file), 'utf8'));
const { packages } = readJson('package-lock.json');

test('the lock file names no registry', () => {
  assert.ok(!fs.readFileSync(path.join(root, 'package-lock.json'), 'utf8').includes('"resolved"'));
});

test('the lock file has the packages of every platform', () => {
  const missing = Object.entries(packages).flatMap(([, entry]) =>
    Object.keys(entry.optionalDependencies ?? {}).filter((name) => !packages[`node_modules/${name}`]),
  );
  assert.deepEqual(missing, []);
});

test('the lock file is that of package.json', () => {
  assert.deepEqual(packages[''].devDependencies, readJson('package.json').devDependencies);
});

test('every dependency is pinned to one version', () => {
  const loose = Object.entries(readJson('package.json').devDependencies).filter(
    ([, version]) => !/^\d/.test(version),
  );
  assert.deepEqual(loose, []);
});

test('install scripts are allowed by name, only to packages that bring a binary', () => {
  assert.deepEqual(Object.keys(readJson('package.json').allowScripts), ['esbuild', 'node', 'workerd']);
});
