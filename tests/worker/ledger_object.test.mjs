// The object that keeps the ledger: what it does with batches that arrive twice, too many rows and old ones,
// that it outlives a restart, and what its troubles do to requests: nothing.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask } from './support/client.mjs';
import { expectError } from './support/expect.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { speak } from './support/openai_wire.mjs';

const HOUR = 490_000;
const LIMITS = { keep_hours: 100, rows_max: 1000, hour_rows_max: 100 };

let upstream, gateway, objects;
const gateways = [];

async function start(options) {
  const started = await startGateway({ ledger: true, ...options });
  gateways.push(started);
  return started;
}

before(async () => {
  upstream = await startUpstream();
  upstream.script('gpt-well', speak('All is well.'));
  gateway = await start({ workers: { main: standardSettings(upstream) } });
  objects = (await gateway.bindings('main')).ONELLM_LEDGER_OBJECT;
});
after(async () => {
  for (const each of gateways) await each.stop();
  await upstream?.close();
});

const object = (name) => objects.get(objects.idFromName(name));
const row = (model, { hour = HOUR, ...more } = {}) => ({
  hour,
  key: 'master',
  model,
  provider: 'openai',
  calls: 1,
  ...more,
});
const batch = (id, rows, limits = LIMITS) => ({ id, rows: JSON.stringify({ ...limits, rows }) });

async function query(ledger, group_by = ['model']) {
  const asked = { from_hour: 0, to_hour: 1e6, group_by, limit: 1000 };
  return JSON.parse(await ledger.query(JSON.stringify(asked))).data;
}
const callsByModel = async (ledger) =>
  Object.fromEntries((await query(ledger)).map(({ model, calls }) => [model, Number(calls)]));

test('a batch that arrives twice counts once, alone or with others', async () => {
  const ledger = object('twice');
  await ledger.add([batch('one', [row('a'), row('b')])]);
  await ledger.add([batch('one', [row('a'), row('b')]), batch('two', [row('a')])]);
  await ledger.add([batch('two', [row('a')]), batch('two', [row('a')])]);
  assert.deepEqual(await callsByModel(ledger), { a: 2, b: 1 });
});

test('a batch that cannot be added is not added in part, and those before it are', async () => {
  const ledger = object('broken');
  const broken = { id: 'broken', rows: '{"hour_rows_max":100,"rows":[' };
  const halfBroken = batch('half', [row('a'), { ...row('b'), hour: null }]);
  for (const bad of [broken, halfBroken])
    await assert.rejects(async () => ledger.add([batch('good', [row('c')]), bad]));
  assert.deepEqual(await callsByModel(ledger), { c: 1 });
});

test('sums are exact beyond what a JavaScript number holds', async () => {
  const ledger = object('exact');
  const rows = JSON.stringify({ ...LIMITS, rows: [row('a', { cost_pico_usd: 1 })] });
  for (const id of ['one', 'two'])
    await ledger.add([
      { id, rows: rows.replace('"cost_pico_usd":1', '"cost_pico_usd":4611686018427387903') },
    ]);
  const [{ cost_pico_usd }] = await query(ledger);
  assert.equal(cost_pico_usd, '9223372036854775806');
});

test('sums that are larger than 64 bits are exact, and a row stays at the largest number', async () => {
  const ledger = object('large');
  const largest = 9223372036854775807n;
  const rows = (...models) =>
    JSON.stringify({ ...LIMITS, rows: models.map((model) => row(model, { cost_pico_usd: 1 })) });
  for (const [id, ...models] of [
    ['one', 'a', 'b', 'c'],
    ['two', 'a'],
  ])
    await ledger.add([
      { id, rows: rows(...models).replaceAll('"cost_pico_usd":1', `"cost_pico_usd":${largest}`) },
    ]);
  const byModel = await query(ledger);
  assert.deepEqual(
    byModel.map(({ cost_pico_usd }) => cost_pico_usd),
    [`${largest}`, `${largest}`, `${largest}`],
  );
  const [{ cost_pico_usd, calls }] = await query(ledger, ['provider']);
  assert.equal(cost_pico_usd, String(3n * largest));
  assert.equal(calls, '4');
});

test('a ledger of an earlier version gets the sums that it lacks, and keeps what it has', async () => {
  const { bindings } = await troubled('old');
  const old = (await bindings('main')).ONELLM_LEDGER_OBJECT;
  const ledger = old.get(old.idFromName('ledger'));
  await ledger.add([batch('one', [row('a', { total_ms: 5 })])]);
  const [{ calls, total_ms, web_searches }] = await query(ledger);
  assert.deepEqual({ calls, total_ms, web_searches }, { calls: '8', total_ms: '5', web_searches: '0' });
});

