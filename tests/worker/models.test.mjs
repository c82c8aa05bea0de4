// The list of models: all that this deployment can reach, each under a name that reaches it.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask } from './support/client.mjs';
import { expectError } from './support/expect.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { refuse, speak } from './support/openai_wire.mjs';

let upstream, gateway, withKv, main;
const listing =
  (...ids) =>
  (call) =>
    call.send(200, {
      object: 'list',
      data: ids.map((id) => ({ id, object: 'model', created: 1700000000, owned_by: 'whoever' })),
    });

// The list of Anthropic, in pages of one.
const pages =
  (...ids) =>
  (call) => {
    const at = call.query.after_id === undefined ? 0 : ids.indexOf(call.query.after_id) + 1;
    call.send(200, {
      data: [{ type: 'model', id: ids[at], display_name: ids[at], created_at: '2023-11-14T22:13:20Z' }],
      has_more: at + 1 < ids.length,
      first_id: ids[at],
      last_id: ids[at],
    });
  };
const anthropicAt = (base) => ({
  ANTHROPIC_API_KEY: 'hush-anthropic',
  ANTHROPIC_API_BASE: `${upstream.url}${base}`,
});

before(async () => {
  upstream = await startUpstream();
  const host = (name, more) => ({ base: `${upstream.url}/hosts/${name}/v1`, key: `hush-${name}`, ...more });
  gateway = await startGateway({
    workers: {
      main: standardSettings(upstream, {
        AZURE_OPENAI_API_KEYS: 'east:hush-east',
        AZURE_OPENAI_DEPLOYMENTS: 'az-plain,az-named=hidden-deployment',
        AZURE_OPENAI_API_BASE: `${upstream.url}/azure/{resource}`,
        ONELLM_ALIASES: { nick: 'gpt-listed' },
        ONELLM_PROVIDERS: {
          listed: host('listed', { models: ['team/listed-model'] }),
          asked: host('asked'),
          mute: host('mute'),
        },
      }),
    },
  });
  main = gateway.clients.main;
  withKv = await startGateway({
    workers: {
      paged: standardSettings(upstream, anthropicAt('/paged/v1')),
      broken: standardSettings(upstream, anthropicAt('/broken')),
      silent: standardSettings(upstream, anthropicAt('/silent')),
    },
    kv: {},
  });
  upstream.list('/paged/v1/models', pages('claude-opus-5-5', 'claude-of-tomorrow', 'claude-sonnet-5-5'));
  upstream.list('/broken/v1/models', refuse(500));
  upstream.list('/silent/v1/models', () => {});
  upstream.list('/openai/v1/models', listing('gpt-listed', 'o3-listed'));
  upstream.list('/hosts/asked/v1/models', listing('meta-llama/asked-model', 'gpt-of-asked'));
  upstream.list('/hosts/listed/v1/models', listing('team/listed-model'));
  upstream.list('/hosts/mute/v1/models', refuse(500));
  for (const model of [
    'gpt-listed',
    'o3-listed',
    'az-plain',
    'hidden-deployment',
    'team/listed-model',
    'meta-llama/asked-model',
    'gpt-of-asked',
  ]) {
    upstream.script(model, speak('well'));
  }
});
after(async () => {
  await gateway?.stop();
  await withKv?.stop();
  await upstream?.close();
});

async function expectListed(names) {
  const ids = (await main.get('/v1/models')).json.data.map(({ id }) => id);
  for (const name of names) {
    const listed = ids.some((id) => id === name || id.endsWith(`/${name}`));
    assert.ok(listed, `${name} is missing from ${ids}`);
  }
}

test('the list has the shape of OpenAI and each id once', async () => {
  const reply = await main.get('/v1/models');
  assert.equal(reply.status, 200);
  assert.equal(reply.json.object, 'list');
  const ids = reply.json.data.map(({ id }) => id);
  assert.equal(new Set(ids).size, ids.length, 'an id twice');
  for (const model of reply.json.data) {
    assert.equal(model.object, 'model');
    assert.ok(Number.isInteger(model.created), `created of ${model.id}`);
    assert.equal(typeof model.owned_by, 'string');
  }
});

test('the list has echo, aliases, deployments and configured models', () =>
  expectListed(['echo', 'nick', 'az-plain', 'az-named', 'team/listed-model']));

