// Whole replies of megabytes, many at once: they pass in pieces, what waits of them is counted, and the memory of the
// process stays bounded, however slowly clients read.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './support/client.mjs';
import { MASTER_KEY } from './support/gateway.mjs';
import { completion } from './support/openai_wire.mjs';
import { attack, chat, expectRefusal, startSiege } from './support/siege.mjs';
import { workerdGrowthOf } from './support/workerd_cpu.mjs';

const MB = 1024 * 1024;
const WORDS = 'y'.repeat(7.9 * MB);
const BODY = Buffer.from(JSON.stringify(completion(WORDS)));
/** Without pieces, 20 such replies took 460 MB. */
const GROWTH_MAX_MB = 200;
const SERVED_MIN = 2;
/** Of an instance: the index of a text of 7.9 MB takes 32 MB in one piece. It is drained afterwards. */
const UNDER_ATTACK = { memoryMax: 112 * MB };
/** Of clients that stop reading. */
const SLOW_MS = 2000;

const WAYS = {
  'with their length': (call) => call.send(200, BODY.toString(), { 'content-length': BODY.length }),
  'in chunks': (call) => {
    call.reply.writeHead(200, { 'content-type': 'application/json' });
    for (let at = 0; at < BODY.length; at += 100_000) call.reply.write(BODY.subarray(at, at + 100_000));
    call.reply.end();
  },
};
const LANES = { native: {}, translated: { onellm: { lane: 'translated' } } };

let siege, upstream, main;

before(async () => {
  siege = await startSiege();
  ({ upstream, main } = siege);
});
after(() => siege?.stop());

function outcomeOf(reply, lane) {
  if (reply.status !== 200) return void expectRefusal(reply);
  assert.equal(reply.broken, false);
  if (lane === 'native') assert.ok(reply.bytes.equals(BODY), 'the bytes are not those of the upstream');
  else assert.ok(reply.json.choices[0].message.content === WORDS, 'the text is not whole');
  return 'served';
}

function expectBounded(growthMb, outcomes) {
  const served = outcomes.filter((outcome) => outcome === 'served').length;
  assert.ok(served >= SERVED_MIN, `${served} of ${outcomes.length} were served`);
  if (growthMb !== null) assert.ok(growthMb < GROWTH_MAX_MB, `workerd grew by ${Math.round(growthMb)} MB`);
}

for (const [way, script] of Object.entries(WAYS)) {
  describe(`whole replies of 7.9 MB that come ${way}`, () => {
    for (const lane of Object.keys(LANES)) {
      for (const count of [20, 30]) {
        test(`${count} at once on the ${lane} lane are served or refused, in bounded memory`, async () => {
          upstream.script('gpt-whole', script);
          let outcomes;
          const growth = await workerdGrowthOf(async () => {
            const fire = async () => outcomeOf(await chat(siege, ask('gpt-whole', LANES[lane])), lane);
            outcomes = await attack(siege, count, fire, UNDER_ATTACK);
          });
          expectBounded(growth, outcomes);
        });
      }
    }
  });
}

for (const merge of ['concat', 'choices', 'race']) {
  test(`6 requests for five such replies each, as ${merge}, are answered in bounded memory`, async () => {
    upstream.script('gpt-whole', WAYS['in chunks']);
    const body = ask(Array(5).fill('gpt-whole').join(','), { onellm: { merge } });
    const outcomes = [];
    const growth = await workerdGrowthOf(async () => {
      const fire = async () => {
        const reply = await chat(siege, body);
        outcomes.push(reply.status);
        assert.ok([200, 502, 503].includes(reply.status), `${reply.status}: ${reply.text.slice(0, 200)}`);
      };
      await attack(siege, 6, fire, UNDER_ATTACK);
    });
    assert.ok(growth === null || growth < GROWTH_MAX_MB, `workerd grew by ${Math.round(growth)} MB`);
    assert.ok(outcomes.includes(200), `no request was served: ${outcomes}`);
  });
}

/** A chat whose client takes the head, reads nothing for a while, and then all. */
function chatSlowly(body) {
  const { hostname, port } = new URL(main.url);
  const headers = { authorization: `Bearer ${MASTER_KEY}`, 'content-type': 'application/json' };
  const options = { hostname, port, method: 'POST', path: '/v1/chat/completions', headers, agent: false };
  return new Promise((resolve, reject) => {
    const request = http.request(options, async (message) => {
      await sleep(SLOW_MS);
      const pieces = [];
      message.on('error', reject);
      for await (const piece of message) pieces.push(piece);
      const bytes = Buffer.concat(pieces);
      const common = {
        status: message.statusCode,
        headers: message.headers,
        broken: !message.complete,
        bytes,
      };
      resolve({ ...common, text: bytes.toString(), json: JSON.parse(bytes.toString()) });
    });
    request.on('error', reject);
    request.end(JSON.stringify(body));
  });
}

test('whole replies that 30 clients read slowly are served or refused, in bounded memory', async () => {
  upstream.script('gpt-whole', WAYS['with their length']);
  let outcomes;
  const growth = await workerdGrowthOf(async () => {
    outcomes = await attack(siege, 30, async () => outcomeOf(await chatSlowly(ask('gpt-whole')), 'native'));
  });
  expectBounded(growth, outcomes);
});

test('whole replies of every size around the limits of pieces are the same byte for byte', async () => {
  for (const size of [0, 60_000, 65_300, 65_536, 66_000, 262_144, 262_400, 327_680, 1_000_000]) {
    const bytes = Buffer.from(JSON.stringify(completion('z'.repeat(size))));
    for (const headers of [{ 'content-length': bytes.length }, {}]) {
      upstream.script('gpt-sized', (call) => {
        call.reply.writeHead(200, { 'content-type': 'application/json', ...headers });
        call.reply.write(bytes.subarray(0, 10));
        call.reply.end(bytes.subarray(10));
      });
      const reply = await main.chat(ask('gpt-sized'));
      assert.equal(reply.status, 200);
      assert.ok(reply.bytes.equals(bytes), `${size} bytes, ${JSON.stringify(headers)}`);
    }
  }
});

test('a whole reply that breaks off in a later piece is an error', async () => {
  upstream.script('gpt-broken', async (call) => {
    call.reply.writeHead(200, { 'content-type': 'application/json', 'content-length': BODY.length });
    call.reply.write(BODY.subarray(0, MB));
    await sleep(200);
    call.hangUp();
  });
  for (const more of Object.values(LANES)) {
    const reply = await main.chat(ask('gpt-broken', more));
    assert.equal(reply.status, 502, reply.text.slice(0, 200));
  }
});

test('a client that leaves in the middle of a long reply leaves nothing behind', async () => {
  upstream.script('gpt-whole', WAYS['with their length']);
  await attack(siege, 5, async () => {
    const reply = await main.openChat(ask('gpt-whole'));
    reply.leave();
  });
});

test('a request that can never fit is refused as too large and not as busy', async () => {
  const messages = Array.from({ length: 60_000 }, () => ({ role: 'user', content: 'x' }));
  const reply = await main.chat({ ...ask(Array(5).fill('claude-opus-4-6').join(',')), messages });
  assert.ok([400, 413].includes(reply.status), `${reply.status}: ${reply.text.slice(0, 200)}`);
  assert.equal(reply.headers['retry-after'], undefined);
});
