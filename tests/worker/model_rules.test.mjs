// ONELLM_MODEL_RULES: a new model's quirk is mended by the setting alone, for every kind of target.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { speakAsClaude } from './support/anthropic_wire.mjs';
import { ask } from './support/client.mjs';
import { expectError } from './support/expect.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { speakAsGemini } from './support/google_wire.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { speak } from './support/openai_wire.mjs';
import { answer, textItem } from './support/responses_wire.mjs';

const RULES = {
  'gpt-9*': { drop: ['temperature'], effort: ['low', 'high'], output_tokens_max: 1000, forced_tools: false },
  'gpt-9-deep': { responses_only: true },
  'some/odd': { drop: ['top_p', 'unheard_of'], output_tokens_max: 500 },
  'plain/*': { effort: [] },
  'claude-nova-9': { thinking: 'budget', drop: ['stop'], forced_tools: true },
  'gemini-9*': { effort: ['low'], forced_tools: false, drop: ['top_k'] },
  broken: { drop: 'temperature', unheard_of: 1, output_tokens_max: 7 },
};

let upstream, gateway, ruled, bare;

before(async () => {
  upstream = await startUpstream();
  const settings = (more = {}) =>
    standardSettings(upstream, {
      ANTHROPIC_API_KEY: 'hush-anthropic',
      ANTHROPIC_API_BASE: `${upstream.url}/anthropic`,
      GEMINI_API_KEY: 'hush-gemini',
      GEMINI_API_BASE: `${upstream.url}/google`,
      ONELLM_PROVIDERS: JSON.stringify({
        some: { base: `${upstream.url}/hosts/some/v1` },
        plain: { base: `${upstream.url}/hosts/plain/v1`, native: true },
      }),
      ...more,
    });
  gateway = await startGateway({
    workers: { ruled: settings({ ONELLM_MODEL_RULES: JSON.stringify(RULES) }), bare: settings() },
  });
  ({ ruled, bare } = gateway.clients);
  for (const model of ['gpt-9-sol', 'odd', 'simple', 'broken']) upstream.script(model, speak('well'));
  upstream.script('gpt-9-deep', (call) => answer(call, [textItem('well')]));
  upstream.script('claude-nova-9', speakAsClaude('well'));
  upstream.script('gemini-9-pro', speakAsGemini('well'));
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

const tools = [{ type: 'function', function: { name: 'f', parameters: { type: 'object', properties: {} } } }];

// What goes up of a request, and what is named as left out.
async function sent(client, model, more, headers = {}) {
  const reply = await client.chat({ ...ask(model), ...more }, { headers });
  assert.equal(reply.status, 200, reply.text);
  const call = upstream.callsOf(model.split('/').at(-1)).at(-1);
  return { path: call.path, body: call.json, dropped: reply.headers['x-onellm-dropped'] ?? '' };
}

test('a model of OpenAI that no table knows is sent what the rules leave of a request', async () => {
  const request = {
    temperature: 0.5,
    reasoning_effort: 'max',
    max_tokens: 5000,
    tools,
    tool_choice: 'required',
  };
  const before = await sent(bare, 'gpt-9-sol', { ...request, tools: undefined, tool_choice: undefined });
  assert.equal(before.body.reasoning_effort, 'xhigh');
  const { body, dropped } = await sent(ruled, 'gpt-9-sol', {
    ...request,
    tools: undefined,
    tool_choice: undefined,
  });
  assert.equal('temperature' in body, false);
  assert.equal(body.reasoning_effort, 'high');
  assert.equal(body.max_completion_tokens, 1000);
  assert.deepEqual(dropped.split(',').sort(), ['max_tokens', 'temperature']);
});

test('a request that is strict is refused for what the rules leave out', async () => {
  const reply = await ruled.chat(
    { ...ask('gpt-9-sol'), temperature: 0.5 },
    { headers: { 'x-onellm-strict': '1' } },
  );
  expectError(reply, { status: 400, code: 'unsupported_parameter', param: 'temperature' });
});

test('a model can be sent to the Responses API by its rules', async () => {
  assert.equal((await sent(ruled, 'gpt-9-deep', {})).path, '/openai/v1/responses');
});

test('rules hold for hosts that speak the format of OpenAI, native ones included', async () => {
  const odd = await sent(ruled, 'some/odd', { top_p: 0.5, unheard_of: 1, max_tokens: 900 });
  assert.equal(odd.body.max_tokens, 500);
  assert.equal('top_p' in odd.body || 'unheard_of' in odd.body, false);
  assert.deepEqual(odd.dropped.split(',').sort(), ['max_tokens', 'top_p', 'unheard_of']);
  const simple = await sent(ruled, 'plain/simple', { reasoning_effort: 'high' });
  assert.equal('reasoning_effort' in simple.body, false);
  assert.equal(simple.dropped, 'reasoning_effort');
});

test('rules hold for models of Claude and Gemini', async () => {
  const claude = await sent(ruled, 'claude-nova-9', {
    reasoning_effort: 'low',
    stop: ['x'],
    max_tokens: 100,
  });
  assert.deepEqual(claude.body.thinking, { type: 'enabled', budget_tokens: 2048 });
  assert.equal('stop_sequences' in claude.body, false);
  assert.equal(claude.dropped, 'stop');
  const forced = await sent(ruled, 'claude-nova-9', { tools, tool_choice: 'required' });
  assert.equal(forced.body.tool_choice.type, 'any');
  const gemini = await sent(ruled, 'gemini-9-pro', {
    reasoning_effort: 'high',
    tools,
    tool_choice: 'required',
    top_k: 3,
  });
  assert.equal(gemini.body.generationConfig.thinkingConfig.thinkingLevel, 'LOW');
  assert.equal('topK' in gemini.body.generationConfig, false);
  assert.equal(gemini.body.toolConfig.functionCallingConfig.mode, 'AUTO');
  assert.deepEqual(gemini.dropped.split(',').sort(), ['tool_choice', 'top_k']);
});

test('what is malformed or unknown in the rules is reported and costs only itself', async () => {
  const { text } = await ruled.get('/healthz', { key: null });
  assert.match(text, /ONELLM_MODEL_RULES: broken: drop must be/);
  assert.match(text, /ONELLM_MODEL_RULES: broken: has an unknown member/);
  const { body } = await sent(ruled, 'some/broken', { max_tokens: 90, temperature: 0.5 });
  assert.equal(body.max_tokens, 7);
  assert.equal(body.temperature, 0.5);
});