test('the list has what providers list themselves', () =>
  expectListed(['gpt-listed', 'o3-listed', 'meta-llama/asked-model']));

test('each listed id, sent as model, reaches the provider that it is listed for', async () => {
  for (const { id, owned_by } of (await main.get('/v1/models')).json.data) {
    const calls = upstream.calls.length;
    const reply = await main.chat(ask(id));
    assert.equal(reply.status, 200, `${id}: ${reply.text}`);
    if (id === 'echo') continue;
    const { path, model } = upstream.calls[calls];
    assert.ok(id === 'nick' || id === 'az-named' || id.endsWith(model), `${id} asked for ${model}`);
    if (model === 'gpt-of-asked')
      assert.equal(path, '/hosts/asked/v1/chat/completions', `${id} of ${owned_by}`);
  }
});

test('providers filters the list', async () => {
  // An alias may be listed with the provider that it leads to.
  const names = async (filter) => {
    const { data } = (await main.get(`/v1/models?providers=${filter}`)).json;
    const ids = data.map(({ id }) => id.replace(/^(openai|azure)\//, ''));
    return ids.filter((id) => id !== 'nick').sort();
  };
  assert.deepEqual(await names('azure'), ['az-named', 'az-plain']);
  assert.deepEqual(await names('echo'), ['echo']);
  assert.deepEqual(await names('listed,azure'), ['az-named', 'az-plain', 'team/listed-model']);
  assert.deepEqual(await names('openai'), ['gpt-listed', 'o3-listed']);
});

test('a provider that cannot list does not cost the others', async () => {
  const reply = await main.get('/v1/models?providers=mute,openai');
  assert.equal(reply.status, 200);
  const ids = reply.json.data.map(({ id }) => id);
  assert.ok(ids.includes('gpt-listed') && ids.includes('o3-listed'), ids.join());
});

test('one model is found by its id, slashes included', async () => {
  for (const { id } of (await main.get('/v1/models')).json.data) {
    for (const path of new Set([`/v1/models/${id}`, `/v1/models/${encodeURIComponent(id)}`])) {
      const reply = await main.get(path);
      assert.equal(reply.status, 200, path);
      assert.equal(reply.json.id, id);
      assert.equal(reply.json.object, 'model');
    }
  }
});

test('an unknown model is a 404', async () => {
  expectError(await main.get('/v1/models/no-such-model'), { status: 404, code: 'model_not_found' });
  expectError(await main.get('/v1/models/azure/no-such-deployment'), {
    status: 404,
    code: 'model_not_found',
  });
});

const idsOf = (reply) => reply.json.data.map(({ id }) => id);
const listCalls = (path) => upstream.calls.filter((call) => call.method === 'GET' && call.path === path);

test('a list in pages is read to its end, and then kept', async () => {
  const ids = ['claude-opus-5-5', 'claude-of-tomorrow', 'claude-sonnet-5-5'];
  const { paged } = withKv.clients;
  const first = await paged.get('/v1/models?providers=anthropic');
  assert.deepEqual(idsOf(first), ids);
  assert.equal(first.json.data[0].created, 1700000000);
  const calls = listCalls('/paged/v1/models');
  assert.equal(calls.length, 3);
  for (const call of calls) {
    assert.equal(call.headers['x-api-key'], 'hush-anthropic');
    assert.equal(call.headers['anthropic-version'], '2023-06-01');
  }
  // It is written while the reply is on its way.
  for (let seen = -1; seen !== listCalls('/paged/v1/models').length; ) {
    seen = listCalls('/paged/v1/models').length;
    assert.ok(seen <= 12, 'the list is not kept');
    assert.deepEqual((await paged.get('/v1/models?providers=anthropic')).json, first.json);
  }
});

test('the built-in list stands in for one that fails, and is not kept', async () => {
  const { broken } = withKv.clients;
  for (const times of [1, 2]) {
    const ids = idsOf(await broken.get('/v1/models?providers=anthropic'));
    assert.ok(ids.length > 5 && ids.every((id) => id.startsWith('claude-')), ids.join());
    assert.equal(listCalls('/broken/v1/models').length, times);
  }
});

test('a provider that says nothing holds the list up for five seconds at most', async () => {
  const begun = performance.now();
  const ids = idsOf(await withKv.clients.silent.get('/v1/models?providers=anthropic'));
  assert.ok(performance.now() - begun < 6000);
  assert.ok(ids.length > 5, ids.join());
});
