// The files that ARCHITECTURE.md names exist, those of its recipes as well: a newcomer follows them without a guide.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/lib/machine.mjs';

const page = fs.readFileSync(path.join(root, 'ARCHITECTURE.md'), 'utf8');
const recipes = page.slice(page.indexOf('\n## Recipes\n'));
const there = (file) => fs.existsSync(path.join(root, file));

const linked = [...page.matchAll(/\]\(([^)#:]+)(?:#[^)]*)?\)/g)].map(([, file]) => file);
const quoted = [...page.matchAll(/`([^`\s]+)`/g)].map(([, text]) => text);

test('the four recipes are there', () => {
  assert.deepEqual(
    [...recipes.matchAll(/^### (.*)$/gm)].map(([, title]) => title),
    ['A compatible provider', 'A provider that signs', 'A wire dialect', 'A client dialect'],
  );
});

test('every file that the page links is there', () => {
  assert.ok(linked.length > 50);
  assert.deepEqual(
    linked.filter((file) => !there(file)),
    [],
  );
});

test('every path that the page quotes is there, up to its first placeholder', () => {
  const layers = fs.readdirSync(path.join(root, 'src')).filter((name) => !name.includes('.'));
  const paths = quoted.flatMap((text) => {
    const [folder] = text.split('/');
    if (!text.includes('/') || text.includes('*')) return [];
    if (layers.includes(folder)) return [`src/${text}`];
    return /^(src|tests|worker|scripts|docs|bench|cmake)$/.test(folder) ? [text] : [];
  });
  assert.ok(paths.length > 40);
  const certain = (file) => (file.includes('<') ? path.dirname(`${file.split('<')[0]}x`) : file);
  assert.deepEqual(
    paths.filter((file) => !there(certain(file))),
    [],
  );
});

test('functions and types that the recipes name are in the sources', () => {
  const text = ['src', 'tests'].flatMap((folder) =>
    fs
      .readdirSync(path.join(root, folder), { recursive: true })
      .filter((name) => /\.(h|cpp)$/.test(name))
      .map((name) => fs.readFileSync(path.join(root, folder, name), 'utf8')),
  );
  const all = text.join('\n');
  const names = [...recipes.matchAll(/`([A-Za-z_:]+)(?:\(\))?`/g)]
    .map(([, name]) => name.split('::').at(-1))
    .filter((name) => /^[a-z]+(_[a-z]+)+$|^[A-Z][a-z]+[A-Za-z]*$/.test(name) && !name.endsWith('_test'));
  assert.ok(names.length > 15);
  assert.deepEqual(
    names.filter((name) => !all.includes(name)),
    [],
  );
});
