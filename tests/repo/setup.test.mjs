// What the set-up does on machines that this one is not: without root, without apt, without git,
// without Python. A pretended machine records the commands; one test lets real programs of the same
// names be called, found on a PATH that has nothing else.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/lib/machine.mjs';
import { emsdkVersion, installTools } from '../../scripts/lib/setup.mjs';
import { tools } from '../../scripts/lib/tools.mjs';

/** A machine with these commands and files on it. */
function pretend({ commands = [], files = [], isRoot = false, sudoAsks = true } = {}) {
  const ran = [];
  const said = [];
  return {
    ran,
    said,
    find: (name) => (commands.includes(name) ? `/pretended/${name}` : ''),
    exists: (file) => files.includes(file),
    list: () => [],
    isRoot: () => isRoot,
    ask: () => (sudoAsks ? '' : 'allowed'),
    say: (line) => said.push(line),
    run: async (command, args) => {
      ran.push([command, ...args].join(' ').replaceAll(root, '.'));
    },
  };
}

const builders = ['cmake', 'ninja', 'em-config', 'g++'];
const headers = [...tools.json.files, ...tools.googletest.files];

test('nothing is run or said where nothing is missing', async () => {
  const machine = pretend({ commands: builders, files: headers, isRoot: true });
  await installTools(['wasm', 'native'], machine);
  assert.deepEqual(machine.ran, []);
  assert.deepEqual(machine.said, []);
});

test('root with apt installs only what is missing, without recommended packages', async () => {
  const machine = pretend({ commands: ['apt-get', 'cmake'], isRoot: true });
  await installTools(['wasm'], machine);
  assert.equal(machine.ran.length, 2);
  assert.match(machine.ran[0], /^env DEBIAN_FRONTEND=noninteractive apt-get update/);
  assert.match(machine.ran[1], / --no-install-recommends .* ninja-build emscripten$/);
  assert.equal(machine.said.length, 1);
  assert.match(machine.said[0], /Ninja, Emscripten .*about a minute, once/);
});

test('the sanitizers bring Clang and its runtime, where the compiler and the headers are there', async () => {
  const machine = pretend({ commands: ['apt-get', ...builders], files: headers, isRoot: true });
  await installTools(['native', 'asan'], machine);
  assert.match(machine.ran[1], / clang libclang-rt-dev$/);
});

test('a person whose sudo asks nothing gets apt by sudo', async () => {
  const machine = pretend({
    commands: ['apt-get', 'sudo', ...builders],
    files: tools.json.files,
    sudoAsks: false,
  });
  await installTools(['native'], machine);
  assert.match(machine.ran[1], /^sudo -n env DEBIAN_FRONTEND=noninteractive apt-get install .* googletest$/);
});

test('without root the Emscripten SDK is fetched at its pinned version, and CMake and Ninja by pip', async () => {
  const machine = pretend({ commands: ['apt-get', 'sudo', 'python3', 'git'] });
  await installTools(['wasm'], machine);
  assert.deepEqual(machine.ran, [
    'python3 -m pip install --quiet --upgrade --target ./.cache/python cmake==3.31.6 ninja==1.11.1.4',
    `git clone --quiet --depth=1 --branch=${emsdkVersion} https://github.com/emscripten-core/emsdk ./.cache/emsdk`,
    `./.cache/emsdk/emsdk install ${emsdkVersion}`,
    `./.cache/emsdk/emsdk activate ${emsdkVersion}`,
  ]);
});

test('clang-tidy comes by pip where there is apt too, and apt brings pip', async () => {
  const machine = pretend({
    commands: ['apt-get', 'cmake', 'ninja', 'clang++', 'clang-format', 'clang-tidy', 'python3'],
    isRoot: true,
  });
  await installTools(['lint'], machine);
  assert.match(machine.ran[1], / apt-get install .* python3-pip$/);
  assert.equal(
    machine.ran[2],
    `python3 -m pip install --quiet --upgrade --target ./.cache/python ${tools.clangTidy.python}`,
  );
});

test('without git the SDK comes as an archive', async () => {
  const machine = pretend({ commands: ['python3', 'curl', 'tar', 'cmake', 'ninja'] });
  await installTools(['wasm'], machine);
  assert.match(machine.ran[1], /^curl .*\/archive\/refs\/tags\/[\d.]+\.tar\.gz$/);
  assert.match(machine.ran[2], /^tar -xzf .* -C \.\/\.cache\/emsdk$/);
});

test('an SDK of which only the installation failed is not cloned again', async () => {
  const emsdk = path.join(root, '.cache/emsdk/emsdk');
  const machine = pretend({ commands: ['python3', 'git', 'cmake', 'ninja'], files: [emsdk] });
  await installTools(['wasm'], machine);
  assert.deepEqual(machine.ran, [
    `./.cache/emsdk/emsdk install ${emsdkVersion}`,
    `./.cache/emsdk/emsdk activate ${emsdkVersion}`,
  ]);
});

test('without Python the SDK cannot work, and that is said', async () => {
  const machine = pretend({ commands: ['git', 'cmake', 'ninja'] });
  await assert.rejects(
    installTools(['wasm'], machine),
    /^Error: missing: python3, which brings the Emscripten SDK/,
  );
  assert.deepEqual(machine.ran, []);
});

test('what nothing can fetch is named with its package', async () => {
  const machine = pretend({ commands: ['python3', 'cmake', 'ninja'] });
  await assert.rejects(
    installTools(['native'], machine),
    /missing: a C\+\+ compiler\. Install it and run the command again .*apt-get install g\+\+/,
  );
});

test('the SDK path calls the programs that it finds on the PATH', (context) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onellm-setup-'));
  context.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  const program = (name, script) =>
    fs.writeFileSync(path.join(folder, name), `#!/bin/sh\n${script}\n`, { mode: 0o755 });

  // A project that is nothing but the set-up, so that its .cache is not ours.
  fs.cpSync(path.join(root, 'scripts'), path.join(folder, 'project/scripts'), { recursive: true });
  const log = path.join(folder, 'log');
  program('cmake', 'exit 0');
  program('ninja', 'exit 0');
  program('python3', 'exit 0');
  const standIn = `printf '#!/bin/sh\\necho "emsdk $*" >> ${log}\\n' > "$target/emsdk"; /bin/chmod +x "$target/emsdk"`;
  program('git', `echo git "$@" >> ${log}; for target; do :; done; /bin/mkdir -p "$target"; ${standIn}`);

  const code = "import('./scripts/lib/setup.mjs').then(({ installTools }) => installTools(['wasm']))";
  const output = execFileSync(process.execPath, ['-e', code], {
    cwd: path.join(folder, 'project'),
    env: { PATH: folder },
    encoding: 'utf8',
  });
  assert.match(output, /^Fetching the Emscripten SDK .* \(some minutes, once\) …\n$/);
  const lines = fs.readFileSync(log, 'utf8').trim().split('\n');
  assert.match(lines[0], /^git clone .*project\/\.cache\/emsdk$/);
  assert.deepEqual(lines.slice(1), [`emsdk install ${emsdkVersion}`, `emsdk activate ${emsdkVersion}`]);
});
