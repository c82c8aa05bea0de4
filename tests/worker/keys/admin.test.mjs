// The admin routes of keys end to end: records are made, shown, changed, exported and deleted. What their objects do
// with them is tested in registry.test.mjs and limiter.test.mjs.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { expectError } from '../support/expect.mjs';
import { MASTER_KEY, startGateway } from '../support/gateway.mjs';
import { adminOf } from '../support/keys_admin.mjs';

const MEMBERS = [
  ...['id', 'object', 'key_alias', 'models', 'max_budget', 'budget_duration', 'rpm_limit', 'tpm_limit'],
  ...['max_parallel_requests', 'expires_at', 'blocked', 'metadata', 'created_at', 'spend', 'spend_total'],
  'last_used_at',
];
const FIELDS = {
  key_alias: 'Jürgen 🚀',
  models: ['gpt-*', 'groq/*'],
  max_budget: '12.345678901234',
  budget_duration: '1mo',
  rpm_limit: 60,
  tpm_limit: 100_000,
  max_parallel_requests: 5,
  expires_at: '2099-01-01T00:00:00Z',
  blocked: false,
  metadata: { team: 'red', auto_cache: 'off' },
};
const NOTHING = {
  key_alias: null,
  models: [],
  max_budget: null,
  budget_duration: null,
  rpm_limit: null,
  tpm_limit: null,
  max_parallel_requests: null,
  expires_at: null,
  blocked: false,
  metadata: {},
};

let gateway, admin, objects;
const settings = { ONELLM_API_KEY: MASTER_KEY };

before(async () => {
  gateway = await startGateway({
    workers: { main: { ...settings, ONELLM_LEDGER: '1' } },
    keys: true,
    ledger: true,
  });
  admin = adminOf(gateway.clients.main);
  objects = await gateway.bindings('main');
});
after(() => gateway?.stop());

const pick = (record, names) => Object.fromEntries(Object.keys(names).map((name) => [name, record[name]]));

test('a new key has all that was set, and its secret once', async () => {
  const reply = await admin.ask('POST', '', FIELDS);
  assert.equal(reply.status, 201);
  assert.equal(reply.headers['cache-control'], 'no-store');
  const { key, ...record } = reply.json;
  assert.match(key, /^sk-onellm-[0-9A-Za-z]{49}$/);
  assert.match(record.id, /^key_\w+$/);
  assert.deepEqual(Object.keys(record), MEMBERS);
  assert.deepEqual(pick(record, FIELDS), FIELDS);
  assert.deepEqual(
    [record.object, record.spend, record.spend_total, record.last_used_at],
    ['key', '0', '0', null],
  );
  assert.deepEqual(await admin.read(record.id), record);
});

test('a key without fields has no limits, with and without a body', async () => {
  for (const body of [undefined, {}, ''])
    assert.deepEqual(pick((await admin.ask('POST', '', body)).json, NOTHING), NOTHING);
});

test('money keeps every digit, written as a number or as text', async () => {
  for (const [body, shown] of [
    ['{"max_budget":0.000000000001}', '0.000000000001'],
    ['{"max_budget":1e-12}', '0.000000000001'],
    ['{"max_budget":999999.999999999999}', '999999.999999999999'],
    ['{"max_budget":"0.10"}', '0.1'],
    ['{"max_budget":1000000}', '1000000'],
    ['{"max_budget":0}', '0'],
  ])
    assert.equal((await admin.ask('POST', '', body)).json.max_budget, shown, body);
});

test('a change leaves what it does not name, and null restores the default', async () => {
  const { id } = await admin.make({ ...FIELDS, key_alias: 'changed' });
  const changed = { ...FIELDS, key_alias: 'changed', rpm_limit: 7 };
  const reply = await admin.ask('PATCH', `/${id}`, { rpm_limit: 7 });
  assert.deepEqual([reply.status, pick(reply.json, FIELDS)], [200, changed]);
  assert.ok(!('key' in reply.json));
  const nulls = Object.fromEntries(Object.keys(FIELDS).map((name) => [name, null]));
  assert.deepEqual(pick((await admin.ask('PATCH', `/${id}`, nulls)).json, FIELDS), NOTHING);
  assert.deepEqual(pick(await admin.read(id), FIELDS), NOTHING);
});

