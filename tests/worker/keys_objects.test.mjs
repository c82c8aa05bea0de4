// The objects of keys in workerd: what they store, that their decisions are atomic, and what one does where the other
// cannot be reached. The decisions themselves are tested natively (tests/keys).
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startGateway } from './support/gateway.mjs';

const CENT = 10_000_000_000;

let gateway;

const start = (more) =>
  startGateway({ workers: { main: {} }, keys: true, entry: 'tests/worker/support/keys_entry.js', ...more });

before(async () => {
  gateway = await start();
});
after(() => gateway?.stop());

// Calls of one turn are sent together, so that they reach the objects at once.
let waiting = [];
function call(binding, name, method, argument) {
  if (waiting.length === 0) setImmediate(send);
  return new Promise((resolve, reject) => {
    waiting.push({ call: [binding, name, method, JSON.stringify(argument)], resolve, reject });
  });
}

async function send() {
  const sent = waiting;
  waiting = [];
  try {
    const { json } = await gateway.clients.main.send({ body: sent.map((each) => each.call) });
    for (const [i, { resolve }] of sent.entries()) resolve(JSON.parse(json[i] ?? '{}'));
  } catch (error) {
    for (const { reject } of sent) reject(error);
  }
}

const ask = (method, argument) => call('ONELLM_KEYS_OBJECT', 'keys', method, argument);
const limit = (key, method, argument = {}) =>
  call('ONELLM_LIMITER_OBJECT', key.id, method, { key: key.id, ...argument });
const newHash = () => createHash('sha256').update(randomBytes(8)).digest('hex');
const newId = () => `key_${randomBytes(9).toString('hex')}`;

async function make(fields = {}, id = newId()) {
  const hash = newHash();
  const { records, problem, refusal } = await ask('create', { body: JSON.stringify(fields), id, hash });
  assert.deepEqual({ problem, refusal }, { problem: undefined, refusal: undefined });
  return { id, hash, record: JSON.parse(records[0]) };
}

async function soon(check) {
  const deadline = Date.now() + 8000;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
    await sleep(50);
  }
}

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

// --- the registry ---

test('a key is found by its secret and by its id, and by nothing else', async () => {
  const key = await make({ key_alias: 'found', rpm_limit: 5 });
  assert.equal(JSON.parse((await ask('find', { hash: key.hash })).record).id, key.id);
  assert.equal(JSON.parse((await ask('read', { id: key.id })).record).alias, 'found');
  assert.deepEqual(await ask('find', { hash: newHash() }), {});
  assert.deepEqual(await ask('read', { id: 'key_unknown' }), { problem: 'key_not_found' });
});

test('a wrong body changes nothing, and names the field', async () => {
  const id = newId();
  const { refusal } = await ask('create', { body: '{"rpm_limit":0}', id, hash: newHash() });
  assert.equal(refusal.param, 'rpm_limit');
  assert.deepEqual(await ask('read', { id }), { problem: 'key_not_found' });
});

test('an alias belongs to one key, until that is deleted', async () => {
  const a = await make({ key_alias: 'taken' });
  const b = await make({ key_alias: 'free' });
  const taken = { problem: 'key_alias_taken' };
  assert.deepEqual(
    await ask('create', { body: '{"key_alias":"taken"}', id: newId(), hash: newHash() }),
    taken,
  );
  assert.deepEqual(await ask('patch', { id: b.id, body: '{"key_alias":"taken"}' }), taken);
  assert.equal(JSON.parse((await ask('read', { id: b.id })).record).alias, 'free');
  assert.equal((await ask('patch', { id: a.id, body: '{"key_alias":"taken"}' })).records.length, 1);
  assert.deepEqual(await ask('remove', { id: a.id }), { records: [] });
  assert.equal((await ask('patch', { id: b.id, body: '{"key_alias":"taken"}' })).records.length, 1);
});

