// A trap in the core: the requests open then end cleanly with an error, and the next one is served by a fresh
// instance.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, askStream } from './support/client.mjs';
import { expectAnswer, expectError, expectStreamError } from './support/expect.mjs';
import { MASTER_KEY, standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { hang, play, role, speak, text } from './support/openai_wire.mjs';

/** By then a flush that was asked for is done: they are a second apart. */
const FLUSHED_MS = 2500;

let upstream, gateway, main, counting;

before(async () => {
  upstream = await startUpstream();
  gateway = await startGateway({
    workers: {
      main: standardSettings(upstream, { ONELLM_LEDGER: '0' }),
      counting: standardSettings(upstream),
    },
    ledger: true,
    entry: 'tests/worker/support/debug_entry.js',
    wasm: 'build/wasm/onellm_debug.wasm',
  });
  ({ main, counting } = gateway.clients);
  upstream.script('gpt-well', speak('All is well.'));
  upstream.script('gpt-open', play([role(), text('open')], { ending: 'hang' }));
  upstream.script('gpt-mute', hang());
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

// Where a relayed stream stands is not known, so what may be half an event is ended before the error line.
function withoutBlankEvent({ status, headers, broken, text: sent }) {
  return { status, headers, broken, text: sent.replace('\n\n\n\n', '\n\n') };
}

async function trap(client = main) {
  await client.send({ path: '/debug/trap' });
  return client.chat(ask('gpt-well'));
}

test('the request that traps is a clean 500, and the next one works', async () => {
  assert.equal((await main.chat(ask('gpt-well'))).status, 200);
  const error = expectError(await trap(), { status: 500, type: 'server_error' });
  assert.doesNotMatch(error.message, /unreachable|wasm|RuntimeError|\.js/, 'the inside is shown');
  assert.equal((await main.chat(ask('gpt-well'))).status, 200);
  expectAnswer(await main.chat(askStream('gpt-well')), { text: 'All is well.' });
});

test('twenty open streams end with an error line and [DONE], and their upstreams are let go', async () => {
  const kinds = [{}, { stream_options: { include_usage: true } }, { onellm: { lane: 'translated' } }];
  const streams = await Promise.all(
    Array.from({ length: 20 }, (_, i) => main.openChat(askStream('gpt-open', kinds[i % kinds.length]))),
  );
  for (const reply of streams) assert.ok(await reply.until('open'));
  expectError(await trap(), { status: 500 });
  for (const reply of streams) {
    const stream = expectStreamError(withoutBlankEvent(await reply.whole()), { type: 'server_error' });
    assert.equal(stream.choices[0].text, 'open');
  }
  await Promise.all(upstream.callsOf('gpt-open').map((call) => call.letGo()));
  assert.equal((await main.chat(ask('gpt-well'))).status, 200);
});

test('a relayed stream that stands inside an event ends that event before the error line', async () => {
  const before = [role(), text('one'), text('two').slice(0, 40)];
  upstream.script('gpt-half', play(before, { ending: 'hang', gapMs: 50 }));
  const reply = await main.openChat(askStream('gpt-half', { stream_options: { include_usage: true } }));
  assert.ok(await reply.until(before.join('')));
  await trap();
  const { text: sent, broken } = await reply.whole();
  assert.equal(broken, false);
  assert.ok(sent.startsWith(`${before.join('')}\n\ndata: {"error":`), sent);
  assert.ok(sent.endsWith('\n\ndata: [DONE]\n\n'), sent);
  await (await upstream.called('gpt-half')).letGo();
});

test('the reply and the stream of a Messages client have the id of their request', async () => {
  const path = '/v1/messages';
  const body = {
    model: 'gpt-open',
    max_tokens: 9,
    stream: true,
    messages: [{ role: 'user', content: 'hi' }],
  };
  const stream = await main.open({ path, body });
  assert.ok(await stream.until('open'));
  const waiting = main.send({ path, body: { ...body, model: 'gpt-mute', stream: false } });
  await upstream.called('gpt-mute');
  await trap();
  const reply = await waiting;
  assert.equal(reply.status, 500);
  assert.equal(reply.json.type, 'error');
  assert.match(reply.json.request_id, /^req_/);
  assert.equal(reply.json.request_id, reply.headers['request-id']);
  assert.equal(reply.json.request_id, reply.headers['x-request-id']);
  const { text: sent, headers } = await stream.whole();
  const error = JSON.parse(/event: error\ndata: (.*)\n\n$/.exec(sent)[1]);
  assert.equal(error.request_id, headers['request-id']);
});

test('requests that wait for their head get a clean 500', async () => {
  const waiting = [...Array(5)].map((_, i) => main.chat(i % 2 ? ask('gpt-mute') : askStream('gpt-mute')));
  await upstream.called('gpt-mute', 5);
  await trap();
  for (const reply of await Promise.all(waiting)) expectError(reply, { status: 500, type: 'server_error' });
  assert.equal((await main.chat(ask('gpt-well'))).status, 200);
});

test('a request in the middle of its body gets a clean 500 once the body is there', async () => {
  const body = JSON.stringify(ask('gpt-well', { metadata: { pad: 'x'.repeat(3 * 1024 * 1024) } }));
  const headers = { authorization: `Bearer ${MASTER_KEY}`, 'content-length': body.length };
  const path = '/v1/chat/completions';
  const request = http.request(main.url + path, { method: 'POST', headers, agent: false });
  const reply = new Promise((resolve, reject) => request.on('response', resolve).on('error', reject));
  await new Promise((resolve) => request.write(body.slice(0, 2_000_000), resolve));
  await sleep(100);
  await trap();
  request.end(body.slice(2_000_000));
  const message = await reply;
  assert.equal(message.statusCode, 500);
  const pieces = await message.toArray();
  assert.equal(JSON.parse(Buffer.concat(pieces)).error.type, 'server_error');
});

test('trap after trap, each request after it works and instances do not pile up', async () => {
  for (let i = 0; i < 10; ++i) {
    await trap();
    assert.equal((await main.chat(ask('gpt-well'))).status, 200);
  }
});

test('a trap is logged, with the id of every request that it ended', async () => {
  const open = await main.openChat(askStream('gpt-open'));
  assert.ok(await open.until('open'));
  const trapped = await trap();
  await open.whole();
  for (const { headers } of [open, trapped]) {
    const id = headers['x-request-id'];
    assert.match(id, /^req_/);
    assert.ok(
      gateway.logs.some((line) => line.startsWith(`error onellm: request ${id} failed`)),
      `${id} is not in the log`,
    );
  }
});

test('a trap loses the rows that waited for the ledger, says so, and calls after it are counted', async () => {
  const logged = gateway.logs.length;
  for (let i = 0; i < 3; ++i) assert.equal((await counting.chat(ask('gpt-well'))).status, 200);
  expectError(await trap(counting), { status: 500 });
  for (let i = 0; i < 2; ++i) assert.equal((await counting.chat(ask('gpt-well'))).status, 200);
  await sleep(FLUSHED_MS);
  const { total } = (await counting.get('/v1/admin/usage')).json;
  assert.equal(total.requests, 2);
  const lost = gateway.logs
    .slice(logged)
    .filter((line) => /^error onellm: rows of the ledger are lost/.test(line));
  assert.equal(lost.length, 1, gateway.logs.slice(logged).join('\n'));
});