test('pages are newest first and together have every key once', async () => {
  const made = [];
  for (let i = 0; i < 5; i++)
    made.unshift((await admin.make({ key_alias: `page ${i}`, blocked: i === 1 })).id);
  const { json: first } = await admin.ask('GET', '?limit=3&search=page%20');
  assert.deepEqual(
    [first.object, first.data.map(({ id }) => id), first.has_more, first.first_id, first.last_id],
    ['list', made.slice(0, 3), true, made[0], made[2]],
  );
  assert.deepEqual(Object.keys(first.data[0]), MEMBERS);
  const { json: second } = await admin.ask('GET', `?limit=3&search=page+&after=${first.last_id}`);
  assert.deepEqual([second.data.map(({ id }) => id), second.has_more], [made.slice(3), false]);
  assert.deepEqual(await admin.ids('?search=page%20&blocked=true'), [made[3]]);
  assert.equal((await admin.ids('?search=page%20&blocked=false')).length, 4);
  assert.deepEqual(await admin.ids(`?search=${made[2].slice(4)}`), [made[2]]);
  const { json: empty } = await admin.ask('GET', '?search=no%25such_');
  assert.deepEqual(empty, { object: 'list', data: [], has_more: false, first_id: null, last_id: null });
});

test('an alias belongs to one key, also when twenty want it at once', async () => {
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => admin.ask('POST', '', { key_alias: 'wanted' })),
  );
  const made = replies.filter(({ status }) => status === 201);
  assert.equal(made.length, 1);
  for (const reply of replies.filter((each) => each !== made[0]))
    expectError(reply, { status: 409, code: 'key_alias_taken', param: 'key_alias' });
});

test('a rotation gives the same key another secret', async () => {
  const { key, ...record } = await admin.make({ key_alias: 'rotated' });
  const reply = await admin.ask('POST', `/${record.id}/rotate`, { grace_seconds: 60 });
  assert.equal(reply.status, 200);
  const { key: second, ...after } = reply.json;
  assert.match(second, /^sk-onellm-/);
  assert.notEqual(second, key);
  assert.deepEqual(after, record);
  assert.equal((await admin.ask('POST', `/${record.id}/rotate`)).status, 200);
  for (const [body, param] of [
    [{ grace_seconds: -1 }, 'grace_seconds'],
    [{ grace_seconds: 604_801 }, 'grace_seconds'],
    [{ grace_seconds: '5' }, 'grace_seconds'],
    [{ grace: 5 }, 'grace'],
  ])
    expectError(await admin.ask('POST', `/${record.id}/rotate`, body), { status: 400, param });
});

test('a deleted key is gone', async () => {
  const { id } = await admin.make({ rpm_limit: 5 });
  const reply = await admin.ask('DELETE', `/${id}`);
  assert.deepEqual([reply.status, reply.json], [200, { id, object: 'key', deleted: true }]);
  for (const [method, rest, body] of [
    ['GET', '', undefined],
    ['PATCH', '', {}],
    ['DELETE', '', undefined],
    ['POST', '/rotate', undefined],
  ])
    expectError(await admin.ask(method, `/${id}${rest}`, body), { status: 404, code: 'key_not_found' });
});

test('an export has hashes and no secrets, and another gateway takes it', async (context) => {
  const other = await startGateway({ workers: { main: settings }, keys: true });
  context.after(() => other.stop());
  const there = adminOf(other.clients.main);
  const { key, id } = await admin.make({ key_alias: 'moves', rpm_limit: 9 });
  const old = createHash('sha256').update(key).digest('hex');
  const { key: second } = (await admin.ask('POST', `/${id}/rotate`, { grace_seconds: 600 })).json;
  const { json: page, text } = await admin.ask('GET', '/export');
  const record = page.data.find((each) => each.id === id);
  assert.equal(record.hash, createHash('sha256').update(second).digest('hex'));
  assert.equal(record.old_hash, old);
  assert.ok(Date.parse(record.old_until) > Date.now());
  assert.ok(!text.includes(key) && !text.includes(second));

  const imported = await there.ask('POST', '/import', page);
  assert.deepEqual(
    [imported.status, imported.json],
    [200, { object: 'key.import', imported: page.data.length }],
  );
  const exported = (await there.ask('GET', '/export')).json;
  const byId = (records) => Object.fromEntries(records.map((each) => [each.id, each]));
  assert.deepEqual(byId(exported.data), byId(page.data));
  assert.equal((await there.ask('POST', '/import', page)).status, 200, 'the same ids are replaced');

  const broken = structuredClone(page);
  broken.data[1].rpm_limit = 'x';
  expectError(await there.ask('POST', '/import', broken), { status: 400, param: 'data[1].rpm_limit' });
  const taken = { ...page, data: [{ ...record, id: 'key_another' }] };
  expectError(await there.ask('POST', '/import', taken), { status: 409, code: 'key_alias_taken' });
});

