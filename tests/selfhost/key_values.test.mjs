// KV in plain workerd: what the binding ONELLM_KV stores is found again, and the gateway reads its settings there.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startServer } from './support/server.mjs';

const data = fs.mkdtempSync(path.join(os.tmpdir(), 'onellm-kv-'));
const start = () => startServer([`--data=${data}`, '--entry=tests/selfhost/support/kv_entry.js']);
const put = (key, body, query = '') =>
  server.request(`/kv/${encodeURIComponent(key)}${query}`, { method: 'PUT', body });
const get = (key) => server.request(`/kv/${encodeURIComponent(key)}`);

let server;

before(async () => {
  server = await start();
});
after(async () => {
  await server?.stop();
  fs.rmSync(data, { recursive: true, force: true });
});

async function restart() {
  await server.stop();
  server = await start();
}

test('bytes come back as they were stored, under any name', async () => {
  const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);
  for (const key of ['plain', 'config:A/B', 'ü %2F?&#']) {
    assert.equal((await put(key, bytes)).status, 200);
    assert.deepEqual(new Uint8Array(await (await get(key)).arrayBuffer()), bytes);
  }
});

test('a value is replaced and deleted, and one that never was is missing', async () => {
  await put('twice', 'first');
  await put('twice', 'second');
  assert.equal(await (await get('twice')).text(), 'second');
  await server.request('/kv/twice', { method: 'DELETE' });
  assert.equal((await get('twice')).status, 404);
  assert.equal((await get('never')).status, 404);
});

test('a value is gone after its time', async () => {
  await put('short', 'x', '?ttl=2');
  assert.equal((await get('short')).status, 200);
  await sleep(3000);
  assert.equal((await get('short')).status, 404);
});

test('a value that is too large, a time that is past and a list are refused', async () => {
  assert.match(await (await put('large', new Uint8Array(2_100_000))).text(), /413/);
  assert.equal((await get('large')).status, 404);
  assert.equal((await put('past', 'x', '?ttl=-5')).status, 500);
  assert.equal((await server.request('/kv/x', { method: 'OPTIONS' })).status, 500);
});

test('providers stored in KV serve after a restart, and their model list is kept in KV', async (context) => {
  const upstream = http.createServer((request, reply) => {
    reply.setHeader('content-type', 'application/json');
    const message = { role: 'assistant', content: 'well', refusal: null };
    const chat = { choices: [{ index: 0, message, logprobs: null, finish_reason: 'stop' }] };
    const list = { object: 'list', data: [{ id: 'listed-model', object: 'model' }] };
    reply.end(
      JSON.stringify(request.url.endsWith('/models') ? list : { id: 'x', model: 'kept-model', ...chat }),
    );
  });
  await new Promise((resolve) => upstream.listen(0, '127.0.0.1', resolve));
  context.after(() => upstream.close());
  const base = `http://127.0.0.1:${upstream.address().port}/v1`;
  await put('config:ONELLM_PROVIDERS', JSON.stringify({ stored: { base } }));
  await restart();

  assert.equal((await server.chat('stored/kept-model')).status, 200);
  const ids = async () => (await (await server.request('/v1/models')).json()).data.map(({ id }) => id);
  assert.ok((await ids()).some((id) => id.includes('listed-model')));

  upstream.closeAllConnections();
  await new Promise((resolve) => upstream.close(resolve));
  await restart();
  assert.ok(
    (await ids()).some((id) => id.includes('listed-model')),
    'the list was not kept',
  );
});
