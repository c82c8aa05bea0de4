// A second build does nothing, and after one source file was touched it compiles that file alone.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { environment, root } from '../../scripts/lib/machine.mjs';

const execute = (command, args) =>
  execFileSync(command, args, {
    cwd: root,
    env: environment(),
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'pipe'],
  });

/** The source files that ninja would compile for the module now. */
const waitingToCompile = () =>
  [...execute('ninja', ['-C', 'build/wasm', '-n', '-v', 'onellm_wasm']).matchAll(/ -c (\S+\.cpp)$/gm)].map(
    ([, file]) => path.relative(root, file),
  );

const build = () => execute(process.execPath, ['scripts/build.mjs']);

test('a second build compiles nothing and leaves the module as it is', () => {
  build();
  const module = path.join(root, 'build/wasm/onellm.wasm');
  const before = fs.statSync(module).mtimeMs;
  build();
  assert.deepEqual(waitingToCompile(), []);
  assert.equal(fs.statSync(module).mtimeMs, before);
});

test('after one source file was touched the build compiles that file alone', () => {
  build();
  const touched = 'src/base/error.cpp';
  fs.utimesSync(path.join(root, touched), new Date(), new Date());
  assert.deepEqual(waitingToCompile(), [touched]);
  build();
  assert.deepEqual(waitingToCompile(), []);
});
