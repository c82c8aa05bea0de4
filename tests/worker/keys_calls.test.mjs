// Calls with keys in workerd: limits hold under load, what was used is what the upstream counted, and nothing passes
// where the objects are in trouble.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, askStream } from './support/client.mjs';
import { MASTER_KEY } from './support/gateway.mjs';
import { CENT, newSecret, soon, startKeys } from './support/keys_world.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { DONE, finish, role, text, usageChunk } from './support/openai_wire.mjs';

let upstream, gateway, main;

const whole = (model, completion) => ({
  id: 'chatcmpl-up',
  object: 'chat.completion',
  created: 1,
  model,
  choices: [{ index: 0, message: { role: 'assistant', content: 'well' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: 3, completion_tokens: completion, total_tokens: completion + 3 },
});
// Each reply uses as many tokens as it may, so that reservations and use are the same.
const usesAll = (call) => call.send(200, whole(call.model, call.json.max_tokens));

before(async () => {
  upstream = await startUpstream();
  for (const model of ['flat', 'cheap']) upstream.script(model, usesAll);
  gateway = await startKeys(upstream);
  main = gateway.main;
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

let lastAddress = 0;
const from = () => ({ 'x-forwarded-for': `10.0.${++lastAddress >> 8}.${lastAddress & 255}` });
const chat = (key, body, more = {}) => main.chat(body, { key: key.secret ?? key, headers: from(), ...more });

describe('who calls', () => {
  test('a key is served, a wrong one is not', async () => {
    const key = await gateway.make();
    assert.equal((await chat(key, ask('flat', { max_tokens: 1 }))).status, 200);
    for (const wrong of [newSecret(), `${key.secret}x`, 'sk-onellm-', 'guess']) {
      const reply = await chat(wrong, ask('flat'));
      assert.equal(reply.status, 401, wrong);
      assert.equal(reply.json.error.code, 'invalid_api_key');
    }
  });

  test('10 000 wrong keys from one address and from many stop nobody who has a right one', async () => {
    const known = await gateway.make();
    assert.equal((await chat(known, ask('flat', { max_tokens: 1 }))).status, 200);
    const statuses = new Map();
    const attack = async (number) => {
      const headers = number % 2 === 0 ? { 'x-forwarded-for': '192.0.2.66' } : from();
      const { status } = await main.get('/v1/models/echo', { key: newSecret(), headers });
      statuses.set(status, (statuses.get(status) ?? 0) + 1);
    };
    for (let sent = 0; sent < 10_000; sent += 500) {
      await Promise.all(Array.from({ length: 500 }, (_, i) => attack(sent + i)));
      assert.equal((await chat(known, ask('flat', { max_tokens: 1 }))).status, 200);
    }
    assert.deepEqual(
      [...statuses.keys()].sort(),
      [401, 429, 503].filter((status) => statuses.has(status)),
    );
    assert.ok(statuses.get(503) > 8000, JSON.stringify([...statuses]));
    const uncached = await gateway.make();
    await soon(async () => {
      const reply = await main.chat(ask('flat', { max_tokens: 1 }), {
        key: uncached.secret,
        headers: { 'x-forwarded-for': '192.0.2.66' },
      });
      assert.equal(reply.status, 200);
    }, 15_000);
  });
});

describe('limits under load', () => {
  test('of 400 requests at once on a budget for 40 exactly 40 pass', async () => {
    const key = await gateway.make({ max_budget: 0.4 });
    const before = upstream.callsOf('flat').length;
    const ask400 = Array.from({ length: 400 }, () => chat(key, ask('flat', { max_tokens: 10 })));
    const replies = await Promise.all(ask400);
    const passed = replies.filter(({ status }) => status === 200).length;
    assert.equal(passed, 40);
    assert.equal(upstream.callsOf('flat').length - before, 40);
    for (const { status, json } of replies) {
      if (status !== 200) assert.match(json.error.code, /^budget_(reserved|exceeded)$/);
    }
    await soon(async () => assert.equal((await gateway.usage(key)).spent, String(40n * CENT)));
  });

  test('50 keys with 20 requests each: the sums are those of the upstream, to the last digit', async () => {
    const keys = await Promise.all(Array.from({ length: 50 }, () => gateway.make({ max_budget: 100 })));
    const expected = new Map();
    const all = keys.flatMap((key, k) =>
      Array.from({ length: 20 }, async (_, i) => {
        const tokens = 1 + ((k * 20 + i) % 37);
        expected.set(key, (expected.get(key) ?? 0n) + BigInt(tokens) * (CENT / 10n));
        await soon(async () => {
          const reply = await chat(key, ask('flat', { max_tokens: tokens }));
          assert.equal(reply.status, 200, reply.text);
        }, 40_000);
      }),
    );
    await Promise.all(all);
    for (const key of keys) {
      await soon(async () => {
        const { spent, reserved } = await gateway.usage(key);
        assert.deepEqual({ spent, reserved }, { spent: String(expected.get(key)), reserved: '0' });
      }, 20_000);
    }
  });

  test('parallel requests never exceed their limit', async () => {
    const key = await gateway.make({ max_parallel_requests: 3 });
    let open = 0;
    let most = 0;
    upstream.script('slow', async (call) => {
      most = Math.max(most, ++open);
      await new Promise((resolve) => setTimeout(resolve, 100));
      open--;
      call.send(200, whole('slow', 1));
    });
    const replies = await Promise.all(Array.from({ length: 30 }, () => chat(key, ask('slow'))));
    assert.ok(most <= 3 && most > 0, `${most} at once`);
    assert.equal(replies.filter(({ status }) => status === 200).length, 3);
  });

  test('twenty requests without a limit on $1 all finish when they are repeated', async () => {
    const key = await gateway.make({ max_budget: 1 });
    upstream.script('cheap', (call) => call.send(200, whole('cheap', 10)));
    const one = async () => {
      for (;;) {
        const reply = await chat(key, ask('cheap'));
        if (reply.status === 200) return;
        assert.equal(reply.json.error.code, 'budget_reserved', reply.text);
        assert.equal(reply.headers['retry-after'], '2');
        await new Promise((resolve) => setTimeout(resolve, 200));
      }
    };
    await Promise.all(Array.from({ length: 20 }, one));
    upstream.script('cheap', usesAll);
  });
});

describe('what is settled', () => {
  test('several models and a fallback are one reservation', async () => {
    const key = await gateway.make({ max_budget: 1 });
    const reply = await chat(key, ask('flat,cheap|flat', { max_tokens: 10 }));
    assert.equal(reply.status, 200);
    await soon(async () => {
      const { spent, reserved } = await gateway.usage(key);
      assert.deepEqual({ spent, reserved }, { spent: String(CENT + CENT / 10n), reserved: '0' });
    });
  });

  test('a stream that the client leaves counts what had come', async () => {
    const key = await gateway.make({ max_budget: 1, max_parallel_requests: 1 });
    upstream.script('slow', (call) => call.play([role(), text('eight by')], { ending: 'hang' }));
    const options = { stream_options: { include_usage: true }, max_tokens: 900 };
    const reply = await main.openChat(askStream('slow', options), { key: key.secret, headers: from() });
    assert.ok(await reply.until('eight by'));
    reply.leave();
    await soon(async () => {
      const { spent, reserved } = await gateway.usage(key);
      assert.deepEqual({ spent, reserved }, { spent: String((2n * CENT) / 10n), reserved: '0' });
    });
  });

  test('a stream is settled by the usage at its end, on the native lane too', async () => {
    const key = await gateway.make({ max_budget: 1 });
    upstream.script('slow', (call) =>
      call.play([
        role(),
        text('well'),
        finish(),
        usageChunk({ prompt_tokens: 3, completion_tokens: 7, total_tokens: 10 }),
        DONE,
      ]),
    );
    const options = { stream_options: { include_usage: true }, max_tokens: 900 };
    const reply = await main.chat(askStream('slow', options), { key: key.secret, headers: from() });
    assert.equal(reply.headers['x-onellm-key-remaining-usd'], '0.1');
    await soon(async () => assert.equal((await gateway.usage(key)).spent, String((7n * CENT) / 10n)));
  });

  test('the loser of a race counts too', async () => {
    const key = await gateway.make({ max_budget: 1 });
    upstream.script('slow', (call) => call.play([role(), text('eight by')], { ending: 'hang' }));
    upstream.script('cheap', async (call) => {
      await new Promise((resolve) => setTimeout(resolve, 100));
      call.send(200, whole('cheap', 10));
    });
    const race = { onellm: { merge: 'race' }, stream: true, max_tokens: 10 };
    const reply = await chat(key, ask('slow,cheap', race), { deadlineMs: 5000 }).catch((error) => error);
    upstream.script('cheap', usesAll);
    if (reply instanceof Error) return; // The one that hangs has won; its client left.
    await soon(async () => assert.equal((await gateway.usage(key)).reserved, '0'));
  });
});

describe('objects in trouble', () => {
  const refused = async (key) => {
    const before = upstream.calls.length;
    const reply = await chat(key, ask('flat', { max_tokens: 1 }));
    assert.equal(reply.status, 503, reply.text);
    assert.equal(reply.json.error.code, 'key_store_unavailable');
    assert.equal(reply.headers['retry-after'], '1');
    assert.equal(upstream.calls.length, before, 'nothing goes up');
    assert.equal((await chat(MASTER_KEY, ask('flat', { max_tokens: 1 }))).status, 200);
  };
  after(() => gateway.trouble('none'));

  test('a limiter that throws, or gives no answer in three seconds, lets nothing through', async () => {
    const key = await gateway.make({ max_budget: 1 });
    assert.equal((await chat(key, ask('flat', { max_tokens: 1 }))).status, 200);
    for (const trouble of ['throws', 'hangs']) {
      await gateway.trouble(trouble);
      await refused(key);
    }
    await gateway.trouble('none');
    await soon(async () => {
      const { spent, reserved } = await gateway.usage(key);
      assert.deepEqual({ spent, reserved }, { spent: String(CENT / 10n), reserved: '0' });
    }, 12_000);
  });

  test('a key without limits lives on while the registry is deaf, a new one does not', async () => {
    const known = await gateway.make();
    assert.equal((await chat(known, ask('flat', { max_tokens: 1 }))).status, 200);
    await gateway.trouble('deaf');
    assert.equal((await chat(known, ask('flat', { max_tokens: 1 }))).status, 200);
    await gateway.trouble('none');
    const fresh = await gateway.make();
    await gateway.trouble('deaf');
    await refused(fresh);
    await gateway.trouble('none');
    await soon(async () => assert.equal((await chat(fresh, ask('flat', { max_tokens: 1 }))).status, 200));
  });
});

test('a change of a limited key takes hold at once', async () => {
  const key = await gateway.make({ rpm_limit: 1000 });
  assert.equal((await chat(key, ask('flat', { max_tokens: 1 }))).status, 200);
  await gateway.patch(key.id, { blocked: true });
  await soon(async () => assert.equal((await chat(key, ask('flat', { max_tokens: 1 }))).status, 401), 3000);
});

test('logs have no secret and no hash', async () => {
  const key = await gateway.make({ max_budget: 1, key_alias: 'the team' });
  await chat(key, ask('flat', { max_tokens: 1 }));
  const logs = gateway.logs.join('\n');
  assert.match(logs, /the team|key_\d+/);
  assert.doesNotMatch(logs, /sk-onellm-[0-9A-Za-z]{20}/);
});
