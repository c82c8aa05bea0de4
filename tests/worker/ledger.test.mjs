// The ledger, from requests of clients to the object's database and back through GET /v1/admin/usage: what it
// says is compared with what the upstream counted itself.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, askStream } from './support/client.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { completion, finish, play, refuse, role, sse, text, usageChunk } from './support/openai_wire.mjs';

const FLUSHED_WITHIN_MS = 8000;
const withUsage = { stream_options: { include_usage: true } };
const merge = (name) => ({ onellm: { merge: name } });

let upstream, gateway, main;
/** By model: what the upstream saw and said. */
const counted = new Map();

function count(model, { failed = false, usage } = {}) {
  if (!counted.has(model))
    counted.set(model, { calls: 0, errors: 0, prompt_tokens: 0, completion_tokens: 0 });
  const sums = counted.get(model);
  sums.calls++;
  if (failed) sums.errors++;
  sums.prompt_tokens += usage?.prompt_tokens ?? 0;
  sums.completion_tokens += usage?.completion_tokens ?? 0;
}

/** A model that says how much it used: differently with each call. */
function counting(model, { delayMs = 0, failEvery = 0 } = {}) {
  let calls = 0;
  return async (call) => {
    const number = ++calls;
    if (failEvery > 0 && number % failEvery === 0) {
      count(model, { failed: true });
      return call.send(503, {
        error: { message: 'Come back.', type: 'server_error', param: null, code: null },
      });
    }
    const usage = { prompt_tokens: number, completion_tokens: 2 * number, total_tokens: 3 * number };
    count(model, { usage });
    if (delayMs > 0) await sleep(delayMs);
    if (!call.json.stream) return call.send(200, completion('Well.', { usage, model }));
    const tail = call.json.stream_options?.include_usage ? [usageChunk(usage, { model })] : [];
    await call.play([
      role({ model }),
      text('Well.', { model }),
      finish('stop', { model }),
      ...tail,
      sse('[DONE]'),
    ]);
  };
}

const usageOf = async (client, query = '') => (await client.get(`/v1/admin/usage${query}`)).json;

/** Waits until the ledger has so many requests. */
async function flushed(client, requests) {
  const deadline = Date.now() + FLUSHED_WITHIN_MS;
  for (;;) {
    const usage = await usageOf(client);
    if (usage.total.requests >= requests || Date.now() > deadline) return usage;
    await sleep(100);
  }
}

const byModel = (usage) => Object.fromEntries(usage.data.map((row) => [row.model, row]));

