// What the pages read: GET /v1/admin/usage?view=dashboard, the same of a key, and GET /v1/status, through the running
// gateway with its objects. The form is that of docs/openapi.json.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import Ajv2020 from 'ajv/dist/2020.js';
import { ask, askStream } from './support/client.mjs';
import { expectError } from './support/expect.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { adminOf } from './support/keys_admin.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { completion, finish, refuse, role, sse, text, usageChunk } from './support/openai_wire.mjs';

const FLUSHED_WITHIN_MS = 8000;
const usage = {
  prompt_tokens: 100,
  completion_tokens: 20,
  total_tokens: 120,
  prompt_tokens_details: { cached_tokens: 60 },
};

const document = fs.readFileSync(new URL('../../docs/openapi.json', import.meta.url), 'utf8');
const { schemas } = JSON.parse(document.replaceAll('#/components/schemas/', '')).components;
const ajv = new Ajv2020({ allErrors: true, allowUnionTypes: true, strictTypes: false });
for (const [name, schema] of Object.entries(schemas)) ajv.addSchema(schema, name);

function assertForm(name, value) {
  assert.ok(ajv.validate(name, value), ajv.errorsText());
}

let upstream, gateway, main, user;

before(async () => {
  upstream = await startUpstream();
  const settings = standardSettings(upstream, {
    ONELLM_PRICES: { 'gpt-*': { input_mtok: 4, cache_read_mtok: 1, output_mtok: 8 } },
  });
  gateway = await startGateway({ workers: { main: settings }, ledger: true, keys: true });
  ({ main } = gateway.clients);
  user = await adminOf(main).make({ key_alias: 'Anna' });
  const speak = (model, delayMs) => async (call) => {
    if (!call.json.stream) return call.send(200, completion('Well.', { usage, model }));
    await sleep(delayMs);
    const end = [finish('stop', { model }), usageChunk(usage, { model }), sse('[DONE]')];
    await call.play([role({ model }), text('Well.', { model }), ...end]);
  };
  upstream.script('gpt-quick', speak('gpt-quick', 0));
  upstream.script('gpt-slow', speak('gpt-slow', 300));
  upstream.script('gpt-down', refuse(500));
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

/** The dashboard, once the ledger has so many requests. */
async function dashboardOf(requests, { path = '/v1/admin/usage', query = '', key } = {}) {
  const deadline = Date.now() + FLUSHED_WITHIN_MS;
  for (;;) {
    const reply = await main.get(`${path}?view=dashboard${query}`, { key });
    assert.equal(reply.status, 200, reply.text);
    if (reply.json.total.requests >= requests || Date.now() > deadline) return reply.json;
    await sleep(100);
  }
}

test('the dashboard has what was asked, of all keys and of one', async () => {
  const work = { 'x-onellm-session': 'work-1', 'user-agent': 'claude-cli/2.0 (external)' };
  for (let i = 0; i < 3; i++) await main.chat(ask('gpt-quick'), { headers: work });
  await main.chat(askStream('gpt-slow,gpt-quick', { onellm: { merge: 'choices' } }));
  await main.chat(ask('gpt-quick'), { key: user.key, headers: { 'session-id': 'work-1' } });
  const all = await dashboardOf(5, { query: '&step=hour&series=provider' });
  assertForm('Dashboard', all);
  assert.equal(all.scope, 'all');
  assert.equal(all.total.requests, 5);
  assert.equal(all.total.calls, 6);
  assert.equal(all.total.cached_tokens, 360);
  assert.equal(all.total.cost_usd, 0.00228, 'six times 40 tokens at $4, 60 at $1 and 20 at $8 for a million');
  assert.equal(all.total.cache_saved_usd, 0.00108);
  assert.notEqual(all.total.first_token_p50_ms, null);
  assert.equal(all.previous.requests, 0);
  assert.equal(
    all.over_time.requests.reduce((sum, count) => sum + count),
    5,
  );
  assert.deepEqual(
    all.series.map(({ name }) => name),
    ['openai'],
  );
  const quick = all.together.find(({ model }) => model === 'gpt-quick');
  assert.deepEqual([quick.asked, quick.first, quick.failed], [1, 1, 0]);
  assert.equal(all.sessions.length, 2, 'a session belongs to its key');
  const session = all.sessions.find(({ key }) => key === 'master');
  assert.equal(session.requests, 3);
  assert.deepEqual(session.agents, ['claude-code']);
  assert.ok(all.keys.data.some(({ id }) => id === user.id));
  assert.ok(all.names.keys.some(({ id, alias }) => id === user.id && alias === 'Anna'));

  const own = await dashboardOf(1, { path: '/v1/usage', key: user.key });
  assertForm('Dashboard', own);
  assert.equal(own.scope, 'key');
  assert.equal(own.total.requests, 1);
  assert.equal(own.sessions.length, 1);
  assert.equal(own.own_key.label, 'Anna');
  assert.deepEqual(own.names.keys, []);
});

test('a refused request is counted, and makes no session', async () => {
  const headers = { 'x-onellm-session': 'refused' };
  expectError(await main.chat({ model: 'gpt-quick' }, { headers }), { status: 400, param: 'messages' });
  const all = await dashboardOf(6);
  assert.equal(all.total.refused, 1);
  assert.equal(all.sessions.length, 2);
});

test('a key of a provider is no session, and a session that is no secret is one', async () => {
  for (const id of ['hush-openai-key-0123456789', '3f0c2c9e-7a52-4a5e-9d0b-1f2e3d4c5b6a']) {
    await main.chat(ask('gpt-quick'), { headers: { 'x-onellm-session': id } });
  }
  const all = await dashboardOf(8);
  assert.equal(all.total.requests, 8);
  const ids = all.sessions.map(({ id }) => id);
  assert.deepEqual(ids.sort(), ['3f0c2c9e-7a52-4a5e-9d0b-1f2e3d4c5b6a', 'work-1', 'work-1']);
});

test('filters leave the names and the sessions as they are', async () => {
  const some = await dashboardOf(0, { query: '&model=gpt-slow' });
  assert.equal(some.total.calls, 1);
  assert.deepEqual(
    some.models.map(({ model }) => model),
    ['gpt-slow'],
  );
  assert.ok(some.names.models.includes('gpt-quick'));
  assert.equal(some.sessions.length, 3);
});

test('a wrong parameter is a 400 that names it', async () => {
  for (const [query, param] of [
    ['view=else', 'view'],
    ['view=dashboard&step=week', 'step'],
    ['view=dashboard&from=never', 'from'],
    ['view=dashboard&group_by=model', 'group_by'],
  ])
    expectError(await main.get(`/v1/admin/usage?${query}`), { status: 400, param });
});

test('the status says what there is, and to the master key what is wrong', async () => {
  const { json } = await main.get('/v1/status');
  assertForm('Status', json);
  assert.equal(json.ledger, true, 'its binding is enough');
  assert.deepEqual(json.problems, []);
  assert.ok(json.providers.some(({ name, dialect }) => name === 'openai' && dialect === 'openai'));
  const own = (await main.get('/v1/status', { key: user.key })).json;
  assertForm('Status', own);
  assert.equal(own.scope, 'key');
  assert.equal(own.problems, undefined);
});
