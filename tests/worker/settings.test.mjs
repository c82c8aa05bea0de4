// Settings: where they may stand, what a malformed one costs, and what they do to the calls upstream.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask } from './support/client.mjs';
import { expectError } from './support/expect.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { speak } from './support/openai_wire.mjs';

let upstream, gateway, clients;

before(async () => {
  upstream = await startUpstream();
  const host = (more) => ({ base: `${upstream.url}/hosts/some/v1`, key: 'hush-some-key', ...more });
  const providers = JSON.stringify({
    some: host({ models: ['some-model'] }),
    broken: { key: 'hush-broken', models: ['lost'] },
  });
  const namedKeys = {
    present: host({ key: 'PRESENT_KEY', models: ['present-model'] }),
    absent: host({ key: 'ABSENT_KEY', models: ['absent-model'] }),
    open: { base: `${upstream.url}/hosts/open`, models: ['open-model'], headers: { 'x-team': 'blue' } },
  };
  const all = {
    bare: { OPENAI_API_BASE: `${upstream.url}/openai` },
    slash: { OPENAI_API_BASE: `${upstream.url}/openai/` },
    version: { OPENAI_API_BASE: `${upstream.url}/openai/v1` },
    versionSlash: { OPENAI_API_BASE: `${upstream.url}/openai/v1/` },
    oneBroken: { ONELLM_PROVIDERS: providers },
    notJson: { ONELLM_PROVIDERS: '{"hush' },
    badNumber: { ONELLM_MAX_BODY_BYTES: 'hush-lots', ONELLM_IDLE_TIMEOUT_MS: '-4' },
    badAlias: { ONELLM_ALIASES: JSON.stringify({ both: 'gpt-a,gpt-b', one: 'gpt-base' }) },
    named: { ONELLM_PROVIDERS: namedKeys, PRESENT_KEY: 'hush-present' },
    small: { ONELLM_MAX_BODY_BYTES: '1000' },
  };
  gateway = await startGateway({
    workers: Object.fromEntries(
      Object.entries(all).map(([name, more]) => [name, standardSettings(upstream, more)]),
    ),
  });
  clients = gateway.clients;
  for (const model of ['gpt-base', 'some-model', 'present-model', 'open-model'])
    upstream.script(model, speak('well'));
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

test('the base of OpenAI may have a version and a slash at its end, or not', async () => {
  for (const name of ['bare', 'slash', 'version', 'versionSlash']) {
    assert.equal((await clients[name].chat(ask('gpt-base'))).status, 200, name);
    assert.equal(upstream.callsOf('gpt-base').at(-1).path, '/openai/v1/chat/completions', name);
  }
});

test('a malformed provider is named by health, without its value, and costs only itself', async () => {
  const health = await clients.oneBroken.get('/healthz', { key: null });
  assert.equal(health.status, 200);
  assert.match(health.text, /ONELLM_PROVIDERS/);
  assert.match(health.text, /broken/);
  assert.equal((await clients.oneBroken.chat(ask('some/some-model'))).status, 200);
  assert.equal((await clients.oneBroken.chat(ask('gpt-base'))).status, 200);
  expectError(await clients.oneBroken.chat(ask('lost')), {
    status: 404,
    code: 'model_not_found',
    param: 'model',
  });
});

test('a setting that is no JSON is named by health and costs no other provider', async () => {
  assert.match((await clients.notJson.get('/healthz', { key: null })).text, /ONELLM_PROVIDERS/);
  assert.equal((await clients.notJson.chat(ask('gpt-base'))).status, 200);
});

test('a malformed number is named by health and its default holds', async () => {
  const health = (await clients.badNumber.get('/healthz', { key: null })).text;
  assert.match(health, /ONELLM_MAX_BODY_BYTES/);
  assert.match(health, /ONELLM_IDLE_TIMEOUT_MS/);
  assert.equal(
    (await clients.badNumber.chat(ask('gpt-base', { metadata: { pad: 'x'.repeat(100_000) } }))).status,
    200,
  );
});

test('an alias for several models at once is refused, and the others stay', async () => {
  assert.match((await clients.badAlias.get('/healthz', { key: null })).text, /ONELLM_ALIASES/);
  assert.equal((await clients.badAlias.chat(ask('one'))).status, 200);
  expectError(await clients.badAlias.chat(ask('both')), { status: 404, code: 'model_not_found' });
});

test('a right deployment reports no problem', async () => {
  assert.doesNotMatch((await clients.bare.get('/healthz', { key: null })).text, /ONELLM_|OPENAI_/);
});

test('a key in capitals is the name of a secret, and a provider without its secret is not offered', async () => {
  assert.equal((await clients.named.chat(ask('present-model'))).status, 200);
  assert.equal(upstream.callsOf('present-model').at(-1).headers.authorization, 'Bearer hush-present');
  expectError(await clients.named.chat(ask('absent-model')), { status: 404, code: 'model_not_found' });
  expectError(await clients.named.chat(ask('absent/absent-model')), {
    status: 404,
    code: 'model_not_found',
  });
});

test('a provider without a key is called without a credential, at its base as it stands, with its headers', async () => {
  assert.equal((await clients.named.chat(ask('open-model'))).status, 200);
  const call = upstream.callsOf('open-model').at(-1);
  assert.equal(call.headers.authorization, undefined);
  assert.equal(call.path, '/hosts/open/chat/completions');
  assert.equal(call.headers['x-team'], 'blue');
});

test('a body at the limit is taken, and one byte more is a 413', async () => {
  const body = (bytes) => {
    const head = '{"model":"gpt-base","messages":[{"role":"user","content":"';
    return `${head}${'x'.repeat(bytes - head.length - 4)}"}]}`;
  };
  assert.equal((await clients.small.chat(body(1000))).status, 200);
  expectError(await clients.small.chat(body(1001)), { status: 413 });
  const chunked = { headers: { 'transfer-encoding': 'chunked' } };
  assert.equal((await clients.small.chat(body(1000), chunked)).status, 200);
  expectError(await clients.small.chat(body(1001), chunked), { status: 413 });
});

test('no log line holds a secret or the value of a setting', () => {
  assert.doesNotMatch(gateway.logs.join('\n'), /hush/);
});
