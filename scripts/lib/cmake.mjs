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
 * Builds a preset, configuring it first where needed.
 * @param {keyof typeof durations} preset
 */
export async function build(preset) {
  const folder = path.join(root, 'build', preset === 'wasm-tests' ? 'wasm' : preset);
  const stamp = path.join(folder, `.built-${preset}`);
  console.log(fs.existsSync(stamp) ? `Building ${preset} …` : `${durations[preset]} …`);
  // The tests of the wasm folder are switched on once and stay so; configuring it for the module
  // alone would not switch them off, but is not needed either.
  const isConfigured = fs.existsSync(path.join(folder, 'build.ninja'));
  if (!isConfigured || (preset === 'wasm-tests' && !fs.existsSync(stamp)))
    await configure(preset, tolerance());
  await run('cmake', ['--build', '--preset', preset], { what: `the build of ${preset}` });
  fs.writeFileSync(stamp, '');
}

// A compiler that setup.mjs fetched is newer than those the project is tested with, and may know
// warnings that they do not.
function tolerance() {
  return fs.existsSync(path.join(root, '.cache/emsdk')) ? ['-DONELLM_WERROR=OFF'] : [];
}
