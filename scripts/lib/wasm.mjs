// The module that the Worker loads, built from a bare clone on: what start, deploy and the wrangler
// build hook have in common.

import { build } from './cmake.mjs';
import { installPackages } from './packages.mjs';
import { installTools } from './setup.mjs';

export async function buildWasm() {
  await installPackages();
  await installTools(['wasm']);
  await build('wasm');
}
