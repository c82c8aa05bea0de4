// A trap in the core: the requests open then end cleanly with an error, and the next one is served by a fresh
// instance.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, askStream } from './support/client.mjs';
import { expectAnswer, expectError, expectStreamError } from './support/expect.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { hang, play, role, speak, text } from './support/openai_wire.mjs';

let upstream, gateway, main;

before(async () => {
  upstream = await startUpstream();
  gateway = await startGateway({
    workers: { main: standardSettings(upstream) },
    entry: 'tests/worker/support/debug_entry.js',
    wasm: 'build/wasm/onellm_debug.wasm',
  });
  main = gateway.clients.main;
  upstream.script('gpt-well', speak('All is well.'));
  upstream.script('gpt-open', play([role(), text('open')], { ending: 'hang' }));
  upstream.script('gpt-mute', hang());
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

async function trap() {
  await main.send({ path: '/debug/trap' });
  return main.chat(ask('gpt-well'));
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
    await reply.whole();
    const stream = expectStreamError(reply, { type: 'server_error' });
    assert.equal(stream.choices[0].text, 'open');
  }
  await Promise.all(upstream.callsOf('gpt-open').map((call) => call.letGo()));
  assert.equal((await main.chat(ask('gpt-well'))).status, 200);
});

test('requests that wait for their head get a clean 500', async () => {
  const waiting = [...Array(5)].map((_, i) => main.chat(i % 2 ? ask('gpt-mute') : askStream('gpt-mute')));
  await upstream.called('gpt-mute', 5);
  await trap();
  for (const reply of await Promise.all(waiting)) expectError(reply, { status: 500, type: 'server_error' });
  assert.equal((await main.chat(ask('gpt-well'))).status, 200);
});

test('trap after trap, each request after it works and instances do not pile up', async () => {
  for (let i = 0; i < 10; ++i) {
    await trap();
    assert.equal((await main.chat(ask('gpt-well'))).status, 200);
  }
});

test('a trap is logged', () => {
  assert.ok(
    gateway.logs.some((line) => line.startsWith('error')),
    'nothing was logged',
  );
});