test('a rotated secret is found until the next rotation', async () => {
  const key = await make();
  const [second, third] = [newHash(), newHash()];
  await ask('rotate', { id: key.id, body: '{"grace_seconds":60}', hash: second });
  for (const hash of [key.hash, second]) assert.ok((await ask('find', { hash })).record);
  await ask('rotate', { id: key.id, body: '{"grace_seconds":60}', hash: third });
  assert.deepEqual(await ask('find', { hash: key.hash }), {});
  for (const hash of [second, third]) assert.ok((await ask('find', { hash })).record);
});

test('pages are newest first, and a search is literal', async () => {
  const made = [];
  for (let i = 0; i < 5; i++) made.unshift((await make({ key_alias: `pa%ge_${i}`, blocked: i === 2 })).id);
  const ids = async (argument) => {
    const { records, has_more } = await ask('list', { limit: 100, ...argument });
    return { ids: records.map((record) => JSON.parse(record).id), has_more };
  };
  assert.deepEqual(await ids({ search: 'a%ge_', limit: 3 }), { ids: made.slice(0, 3), has_more: true });
  assert.deepEqual(await ids({ search: 'a%ge_', after: made[2] }), { ids: made.slice(3), has_more: false });
  assert.deepEqual(await ids({ search: 'a%ge_', blocked: true }), { ids: [made[2]], has_more: false });
  assert.deepEqual(await ids({ search: made[1].slice(4) }), { ids: [made[1]], has_more: false });
  assert.deepEqual((await ids({ search: 'a_ge' })).ids, []);
});

test('a page of an export ends before it is too long to be imported', async () => {
  const models = Array.from({ length: 100 }, (_, i) => `${'m'.repeat(120)}${i}`);
  const made = [];
  for (let i = 0; i < 170; i++) made.push(make({ models }));
  const ids = new Set((await Promise.all(made)).map(({ id }) => id));
  let after;
  let pages = 0;
  for (let more = true; more; pages++) {
    const { records, has_more } = await ask('exportPage', { after });
    for (const record of records) ids.delete(JSON.parse(record).id);
    after = JSON.parse(records.at(-1)).id;
    more = has_more;
  }
  assert.deepEqual([ids.size, pages], [0, 2]);
});

test('an import is stored as a whole or not at all', async () => {
  const other = await make({ key_alias: 'other' });
  const row = (more) => ({ id: newId(), hash: newHash(), created_at: '2026-01-01T00:00:00Z', ...more });
  const imported = (...data) => ask('importPage', { body: JSON.stringify({ object: 'list', data }) });
  const first = row();
  for (const wrong of [row({ key_alias: 'other' }), row({ hash: other.hash }), row({ hash: first.hash })]) {
    assert.deepEqual(await imported(first, wrong), { problem: 'key_alias_taken' });
    assert.deepEqual(await ask('read', { id: first.id }), { problem: 'key_not_found' });
  }
  assert.equal((await imported(first, row({ rpm_limit: 'x' }))).refusal.param, 'data[1].rpm_limit');
  assert.equal((await imported(first, { ...row(), id: other.id, key_alias: 'mine' })).imported, 2);
  assert.equal(
    JSON.parse((await ask('read', { id: other.id })).record).alias,
    'mine',
    'the same id replaces',
  );
  assert.deepEqual(await ask('find', { hash: other.hash }), {});
});

// --- the limiter ---

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
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'onellm-keys-'));
  const usual = gateway;
  context.after(async () => {
    if (gateway !== usual) await gateway.stop();
    gateway = usual;
    fs.rmSync(data, { recursive: true, force: true });
  });
  gateway = await start({ data });
  const key = await make({ max_budget: 0.01 });
  const { id } = await admit(key, CENT);
  await gateway.stop();
  gateway = await start({ data });
  assert.equal((await admit(key, 1)).refusal.kind, 'reserved');
  await settle(key, id, 5);
  assert.equal((await admit(key, 1)).verdict, 'admitted');
  assert.ok((await ask('find', { hash: key.hash })).record);
});
