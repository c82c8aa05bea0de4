// Configures and builds a preset of CMakePresets.json. Ninja decides what has to be compiled.

import fs from 'node:fs';
import path from 'node:path';
import { root, run } from './machine.mjs';

/** What to say before a first build, when it takes long. */
const durations = {
  native: 'Compiling the core natively (about two minutes, once)',
  asan: 'Compiling the core with sanitizers (about two minutes, once)',
  wasm: 'Compiling the core to WebAssembly (about a minute, once)',
  'wasm-tests': 'Compiling the tests to WebAssembly (about two minutes, once)',
  fuzz: 'Compiling the fuzzers (about two minutes, once)',
};

export async function configure(preset, definitions = []) {
  await run('cmake', ['--preset', preset, ...definitions], { what: `cmake --preset ${preset}` });
}

/**
 * Builds a preset, configuring it first if it never was, or its presets have changed since. The two
 * that share a folder do not undo each other: the module's says nothing of the tests.
 * @param {keyof typeof durations} preset
 */
export async function build(preset) {
  const folder = path.join(root, 'build', preset === 'wasm-tests' ? 'wasm' : preset);
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
