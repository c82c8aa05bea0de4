// The list of models for clients of the Messages API.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startWithProviders } from './support/providers.mjs';

let main, upstream, stop;
const VERSION = { 'anthropic-version': '2023-06-01' };

before(async () => {
  ({ upstream, main, stop } = await startWithProviders({
    ONELLM_ALIASES: { 'claude-fast': 'gpt-listed', 'claude-slow': 'gpt-listed' },
  }));
  upstream.list('/openai/v1/models', (call) =>
    call.send(200, { object: 'list', data: [{ id: 'gpt-listed', object: 'model', created: 1700000000 }] }),
  );
});
after(() => stop?.());

test('a client that sends a version or asks for a page gets the form of its dialect', async () => {
  for (const [path, headers] of [
    ['/v1/models', VERSION],
    ['/models', VERSION],
    ['/v1/models?limit=1000', {}],
    ['/v1/models?limit=', {}],
    ['/v1/models?after_id', {}],
  ]) {
    const { json } = await main.get(path, { headers });
    assert.equal(json.object, undefined);
    assert.equal(json.data[0].type, 'model');
    assert.equal(json.first_id, json.data[0].id);
    assert.equal(json.last_id, json.data.at(-1).id);
  }
  assert.equal((await main.get('/v1/models')).json.object, 'list');
});

test('the models and their ids are those of the other form', async () => {
  const own = (await main.get('/v1/models?limit=1000', { headers: VERSION })).json;
  const openai = (await main.get('/v1/models')).json;
  assert.deepEqual(
    own.data.map(({ id }) => id),
    openai.data.map(({ id }) => id),
  );
  assert.equal(own.has_more, false);
  const listed = own.data.find(({ id }) => id === 'gpt-listed');
  assert.equal(listed.created_at, '2023-11-14T22:13:20Z');
  assert.equal(listed.display_name, 'gpt-listed');
  for (const model of own.data) {
    assert.deepEqual(Object.keys(model), [
      'type',
      'id',
      'display_name',
      'created_at',
      'max_input_tokens',
      'max_tokens',
      'capabilities',
    ]);
    assert.ok(model.max_input_tokens === null || model.max_input_tokens > 0);
  }
  assert.ok(own.data.some(({ id }) => id === 'claude-fast'));
});

test('pages go forward after an id and backward before one', async () => {
  const all = (await main.get('/v1/models?limit=1000')).json.data.map(({ id }) => id);
  const page = async (query) => {
    const { json } = await main.get(`/v1/models?${query}`);
    return [json.data.map(({ id }) => id), json.has_more];
  };
  assert.deepEqual(await page('limit=2'), [all.slice(0, 2), true]);
  assert.deepEqual(await page(`limit=2&after_id=${all[1]}`), [all.slice(2, 4), true]);
  assert.deepEqual(await page(`limit=1000&after_id=${all.at(-2)}`), [all.slice(-1), false]);
  assert.deepEqual(await page(`limit=1&before_id=${all[2]}`), [all.slice(1, 2), true]);
  assert.deepEqual(await page(`before_id=${all[2]}`), [all.slice(0, 2), false]);
  const { json } = await main.get(`/v1/models?after_id=${all.at(-1)}`);
  assert.deepEqual(json, { data: [], has_more: false, first_id: null, last_id: null });
  assert.equal(
    (await main.get('/v1/models', { headers: VERSION })).json.data.length,
    Math.min(20, all.length),
  );
});

test('a limit out of range is a 400 in the form of the dialect', async () => {
  for (const limit of ['0', '1001', '-1', 'x', '1.5']) {
    const reply = await main.get(`/v1/models?limit=${limit}`);
    assert.equal(reply.status, 400, limit);
    assert.equal(reply.json.error.type, 'invalid_request_error');
  }
});

test('one model has the form of the dialect too', async () => {
  const { json } = await main.get('/v1/models/claude-fast', { headers: VERSION });
  assert.equal(json.type, 'model');
  assert.equal(json.id, 'claude-fast');
  const missing = await main.get('/v1/models/no-such', { headers: VERSION });
  assert.equal(missing.status, 404);
  assert.equal(missing.json.error.type, 'not_found_error');
  assert.equal((await main.get('/v1/models/claude-fast')).json.object, 'model');
  assert.equal(
    (await main.get('/v1/models', { headers: VERSION, key: null })).json.error.type,
    'authentication_error',
  );
});
