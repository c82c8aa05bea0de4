// docs/openapi.json against the running gateway: it has every route of keys, usage and status with its methods, and every reply
// that it documents is provoked here and has the form that it promises.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import Ajv2020 from 'ajv/dist/2020.js';
import { MASTER_KEY, startGateway } from '../support/gateway.mjs';
import { adminOf } from '../support/keys_admin.mjs';

const read = (name) => fs.readFileSync(new URL(`../../../${name}`, import.meta.url), 'utf8');
const document = JSON.parse(read('docs/openapi.json'));
const METHODS = ['get', 'post', 'put', 'patch', 'delete'];

/** The same with schemas that refer to each other by their names alone, as the validator wants them. */
const plain = JSON.parse(read('docs/openapi.json').replaceAll('#/components/schemas/', ''));
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictTypes: false });
for (const [name, schema] of Object.entries(plain.components.schemas)) ajv.addSchema(schema, name);

/** The operations by id, with what they inherit from their path. */
const operations = Object.fromEntries(
  Object.entries(plain.paths).flatMap(([path, item]) =>
    METHODS.filter((method) => item[method] !== undefined).map((method) => [
      item[method].operationId,
      { path, method: method.toUpperCase(), ...item[method] },
    ]),
  ),
);

/** What a reference such as `#/components/responses/NotFound` means. */
function resolve(value, within = plain) {
  if (value.$ref === undefined) return value;
  const names = value.$ref.slice(2).split('/');
  const found = names.reduce((at, name) => at?.[name], within);
  assert.ok(found !== undefined, `${value.$ref} is not there`);
  return found;
}

const settings = { ONELLM_API_KEY: MASTER_KEY };
const ledger = { ONELLM_LEDGER: '1' };
let main, troubled, bare, admin, user;
const gateways = [];

async function start(options) {
  const gateway = await startGateway(options);
  gateways.push(gateway);
  return gateway.clients;
}

before(async () => {
  ({ main } = await start({ workers: { main: { ...settings, ...ledger } }, keys: true, ledger: true }));
  ({ bare } = await start({ workers: { bare: settings } }));
  troubled = await start({
    workers: {
      deaf: { ...settings, ...ledger, TROUBLE: 'deaf' },
      silent: { ...settings, ...ledger, TROUBLE: 'silent' },
    },
    ledger: true,
    entry: 'tests/worker/support/troubled_ledger.js',
  });
  admin = adminOf(main);
  user = await admin.make({ key_alias: 'user' });
});
after(() => Promise.all(gateways.map((gateway) => gateway.stop())));

// --- one request for each documented reply ---

const sent = [];

/** Sends a request of an operation, and checks its reply by the document. */
async function check(
  name,
  status,
  { client = main, query = '', id = 'key_unknown', as = MASTER_KEY, body, headers } = {},
) {
  const operation = operations[name];
  const path = operation.path.replace('{id}', id) + query;
  const reply = await client.send({ method: operation.method, path, body, headers, key: as });
  assert.equal(reply.status, status, `${name}: ${reply.text.slice(0, 300)}`);
  assert.match(reply.headers['content-type'], /^application\/json/);
  const { schema } = resolve(operation.responses[status]).content['application/json'];
  const validate = ajv.compile(schema);
  assert.ok(
    validate(reply.json),
    `${name} ${status}: ${ajv.errorsText(validate.errors)} in ${reply.text.slice(0, 500)}`,
  );
  sent.push(`${name} ${status}`);
  return reply.json;
}

const ADMIN = Object.keys(operations).filter((id) => operations[id].path.startsWith('/v1/admin/'));
const OF_KEYS = ADMIN.filter((id) => id !== 'readUsage');
const WITH_BODY = OF_KEYS.filter((id) => operations[id].requestBody !== undefined);

test('keys are made, read, listed, changed, rotated, moved and deleted', async () => {
  const full = {
    key_alias: 'full',
    models: ['gpt-*'],
    max_budget: 1.5,
    budget_duration: '30h',
    rpm_limit: 5,
    tpm_limit: 6,
    max_parallel_requests: 7,
    expires_at: '2099-01-01T00:00:00Z',
    blocked: true,
    metadata: { a: 'b' },
  };
  for (const body of [undefined, {}, full]) {
    const { id } = await check('createKey', 201, { body });
    await check('readKey', 200, { id });
    await check('changeKey', 200, { id, body: { metadata: { a: 'c' } } });
    await check('rotateKey', 200, { id, body: { grace_seconds: 60 } });
    await check('listKeys', 200, { query: '?limit=2&blocked=true' });
    const page = await check('exportKeys', 200);
    await check('importKeys', 200, { body: page });
    await check('deleteKey', 200, { id });
  }
  await check('listKeys', 200, { query: '?search=no-such-key' });
});

test('what a request body may have is what the document says', async () => {
  const names = (schema) => Object.keys(document.components.schemas[schema].properties).sort();
  const refused = await main.send({ method: 'POST', path: '/v1/admin/keys', body: { nonsense: 1 } });
  const [, list] = /the fields are ([\w, ]+)/.exec(refused.json.error.message);
  assert.deepEqual(names('FieldMembers'), list.split(', ').sort());
});

