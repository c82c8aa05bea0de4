// The limiter of a key in workerd: its decisions are atomic, and it and the registry tell each other what they know. The
// decisions themselves are tested natively (tests/keys).
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { startObjects } from '../support/keys_objects.mjs';
import { newDataFolder, soon } from '../support/keys_world.mjs';

const CENT = 10_000_000_000;

let objects;
before(async () => {
  objects = await startObjects();
});
after(() => objects?.stop());

const ask = (...given) => objects.ask(...given);
const limit = (...given) => objects.limit(...given);
const make = (...given) => objects.make(...given);

let requests = 0;
const admit = (key, money, { id = `r${++requests}`, version = key.record.version, ...more } = {}) =>
  limit(key, 'admit', {
    ask: {
      kind: 'request',
      id,
      version,
      legs: [{ targets: [{ fixed: String(money), per_output_token: '0' }] }],
      tokens: 10,
      ...more,
    },
  }).then((admission) => ({ ...admission, id }));
const settle = (key, id, money) => limit(key, 'settle', { id, money: String(money), tokens: 10 });
const usageOf = async (key) => (await limit(key, 'read')).usage;

test('a limiter that knows nothing reads the record before it admits', async () => {
  const key = await make({ max_budget: 0.01 });
  const first = await admit(key, CENT);
  assert.deepEqual([first.verdict, first.remaining], ['admitted', '0']);
  assert.equal((await admit(key, 1)).refusal.kind, 'reserved');
  await settle(key, first.id, CENT - 1);
  assert.equal((await admit(key, 1)).verdict, 'admitted');
});

test('of a thousand requests at once exactly those are admitted that fit', async () => {
  const key = await make({ max_budget: 1 });
  const answers = await Promise.all(Array.from({ length: 1000 }, () => admit(key, CENT)));
  const admitted = answers.filter(({ verdict }) => verdict === 'admitted');
  assert.equal(admitted.length, 100);
  await Promise.all(admitted.flatMap(({ id }) => [settle(key, id, CENT), settle(key, id, CENT)]));
  const usage = await usageOf(key);
  assert.deepEqual([usage.spent, usage.reserved, usage.day], [String(100 * CENT), '0', String(100 * CENT)]);
});

test('a change of the record reaches the limiter at once', async () => {
  const key = await make({ rpm_limit: 100 });
  assert.equal((await admit(key, 0)).verdict, 'admitted');
  const { records } = await ask('patch', { id: key.id, body: '{"rpm_limit":1000}' });
  const { version } = JSON.parse(records[0]);
  await soon(async () => assert.equal((await admit(key, 0)).verdict, 'stale'));
  const answer = await admit(key, 0, { version });
  assert.deepEqual([answer.verdict, answer.requests.limit], ['admitted', 1000]);
});

test('a deleted key admits nothing, and what is settled for it is not written', async () => {
  const key = await make({ max_budget: 1 });
  const { id } = await admit(key, CENT);
  await ask('remove', { id: key.id });
  await soon(async () => assert.equal((await admit(key, 0)).verdict, 'stale'));
  await settle(key, id, CENT);
  assert.equal((await usageOf(key)).total, '0');
  assert.equal(
    (await admit(key, 0, { version: 1e9 })).verdict,
    'stale',
    'the registry does not know it either',
  );
});

test('the spend is reported to the registry', async () => {
  const key = await make({ max_budget: 1 });
  const { id } = await admit(key, CENT);
  await settle(key, id, 123);
  await soon(async () =>
    assert.equal(JSON.parse((await ask('read', { id: key.id })).record).spend.amount, '123'),
  );
});

test('an open request is renewed, one that has ended is not', async () => {
  const key = await make({ max_parallel_requests: 1 });
  const { id } = await admit(key, 0);
  const renew = () => limit(key, 'renew', { id });
  assert.deepEqual(await renew(), { renewed: true });
  assert.equal((await admit(key, 0)).refusal.kind, 'parallel');
  await settle(key, id, 0);
  assert.deepEqual(await renew(), { renewed: false });
});

test('fifty keys at once: every sum is right to the last digit', async () => {
  const keys = await Promise.all(Array.from({ length: 50 }, () => make({ max_budget: 5 })));
  const sums = await Promise.all(
    keys.map(async (key, k) => {
      const costs = Array.from({ length: 6 }, (_, i) => 1_000_000_007 * (k + 1) + i);
      await Promise.all(
        costs.map(async (cost) => {
          const { verdict, id } = await admit(key, 2 * cost);
          assert.equal(verdict, 'admitted');
          await settle(key, id, cost);
        }),
      );
      return costs.reduce((sum, cost) => sum + cost, 0);
    }),
  );
  for (const [k, key] of keys.entries()) assert.equal((await usageOf(key)).spent, String(sums[k]));
});

test('what is reserved outlives a restart', async (context) => {
  const data = newDataFolder();
  const usual = objects;
  context.after(async () => {
    if (objects !== usual) await objects.stop();
    objects = usual;
    fs.rmSync(data, { recursive: true, force: true });
  });
  objects = await startObjects(data);
  const key = await make({ max_budget: 0.01 });
  const { id } = await admit(key, CENT);
  await objects.stop();
  objects = await startObjects(data);
  assert.equal((await admit(key, 1)).refusal.kind, 'reserved');
  await settle(key, id, 5);
  assert.equal((await admit(key, 1)).verdict, 'admitted');
  assert.ok((await ask('find', { hash: key.hash })).record);
});