test('an hour has a bounded number of rows, and what comes beyond them is added to one', async () => {
  const ledger = object('hour');
  const limits = { ...LIMITS, hour_rows_max: 3 };
  await ledger.add([batch('one', [row('a'), row('b'), row('c')], limits)]);
  await ledger.add([
    batch('two', [row('d'), row('a'), row('e')], limits),
    batch('three', [row('f')], limits),
  ]);
  await ledger.add([batch('four', [row('d', { hour: HOUR + 1 })], limits)]);
  assert.deepEqual(await callsByModel(ledger), { a: 2, b: 1, c: 1, d: 1, '(other)': 3 });
});

test('what is older than it is to be kept goes with the next hour', async () => {
  const ledger = object('old');
  const limits = { ...LIMITS, keep_hours: 48 };
  for (const hour of [HOUR - 60, HOUR - 48, HOUR - 47, HOUR - 1])
    await ledger.add([batch(`of ${hour}`, [row('a', { hour })], limits)]);
  await ledger.add([batch('now', [row('a')], limits)]);
  const hours = (await query(ledger, ['hour'])).map(({ hour }) => hour);
  assert.deepEqual(hours, [HOUR - 47, HOUR - 1, HOUR]);
});

test('beyond a number of rows the oldest hours go', async () => {
  const ledger = object('many');
  const limits = { ...LIMITS, rows_max: 5 };
  for (const hour of [HOUR - 3, HOUR - 2, HOUR - 1, HOUR])
    await ledger.add([batch(`of ${hour}`, [row('a', { hour }), row('b', { hour })], limits)]);
  const hours = (await query(ledger, ['hour'])).map(({ hour }) => hour);
  assert.deepEqual(hours, [HOUR - 1, HOUR]);
});

test('batches are forgotten only after thousands of others', async () => {
  const ledger = object('remembered');
  const many = (from) => Array.from({ length: 4000 }, (_, i) => batch(`b${from + i}`, [row('a')]));
  await ledger.add(many(0));
  await ledger.add(many(4000));
  await ledger.add([batch('b7', [row('a')])]);
  assert.deepEqual(await callsByModel(ledger), { a: 8000 });
});

test('the ledger outlives a restart', async (context) => {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'onellm-ledger-'));
  context.after(() => fs.rmSync(data, { recursive: true, force: true }));
  const options = { workers: { main: standardSettings(upstream, { ONELLM_LEDGER: '1' }) }, data };
  const first = await start(options);
  assert.equal((await first.clients.main.chat(ask('gpt-well'))).status, 200);
  await usageWith(first.clients.main, ({ total }) => total.calls === 1);
  await gateways.pop().stop();
  const second = await start(options);
  const usage = (await second.clients.main.get('/v1/admin/usage')).json;
  assert.equal(usage.total.calls, 1);
  assert.equal(usage.data[0].model, 'up-snapshot');
});

async function usageWith(client, isIt, withinMs = 8000) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    const usage = (await client.get('/v1/admin/usage')).json;
    if (isIt(usage)) return usage;
    assert.ok(Date.now() < deadline, `not in time: ${JSON.stringify(usage)}`);
    await sleep(100);
  }
}

const troubled = (trouble) =>
  start({
    workers: { main: standardSettings(upstream, { ONELLM_LEDGER: '1', TROUBLE: trouble }) },
    entry: 'tests/worker/support/troubled_ledger.js',
  });

test('an object whose replies get lost is asked again, and counts once', async () => {
  const { clients, logs } = await troubled('mute');
  await Promise.all(Array.from({ length: 20 }, () => clients.main.chat(ask('gpt-well'))));
  await usageWith(clients.main, ({ total }) => total.calls === 20);
  await sleep(5000); // The attempts that come after the failed ones are over.
  assert.equal((await clients.main.get('/v1/admin/usage')).json.total.calls, 20);
  assert.ok(!logs.some((line) => line.includes('the ledger was not written')), 'in the end it was');
});

test('an object that fails harms no request', async () => {
  const { clients, logs } = await troubled('deaf');
  const replies = await Promise.all(Array.from({ length: 150 }, () => clients.main.chat(ask('gpt-well'))));
  assert.deepEqual(new Set(replies.map(({ status }) => status)), new Set([200]));
  await sleep(1500);
  assert.equal((await clients.main.chat(ask('gpt-well'))).status, 200);
  expectError(await clients.main.get('/v1/admin/usage'), { status: 502, code: 'upstream_unreachable' });
  await sleep(5000); // The flush has given up.
  const failures = logs.filter((line) => line.includes('the ledger was not written'));
  assert.ok(failures.length > 0);
  for (const line of failures) assert.match(line, /the object is deaf$/, 'a cause and no stack');
});