test('the spend is that of the limiter, its total and last use those of the ledger', async () => {
  const { id } = await admin.make({ max_budget: 1 });
  const object = (binding, name) => objects[binding].get(objects[binding].idFromName(name));
  const limiter = object('ONELLM_LIMITER_OBJECT', id);
  const call = async (method, argument) =>
    JSON.parse(await limiter[method](JSON.stringify({ key: id, ...argument })));
  const registry = object('ONELLM_KEYS_OBJECT', 'keys');
  const { version } = JSON.parse(JSON.parse(await registry.read(JSON.stringify({ id }))).record);
  const legs = [{ targets: [{ fixed: '500000000000', per_output_token: '0' }] }];
  const ask = { kind: 'request', id: 'r1', version, legs, tokens: 10 };
  assert.equal((await call('admit', { ask })).verdict, 'admitted');
  await call('settle', { id: 'r1', money: '250000000001', tokens: 10 });
  assert.equal((await admin.read(id)).spend, '0.250000000001');

  const ledger = object('ONELLM_LEDGER_OBJECT', 'ledger');
  const now = Date.now();
  const row = (more) => ({ hour: Math.floor(now / 3_600_000), key: id, model: 'm', provider: 'p', ...more });
  const limits = { keep_hours: 100, rows_max: 1000, hour_rows_max: 100 };
  const rows = [
    row({ cost_pico_usd: 5, last_ms: now - 7 }),
    row({ model: 'n', cost_pico_usd: 7, last_ms: now }),
    row({ key: 'other', cost_pico_usd: 9, last_ms: now + 9 }),
  ];
  await ledger.add([{ id: 'batch', rows: JSON.stringify({ ...limits, rows }) }]);
  const record = await admin.read(id);
  assert.equal(record.spend_total, '0.000000000012');
  assert.equal(Date.parse(record.last_used_at), now);
  const changed = (await admin.ask('PATCH', `/${id}`, {})).json;
  assert.deepEqual([changed.spend_total, changed.last_used_at], [record.spend_total, record.last_used_at]);
});

test('every route works without /v1 and for browsers', async () => {
  const { main } = gateway.clients;
  const reply = await main.get('/admin/keys?limit=1', { headers: { origin: 'https://page.test' } });
  assert.deepEqual([reply.status, reply.headers['access-control-allow-origin']], [200, '*']);
  const { id } = await admin.make();
  assert.equal((await main.get(`/admin/keys/${id}`)).status, 200);
  const preflight = await main.send({ method: 'OPTIONS', path: `/v1/admin/keys/${id}`, key: null });
  assert.equal(preflight.status, 204);
  for (const method of ['PATCH', 'DELETE'])
    assert.match(preflight.headers['access-control-allow-methods'], new RegExp(method));
  assert.equal((await main.send({ method: 'HEAD', path: '/v1/admin/keys' })).text, '');
});

test('the master key has a view and a usage of its own', async () => {
  const { main } = gateway.clients;
  const { data } = (await main.get('/v1/key')).json;
  assert.deepEqual([data.label, data.limit, data.usage, data.models], ['master', null, 0, []]);
  const usage = (await main.get('/v1/usage')).json;
  assert.deepEqual([usage.object, usage.data], ['usage', []]);
  for (const query of ['group_by=key', 'key=master'])
    expectError(await main.get(`/v1/usage?${query}`), { status: 400 });
});

test('no hash is shown but in an export', async () => {
  const { key, id } = await admin.make({ key_alias: 'hashed', rpm_limit: 1 });
  const hash = createHash('sha256').update(key).digest('hex');
  for (const [method, rest, body] of [
    ['GET', `/${id}`, undefined],
    ['GET', '?search=hashed', undefined],
    ['PATCH', `/${id}`, {}],
    ['POST', `/${id}/rotate`, {}],
  ])
    assert.ok(!(await admin.ask(method, rest, body)).text.includes(hash));
  for (const line of gateway.logs) assert.ok(!line.includes(hash) && !line.includes(key), line);
});
