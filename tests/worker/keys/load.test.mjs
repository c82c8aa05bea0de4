// Limits of keys under load, in workerd: what is admitted of a thousand requests at once, and that the sums of fifty
// keys are those of the upstream, to the last digit.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, askStream } from '../support/client.mjs';
import {
  CENT,
  from,
  ODD_PROMPT_TOKEN,
  soon,
  startKeys,
  TOKEN,
  usesAll,
  whole,
} from '../support/keys_world.mjs';
import { startUpstream } from '../support/mock_upstream.mjs';
import { DONE, finish, role, text, usageChunk } from '../support/openai_wire.mjs';

let upstream, gateway;
before(async () => {
  upstream = await startUpstream();
  gateway = await startKeys(upstream);
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

/**
 * Sends so many requests at once. None that is admitted ends before all others are refused. Meanwhile the clock stands
 * still, since buckets are refilled all the time.
 */
async function atOnce(requests, key, { replies = usesAll, ...body } = {}) {
  assert.equal((await gateway.main.get('/v1/models/echo', { key: key.secret, headers: from() })).status, 200);
  await gateway.doors({ clock: { still: true } });
  let open = 0;
  let refused = 0;
  const allMet = Promise.withResolvers();
  const look = () => open + refused >= requests && allMet.resolve();
  upstream.script('flat', async (call) => {
    open++;
    look();
    await allMet.promise;
    replies(call);
  });
  const sent = Array.from({ length: requests }, async () => {
    const reply = await gateway.chat(key, ask('flat', { max_tokens: 10, ...body }));
    if (reply.status !== 200) refused++;
    look();
    return reply;
  });
  const all = await Promise.all(sent);
  await gateway.doors({ clock: {} });
  const passed = all.filter(({ status }) => status === 200);
  assert.equal(passed.length, open, 'what was refused was not sent');
  return { passed: passed.length, refusals: all.filter(({ status }) => status !== 200) };
}

const params = (refusals) => [...new Set(refusals.map(({ json }) => json.error.param))];

describe('of a thousand requests at once a hundred pass, exactly', () => {
  test('on a budget for a hundred', async () => {
    const key = await gateway.make({ max_budget: 1 });
    const { passed, refusals } = await atOnce(1000, key);
    assert.equal(passed, 100);
    for (const { status, json } of refusals) {
      assert.deepEqual([status, json.error.code], [429, 'budget_reserved']);
    }
    await gateway.settled(key, 100n * CENT);
    const later = await gateway.chat(key, ask('flat', { max_tokens: 1 }));
    assert.deepEqual([later.status, later.json.error.code], [429, 'budget_exceeded']);
  });

  test('with a hundred requests a minute', async () => {
    const { passed, refusals } = await atOnce(1000, await gateway.make({ rpm_limit: 100 }));
    assert.deepEqual([passed, params(refusals)], [100, ['requests']]);
  });

  test('with tokens for a hundred', async () => {
    const probe = await gateway.make({ tpm_limit: 1_000_000 });
    upstream.script('flat', usesAll);
    const { headers } = await gateway.chat(probe, ask('flat', { max_tokens: 10 }));
    const estimate = 1_000_000 - Number(headers['x-ratelimit-remaining-tokens']);
    assert.ok(estimate > 10 && estimate < 50, `${estimate} tokens`);
    const key = await gateway.make({ tpm_limit: 100 * estimate + estimate - 1 });
    const { passed, refusals } = await atOnce(1000, key);
    assert.deepEqual([passed, params(refusals)], [100, ['tokens']]);
  });

  test('where a hundred may be open', async () => {
    const key = await gateway.make({ max_parallel_requests: 100 });
    const { passed, refusals } = await atOnce(1000, key);
    assert.deepEqual([passed, params(refusals)], [100, ['parallel']]);
    await soon(async () => assert.equal((await atOnce(100, key)).passed, 100));
  });
});

test('requests that use more than was reserved exceed the budget by that alone', async () => {
  const key = await gateway.make({ max_budget: 0.1 });
  const more = (call) => call.send(200, whole('flat', 13)); // Three tokens more than the limit of the request.
  const { passed } = await atOnce(100, key, { replies: more });
  assert.equal(passed, 10);
  await gateway.settled(key, 10n * CENT + 10n * 3n * TOKEN.flat);
  const { status, json } = await gateway.chat(key, ask('flat', { max_tokens: 1 }));
  assert.deepEqual([status, json.error.code], [429, 'budget_exceeded']);
});

test('twenty requests without an output limit on $1 all finish when they are repeated', async () => {
  const key = await gateway.make({ max_budget: 1 });
  upstream.script('cheap', (call) => call.send(200, whole('cheap', 10)));
  const one = async () => {
    for (;;) {
      const reply = await gateway.chat(key, ask('cheap'));
      if (reply.status === 200) return;
      assert.equal(reply.json.error.code, 'budget_reserved', reply.text);
      assert.deepEqual([reply.headers['retry-after'], reply.headers['x-should-retry']], ['2', 'true']);
      await sleep(200);
    }
  };
  await Promise.all(Array.from({ length: 20 }, one));
  await gateway.settled(key, 200n * TOKEN.cheap);
});

// --- fifty keys ---

const KEYS = 50;
const REQUESTS = 20;
/** A thousand requests of one process: on a busy machine the last ones wait long. */
const PATIENCE_MS = 120_000;

/** What the upstream reported for each key, by its prices. */
const counted = Array(KEYS).fill(0n);

/** The prompt says which key it is. The use is any number, of prompt and answer. */
function countAndAnswer(call) {
  const [, key] = /key (\d+)/.exec(call.json.messages[0].content);
  const usage = { prompt_tokens: 3 + (call.text.length % 1009), completion_tokens: 1 + (Number(key) % 37) };
  const prompt = call.model === 'odd' ? ODD_PROMPT_TOKEN : 0n;
  counted[key] += BigInt(usage.prompt_tokens) * prompt;
  counted[key] += BigInt(usage.completion_tokens) * TOKEN[call.model];
  if (!call.json.stream)
    return call.send(200, whole(call.model, usage.completion_tokens, usage.prompt_tokens));
  const last = usageChunk({ ...usage, total_tokens: usage.prompt_tokens + usage.completion_tokens });
  return call.play([role(), text('well'), finish(), last, DONE]);
}

/** The requests of a key are of every kind: whole, relayed, translated, for two models, of another client. */
const KINDS = [
  (key, say, more) => gateway.chat(key, { ...ask('odd', { max_tokens: 50 }), ...say }, more),
  (key, say, more) => {
    const options = { max_tokens: 60, stream_options: { include_usage: true } };
    return gateway.chat(key, { ...askStream('odd', options), ...say }, more);
  },
  (key, say, more) => gateway.chat(key, { ...askStream('odd', { max_tokens: 70 }), ...say }, more),
  (key, say, more) => gateway.chat(key, { ...ask('odd,cheap', { max_tokens: 40 }), ...say }, more),
  (key, say, more) => gateway.messages(key, { model: 'flat', ...say }, more),
];

test('the sums of 50 keys with 20 requests each are those of the upstream, to the pico-dollar', async () => {
  for (const model of ['flat', 'odd', 'cheap']) upstream.script(model, countAndAnswer);
  const keys = await Promise.all(Array.from({ length: KEYS }, () => gateway.make({ max_budget: 100 })));
  const one = (key, number, i) =>
    soon(async () => {
      const say = { messages: [{ role: 'user', content: `key ${number} ${'x'.repeat(i * 7)}` }] };
      const more = { headers: from(), deadlineMs: PATIENCE_MS };
      const reply = await KINDS[i % KINDS.length](key, say, more);
      assert.equal(reply.status, 200, reply.text);
    }, PATIENCE_MS);
  await Promise.all(keys.flatMap((key, k) => Array.from({ length: REQUESTS }, (_, i) => one(key, k, i))));
  await Promise.all(keys.map((key, k) => gateway.settled(key, counted[k])));
  const calls = ['flat', 'odd', 'cheap'].flatMap((model) => upstream.callsOf(model));
  const ofKeys = calls.filter(({ text }) => text.includes('"key '));
  assert.equal(ofKeys.length, (KEYS * REQUESTS * 6) / 5, 'every request went up once, to each of its models');
});
