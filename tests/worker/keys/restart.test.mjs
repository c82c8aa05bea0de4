// What the objects of keys keep when the isolate ends, and when time passes. Minutes and days pass by a clock that is
// ahead (keys_clock.js); that of a request itself, which lasts an hour, is tested natively (tests/gateway/keys).
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, describe, test } from 'node:test';
import { ask } from '../support/client.mjs';
import { CENT, newDataFolder, soon, startKeys, TOKEN, usesAll } from '../support/keys_world.mjs';
import { startUpstream } from '../support/mock_upstream.mjs';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let upstream, gateway;
before(async () => {
  upstream = await startUpstream();
  upstream.script('flat', usesAll);
  upstream.script('slow', () => {}); // It never answers.
  gateway = await startKeys(upstream);
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

const rowsOf = (key, sql) => gateway.limiter(key, 'query', sql);
const used = async (key, tokens = 10) => {
  const reply = await gateway.chat(key, ask('flat', { max_tokens: tokens }));
  assert.equal(reply.status, 200, reply.text);
};

describe('the isolate is killed between admission and settlement', () => {
  const data = newDataFolder();
  let usual, key, id;

  before(async () => {
    usual = gateway;
    gateway = await startKeys(upstream, {}, { data });
    key = await gateway.make({ max_budget: 0.02, max_parallel_requests: 1 });
    gateway.chat(key, ask('slow', { max_tokens: 10 })).catch(() => {});
    await upstream.called('slow');
    [{ id }] = await rowsOf(key, 'SELECT id FROM requests WHERE open = 1');
    await gateway.stop();
    gateway = await startKeys(upstream, {}, { data });
  });
  after(async () => {
    await gateway.stop();
    gateway = usual;
    fs.rmSync(data, { recursive: true, force: true });
  });

  test('its reservation is kept, and holds', async () => {
    await gateway.settled(key, 0n, CENT);
    const reply = await gateway.chat(key, ask('flat', { max_tokens: 10 }));
    assert.deepEqual([reply.status, reply.json.error.param], [429, 'parallel']);
  });

  test('its lease ends after fifteen minutes, at its worst case', async () => {
    await gateway.doors({ clock: { aheadMs: 14 * MINUTE_MS } });
    await gateway.settled(key, 0n, CENT);
    await gateway.doors({ clock: { aheadMs: 15 * MINUTE_MS } });
    await gateway.limiter(key, 'wake', '');
    await gateway.settled(key, CENT);
    await used(key, 5);
    await gateway.settled(key, CENT + 5n * TOKEN.flat);
  });

  test('a settlement that comes later replaces that figure, once', async () => {
    const settle = { id, money: String(2n * TOKEN.flat), tokens: 12 };
    for (let i = 0; i < 2; i++) await gateway.limiter(key, 'settle', settle);
    await gateway.settled(key, 7n * TOKEN.flat);
  });

  test('an hour later nothing has changed', async () => {
    await gateway.doors({ clock: { aheadMs: HOUR_MS } });
    await gateway.limiter(key, 'wake', '');
    await gateway.settled(key, 7n * TOKEN.flat);
  });
});

describe('time', () => {
  after(() => gateway.doors({ clock: { aheadMs: 0 } }));
  const pass = (aheadMs) => gateway.doors({ clock: { aheadMs } });

  test('a key without limits is known for a minute while the registry is out of reach', async () => {
    await pass(0);
    const key = await gateway.make();
    await used(key);
    await gateway.trouble({ 'Registry.find': { kind: 'throws' } });
    await pass(MINUTE_MS - 10_000);
    await used(key);
    await pass(MINUTE_MS + 1000);
    const reply = await gateway.chat(key, ask('flat'));
    assert.deepEqual([reply.status, reply.json.error.code], [503, 'key_store_unavailable']);
    await gateway.trouble();
    await used(key);
  });

  test('a change of a key without limits holds within a minute', async () => {
    await pass(0);
    const key = await gateway.make();
    await used(key);
    await gateway.patch(key.id, { blocked: true });
    await pass(MINUTE_MS + 1000);
    assert.equal((await gateway.chat(key, ask('flat'))).status, 401);
  });

  test('a new window frees the budget', async () => {
    await pass(0);
    const key = await gateway.make({ max_budget: 0.01, budget_duration: '1h' });
    await used(key);
    await gateway.settled(key, CENT);
    assert.equal(
      (await gateway.chat(key, ask('flat', { max_tokens: 1 }))).json.error.code,
      'budget_exceeded',
    );
    await pass(HOUR_MS);
    await used(key, 3);
    await gateway.settled(key, 3n * TOKEN.flat);
  });

  test('spend by hour is kept for 400 days and no longer', async () => {
    const key = await gateway.make({ max_budget: 100 });
    for (const day of [0, 1, 399, 401, 402]) {
      await pass(day * 24 * HOUR_MS);
      await used(key, 1);
      await soon(async () => assert.equal((await gateway.usage(key)).reserved, '0'));
    }
    assert.equal((await rowsOf(key, 'SELECT hour FROM hours')).length, 3);
    assert.equal((await gateway.usage(key)).total, String(5n * TOKEN.flat));
  });

  test('ids of requests are kept for a day, and at most ten thousand', async () => {
    await pass(0);
    const key = await gateway.make({ max_budget: 100 });
    await used(key, 1);
    const settle = (i) => JSON.stringify({ key: key.id, id: `r${i}`, money: '1', tokens: 1 });
    for (let sent = 0; sent < 10_100; sent += 1010) {
      const calls = Array.from({ length: 1010 }, (_, i) => [
        'ONELLM_LIMITER_OBJECT',
        key.id,
        'settle',
        settle(sent + i),
      ]);
      assert.equal((await gateway.main.send({ path: '/objects', body: calls })).status, 200);
    }
    const count = async () => (await rowsOf(key, 'SELECT count(*) AS rows FROM requests'))[0].rows;
    assert.equal(await count(), 10_000);
    await pass(25 * HOUR_MS);
    for (let i = 0; i < 3; i++) await used(key, 1);
    assert.ok((await count()) < 9_990, 'some go with every call');
  });

  test('the spend of a window is reported at most every ten seconds', async () => {
    await pass(0);
    const key = await gateway.make({ max_budget: 100 });
    await gateway.doors();
    for (let i = 0; i < 30; i++) await used(key, 1);
    const { calls } = await gateway.doors();
    const reports = calls.filter((call) => call === 'Registry.report').length;
    assert.ok(reports <= 2, `${reports} reports`);
    await soon(async () => {
      const { record } = await gateway.registry('read', { id: key.id });
      assert.ok(BigInt(JSON.parse(record).spend.amount) > 0n);
    }, 12_000);
  });
});
