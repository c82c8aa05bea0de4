// Counts of a prompt's tokens: by the provider where it has a count of its own, else by an estimate.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { startWithProviders } from './support/providers.mjs';

let upstream, gateway, main, stop;

before(async () => {
  ({ upstream, gateway, main, stop } = await startWithProviders({
    ONELLM_PROVIDERS: { host: { base: 'http://127.0.0.1:9/v1', key: 'hush-host', models: ['host-model'] } },
  }));
});
after(() => stop?.());

const PROMPT = {
  system: 'Be brief.',
  messages: [{ role: 'user', content: 'How many tokens are these words?' }],
  tools: [
    {
      name: 'get_weather',
      description: 'Weather of a city',
      input_schema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  ],
};
const count = (model, more = {}, options = {}) =>
  main.send({ path: '/v1/messages/count_tokens?beta=true', body: { model, ...PROMPT, ...more }, ...options });

test('Claude counts itself: its request and its reply pass unchanged', async () => {
  const text = '{"input_tokens" : 41 , "new": 1}';
  upstream.script('claude-count', (call) => call.send(200, text, { 'request-id': 'req_up' }));
  const body = `{"model":"anthropic/claude-count", "messages":[{"role":"user","content":"hi"}],"x_new":1.0}`;
  const reply = await main.send({
    path: '/v1/messages/count_tokens',
    body,
    headers: { 'anthropic-version': '2026-10-21', 'anthropic-beta': 'token-counting-2024-11-01' },
  });
  assert.equal(reply.status, 200);
  assert.equal(reply.text, text);
  assert.equal(reply.headers['request-id'], 'req_up');
  assert.equal(reply.headers['x-onellm-estimated'], undefined);
  const call = upstream.callsOf('claude-count').at(-1);
  assert.equal(call.path, '/anthropic/v1/messages/count_tokens');
  assert.equal(call.text, body.replace('anthropic/', ''));
  assert.equal(call.headers['anthropic-version'], '2026-10-21');
  assert.equal(call.headers['anthropic-beta'], 'token-counting-2024-11-01');
});

test('an error of Claude passes unchanged', async () => {
  for (const status of [400, 404, 429, 529]) {
    const text = '{"type":"error", "error":{"type":"x_error","message":"No."},"request_id":"req_up"}';
    upstream.script('claude-count', (call) =>
      call.send(status, text, { 'request-id': 'req_up', 'retry-after': '2' }),
    );
    const reply = await count('claude-count');
    assert.equal(reply.status, status);
    assert.equal(reply.text, text);
    assert.equal(reply.headers['request-id'], 'req_up');
    assert.equal(reply.headers['retry-after'], '2');
  }
});

test('Gemini counts what it would be sent', async () => {
  upstream.script('gemini-2.5-flash', (call) => call.send(200, { totalTokens: 43, promptTokensDetails: [] }));
  const reply = await count('gemini-2.5-flash');
  assert.deepEqual(reply.json, { input_tokens: 43 });
  assert.equal(reply.headers['x-onellm-estimated'], undefined);
  const { path, json } = upstream.callsOf('gemini-2.5-flash').at(-1);
  assert.match(path, /\/models\/gemini-2\.5-flash:countTokens$/);
  assert.deepEqual(Object.keys(json), ['generateContentRequest']);
  const { model, contents, systemInstruction, tools, ...rest } = json.generateContentRequest;
  assert.equal(model, 'models/gemini-2.5-flash');
  assert.equal(contents[0].parts[0].text, PROMPT.messages[0].content);
  assert.equal(systemInstruction.parts[0].text, PROMPT.system);
  assert.equal(tools[0].functionDeclarations[0].name, 'get_weather');
  assert.deepEqual(
    Object.keys(rest).filter((key) => key !== 'toolConfig'),
    [],
  );
});

test('OpenAI counts by its Responses API', async () => {
  upstream.script('gpt-4o', (call) => call.send(200, { object: 'response.input_tokens', input_tokens: 17 }));
  const reply = await count('gpt-4o', { max_tokens: 5, stream: true, temperature: 0.5 });
  assert.deepEqual(reply.json, { input_tokens: 17 });
  const { path, json, headers } = upstream.callsOf('gpt-4o').at(-1);
  assert.equal(path, '/openai/v1/responses/input_tokens');
  assert.equal(headers.authorization, 'Bearer hush-openai-key-0123456789');
  assert.equal(json.model, 'gpt-4o');
  assert.equal(json.tools[0].name, 'get_weather');
  for (const key of ['max_output_tokens', 'stream', 'temperature', 'store', 'include']) {
    assert.equal(key in json, false, key);
  }
});

test('a count that is out is replaced by an estimate, and the header says so', async () => {
  for (const status of [404, 429, 500, 503]) {
    for (const model of ['gpt-4o', 'gemini-2.5-flash']) {
      upstream.script(model, (call) => call.send(status, { error: { message: 'out' } }));
      const reply = await count(model);
      assert.equal(reply.status, 200, `${model} ${status}`);
      assert.ok(reply.json.input_tokens > 20 && reply.json.input_tokens < 100, reply.text);
      assert.equal(reply.headers['x-onellm-estimated'], 'input_tokens');
    }
  }
  upstream.script('gpt-4o', (call) => call.hangUp());
  assert.equal((await count('gpt-4o')).headers['x-onellm-estimated'], 'input_tokens');
  upstream.script('gpt-4o', (call) => call.send(200, '{"odd":true}'));
  assert.equal((await count('gpt-4o')).headers['x-onellm-estimated'], 'input_tokens');
});

test('a refusal of the request itself or of the key is an error in the dialect', async () => {
  upstream.script('gpt-4o', (call) =>
    call.send(401, {
      error: { message: 'bad key hush-openai-key-0123456789', type: 'x', code: 'invalid_api_key' },
    }),
  );
  const reply = await count('gpt-4o');
  assert.equal(reply.status, 401);
  assert.equal(reply.json.error.type, 'authentication_error');
  assert.equal(reply.json.request_id, reply.headers['request-id']);
});

test('a provider without a count is estimated, and nothing is sent', async () => {
  const calls = upstream.calls.length;
  for (const model of ['host-model', 'echo', 'palm/chat-bison-001']) {
    const reply = await count(model);
    assert.equal(reply.status, 200, reply.text);
    assert.ok(reply.json.input_tokens > 20, reply.text);
    assert.equal(reply.headers['x-onellm-estimated'], 'input_tokens');
  }
  assert.equal(upstream.calls.length, calls);
});

test('of several models the largest count is given, of fallbacks that of the first', async () => {
  upstream.script('claude-count', (call) => call.send(200, { input_tokens: 50 }));
  upstream.script('gemini-2.5-flash', (call) => call.send(200, { totalTokens: 70 }));
  const both = await count('claude-count,gemini-2.5-flash', { max_tokens: 9, temperature: 1 });
  assert.deepEqual(both.json, { input_tokens: 70 });
  assert.equal(both.headers['x-onellm-estimated'], undefined);
  const sent = upstream.callsOf('claude-count').at(-1).json;
  for (const key of ['max_tokens', 'stream', 'temperature']) assert.equal(key in sent, false, key);
  assert.deepEqual((await count('claude-count|gemini-2.5-flash')).json, { input_tokens: 50 });
});

test('what is wrong with the request is told before anything is sent', async () => {
  const calls = upstream.calls.length;
  for (const [body, name] of [
    ['{"model":"gpt-4o"}', /messages/],
    ['{"messages":[]}', /model/],
    ['{', /JSON/],
    ['{"model":"no-such-model-x","messages":[]}', /no-such-model-x/],
  ]) {
    const reply = await main.send({ path: '/v1/messages/count_tokens', body });
    assert.ok([400, 404].includes(reply.status), body);
    assert.match(reply.json.error.message, name);
  }
  assert.equal(upstream.calls.length, calls);
  assert.equal((await main.get('/v1/messages/count_tokens')).status, 405);
});

test('a client that leaves ends the count', async () => {
  upstream.script('gemini-slow', async (call) => {
    await sleep(3000);
    call.send(200, { totalTokens: 1 });
  });
  const abort = new AbortController();
  const asked = main.open({
    path: '/v1/messages/count_tokens',
    body: { model: 'gemini-slow', ...PROMPT },
    signal: abort.signal,
  });
  asked.catch(() => {});
  const call = await upstream.called('gemini-slow');
  abort.abort();
  await call.letGo();
  assert.ok(gateway);
});
