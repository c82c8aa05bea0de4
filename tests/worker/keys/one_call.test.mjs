// What a key costs before the first byte, in calls of objects: none if it is known and has no limits, one if it has
// any. Everything else waits until the reply is on its way.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, askStream } from '../support/client.mjs';
import { soon, startKeys, usesAll, whole } from '../support/keys_world.mjs';
import { startUpstream } from '../support/mock_upstream.mjs';
import { DONE, finish, role, text } from '../support/openai_wire.mjs';

let upstream, gateway;
before(async () => {
  upstream = await startUpstream();
  for (const model of ['flat', 'cheap']) upstream.script(model, usesAll);
  gateway = await startKeys(upstream);
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

const LIMITED = { max_budget: 100, rpm_limit: 1000, tpm_limit: 1_000_000, max_parallel_requests: 10 };

/** The calls of objects since the last time, without those that their alarms make. */
async function callsOfRequests() {
  const { calls } = await gateway.doors();
  return calls.filter((call) => !['Registry.report', 'Limiter.setLimits'].includes(call));
}

/** A key that this isolate knows, after nothing of its making and its look-up is under way any more. */
async function known(fields) {
  const key = await gateway.make(fields);
  assert.equal((await gateway.chat(key, ask('flat', { max_tokens: 1 }))).status, 200);
  if (fields.max_budget !== undefined) await gateway.settled(key, 10n ** 9n);
  await gateway.doors();
  return key;
}

/** Runs a request up to its call upstream, and to its end: the calls of objects for either. */
async function callsFor(send, model, reply) {
  const before = Promise.withResolvers();
  const go = Promise.withResolvers();
  upstream.script(model, async (call) => {
    before.resolve(await callsOfRequests());
    await go.promise;
    await reply(call);
  });
  const sent = send();
  const calls = await before.promise;
  go.resolve();
  const { status, text } = await sent;
  assert.equal(status, 200, text);
  return calls;
}

const settledBy = (calls) =>
  soon(async () => {
    calls.push(...(await callsOfRequests()));
    assert.ok(calls.length > 0);
  });

const REQUESTS = {
  'a whole reply': [
    (key) => gateway.chat(key, ask('slow', { max_tokens: 5 })),
    (call) => call.send(200, whole('slow', 5)),
  ],
  'a stream': [
    (key) => gateway.chat(key, askStream('slow', { max_tokens: 5 })),
    (call) => call.play([role(), text('well'), finish(), DONE]),
  ],
  'several models': [
    (key) => gateway.chat(key, ask('cheap,slow|flat,cheap|slow', { max_tokens: 5 })),
    (call) => call.send(200, whole('slow', 5)),
  ],
  'a client of Messages': [
    (key) => gateway.messages(key, { model: 'slow', messages: [{ role: 'user', content: 'hi' }] }),
    (call) => call.send(200, whole('slow', 5)),
  ],
};

for (const [what, [send, reply]] of Object.entries(REQUESTS)) {
  test(`${what}: a known key without limits costs no call`, async () => {
    const key = await known({});
    assert.deepEqual(await callsFor(() => send(key), 'slow', reply), []);
    assert.deepEqual(await callsOfRequests(), []);
  });

  test(`${what}: a known key with limits costs one admission, and is settled once afterwards`, async () => {
    const key = await known(LIMITED);
    assert.deepEqual(await callsFor(() => send(key), 'slow', reply), ['Limiter.admit']);
    const settled = [];
    await settledBy(settled);
    assert.deepEqual(settled, ['Limiter.settle']);
    assert.equal((await gateway.usage(key)).reserved, '0');
  });
}

test('a refusal costs one admission and nothing else', async () => {
  const key = await known({ ...LIMITED, max_budget: 0.01 });
  const reply = await gateway.chat(key, ask('flat', { max_tokens: 1000 }));
  assert.equal(reply.status, 429);
  assert.deepEqual(await callsOfRequests(), ['Limiter.admit']);
});

test('a key that is not known costs one look-up more', async () => {
  for (const [fields, calls] of [
    [{}, ['Registry.find']],
    [{ max_parallel_requests: 9 }, ['Registry.find', 'Limiter.admit']],
  ]) {
    const key = await gateway.make(fields);
    if (calls.length > 1)
      await soon(async () => assert.ok((await gateway.limiter(key, 'read')).usage.version > 0));
    await gateway.doors();
    const [send, reply] = REQUESTS['a whole reply'];
    assert.deepEqual(await callsFor(() => send(key), 'slow', reply), calls);
  }
});

test('the master key costs no call', async () => {
  const [, reply] = REQUESTS['a whole reply'];
  await gateway.doors();
  assert.deepEqual(await callsFor(() => gateway.main.chat(ask('slow')), 'slow', reply), []);
});
