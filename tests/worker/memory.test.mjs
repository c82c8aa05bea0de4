// Bodies in flight are bounded: many large ones at once never take the isolate down, and small requests beside
// them are served.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask } from './support/client.mjs';
import { expectError } from './support/expect.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { completion, speak } from './support/openai_wire.mjs';

const MB = 1024 * 1024;
const LARGEST = 8 * MB;
const MEMORY_MAX = 96 * MB;
let upstream, gateway, main;

before(async () => {
  upstream = await startUpstream();
  gateway = await startGateway({
    workers: { main: standardSettings(upstream) },
    entry: 'tests/worker/support/debug_entry.js',
  });
  main = gateway.clients.main;
  upstream.script('gpt-small', speak('small'));
  upstream.script('gpt-large', speak('large', { delayMs: 300 }));
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

// A request of exactly `bytes` bytes.
function bodyOf(bytes, model = 'gpt-large', more = '') {
  const [head, tail] = [`{"model":"${model}",${more}"messages":[{"role":"user","content":"`, '"}]}'];
  return Buffer.from(head + 'x'.repeat(bytes - head.length - tail.length) + tail);
}

// A drained instance is counted until the garbage collector takes it: so each by itself, not the sum.
async function expectMemoryWithinBounds() {
  const { bytes } = (await main.get('/debug/memory')).json;
  const seen = bytes.map((value) => Math.round(value / MB));
  assert.ok(Math.max(...bytes) <= MEMORY_MAX, `the memories of the instances are at ${seen} MB`);
}

// All replies, also where one of them could not be read: the next test begins with nothing in flight.
async function settled(requests) {
  const outcomes = await Promise.allSettled(requests);
  return outcomes.map(({ value, reason }) => {
    assert.ifError(reason);
    return value;
  });
}

test('a body of the largest size reaches the upstream whole', async () => {
  for (const more of ['', '"onellm":{"lane":"translated"},']) {
    const body = bodyOf(LARGEST, 'gpt-large', more);
    const reply = await main.chat(body);
    assert.equal(reply.status, 200, reply.text.slice(0, 300));
    const sent = upstream.callsOf('gpt-large').at(-1).text;
    assert.equal(sent.length, body.length - more.length);
  }
});

for (const [lane, more] of [
  ['native', ''],
  ['translated', '"onellm":{"lane":"translated"},'],
]) {
  test(`four of the largest bodies at once on the ${lane} lane cost no small request`, async () => {
    const body = bodyOf(LARGEST, 'gpt-large', more);
    const large = Array.from({ length: 4 }, () => main.chat(body));
    const small = Array.from({ length: 12 }, async (_, i) => {
      await new Promise((resolve) => setTimeout(resolve, i * 25));
      return main.chat(ask('gpt-small'));
    });
    const replies = await settled(large);
    for (const reply of await settled(small)) {
      assert.equal(reply.status, 200, reply.text);
      assert.equal(reply.json.choices[0].message.content, 'small');
    }
    for (const reply of replies) {
      if (reply.status === 200) continue;
      expectError(reply, { status: 503, type: 'server_error' });
      assert.match(reply.headers['retry-after'] ?? '', /^[1-9][0-9]*$/);
    }
    assert.ok(
      replies.some((reply) => reply.status === 200),
      'none of the large bodies was served',
    );
    await expectMemoryWithinBounds();
  });
}

test('one byte more is a 413 that the client gets to read', async () => {
  for (let i = 0; i < 3; ++i) expectError(await main.chat(bodyOf(LARGEST + 1)), { status: 413 });
});

test('large bodies for several legs stay within bounds', async () => {
  const body = bodyOf(LARGEST, 'gpt-large,gpt-large,gpt-large,gpt-large,gpt-large');
  const replies = await settled([main.chat(body), main.chat(ask('gpt-small')), main.chat(body)]);
  assert.equal(replies[1].status, 200);
  for (const reply of replies) assert.ok([200, 503].includes(reply.status), reply.text.slice(0, 300));
  await expectMemoryWithinBounds();
});

test('large replies at once stay within bounds', async () => {
  const body = JSON.stringify(completion('y'.repeat(6 * MB)));
  upstream.script('gpt-long', (call) => call.send(200, body));
  for (const more of [{}, { onellm: { lane: 'translated' } }]) {
    const replies = await settled(Array.from({ length: 4 }, () => main.chat(ask('gpt-long', more))));
    for (const reply of replies) assert.ok([200, 502, 503].includes(reply.status), reply.text.slice(0, 300));
    assert.ok(replies.some((reply) => reply.status === 200));
    await expectMemoryWithinBounds();
  }
});

test('bodies whose clients reset the connection are counted no more', async () => {
  // More bytes than may be in flight together, so that a few that stayed counted would be noticed.
  const body = bodyOf(MB, 'gpt-silent');
  upstream.script('gpt-silent', () => {});
  const leaving = Array.from({ length: 24 }, async () => {
    const controller = new AbortController();
    setTimeout(() => controller.abort(), 200);
    await main.openChat(body, { signal: controller.signal }).catch(() => {});
  });
  await Promise.all(leaving);
  const reply = await main.chat(bodyOf(LARGEST));
  assert.equal(reply.status, 200, reply.text.slice(0, 300));
});

test('after all this the largest body is still served', async () => {
  assert.equal((await main.chat(bodyOf(LARGEST))).status, 200);
  await expectMemoryWithinBounds();
});
