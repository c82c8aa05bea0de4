// GET /v1/admin/usage where an account of Cloudflare and a token are set: the SQL API of Analytics Engine
// answers, played here by a server that speaks its format.
// https://developers.cloudflare.com/analytics/analytics-engine/sql-api/
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { expectError } from './support/expect.mjs';
import { MASTER_KEY, startGateway } from './support/gateway.mjs';

const TOKEN = 'hush-cloudflare-token';

let api, gateway, answer;
const asked = [];

before(async () => {
  api = http.createServer(async (request, reply) => {
    const pieces = [];
    for await (const piece of request) pieces.push(piece);
    asked.push({ url: request.url, headers: request.headers, sql: Buffer.concat(pieces).toString() });
    const { status = 200, body } = answer;
    reply.writeHead(status, { 'content-type': 'application/json' });
    reply.end(typeof body === 'string' ? body : JSON.stringify(body));
  });
  await new Promise((resolve) => api.listen(0, '127.0.0.1', resolve));
  const settings = (more) => ({
    ONELLM_API_KEY: MASTER_KEY,
    CF_ACCOUNT_ID: '0123456789abcdef',
    CF_API_TOKEN: TOKEN,
    CF_API_BASE: `http://127.0.0.1:${api.address().port}/client/v4`,
    ...more,
  });
  gateway = await startGateway({
    workers: { main: settings(), both: settings({ ONELLM_LEDGER: '1' }), ledger: { ...ledgerOnly } },
    ledger: true,
  });
});
after(async () => {
  await gateway?.stop();
  api?.close();
});

const ledgerOnly = { ONELLM_API_KEY: MASTER_KEY, ONELLM_LEDGER: '1' };

/** As Analytics Engine writes it: 64-bit integers as text, doubles as numbers. */
const row = {
  model: 'gpt-4o-2024-08-06',
  requests: '10',
  calls: '12',
  errors: '2',
  refused: '0',
  cancelled: '1',
  prompt_tokens: 12000,
  completion_tokens: 3400,
  cached_tokens: 1000,
  cache_write_tokens: 0,
  reasoning_tokens: 120,
  web_searches: 0,
  cost_pico_usd: 64000000000,
  unpriced_calls: '0',
  estimated_calls: '1',
  total_ms: 5000,
};
const body = { meta: [{ name: 'model', type: 'String' }], data: [row], rows: 1 };

test('sums of Analytics Engine come in the shape of the ledger', async () => {
  answer = { body };
  const { main, ledger } = gateway.clients;
  const reply = await main.get('/v1/admin/usage?group_by=model&from=2026-11-01&to=2026-11-02');
  assert.equal(reply.status, 200);
  assert.equal(reply.json.source, 'analytics_engine');
  const { cost_pico_usd: _, ...sums } = row;
  const expected = Object.fromEntries(
    Object.entries(sums).map(([name, value]) => [name, name === 'model' ? value : Number(value)]),
  );
  assert.deepEqual(reply.json.data, [{ ...expected, cost_usd: 0.064 }]);
  const { model: __, ...total } = expected;
  assert.deepEqual(reply.json.total, { ...total, cost_usd: 0.064 });

  const ours = (await ledger.get('/v1/admin/usage?group_by=model&from=2026-11-01&to=2026-11-02')).json;
  assert.equal(ours.source, 'ledger');
  assert.deepEqual(Object.keys(ours), Object.keys(reply.json));
  assert.deepEqual(Object.keys(ours.total), Object.keys(reply.json.total));

  const { url, headers, sql } = asked.at(-1);
  assert.equal(url, '/client/v4/accounts/0123456789abcdef/analytics_engine/sql');
  assert.equal(headers.authorization, `Bearer ${TOKEN}`);
  assert.match(
    sql,
    /FROM one_llm_api WHERE timestamp >= toDateTime\(\d+\) AND timestamp < toDateTime\(\d+\)/,
  );
});

test('Analytics Engine is asked where there is a ledger too', async () => {
  answer = { body };
  assert.equal((await gateway.clients.both.get('/v1/admin/usage')).json.source, 'analytics_engine');
});

test('nothing that a client writes gets into the SQL', async () => {
  answer = { body };
  const before = asked.length;
  for (const evil of ["model'--", 'model;DROP', 'model,blob1', '1;', "2026-11-01'"]) {
    for (const param of ['group_by', 'from', 'to']) {
      const reply = await gateway.clients.main.get(`/v1/admin/usage?${param}=${encodeURIComponent(evil)}`);
      expectError(reply, { status: 400, param });
    }
  }
  assert.equal(asked.length, before);
});

test('a refusal of the API is a 502 that tells its status and never the token', async () => {
  for (const status of [400, 403, 429, 500]) {
    answer = { status, body: `no: ${TOKEN}` };
    const reply = await gateway.clients.main.get('/v1/admin/usage');
    expectError(reply, { status: 502, code: 'upstream_error', message: new RegExp(String(status)) });
    assert.equal(reply.headers['x-onellm-upstream-status'], String(status));
  }
  answer = { body: 'not JSON' };
  expectError(await gateway.clients.main.get('/v1/admin/usage'), { status: 502 });
});
