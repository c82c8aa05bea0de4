// Objects of keys in trouble, in workerd: whatever fails, and however, nothing is let through, the refusal says so in
// the client's dialect, and the master key works.
import assert from 'node:assert/strict';
import { after, afterEach, before, describe, test } from 'node:test';
import { ask, askStream } from '../support/client.mjs';
import { CENT, from, soon, startKeys, TOKEN, usesAll } from '../support/keys_world.mjs';
import { MASTER_KEY } from '../support/gateway.mjs';
import { startUpstream } from '../support/mock_upstream.mjs';

let upstream, gateway;
before(async () => {
  upstream = await startUpstream();
  upstream.script('flat', usesAll);
  gateway = await startKeys(upstream);
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

const messages = [{ role: 'user', content: 'hi' }];

/** Requests that need the key's limiter, with the type of their refusal. */
const REQUESTS = {
  chat: [(client, how) => client.chat(ask('flat', { max_tokens: 1 }), how), 'server_error'],
  stream: [(client, how) => client.chat(askStream('flat', { max_tokens: 1 }), how), 'server_error'],
  'several models': [
    (client, how) => client.chat(ask('flat,flat|cheap', { max_tokens: 1 }), how),
    'server_error',
  ],
  messages: [
    (client, how) =>
      client.send({ path: '/v1/messages', body: { model: 'flat', max_tokens: 1, messages }, ...how }),
    'api_error',
  ],
  counting: [
    (client, how) =>
      client.send({
        path: '/v1/messages/count_tokens',
        body: { model: 'claude-sonnet-4-5', messages },
        ...how,
      }),
    'api_error',
  ],
};

/** Every kind of request of this key is refused, and none goes up. */
async function expectRefused(key, client = gateway.main, names = Object.keys(REQUESTS)) {
  const calls = upstream.calls.length;
  const refused = await Promise.all(
    names.map((name) => REQUESTS[name][0](client, { key: key.secret, headers: from() })),
  );
  for (const [i, reply] of refused.entries()) {
    const name = names[i];
    assert.equal(reply.status, 503, `${name}: ${reply.text}`);
    assert.equal(reply.headers['retry-after'], '1', name);
    assert.equal(reply.json.error.type, REQUESTS[name][1], name);
    if (name === 'chat') assert.equal(reply.json.error.code, 'key_store_unavailable');
  }
  assert.equal(upstream.calls.length, calls, 'nothing goes up');
  const served = await client.chat(ask('flat', { max_tokens: 1 }), { key: MASTER_KEY });
  assert.equal(served.status, 200, 'the master key always works');
}

const LIMITS = { max_budget: 1, rpm_limit: 1000, tpm_limit: 100_000, max_parallel_requests: 100 };
const ADMITTED = { verdict: 'admitted' };
const TROUBLES = {
  throws: { kind: 'throws' },
  'is overloaded': { kind: 'overloaded' },
  'gives no answer in three seconds': { kind: 'hangs' },
  'loses its answer': { kind: 'loses' },
  'answers nothing': { kind: 'answers' },
  'answers null': { kind: 'answers', answer: null },
  'answers an empty text': { kind: 'answers', answer: '' },
  'answers no JSON': { kind: 'answers', answer: '<html>' },
  'answers half of one': { kind: 'answers', answer: JSON.stringify(ADMITTED).slice(0, -1) },
  'answers a list': { kind: 'answers', answer: JSON.stringify([ADMITTED]) },
  'answers an object that is no text': { kind: 'answers', answer: ADMITTED },
  'answers without a verdict': { kind: 'answers', answer: '{}' },
  'answers another word': { kind: 'answers', answer: '{"verdict":"yes"}' },
  'answers a number': { kind: 'answers', answer: '{"verdict":1}' },
  'refuses without a reason': { kind: 'answers', answer: '{"verdict":"refused"}' },
};

describe('a limiter that is in trouble', () => {
  afterEach(() => gateway.trouble());

  for (const [what, trouble] of Object.entries(TROUBLES)) {
    test(`where it ${what}, nothing goes up`, async () => {
      const key = await gateway.make(LIMITS);
      await gateway.chat(key, ask('flat', { max_tokens: 10 }));
      await gateway.settled(key, CENT);
      await gateway.trouble({ 'Limiter.admit': trouble });
      await expectRefused(key);
      await gateway.trouble();
      await gateway.settled(key, CENT); // Also what was admitted in silence.
      assert.equal((await gateway.chat(key, ask('flat', { max_tokens: 1 }))).status, 200);
    });
  }

  test('where it does not know the key and the registry is out of reach, nothing goes up', async () => {
    for (const kind of ['throws', 'hangs', 'answers']) {
      // Its limits have not arrived yet, and it cannot ask for them.
      const broken = { kind, answer: 'nonsense' };
      await gateway.trouble({ 'Limiter.setLimits': { kind: 'throws' }, 'Registry.limits': broken });
      const key = await gateway.make(LIMITS);
      await expectRefused(key);
    }
    await gateway.trouble();
  });
});

const FOUND = { record: { id: 'key_1', version: 1 } };
const REGISTRY_TROUBLES = {
  ...Object.fromEntries(Object.entries(TROUBLES).slice(0, 7)),
  'answers no JSON': { kind: 'answers', answer: '<html>' },
  'answers a record that is no text': { kind: 'answers', answer: JSON.stringify(FOUND) },
  'answers an empty record': { kind: 'answers', answer: '{"record":"{}"}' },
  'answers a record that is no JSON': { kind: 'answers', answer: '{"record":"nonsense"}' },
};

describe('a registry that is in trouble', () => {
  afterEach(() => gateway.trouble());

  for (const [what, trouble] of Object.entries(REGISTRY_TROUBLES)) {
    test(`where it ${what}, a key that is not known is refused, and one that is known is served`, async () => {
      const known = await gateway.make();
      const limited = await gateway.make(LIMITS);
      for (const key of [known, limited])
        assert.equal((await gateway.chat(key, ask('flat', { max_tokens: 1 }))).status, 200);
      const fresh = [await gateway.make(), await gateway.make(LIMITS)];
      await gateway.trouble({ 'Registry.find': trouble });
      for (const key of fresh) await expectRefused(key, gateway.main, ['chat', 'messages']);
      for (const key of [known, limited])
        assert.equal((await gateway.chat(key, ask('flat', { max_tokens: 1 }))).status, 200);
      await gateway.trouble();
      for (const key of fresh)
        await soon(async () =>
          assert.equal((await gateway.chat(key, ask('flat', { max_tokens: 1 }))).status, 200),
        );
    });
  }

  test('changes that do not reach the limiter are told again until they do', async () => {
    const key = await gateway.make({ rpm_limit: 1000 });
    assert.equal((await gateway.chat(key, ask('flat', { max_tokens: 1 }))).status, 200);
    await gateway.trouble({ 'Limiter.setLimits': { kind: 'throws', times: 2 } });
    await gateway.patch(key.id, { blocked: true });
    await soon(async () => {
      const { status, json } = await gateway.chat(key, ask('flat', { max_tokens: 1 }));
      assert.deepEqual([status, json.error?.code], [401, 'invalid_api_key']);
    }, 15_000);
  });

  test('a report of spend that fails is made again', async () => {
    const key = await gateway.make({ max_budget: 1 });
    await gateway.trouble({ 'Registry.report': { kind: 'throws', times: 1 } });
    assert.equal((await gateway.chat(key, ask('flat', { max_tokens: 3 }))).status, 200);
    await gateway.settled(key, 3n * TOKEN.flat);
    await soon(async () => {
      const { record } = await gateway.registry('read', { id: key.id });
      assert.equal(JSON.parse(record).spend.amount, String(3n * TOKEN.flat));
    }, 25_000);
  });
});

test('without a binding the keys that need it are refused, and the others work', async (context) => {
  const key = await gateway.make(LIMITS);
  for (const bound of [['ONELLM_KEYS_OBJECT'], ['ONELLM_LIMITER_OBJECT'], []]) {
    const lacking = await startKeys(upstream, {}, { keys: bound });
    context.after(() => lacking.stop());
    if (bound.includes('ONELLM_KEYS_OBJECT')) {
      const [limited, free] = [await lacking.make(LIMITS), await lacking.make()];
      await expectRefused(limited, lacking.main);
      assert.equal((await lacking.chat(free, ask('flat', { max_tokens: 1 }))).status, 200);
    } else {
      await expectRefused(key, lacking.main, ['chat', 'stream', 'messages']);
    }
  }
});
