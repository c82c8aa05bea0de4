// Settings that are too long for a variable stand in KV, under config:<name>; prices under `prices`.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask } from './support/client.mjs';
import { expectError } from './support/expect.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { speak } from './support/openai_wire.mjs';

let upstream, gateway;

before(async () => {
  upstream = await startUpstream();
  const providers = (name) =>
    JSON.stringify({ [name]: { base: `${upstream.url}/hosts/${name}`, models: [`${name}-model`] } });
  gateway = await startGateway({
    workers: {
      stored: standardSettings(upstream),
      both: standardSettings(upstream, { ONELLM_PROVIDERS: providers('variable') }),
    },
    kv: {
      'config:ONELLM_PROVIDERS': providers('stored'),
      'config:ONELLM_ALIASES': JSON.stringify({ nick: 'stored/stored-model' }),
      'config:AZURE_OPENAI_API_KEYS': 'east:hush-east',
      'config:AZURE_OPENAI_DEPLOYMENTS': 'az-stored',
      'config:ONELLM_MODEL_RULES': JSON.stringify({ 'stored/*': { drop: ['seed'] } }),
      prices: JSON.stringify({ 'stored-model': { input_mtok: 0, output_mtok: 0, requests_kcount: 2.5 } }),
    },
  });
  for (const model of ['stored-model', 'variable-model']) upstream.script(model, speak('well'));
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

test('providers and aliases are read from KV', async () => {
  const { stored } = gateway.clients;
  assert.equal((await stored.chat(ask('stored-model'))).status, 200);
  assert.equal((await stored.chat(ask('nick'))).status, 200);
});

test('rules about models are read from KV', async () => {
  const { headers } = await gateway.clients.stored.chat({ ...ask('stored-model'), seed: 7 });
  assert.equal(headers['x-onellm-dropped'], 'seed');
  assert.equal('seed' in upstream.callsOf('stored-model').at(-1).json, false);
});

test('prices are read from KV', async () => {
  const { headers } = await gateway.clients.stored.chat(ask('stored-model'));
  assert.equal(headers['x-onellm-cost'], '0.0025');
});

test('the lists of Azure are read from KV', async () => {
  const ids = (await gateway.clients.stored.get('/v1/models?providers=azure')).json.data.map(({ id }) => id);
  assert.equal(ids.length, 1);
  assert.match(ids[0], /az-stored$/);
});

test('a variable wins over KV', async () => {
  const { both } = gateway.clients;
  assert.equal((await both.chat(ask('variable-model'))).status, 200);
  expectError(await both.chat(ask('stored-model')), { status: 404, code: 'model_not_found' });
});
