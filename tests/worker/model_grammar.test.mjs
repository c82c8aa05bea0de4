// The grammar of the `model` field: which target a name reaches, and when the next one is tried.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, askStream } from './support/client.mjs';
import { expectAnswer, expectError, expectStreamError } from './support/expect.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { closedPort, startUpstream } from './support/mock_upstream.mjs';
import { errorEvent, hang, play, refuse, role, speak, text } from './support/openai_wire.mjs';

let upstream, gateway, main, surfaceV1;

before(async () => {
  upstream = await startUpstream();
  const host = (name, more) => ({ base: `${upstream.url}/hosts/${name}/v1`, key: `hush-${name}`, ...more });
  const azure = {
    AZURE_OPENAI_API_KEYS: 'east:hush-east;west',
    AZURE_OPENAI_API_KEY: 'hush-shared',
    AZURE_OPENAI_DEPLOYMENTS: 'az-both,gpt-az,az-named=dep-east;az-both,az-west',
    AZURE_OPENAI_API_BASE: `${upstream.url}/azure/{resource}`,
  };
  gateway = await startGateway({
    workers: {
      main: standardSettings(upstream, {
        ...azure,
        ONELLM_CONNECT_TIMEOUT_MS: '400',
        ONELLM_FIRST_TOKEN_TIMEOUT_MS: '400',
        ONELLM_PROVIDERS: {
          host: host('host', { models: ['host-small', 'meta-llama/llama-3', 'gpt-of-host'] }),
          dead: { base: `http://127.0.0.1:${await closedPort()}/v1`, models: ['dead-model'] },
        },
        ONELLM_ALIASES: {
          fast: 'host/host-small|gpt-second',
          first: 'second',
          second: 'gpt-second',
          'gpt-shadow': 'host/host-small',
          echo: 'gpt-second',
        },
      }),
      surfaceV1: standardSettings(upstream, { ...azure, AZURE_OPENAI_API_VERSION: 'v1' }),
    },
  });
  ({ main, surfaceV1 } = gateway.clients);
  for (const model of [
    'gpt-one',
    'gpt-second',
    'host-small',
    'meta-llama/llama-3',
    'gpt-of-host',
    'o3-mini',
    'o1',
    'chatgpt-4o-latest',
    'ft:gpt-4o:team::id',
    'az-both',
    'gpt-az',
    'dep-east',
    'az-west',
    'anything/at-all',
  ]) {
    upstream.script(model, speak(`from ${model}`));
  }
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

// Asks for a model and gives the call that reached the upstream.
async function reached(model, client = main) {
  const calls = upstream.calls.length;
  const reply = await client.chat(ask(model));
  assert.equal(reply.status, 200, reply.text);
  assert.equal(upstream.calls.length, calls + 1);
  return upstream.calls.at(-1);
}

describe('names', () => {
  test('names of the families of OpenAI reach OpenAI', async () => {
    for (const model of ['gpt-one', 'o3-mini', 'o1', 'chatgpt-4o-latest', 'ft:gpt-4o:team::id']) {
      const call = await reached(model);
      assert.equal(call.path, '/openai/v1/chat/completions');
      assert.equal(call.headers.authorization, 'Bearer hush-openai-key-0123456789');
    }
  });

  test('a provider before the slash is taken off the name', async () => {
    const call = await reached('openai/gpt-one');
    assert.equal(call.json.model, 'gpt-one');
    assert.equal((await reached('host/anything/at-all')).json.model, 'anything/at-all');
  });

  test('a first segment that is no provider belongs to the name', async () => {
    const call = await reached('meta-llama/llama-3');
    assert.equal(call.path, '/hosts/host/v1/chat/completions');
    assert.equal(call.json.model, 'meta-llama/llama-3');
  });

  test('spaces around names are trimmed', async () => {
    assert.equal((await reached('  openai/gpt-one ')).json.model, 'gpt-one');
    const reply = await main.chat(ask(' gpt-one , gpt-second ', { onellm: { merge: 'choices' } }));
    assert.deepEqual(
      reply.json.choices.map(({ model }) => model),
      ['gpt-one', 'gpt-second'],
    );
  });

  test('a model that a provider lists goes before the family', async () => {
    assert.equal((await reached('gpt-of-host')).path, '/hosts/host/v1/chat/completions');
  });

  test('an alias goes before the family, and echo before an alias', async () => {
    assert.equal((await reached('gpt-shadow')).json.model, 'host-small');
    const reply = await main.chat(ask('echo'));
    assert.equal(reply.json.choices[0].message.content, 'Say it.');
  });

  test('the target of an alias is never looked up as an alias again', async () => {
    expectError(await main.chat(ask('first')), { status: 404, code: 'model_not_found' });
    assert.equal((await reached('second')).json.model, 'gpt-second');
  });

  test('an alias may hold fallbacks', async () => {
    upstream.script('host-small', refuse(503));
    const reply = await main.chat(ask('fast'));
    upstream.script('host-small', speak('from host-small'));
    assert.equal(reply.json.choices[0].message.content, 'from gpt-second');
    assert.equal(reply.headers['x-onellm-attempts'], '2');
  });
});

describe('Azure', () => {
  test('a deployment is reached by URL, with the key and the version of its resource', async () => {
    const call = await reached('azure/az-west');
    assert.equal(call.path, '/azure/west/openai/deployments/az-west/chat/completions');
    assert.deepEqual(call.query, { 'api-version': '2024-10-21' });
    assert.equal(
      call.headers['api-key'],
      'hush-shared',
      'a resource without a key uses AZURE_OPENAI_API_KEY',
    );
    assert.equal(call.headers.authorization, undefined);
  });

  test('a bare deployment name goes before the family', async () => {
    assert.match((await reached('gpt-az')).path, /^\/azure\/east\//);
    assert.match((await reached('openai/gpt-az')).path, /^\/openai\//);
  });

  test('a model may have a deployment of another name', async () => {
    for (const model of ['az-named', 'azure/az-named']) {
      assert.equal((await reached(model)).path, '/azure/east/openai/deployments/dep-east/chat/completions');
    }
  });

  test('a model that has no deployment is not found', async () => {
    expectError(await main.chat(ask('azure/gpt-one')), {
      status: 404,
      code: 'model_not_found',
      param: 'model',
    });
  });

  for (const status of [429, 500, 503]) {
    test(`a deployment on two resources is tried on the second after ${status}`, async () => {
      let first;
      upstream.script('az-both', (call) => {
        first ??= call.path;
        return (call.path === first ? refuse(status) : speak('from the other'))(call);
      });
      const reply = await main.chat(ask('az-both'));
      assert.equal(reply.status, 200, reply.text);
      assert.equal(reply.json.choices[0].message.content, 'from the other');
      const paths = upstream
        .callsOf('az-both')
        .slice(-2)
        .map((call) => call.path.split('/')[2]);
      assert.deepEqual(paths.sort(), ['east', 'west']);
      assert.equal(reply.headers['x-onellm-attempts'], '2');
    });
  }

  test('the v1 surface takes the deployment in the body', async () => {
    const call = await reached('az-named', surfaceV1).catch(() => upstream.calls.at(-1));
    assert.equal(call.path, '/azure/east/openai/v1/chat/completions');
    assert.equal(call.json.model, 'dep-east');
    assert.equal(call.headers['api-key'], 'hush-east');
  });
});

// What may stand first in `a|gpt-second`, and whether the second is tried.
const MOVES_ON = {
  'a refused connection': ['dead/dead-model'],
  "a 401, since the key is not the client's": ['gpt-failing', refuse(401)],
  'a 402': ['gpt-failing', refuse(402)],
  'a 403': ['gpt-failing', refuse(403)],
  'a 404': ['gpt-failing', refuse(404)],
  'a 429': ['gpt-failing', refuse(429, { code: 'rate_limit_exceeded' })],
  'a 500': ['gpt-failing', refuse(500)],
  'a 502 of HTML': [
    'gpt-failing',
    (call) => call.send(502, '<html>bad</html>', { 'content-type': 'text/html' }),
  ],
  'a 503': ['gpt-failing', refuse(503)],
  'a 529': ['gpt-failing', refuse(529)],
  'a hang-up': ['gpt-failing', (call) => call.hangUp()],
  'no reply in time': ['gpt-failing', hang()],
};
const STREAM_MOVES_ON = {
  'an error as the first event of a 200': ['gpt-failing', play([errorEvent({ message: 'overloaded' })])],
  'an error after the role alone': ['gpt-failing', play([role(), errorEvent({ message: 'overloaded' })])],
  'no event in time': ['gpt-failing', play([], { ending: 'hang' })],
};
const STAYS = [400, 413, 422];

describe('fallbacks', () => {
  for (const stream of [false, true]) {
    const kind = stream ? 'stream' : 'reply';
    for (const [name, [model, script]] of Object.entries({
      ...MOVES_ON,
      ...(stream ? STREAM_MOVES_ON : {}),
    })) {
      test(`${name} before content moves a ${kind} on to the next target`, async () => {
        if (script) upstream.script(model, script);
        const reply = await main.chat(ask(`${model} | gpt-second`, { stream }));
        if (stream) expectAnswer(reply, { text: 'from gpt-second' });
        else assert.equal(reply.json.choices?.[0].message.content, 'from gpt-second', reply.text);
        assert.equal(reply.headers['x-onellm-attempts'], '2');
        assert.equal(reply.headers['x-onellm-provider'], 'openai');
      });
    }
    for (const status of STAYS) {
      test(`a ${status} is the client's to see and moves no ${kind} on`, async () => {
        upstream.script(
          'gpt-refusing',
          refuse(status, { type: 'invalid_request_error', message: 'your mistake' }),
        );
        const calls = upstream.callsOf('gpt-second').length;
        const reply = await main.chat(ask('gpt-refusing|gpt-second', { stream }));
        expectError(reply, { status, message: /your mistake/ });
        assert.equal(upstream.callsOf('gpt-second').length, calls);
        assert.equal(reply.headers['x-onellm-attempts'], '1');
      });
    }
  }

  test('nothing moves on after content', async () => {
    upstream.script('gpt-half', play([role(), text('half')], { ending: 'reset' }));
    const calls = upstream.callsOf('gpt-second').length;
    const stream = expectStreamError(await main.chat(askStream('gpt-half|gpt-second')));
    assert.equal(stream.choices[0].text, 'half');
    assert.equal(upstream.callsOf('gpt-second').length, calls);
  });

  test('when all targets fail the client sees an error with the status', async () => {
    upstream.script('gpt-busy-1', refuse(429, { type: 'requests', code: 'rate_limit_exceeded' }));
    upstream.script(
      'gpt-busy-2',
      refuse(429, { type: 'requests', code: 'rate_limit_exceeded' }, { 'retry-after': '9' }),
    );
    const reply = await main.chat(ask('gpt-busy-1|gpt-busy-2'));
    expectError(reply, { status: 429, code: 'rate_limit_exceeded' });
    assert.equal(reply.headers['x-onellm-attempts'], '2');
    assert.equal(reply.headers['retry-after'], '9');
  });

  test('echo may be a fallback', async () => {
    const reply = await main.chat(ask('dead/dead-model|echo'));
    assert.equal(reply.json.choices[0].message.content, 'Say it.');
  });
});
