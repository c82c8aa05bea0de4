// Gemini and PaLM as if they were models of OpenAI: the official client, a tool loop in two steps whose
// signatures must come back, and three dialects joined in one answer.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import OpenAI from 'openai';
import { speakAsClaude } from './support/anthropic_wire.mjs';
import { ask, askStream } from './support/client.mjs';
import { expectAnswer, expectError } from './support/expect.mjs';
import { MASTER_KEY } from './support/gateway.mjs';
import { answer, eventsOf, faultOf, refuse, speakAsGemini } from './support/google_wire.mjs';
import { speak } from './support/openai_wire.mjs';
import { startWithProviders } from './support/providers.mjs';

const SIGNATURE = 'c2lnbmVkIGJ5IHVz';
const STAND_IN = 'skip_thought_signature_validator';
const SIGNED_CALL = {
  functionCall: { name: 'get_weather', args: { city: 'Praha' }, id: 'g98os1Jf' },
  thoughtSignature: SIGNATURE,
};

let started, upstream, gateway, main, openai;

before(async () => {
  started = await startWithProviders();
  ({ upstream, gateway, main } = started);
  openai = new OpenAI({ apiKey: MASTER_KEY, baseURL: `${main.url}/v1`, maxRetries: 0 });
  upstream.script('gemini-3.8-flash', weatherman);
  upstream.script('gemini-flash-latest', speakAsGemini('Gemini is well.'));
  upstream.script('claude-2.0', speakAsClaude('Claude is well.'));
  upstream.script('gpt-4o', speak('All is well.'));
});
after(() => started?.stop());

/** Thinks, calls a tool, and demands the call's signature back, or Google's own stand-in for one that is lost. */
function weatherman(call) {
  const fault = faultOf(call);
  if (fault) return refuse(call, fault);
  const { contents } = call.json;
  const result = contents.at(-1).parts.find(({ functionResponse }) => functionResponse)?.functionResponse;
  if (!result) return answer(call, [{ text: 'The tool knows.', thought: true }, SIGNED_CALL]);
  const called = contents.at(-2).parts.find(({ functionCall }) => functionCall);
  if (![SIGNATURE, STAND_IN].includes(called.thoughtSignature)) {
    return refuse(call, 'Thought signature is not valid');
  }
  assert.equal(result.id, SIGNED_CALL.functionCall.id);
  return answer(call, [{ text: `It is ${result.response.output}.` }]);
}

const declaration = {
  name: 'get_weather',
  description: 'The weather of a city.',
  parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
};
const question = {
  model: 'gemini-3.8-flash',
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'How is the weather in Prague?' },
  ],
};
const runnable = {
  ...question,
  tools: [
    {
      type: 'function',
      function: {
        ...declaration,
        parse: JSON.parse,
        function: ({ city }) => (city === 'Praha' ? 'sunny' : 'unknown'),
      },
    },
  ],
};

describe('a tool loop in two steps with signatures', () => {
  // The runner of the official client sends back nothing but text and calls.
  test('by the tool runner', async () => {
    const runner = openai.chat.completions.runTools(runnable);
    assert.equal(await runner.finalContent(), 'It is sunny.');
  });

  test('by the tool runner, streamed', async () => {
    const runner = openai.chat.completions.runTools({ ...runnable, stream: true });
    assert.equal(await runner.finalContent(), 'It is sunny.');
  });

  test('by the stream helper and a message that is sent back as it came', async () => {
    const asked = { ...question, tools: [{ type: 'function', function: declaration }] };
    const stream = openai.chat.completions.stream({ ...asked, stream_options: { include_usage: true } });
    const first = await stream.finalChatCompletion();
    const { message, finish_reason } = first.choices[0];
    assert.equal(finish_reason, 'tool_calls');
    assert.equal(message.tool_calls[0].extra_content.google.thought_signature, SIGNATURE);
    assert.deepEqual(
      [first.usage.prompt_tokens, first.usage.completion_tokens, first.usage.total_tokens],
      [8, 6, 14],
    );
    const second = await openai.chat.completions.create({
      ...asked,
      messages: [
        ...question.messages,
        message,
        { role: 'tool', tool_call_id: message.tool_calls[0].id, content: 'rainy' },
      ],
    });
    assert.equal(second.choices[0].message.content, 'It is rainy.');
    const sent = upstream.callsOf(question.model).at(-1).json.contents.at(-2).parts;
    assert.ok(sent.some(({ thoughtSignature }) => thoughtSignature === SIGNATURE));
  });

  test('a history of other providers has a signature too', async () => {
    upstream.script('gemini-3.7-flash', (call) => {
      const fault = faultOf(call);
      return fault ? refuse(call, fault) : answer(call, [{ text: 'Fine.' }]);
    });
    const call = { id: 'call_1', type: 'function', function: { name: 'get_weather', arguments: '{}' } };
    const reply = await main.chat({
      model: 'gemini-3.7-flash',
      messages: [
        ...question.messages,
        { role: 'assistant', content: null, tool_calls: [call] },
        { role: 'tool', tool_call_id: 'call_1', content: 'rainy' },
      ],
      tools: [{ type: 'function', function: declaration }],
    });
    assert.equal(reply.json?.choices[0].message.content, 'Fine.', reply.text);
  });
});

