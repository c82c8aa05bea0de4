// What is in a page and how large it is: each library and our own part, gzipped.

import fs from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { root } from './machine.mjs';

const OWN = 'own';

export const gzipped = (file) => gzipSync(fs.readFileSync(file), { level: 9 }).byteLength;

/**
 * A script is compressed as a whole: each part gets its share by its bytes before that.
 * @param {string} html the page's file
 * @param {string[]} loaded its scripts and its style, as in `outputs`
 * @param {import('esbuild').Metafile['outputs']} outputs
 * @returns {{ bytes: number, parts: Record<string, number> }} the largest part first
 */
export function pageSize(html, loaded, outputs) {
  const parts = { html: gzipped(html) };
  const add = (name, bytes) => {
    parts[name] = (parts[name] ?? 0) + bytes;
  };
  for (const file of loaded) {
    const bytes = gzipped(path.join(root, file));
    const inputs = Object.entries(outputs[file].inputs);
    const all = inputs.reduce((sum, [, { bytesInOutput }]) => sum + bytesInOutput, 0);
    if (all === 0) add(OWN, bytes);
    else for (const [input, { bytesInOutput }] of inputs) add(partOf(input), (bytes * bytesInOutput) / all);
  }
  const bytes = Math.round(Object.values(parts).reduce((sum, each) => sum + each, 0));
  return { bytes, parts: Object.fromEntries(Object.entries(parts).sort(([, a], [, b]) => b - a)) };
}

function partOf(input) {
  const [, library] = /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input) ?? [];
  return library ?? (input.endsWith('.css') ? 'styles' : OWN);
}
