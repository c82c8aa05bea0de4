// A second build does nothing, and after one source file was touched it compiles that file alone.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { environment, root } from '../../scripts/lib/machine.mjs';

const wasm = path.join(root, 'build/wasm/onellm.wasm');

const execute = (command, args) =>
  execFileSync(command, args, { cwd: root, env: environment(), encoding: 'utf8', maxBuffer: 1 << 26 });

const build = () => execute(process.execPath, ['scripts/build.mjs']);

/** Builds as scripts/build.mjs does, but tells; the source files that were compiled. */
function compiled() {
  const output = execute('cmake', ['--build', '--preset', 'wasm', '--verbose']);
  return [...output.matchAll(/ -c (\S+\.cpp)\b/g)].map(([, file]) => path.relative(root, file));
}

test('a second build compiles nothing and leaves the module as it is', () => {
  build();
  const before = fs.statSync(wasm).mtimeMs;
  build();
  assert.equal(fs.statSync(wasm).mtimeMs, before);
  assert.deepEqual(compiled(), []);
});

test('after one source file was touched the build compiles that file alone, and makes the module anew', () => {
  build();
  const before = fs.statSync(wasm).mtimeMs;
  const touched = 'src/base/error.cpp';
  fs.utimesSync(path.join(root, touched), new Date(), new Date());
  assert.deepEqual(compiled(), [touched]);
  assert.notEqual(fs.statSync(wasm).mtimeMs, before);
});