test('usage and the view of a key have their form', async () => {
  for (const groups of ['model', 'day,key', 'hour,day,key,model,provider'])
    await check('readUsage', 200, { query: `?group_by=${groups}` });
  await check('readOwnKey', 200);
  await check('readOwnUsage', 200);
  for (const as of [MASTER_KEY, user.key]) await check('readStatus', 200, { as });
  await check('readOwnKey', 200, { as: user.key });
  await check('readOwnUsage', 200, { as: user.key, query: '?group_by=day' });
});

test('without a key every route is a 401', async () => {
  for (const id of Object.keys(operations)) await check(id, 401, { as: null });
});

test('with a key of another person every admin route is a 403', async () => {
  for (const id of ADMIN) await check(id, 403, { as: user.key, body: operations[id].requestBody && {} });
});

test('what is wrong is a 400', async () => {
  await check('listKeys', 400, { query: '?limit=0' });
  await check('exportKeys', 400, { query: '?limit=5' });
  for (const id of ['readUsage', 'readOwnUsage'])
    for (const query of ['?group_by=colour', '?view=dashboard&step=week']) await check(id, 400, { query });
  for (const id of WITH_BODY) await check(id, 400, { id: user.id, body: { nonsense: 1 } });
});

test('an id that nobody has is a 404', async () => {
  for (const id of ['readKey', 'changeKey', 'deleteKey', 'rotateKey'])
    await check(id, 404, { body: operations[id].requestBody && {} });
  for (const id of ['listKeys', 'exportKeys']) await check(id, 404, { query: '?after=key_nobody' });
});

test('an alias or a hash that another key has is a 409', async () => {
  const body = { key_alias: 'user' };
  const { id } = await admin.make();
  await check('createKey', 409, { body });
  await check('changeKey', 409, { id, body });
  const page = (await admin.ask('GET', '/export')).json;
  const data = [{ ...page.data.find((each) => each.id === user.id), id: 'key_thief' }];
  await check('importKeys', 409, { body: { data } });
});

test('a body that is too large is a 413', async () => {
  for (const id of WITH_BODY) await check(id, 413, { id: user.id, body: ' '.repeat((4 << 20) + 1) });
});

test('without the objects every route of keys, and without a ledger every one of usage, is a 503', async () => {
  for (const id of OF_KEYS)
    await check(id, 503, { client: bare, body: operations[id].requestBody && { data: [] } });
  for (const id of ['readUsage', 'readOwnUsage']) await check(id, 503, { client: bare });
  const closed = await start({ workers: { closed: {} } });
  for (const id of ['readOwnKey', 'readStatus']) await check(id, 503, { client: closed.closed });
});

test('a ledger in trouble is a 502, a silent one a 504', async () => {
  const ids = ['readUsage', 'readOwnUsage'];
  await Promise.all(
    ids.flatMap((id) => [
      check(id, 502, { client: troubled.deaf }),
      check(id, 504, { client: troubled.silent }),
    ]),
  );
});

test('an address that sends too many wrong keys gets 429', async () => {
  const headers = { 'cf-connecting-ip': '192.0.2.7' };
  for (let i = 0; i < 12; i++) await main.get('/v1/key', { key: `sk-wrong-${i}`, headers });
  for (const id of Object.keys(operations)) await check(id, 429, { as: 'sk-wrong', headers });
});

// --- the document is complete ---

test('every reply that the document has was provoked', () => {
  const documented = Object.entries(operations).flatMap(([id, { responses }]) =>
    Object.keys(responses).map((status) => `${id} ${status}`),
  );
  assert.deepEqual([...new Set(sent)].sort(), documented.sort());
});

test('every route of keys, usage and status is documented, with exactly its methods', async () => {
  const routes = [
    ...read('src/gateway/http/routes.cpp').matchAll(/"(\/v1\/(?:admin\/|key|usage|status)[^"]*)"/g),
  ];
  const known = new Set(routes.map(([, path]) => path.replace(/\/$/, '/{id}')));
  known.add('/v1/admin/keys/{id}/rotate');
  assert.deepEqual(Object.keys(document.paths).sort(), [...known].sort());
  for (const [path, item] of Object.entries(document.paths)) {
    const reply = await main.send({ method: 'PUT', path: path.replace('{id}', 'key_a') });
    assert.equal(reply.status, 405, path);
    const allowed = reply.headers.allow.split(', ').filter((method) => !['HEAD', 'OPTIONS'].includes(method));
    const documented = METHODS.filter((method) => item[method] !== undefined);
    assert.deepEqual(allowed.sort(), documented.map((method) => method.toUpperCase()).sort(), path);
  }
});

test('every reference of the document leads somewhere', () => {
  const refs = [...read('docs/openapi.json').matchAll(/"\$ref": "([^"]+)"/g)].map(([, ref]) => ref);
  assert.ok(refs.length > 50);
  for (const $ref of refs) resolve({ $ref }, document);
});
