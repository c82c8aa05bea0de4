// Models that take function tools only on the Responses API: the client speaks chat all the same.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import OpenAI from 'openai';
import { ask, askStream } from './support/client.mjs';
import { expectAnswer, expectError, valuesOf } from './support/expect.mjs';
import { MASTER_KEY, standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { refuse, speak } from './support/openai_wire.mjs';
import { answer, textItem } from './support/responses_wire.mjs';

const MODEL = 'gpt-6.1-sol';
const REASONING = { id: 'rs_1', type: 'reasoning', encrypted_content: 'gAAA', summary: [] };
const CALL = {
  id: 'fc_1',
  type: 'function_call',
  call_id: 'call_1',
  name: 'get_weather',
  arguments: '{"city":"Praha"}',
};
const declaration = {
  name: 'get_weather',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
};
const tools = [{ type: 'function', function: declaration }];
const messages = [{ role: 'user', content: 'How is the weather in Prague?' }];

let upstream, gateway, main, openai;

before(async () => {
  upstream = await startUpstream();
  gateway = await startGateway({
    workers: {
      main: standardSettings(upstream, {
        AZURE_OPENAI_API_KEYS: 'east:hush-east',
        AZURE_OPENAI_DEPLOYMENTS: 'gpt-6-sol=sol,gpt-5.6-sol=filtered',
        AZURE_OPENAI_API_VERSION: 'v1',
        AZURE_OPENAI_API_BASE: `${upstream.url}/azure/{resource}`,
      }),
    },
  });
  main = gateway.clients.main;
  openai = new OpenAI({ apiKey: MASTER_KEY, baseURL: `${main.url}/v1`, maxRetries: 0 });
  upstream.script(MODEL, weatherman('/openai/v1/responses'));
  upstream.script('sol', weatherman('/azure/east/openai/v1/responses'));
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

/** Reasons, calls a tool, and answers when it has the result. */
const weatherman = (path) => (call) => {
  assert.equal(call.path, path);
  assert.equal(call.json.store, false);
  const result = call.json.input.find(({ type }) => type === 'function_call_output');
  if (!result) return answer(call, [REASONING, CALL]);
  assert.ok(call.json.input.some(({ type, call_id }) => type === 'function_call' && call_id === 'call_1'));
  return answer(call, [textItem(`It is ${result.output}.`)]);
};

for (const [name, model] of [
  ['OpenAI', MODEL],
  ['Azure', 'azure/gpt-6-sol'],
]) {
  describe(`a tool loop with a model of ${name}`, () => {
    for (const stream of [false, true]) {
      test(`by the tool runner${stream ? ', streamed' : ''}`, async () => {
        const runnable = { ...declaration, parse: JSON.parse, function: () => 'sunny' };
        const runner = openai.chat.completions.runTools({
          model,
          messages,
          stream,
          tools: [{ type: 'function', function: runnable }],
        });
        assert.equal(await runner.finalContent(), 'It is sunny.');
      });
    }
  });
}

test('a message that is sent back as it came takes its reasoning along', async () => {
  const stream = openai.chat.completions.stream({
    model: MODEL,
    messages,
    tools,
    stream_options: { include_usage: true },
  });
  const { choices, usage } = await stream.finalChatCompletion();
  const [{ message, finish_reason }] = choices;
  assert.equal(finish_reason, 'tool_calls');
  assert.deepEqual(JSON.parse(message.tool_calls[0].function.arguments), { city: 'Praha' });
  assert.deepEqual([usage.prompt_tokens, usage.completion_tokens, usage.total_tokens], [20, 9, 29]);
  const result = { role: 'tool', tool_call_id: 'call_1', content: 'rainy' };
  const second = await openai.chat.completions.create({
    model: MODEL,
    messages: [...messages, message, result],
    tools,
  });
  assert.equal(second.choices[0].message.content, 'It is rainy.');
  const { input } = upstream.callsOf(MODEL).at(-1).json;
  assert.deepEqual(
    input.map(({ type, role }) => type ?? role),
    ['message', 'reasoning', 'function_call', 'function_call_output'],
  );
  assert.equal(input[1].encrypted_content, 'gAAA');
});

test('what a model reasoned stays away from Chat Completions, which knows no such members', async () => {
  upstream.script('gpt-4o', speak('Chat.'));
  const told = await main.chat(ask(MODEL, { tools }));
  const [{ message }] = told.json.choices;
  assert.ok(message.thinking_blocks.length > 0);
  const past = { ...message, reasoning_content: 'Hm.', reasoning_details: [] };
  const result = { role: 'tool', tool_call_id: 'call_1', content: 'rainy' };
  await main.chat(ask('gpt-4o', { messages: [...messages, past, result] }));
  const [, sent] = upstream.callsOf('gpt-4o').at(-1).json.messages;
  assert.deepEqual(Object.keys(sent).sort(), ['content', 'refusal', 'role', 'tool_calls']);
  assert.deepEqual(sent.tool_calls, message.tool_calls);
});

test('a summary of the reasoning is asked for only where the client does', async () => {
  const reasoningFor = async (more) => {
    await main.chat(ask(MODEL, { tools, ...more }));
    return upstream.callsOf(MODEL).at(-1).json.reasoning;
  };
  assert.deepEqual(await reasoningFor({ reasoning_effort: 'high' }), { effort: 'high' });
  assert.deepEqual(await reasoningFor({ reasoning_effort: 'high', reasoning: { summary: 'auto' } }), {
    effort: 'high',
    summary: 'auto',
  });
});

test("what Azure's filters found stands where its Chat Completions have it", async () => {
  const safe = { hate: { filtered: false, severity: 'safe' } };
  const found = (source_type) => ({ blocked: false, source_type, content_filter_results: safe });
  const content_filters = [found('prompt'), found('completion')];
  upstream.script('filtered', (call) => answer(call, [textItem('Here.')], { content_filters }));
  const whole = (await main.chat(ask('azure/gpt-5.6-sol', { tools }))).json;
  const chunks = valuesOf((await main.chat(askStream('azure/gpt-5.6-sol', { tools }))).text);
  const last = chunks.find(({ choices }) => choices?.[0]?.finish_reason);
  for (const { choices, prompt_filter_results } of [whole, last]) {
    assert.deepEqual(choices[0].content_filter_results, safe);
    assert.deepEqual(prompt_filter_results, [{ prompt_index: 0, content_filter_results: safe }]);
  }
});

test('without tools, or without reasoning, the model stays on Chat Completions', async () => {
  upstream.script('gpt-6-luna', (call) => {
    assert.equal(call.path, '/openai/v1/chat/completions');
    return speak('Chat.')(call);
  });
  expectAnswer(await main.chat(askStream('gpt-6-luna')), { text: 'Chat.' });
  expectAnswer(await main.chat(askStream('gpt-6-luna', { tools, reasoning_effort: 'none' })), {
    text: 'Chat.',
  });
});

test('its errors are errors of chat', async () => {
  upstream.script('gpt-6-astra', refuse(429, { type: 'tokens', code: 'rate_limit_exceeded' }));
  const reply = await main.chat(ask('gpt-6-astra', { tools }));
  expectError(reply, { status: 429, code: 'rate_limit_exceeded' });
});
