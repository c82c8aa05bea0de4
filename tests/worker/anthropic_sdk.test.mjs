// The official Anthropic client for JavaScript, used as its documentation shows it, with models of every provider.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import Anthropic from '@anthropic-ai/sdk';
import { betaTool } from '@anthropic-ai/sdk/helpers/beta/json-schema';
import { chatBrain, claudeBrain, geminiBrain } from './support/agent_brain.mjs';
import { refuse as refuseAsClaude } from './support/anthropic_wire.mjs';
import { MASTER_KEY } from './support/gateway.mjs';
import { refuse as refuseAsGemini } from './support/google_wire.mjs';
import { refuse as refuseAsChat } from './support/openai_wire.mjs';
import { startWithProviders } from './support/providers.mjs';
import { startUpstream } from './support/mock_upstream.mjs';

const PICTURE =
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

const MODELS = {
  OpenAI: 'gpt-a',
  Azure: 'dep',
  Claude: 'claude-a',
  Gemini: 'gemini-2.5-flash',
  'a compatible host': 'host-model',
};

let host, upstream, main, stop, client;

before(async () => {
  host = await startUpstream();
  const started = await startWithProviders({
    AZURE_OPENAI_API_KEYS: 'east:hush-east',
    AZURE_OPENAI_DEPLOYMENTS: 'dep',
    AZURE_OPENAI_API_BASE: `${host.url}/azure/{resource}`,
    ONELLM_PROVIDERS: { host: { base: `${host.url}/v1`, key: 'hush-host', models: ['host-model'] } },
  });
  ({ upstream, main } = started);
  stop = started.stop;
  client = new Anthropic({ baseURL: main.url, authToken: MASTER_KEY, apiKey: null, maxRetries: 0 });
  upstream.script('gpt-a', chatBrain);
  host.script('dep', chatBrain);
  host.script('host-model', chatBrain);
  upstream.script('claude-a', claudeBrain);
  upstream.script('gemini-2.5-flash', geminiBrain);
});
after(async () => {
  await stop?.();
  await host?.close();
});

const user = (content) => ({ role: 'user', content });
const ask = (model, messages, more = {}) => ({ model, max_tokens: 1000, messages, ...more });
const textOf = ({ content }) => content.map((block) => block.text ?? '').join('');

for (const [name, model] of Object.entries(MODELS)) {
  describe(`the client with ${name}`, () => {
    test('reads a reply', async () => {
      const message = await client.messages.create(ask(model, [user('hello')]));
      assert.equal(textOf(message), 'You said: hello');
      assert.equal(message.role, 'assistant');
      assert.equal(message.stop_reason, 'end_turn');
      assert.ok(message.usage.input_tokens > 0);
      assert.ok(message.usage.output_tokens > 0);
      assert.ok(message._request_id);
    });

    test('reads a stream, and its helper collects the same', async () => {
      const stream = client.messages.stream(ask(model, [user('hello again')]));
      let heard = '';
      stream.on('text', (text) => {
        heard += text;
      });
      const message = await stream.finalMessage();
      assert.equal(heard, 'You said: hello again');
      assert.equal(textOf(message), heard);
      assert.equal(message.stop_reason, 'end_turn');
      assert.ok(message.usage.input_tokens > 0);
    });

    for (const stream of [false, true]) {
      test(`runs parallel calls of tools${stream ? ' from a stream' : ''}`, async () => {
        const cities = [];
        const weather = betaTool({
          name: 'weather',
          description: 'Weather of a city',
          inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
          run: ({ city }) => {
            cities.push(city);
            return `sun in ${city}`;
          },
        });
        const runner = client.beta.messages.toolRunner({
          ...ask(model, [user('How is the weather?')]),
          tools: [weather],
          stream,
        });
        const message = await runner.runUntilDone();
        assert.deepEqual(cities.sort(), ['Oslo', 'Rome']);
        assert.equal(textOf(message), 'The tools said sun in Oslo and sun in Rome.');
      });
    }

    test('shows a picture', async () => {
      const source = { type: 'base64', media_type: 'image/png', data: PICTURE };
      const message = await client.messages.create(
        ask(model, [
          user([
            { type: 'image', source },
            { type: 'text', text: 'What is this?' },
          ]),
        ]),
      );
      assert.equal(textOf(message), 'I see a picture.');
    });

    test('leaves a stream, and the provider learns of it', async () => {
      const server = ['dep', 'host-model'].includes(model) ? host : upstream;
      const number = server.callsOf(model).length + 1;
      const stream = client.messages.stream(ask(model, [user('hello '.repeat(200))]));
      stream.on('error', () => {});
      stream.on('abort', () => {});
      const call = await server.called(model, number);
      stream.abort();
      await assert.rejects(stream.finalMessage(), Anthropic.APIUserAbortError);
      assert.ok(call);
    });
  });
}

