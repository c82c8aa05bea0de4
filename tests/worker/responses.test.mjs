// Models that take function tools only on the Responses API: the client speaks chat all the same.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import OpenAI from 'openai';
import { ask, askStream } from './support/client.mjs';
import { expectAnswer, expectError } from './support/expect.mjs';
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
        AZURE_OPENAI_DEPLOYMENTS: 'gpt-6-sol=sol',
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
