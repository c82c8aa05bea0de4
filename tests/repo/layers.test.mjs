// Each folder of src/ includes only itself and the folders above it, so the core can be read from the
// bottom up and a layer tested without those over it.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/lib/machine.mjs';
import { sources } from '../../scripts/lib/sources.mjs';

const layers = [
  'base',
  'json',
  'sse',
  'chat',
  'prices',
  'keys',
  'models',
  'dialects',
  'providers',
  'routing',
  'gateway',
  'abi',
];

const includesOf = (file) =>
  [...fs.readFileSync(path.join(root, file), 'utf8').matchAll(/^\s*#\s*include\s*(["<])([^">]+)[">]/gm)].map(
    ([, quote, name]) => ({ quote, name, layer: name.split('/')[0] }),
  );

const files = sources(['src'], ['.h', '.cpp']);

test('every folder of src is a known layer', () => {
  const folders = new Set(files.map((file) => file.split(path.sep)[1]));
  assert.deepEqual([...folders].sort(), [...layers].sort());
});

test('a layer includes only itself and the layers above it', () => {
  const wrong = files.flatMap((file) => {
    const own = layers.indexOf(file.split(path.sep)[1]);
    return includesOf(file)
      .filter(({ quote, layer }) => quote === '"' && layers.indexOf(layer) > own)
      .map(({ name }) => `${file} includes ${name}`);
  });
  assert.deepEqual(wrong, []);
});

test('gateway/upstream knows bytes, and no chat', () => {
  const folder = path.join('src', 'gateway', 'upstream') + path.sep;
  const wrong = files
    .filter((file) => file.startsWith(folder))
    .flatMap((file) => includesOf(file).map(({ name }) => ({ file, name })))
    .filter(({ name }) => /^(chat|dialects|gateway\/chat)\//.test(name));
  assert.deepEqual(wrong, []);
});

test('an include of our own is written from src and exists', () => {
  const wrong = files.flatMap((file) =>
    includesOf(file)
      .filter(({ quote, name }) => quote === '"' && !fs.existsSync(path.join(root, 'src', name)))
      .filter(({ name }) => !['simdjson.h'].includes(name))
      .map(({ name }) => `${file} includes ${name}`),
  );
  assert.deepEqual(wrong, []);
});

test('the core does without the libraries of the tests', () => {
  const users = files.filter((file) =>
    includesOf(file).some(({ name }) => /^(nlohmann|gtest|gmock)\//.test(name)),
  );
  assert.deepEqual(users, []);
});

test('only the json folder knows of simdjson', () => {
  const users = files.filter((file) => includesOf(file).some(({ name }) => name.includes('simdjson')));
  assert.deepEqual(
    users.filter((file) => !file.startsWith(path.join('src', 'json'))),
    [],
  );
});

test('no folder of src has more than 20 files of its own', () => {
  const counts = new Map();
  for (const file of files) counts.set(path.dirname(file), (counts.get(path.dirname(file)) ?? 0) + 1);
  assert.deepEqual(
    [...counts].filter(([, count]) => count > 20),
    [],
  );
});

/** Ways in a graph that come back to where they began. */
function circlesOf(graph) {
  const done = new Set();
  const circles = [];
  const visit = (node, way) => {
    if (way.includes(node)) circles.push([...way.slice(way.indexOf(node)), node].join(' → '));
    if (way.includes(node) || done.has(node)) return;
    for (const next of graph.get(node) ?? []) visit(next, [...way, node]);
    done.add(node);
  };
  for (const node of graph.keys()) visit(node, []);
  return circles;
}

const includes = new Map(
  files.map((file) => [file, includesOf(file).map(({ name }) => path.join('src', name))]),
);

test('no file includes itself by way of others', () => {
  assert.deepEqual(circlesOf(includes), []);
});

/** The folders below `folder`, and which of them includes which. Files of `folder` itself belong to none. */
function neighbours(folder) {
  const below = (file) => {
    const [name, ...rest] = path.relative(folder, file).split(path.sep);
    return name !== '..' && rest.length > 0 ? name : undefined;
  };
  const graph = new Map();
  for (const [file, names] of includes) {
    const own = below(file);
    const others = names.map(below).filter((name) => own && name && name !== own);
    if (own) graph.set(own, new Set([...(graph.get(own) ?? []), ...others]));
  }
  return graph;
}

test('of two folders beside one another, one includes the other at most', () => {
  const folders = new Set();
  for (const file of files) {
    for (let folder = path.dirname(file); folder !== '.'; folder = path.dirname(folder)) folders.add(folder);
  }
  // The rooms of the gateway share its context of a request (session/context.h), which has something of each of them.
  folders.delete(path.join('src', 'gateway'));
  assert.deepEqual(
    [...folders].flatMap((folder) => circlesOf(neighbours(folder)).map((way) => `${folder}: ${way}`)),
    [],
  );
});
