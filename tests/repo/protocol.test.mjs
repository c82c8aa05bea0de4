// worker/protocol.js repeats the numbers of src/gateway/session/protocol.h by hand; here they are compared.
// The functions that the module exports are compared with the header that promises them.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/lib/machine.mjs';
import { CommandKind, EventKind, KEPT_BODY_BYTES_MAX, PROTOCOL_VERSION } from '../../worker/protocol.js';

const read = (file) => fs.readFileSync(path.join(root, file), 'utf8');

/** The enumerators of one enum class, without the k of their names. */
function enumeratorsOf(header, name) {
  const body = new RegExp(`enum class ${name}[^{]*\\{([^}]*)\\}`).exec(header)[1].replace(/\/\/.*/g, '');
  return Object.fromEntries(
    [...body.matchAll(/k(\w+)\s*=\s*(\d+)/g)].map(([, key, value]) => [key, Number(value)]),
  );
}

const header = read('src/gateway/session/protocol.h');

for (const [name, ours] of Object.entries({ EventKind, CommandKind })) {
  test(`${name} has the same numbers on both sides of the boundary`, () => {
    const numbers = enumeratorsOf(header, name);
    assert.ok(Object.keys(numbers).length > 5);
    assert.deepEqual({ ...ours }, numbers);
  });
}

test('both sides of the boundary speak the same version', () => {
  assert.equal(PROTOCOL_VERSION, Number(/kProtocolVersion = (\d+)/.exec(header)[1]));
  assert.equal(KEPT_BODY_BYTES_MAX / 1024, Number(/kKeptBodyBytesMax = (\d+) \* 1024/.exec(header)[1]));
});

test('the module exports every function of src/abi and no debug function', async () => {
  const headers = read('src/abi/abi.h') + read('src/abi/keys.h');
  const promised = [...headers.matchAll(/^[\w *]+\b(onellm_\w+)\(/gm)].map(([, name]) => name);
  const module = await WebAssembly.compile(fs.readFileSync(path.join(root, 'build/wasm/onellm.wasm')));
  const exported = WebAssembly.Module.exports(module).map(({ name }) => name);
  assert.deepEqual(
    exported.filter((name) => name.startsWith('onellm_')).sort(),
    promised.filter((name) => !name.startsWith('onellm_debug_')).sort(),
  );
});

test('the module imports only what a host without Emscripten can supply', async () => {
  const module = await WebAssembly.compile(fs.readFileSync(path.join(root, 'build/wasm/onellm.wasm')));
  const allowed = /^(env\.emscripten_notify_memory_growth|wasi_snapshot_preview1\.\w+)$/;
  const imports = WebAssembly.Module.imports(module).map(({ module: from, name }) => `${from}.${name}`);
  assert.deepEqual(
    imports.filter((name) => !allowed.test(name)),
    [],
  );
});

test('the ledger object keeps the sums that the core knows', () => {
  const names = (text, before, after) => {
    const list = text.slice(text.indexOf(before)).split(after)[0];
    return [...list.matchAll(/["'](\w+)["']/g)].map(([, name]) => name);
  };
  const columns = read('worker/objects/ledger/columns.js');
  const kept = names(columns, 'const SUMS = [', ']');
  assert.ok(kept.length > 10);
  assert.deepEqual(kept, names(read('src/gateway/usage/sums.h'), 'kSumNames = {', '}'));
  const shown = read('src/gateway/usage/dashboard/page_sums.h');
  assert.deepEqual(names(columns, 'const PAGE_SUMS = [', ']'), names(shown, 'kPageSumNames = {', '}'));
});
