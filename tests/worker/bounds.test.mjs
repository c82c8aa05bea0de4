// What clients and providers send without end takes no other request down: an upstream that never comes to its
// answer, replies that are too large together, lists that no client could read.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, askStream } from './support/client.mjs';
import { expectAnswer, expectError } from './support/expect.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { completion, DONE, finish, role, text } from './support/openai_wire.mjs';

const MB = 1024 * 1024;
const MEMORY_MAX = 96 * MB;
const ASK_NATIVE = { stream_options: { include_usage: true } };
let upstream, gateway, main;

before(async () => {
  upstream = await startUpstream();
  const claude = { ANTHROPIC_API_KEY: 'hush-anthropic-key', ANTHROPIC_API_BASE: upstream.url };
  gateway = await startGateway({
    workers: { main: standardSettings(upstream, claude) },
    entry: 'tests/worker/support/debug_entry.js',
  });
  main = gateway.clients.main;
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

// Runs `trouble` while a stream is open in the same isolate, which then goes on to its end.
async function besideAStream(model, trouble) {
  const { promise: over, resolve: end } = Promise.withResolvers();
  upstream.script(model, async (call) => {
    await call.play([role(), text('Before, ')], { ending: 'hang' });
    await over;
    await call.play([text('and after.'), finish(), DONE]);
  });
  const stream = await main.openChat(askStream(model, ASK_NATIVE));
  assert.ok(await stream.until('Before, '));
  try {
    await trouble();
  } finally {
    end();
  }
  expectAnswer(await stream.whole(), { text: 'Before, and after.' });
}

// The most that the memory of one instance took.
async function expectMemoryWithinBounds() {
  const { bytes } = (await main.get('/debug/memory')).json;
  const seen = bytes.map((value) => Math.round(value / MB));
  assert.ok(Math.max(...bytes) <= MEMORY_MAX, `the memories of the instances are at ${seen} MB`);
}

// Writes `piece` again and again until the caller goes; far more than any limit, should it stay.
async function pour(call, piece) {
  call.startStream();
  for (let sent = 0; sent < 250 * MB && !call.closed; sent += piece.length) {
    if (call.reply.write(piece)) continue;
    await Promise.race([new Promise((resolve) => call.reply.once('drain', resolve)), call.abandoned]);
  }
  call.reply.end();
}

for (const [what, piece] of [
  ['comments', `: ${'p'.repeat(60_000)}\n\n`],
  ['chunks that say nothing', role().repeat(300)],
]) {
  test(`a stream of nothing but ${what} is a 502, and another stream goes on`, async () => {
    upstream.script('gpt-endless', (call) => pour(call, piece));
    await besideAStream('gpt-beside-endless', async () => {
      const reply = await main.chat(askStream('gpt-endless', ASK_NATIVE));
      expectError(reply, { status: 502, code: 'upstream_bad_reply', type: 'server_error' });
    });
    await expectMemoryWithinBounds();
  });
}

for (const merge of ['choices', 'concat']) {
  test(`large replies of five models, as ${merge}, do not come together in memory`, async () => {
    const body = JSON.stringify(completion('y'.repeat(7.9 * MB)));
    upstream.script('gpt-large', (call) => call.send(200, body));
    await besideAStream('gpt-beside-large', async () => {
      const model = Array(5).fill('gpt-large').join(',');
      const reply = await main.chat(ask(model, { onellm: { merge } }));
      assert.equal(reply.status, 200, reply.text.slice(0, 300));
      const outcomes = reply.json.onellm.legs.map((leg) => leg.error?.code ?? leg.finish_reason).sort();
      assert.deepEqual(outcomes, ['stop', 'stop', ...Array(3).fill('upstream_bad_reply')]);
    });
    await expectMemoryWithinBounds();
  });
}

test('however much is left out of a request, clients can read the head that says so', async () => {
  upstream.script('claude-opus-4-1', (call) => call.send(200, { type: 'message', content: [] }));
  const leg = Array(8).fill('claude-opus-4-1').join('|');
  const model = Array(5).fill(leg).join(',');
  const unknown = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`k${i}${'x'.repeat(240)}`, 1]));
  const few = { seed: 1, logit_bias: { 1: 1 }, frequency_penalty: 1, presence_penalty: 1 };
  const long = await main.chat(ask(model, { ...few, ...unknown }));
  assert.match(long.headers['x-onellm-dropped'], /^claude[^,]*:[a-z_]+,.*,\.\.\.$/);
  const short = await main.chat(ask(model, few));
  const items = short.headers['x-onellm-dropped'].split(',');
  assert.equal(items.length, 5 * Object.keys(few).length, 'every parameter of every model is named');
  assert.ok(
    items.every((item) => item.startsWith(`${leg}:`)),
    short.headers['x-onellm-dropped'],
  );
});
