// Configures and builds a preset of CMakePresets.json. Ninja decides what has to be compiled.

import fs from 'node:fs';
import path from 'node:path';
import { root, run } from './machine.mjs';

/** What to say before a first build, when it takes long. */
const durations = {
  native: 'Compiling the core natively (about four minutes, once)',
  asan: 'Compiling the core with sanitizers (about five minutes, once)',
  wasm: 'Compiling the core to WebAssembly (about a minute, once)',
  'wasm-tests': 'Compiling the tests to WebAssembly (about three minutes, once)',
  fuzz: 'Compiling the fuzzers (about two minutes, once, or less after npm test)',
};

/** Presets that build more in the folder of another. */
const sharedFolders = { 'wasm-tests': 'wasm', fuzz: 'asan' };

export async function configure(preset, definitions = []) {
  await run('cmake', ['--preset', preset, ...definitions], { what: `cmake --preset ${preset}` });
}

/**
 * Builds a preset, configuring it first if it never was, or its presets have changed since. Two that
 * share a folder do not undo each other: the module's says nothing of the tests, the fuzzers' changes nothing.
 * @param {keyof typeof durations} preset
 */
export async function build(preset) {
  const folder = path.join(root, 'build', sharedFolders[preset] ?? preset);
  const configured = path.join(folder, `.configured-${preset}`);
  const built = path.join(folder, `.built-${preset}`);
  console.log(fs.existsSync(built) ? `Building ${preset} …` : `${durations[preset]} …`);
  if (modified(configured) < modified(path.join(root, 'CMakePresets.json'))) {
    await configure(preset, tolerance());
    fs.writeFileSync(configured, '');
  }
  await run('cmake', ['--build', '--preset', preset], { what: `the build of ${preset}` });
  fs.writeFileSync(built, '');
}

function modified(file) {
  return fs.statSync(file, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}

// A compiler that setup.mjs fetched is newer than those the project is tested with, and may know
// warnings that they do not.
function tolerance() {
  return fs.existsSync(path.join(root, '.cache/emsdk')) ? ['-DONELLM_WERROR=OFF'] : [];
}