for (const [name, model] of Object.entries({
  Claude: MODELS.Claude,
  Gemini: MODELS.Gemini,
  'a compatible host': MODELS['a compatible host'],
})) {
  for (const isStream of [false, true]) {
    test(`${name} gets its thoughts back over three turns${isStream ? ' of streams' : ''}`, async () => {
      const messages = [];
      const thinking = { type: 'enabled', budget_tokens: 1024 };
      for (let turn = 1; turn <= 3; turn++) {
        messages.push(user(`think of ${turn}`));
        const body = ask(model, messages, { max_tokens: 4000, thinking });
        const message = isStream
          ? await client.messages.stream(body).finalMessage()
          : await client.messages.create(body);
        assert.equal(textOf(message), `Answer ${turn} to think of ${turn}`);
        const thought = message.content.find((block) => block.type === 'thinking');
        assert.equal(thought?.thinking, `thought ${turn}`);
        assert.ok(thought.signature);
        messages.push({ role: 'assistant', content: message.content });
      }
    });
  }
}

const CLASSES = [
  [400, Anthropic.BadRequestError, 'invalid_request_error'],
  [401, Anthropic.AuthenticationError, 'authentication_error'],
  [403, Anthropic.PermissionDeniedError, 'permission_error'],
  [404, Anthropic.NotFoundError, 'not_found_error'],
  [409, Anthropic.ConflictError, 'conflict_error'],
  [422, Anthropic.UnprocessableEntityError, 'invalid_request_error'],
  [429, Anthropic.RateLimitError, 'rate_limit_error'],
  [500, Anthropic.InternalServerError, 'api_error'],
];
const REFUSE = {
  'gpt-e': (status) => refuseAsChat(status, { message: 'No, thanks.' }),
  'claude-e': (status) => (call) =>
    refuseAsClaude(call, 'No, thanks.', status, CLASSES.find(([known]) => known === status)[2]),
  'gemini-e': (status) => (call) => refuseAsGemini(call, 'No, thanks.', status),
};

for (const [model, refuse] of Object.entries(REFUSE)) {
  for (const [status, Class, type] of CLASSES) {
    test(`a ${status} of ${model} is a ${Class.name}`, async () => {
      upstream.script(model, refuse(status));
      for (const stream of [false, true]) {
        const error = await client.messages
          .create(ask(model, [user('x')], { stream }))
          .catch((caught) => caught);
        assert.ok(error instanceof Class, `${error}`);
        assert.equal(error.status, status);
        assert.equal(error.error.error.type, type);
        assert.match(error.message, /No, thanks\./);
        assert.ok(error.requestID);
      }
    });
  }
}

test('a key that is wrong is an AuthenticationError, in either header', async () => {
  for (const key of [{ authToken: 'wrong', apiKey: null }, { apiKey: 'wrong' }]) {
    const stranger = new Anthropic({ baseURL: main.url, maxRetries: 0, ...key });
    await assert.rejects(stranger.messages.create(ask('gpt-a', [user('x')])), Anthropic.AuthenticationError);
  }
  const known = new Anthropic({ baseURL: main.url, maxRetries: 0, apiKey: MASTER_KEY });
  assert.ok(await known.messages.create(ask('gpt-a', [user('x')])));
});

test('an overload is one that the client retries', async () => {
  let calls = 0;
  upstream.script('gpt-busy', (call) =>
    ++calls === 1 ? refuseAsChat(503, {}, { 'retry-after-ms': '1' })(call) : chatBrain(call),
  );
  const patient = new Anthropic({ baseURL: main.url, authToken: MASTER_KEY, apiKey: null, maxRetries: 1 });
  assert.equal(textOf(await patient.messages.create(ask('gpt-busy', [user('x')]))), 'You said: x');
});

test('the client lists models, page by page, and counts tokens', async () => {
  const ids = [];
  for await (const model of client.models.list({ limit: 3 })) ids.push(model.id);
  assert.ok(ids.includes('host-model') && ids.includes('echo'));
  assert.equal((await client.models.retrieve('host-model')).id, 'host-model');
  const { input_tokens } = await client.messages.countTokens({
    model: 'host-model',
    messages: [user('one two')],
  });
  assert.ok(input_tokens > 2);
});