before(async () => {
  upstream = await startUpstream();
  const settings = standardSettings(upstream, { ONELLM_LEDGER: '1', ONELLM_RETRIES: '1' });
  gateway = await startGateway({
    workers: {
      main: settings,
      groups: {
        ...settings,
        ONELLM_PROVIDERS: { host: { base: `${upstream.url}/host`, models: ['host-model'] } },
      },
      off: { ...settings, ONELLM_LEDGER: '0' },
    },
    ledger: true,
  });
  ({ main } = gateway.clients);
  upstream.script('gpt-a', counting('gpt-a'));
  upstream.script('gpt-b', counting('gpt-b'));
  upstream.script('gpt-slow', counting('gpt-slow', { delayMs: 400 }));
  upstream.script('gpt-shaky', counting('gpt-shaky', { failEvery: 3 }));
  upstream.script('host-model', counting('host-model'));
  upstream.script('gpt-down', (call) => {
    count('gpt-down', { failed: true });
    return refuse(500)(call);
  });
  upstream.script('gpt-left', async (call) => {
    count('gpt-left');
    await play([role({ model: 'gpt-left' }), text('open', { model: 'gpt-left' })], { ending: 'hang' })(call);
  });
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

test('totals equal what the upstream counted, after 200 requests of all kinds at once', async () => {
  const leave = async (body) => {
    const reply = await main.openChat(body);
    await reply.until('open');
    reply.leave();
  };
  const kinds = [
    () => main.chat(ask('gpt-a')),
    () => main.chat(askStream('gpt-b', withUsage)),
    () => main.chat(askStream('gpt-a')),
    () => main.chat(ask('gpt-a,gpt-b')),
    () => main.chat(askStream('gpt-a,gpt-down,gpt-b')),
    () => main.chat(ask('gpt-shaky')),
    () => main.chat(ask('gpt-down|gpt-b')),
    () => main.chat(askStream('gpt-a,gpt-slow', merge('race'))),
    () => leave(askStream('gpt-left', withUsage)),
    () => main.chat(ask('nobody-knows-this')),
  ];
  const REQUESTS = 200;
  await Promise.all(Array.from({ length: REQUESTS }, (_, i) => kinds[i % kinds.length]()));
  const refusedKey = await main.chat(ask('gpt-a'), { key: 'a-wrong-one' });
  assert.equal(refusedKey.status, 401);

  const usage = await flushed(main, REQUESTS + 1);
  const rows = byModel(usage);
  const each = REQUESTS / kinds.length;
  let failed = 0;
  for (const [model, { calls, errors, ...tokens }] of counted) {
    failed += errors;
    if (model === 'gpt-slow' || model === 'gpt-left' || model === 'gpt-down') continue;
    const { prompt_tokens, completion_tokens } = rows[model];
    assert.deepEqual({ prompt_tokens, completion_tokens }, tokens, model);
    assert.equal(rows[model].calls, calls - errors, model);
    assert.equal(rows[model].errors, 0, model);
  }
  for (const model of ['gpt-slow', 'gpt-down']) assert.equal(rows[model], undefined, 'no reply named it');
  assert.equal(rows['(unknown)'].calls, failed + each);
  assert.equal(rows['(unknown)'].errors, failed);
  assert.equal(rows['(unknown)'].cancelled, each, 'those that lost');
  assert.equal(rows['gpt-left'].calls, each);
  assert.equal(rows['gpt-left'].cancelled, each, 'those that nobody waited for');
  assert.equal(rows['gpt-left'].estimated_calls, each);
  assert.ok(rows['gpt-left'].completion_tokens > 0);
  assert.equal(rows['(unknown)'].refused, each + 1);

  const calls = [...counted.values()].reduce((sum, model) => sum + model.calls, 0);
  assert.equal(usage.total.requests, REQUESTS + 1);
  assert.equal(usage.total.calls, calls);
  assert.equal(usage.source, 'ledger');
  const byKey = (await usageOf(main, '?group_by=key')).data;
  assert.deepEqual(byKey.map(({ key, requests }) => [key, requests]).sort(), [
    ['(none)', 1],
    ['master', REQUESTS],
  ]);
  await sleep(1200);
  assert.deepEqual((await usageOf(main)).total, usage.total, 'nothing comes twice');
});

test('every way to group gives the same total', async () => {
  const { groups } = gateway.clients;
  await Promise.all([groups.chat(ask('gpt-a')), groups.chat(ask('host-model')), groups.chat(ask('gpt-b'))]);
  const { total } = await flushed(groups, 3);
  assert.equal(total.calls, 3);
  const names = ['hour', 'day', 'key', 'model', 'provider'];
  for (const group_by of [...names, 'hour,model', 'day,key,provider', names.join(',')]) {
    const usage = await usageOf(groups, `?group_by=${group_by}`);
    assert.deepEqual(usage.total, total, group_by);
    assert.deepEqual(usage.group_by, group_by.split(','));
    for (const row of usage.data)
      assert.deepEqual(Object.keys(row).slice(0, usage.group_by.length), usage.group_by);
  }
  const providers = (await usageOf(groups, '?group_by=provider')).data.map(({ provider }) => provider);
  assert.deepEqual(providers.sort(), ['host', 'openai']);
  const [day] = (await usageOf(groups, '?group_by=day')).data;
  assert.equal(day.day, new Date().toISOString().slice(0, 10));
  const today = await usageOf(groups, `?from=${day.day}&to=${day.day}`);
  assert.deepEqual(today.total, total);
  assert.deepEqual((await usageOf(groups, '?from=2020-01-01&to=2020-12-31')).data, []);
});

test('usage is for the master key, and wrong parameters are named', async () => {
  assert.equal((await main.get('/v1/admin/usage', { key: 'a-wrong-one' })).status, 401);
  assert.equal((await main.get('/v1/admin/usage', { key: null })).status, 401);
  const wrong = await main.get('/v1/admin/usage?group_by=colour');
  assert.equal(wrong.status, 400);
  assert.equal(wrong.json.error.param, 'group_by');
});

test('without a ledger nothing is kept, and usage says what to set', async () => {
  const { off } = gateway.clients;
  assert.equal((await off.chat(ask('gpt-a'))).status, 200);
  const reply = await off.get('/v1/admin/usage');
  assert.equal(reply.status, 503);
  assert.match(reply.json.error.message, /ONELLM_LEDGER=1/);
});