describe('three models of three dialects in one request', () => {
  const model = 'gpt-4o,claude-2,gemini-flash-latest';
  const texts = ['All is well.', 'Claude is well.', 'Gemini is well.'];

  test('one text after the other', async () => {
    expectAnswer(await main.chat(askStream(model)), { text: texts.join('\n\n') });
  });

  test('a choice for each', async () => {
    const stream = openai.chat.completions.stream({
      model,
      messages: question.messages,
      onellm: { merge: 'choices' },
      stream_options: { include_usage: true },
    });
    const { choices, usage } = await stream.finalChatCompletion();
    assert.deepEqual(
      choices.map(({ message }) => message.content),
      texts,
    );
    assert.equal(usage.total_tokens, 12 + 15 + 14);
  });
});

describe('a stream of Gemini with its finishReason', { concurrency: true }, () => {
  const events = eventsOf('gemini-late', [{ text: 'All is well.' }]);
  const whole = { text: 'All is well.', finish_reason: 'stop' };

  for (const more of [[], ['data: {"candi']]) {
    test(`is whole where it breaks ${more.length ? 'inside an event' : 'between events'}`, async () => {
      const model = `gemini-breaks-${more.length}`;
      upstream.script(model, (call) => call.play([...events, ...more], { ending: 'reset' }));
      expectAnswer(await main.chat(askStream(model)), whole);
    });
  }

  test('ends two seconds later where it hangs', async () => {
    upstream.script('gemini-hangs', (call) => call.play(events, { ending: 'hang' }));
    const reply = await main.chat(askStream('gemini-hangs'));
    const call = await upstream.called('gemini-hangs');
    const took = performance.now() - call.sent.at(-1).at;
    assert.ok(took < 2_250, `it took ${Math.round(took)} ms`);
    expectAnswer(reply, whole);
    await call.letGo();
  });

  test('goes on where every chunk has one', async () => {
    const chunks = ['one ', 'two ', 'three'].flatMap((text) =>
      eventsOf('gemini-stops', [{ text }]).slice(0, 1),
    );
    const stopping = chunks.map((chunk) => chunk.replace('"index":0', '"index":0,"finishReason":"STOP"'));
    upstream.script('gemini-stops', async (call) => {
      await call.play(stopping.slice(0, 2), { gapMs: 500, ending: 'hang' });
      await sleep(2_500);
      await call.play(stopping.slice(2));
    });
    expectAnswer(await main.chat(askStream('gemini-stops')), {
      text: 'one two three',
      finish_reason: 'stop',
    });
  });
});

describe('what Gemini refuses', () => {
  test('a key that is not valid is a 401', async () => {
    const details = [{ '@type': 'type.googleapis.com/google.rpc.ErrorInfo', reason: 'API_KEY_INVALID' }];
    upstream.script('gemini-locked', (call) =>
      refuse(call, 'API key not valid. Please pass a valid API key.', 400, 'INVALID_ARGUMENT', details),
    );
    expectError(await main.chat(ask('gemini-locked')), { status: 401, code: 'invalid_api_key' });
  });

  test('a limit says when to come back', async () => {
    const details = [{ '@type': 'type.googleapis.com/google.rpc.RetryInfo', retryDelay: '34.4s' }];
    upstream.script('gemini-limited', (call) =>
      refuse(call, 'You exceeded your quota', 429, 'RESOURCE_EXHAUSTED', details),
    );
    const reply = await main.chat(ask('gemini-limited'));
    expectError(reply, { status: 429, code: 'rate_limit_exceeded' });
    assert.equal(reply.headers['retry-after'], '35');
  });

  test('a blocked prompt is a content filter', async () => {
    upstream.script('gemini-shy', (call) =>
      call.send(200, { promptFeedback: { blockReason: 'SAFETY' }, modelVersion: 'gemini-shy' }),
    );
    const reply = await main.chat(ask('gemini-shy'));
    assert.equal(reply.status, 200, reply.text);
    assert.equal(reply.json.choices[0].finish_reason, 'content_filter');
  });
});

describe('PaLM', () => {
  test('talks', async () => {
    upstream.script('chat-bison-001', (call) => {
      assert.equal(call.path, '/palm/v1beta2/models/chat-bison-001:generateMessage');
      assert.deepEqual(
        call.json.prompt.messages.map(({ content }) => content),
        ['Say it.'],
      );
      return call.send(200, { candidates: [{ author: '1', content: 'Said.' }], messages: [] });
    });
    assert.equal((await main.chat(ask('chat-bison-001'))).json.choices[0].message.content, 'Said.');
    expectAnswer(await main.chat(askStream('chat-bison-001')), { text: 'Said.' });
  });

  test('writes', async () => {
    upstream.script('text-bison-001', (call) => call.send(200, { candidates: [{ output: 'Written.' }] }));
    assert.equal((await main.chat(ask('text-bison-001'))).json.choices[0].message.content, 'Written.');
    expectAnswer(await main.chat(askStream('text-bison-001')), { text: 'Written.' });
  });

  test('is gone, and the error says what to do', async () => {
    upstream.script('chat-bison-002', (call) =>
      refuse(call, 'models/chat-bison-002 is not found', 404, 'NOT_FOUND'),
    );
    const reply = await main.chat(ask('chat-bison-002'));
    expectError(reply, { status: 404, code: 'model_not_found' });
    assert.match(reply.json.error.message, /ONELLM_ALIASES/);
  });
});

test('neither a key nor a word of a prompt is in the log', () => {
  assert.doesNotMatch(gateway.logs.join('\n'), /hush|weather/);
});
