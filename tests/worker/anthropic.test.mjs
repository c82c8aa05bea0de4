// Claude as if it were a model of OpenAI: the official client, a tool loop in two steps with thinking that
// must come back signed, and answers joined with those of other providers.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import OpenAI from 'openai';
import { answer, eventsOf, faultOf, refuse, speakAsClaude } from './support/anthropic_wire.mjs';
import { ask, askStream } from './support/client.mjs';
import { expectAnswer, expectError } from './support/expect.mjs';
import { MASTER_KEY, standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { speak, toolCall, finish, role, DONE } from './support/openai_wire.mjs';

const THINKER = 'claude-sonnet-4-5';
const THOUGHT = { type: 'thinking', thinking: 'The tool knows the weather.', signature: 'c2lnbmVkIGJ5IHVz' };
const CALL = { type: 'tool_use', id: 'toolu_1', name: 'get_weather', input: { city: 'Praha' } };

let upstream, gateway, main, openai;

before(async () => {
  upstream = await startUpstream();
  gateway = await startGateway({
    workers: {
      main: standardSettings(upstream, {
        ANTHROPIC_API_KEY: 'hush-anthropic',
        ANTHROPIC_API_BASE: `${upstream.url}/anthropic/v1`,
      }),
    },
  });
  main = gateway.clients.main;
  openai = new OpenAI({ apiKey: MASTER_KEY, baseURL: `${main.url}/v1`, maxRetries: 0 });
  upstream.script('claude-plain', speakAsClaude('All is well.'));
  upstream.script('gpt-plain', speak('So it is.'));
  upstream.script(THINKER, weatherman);
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

/** Thinks, calls a tool, and while it is to think demands its own thoughts back, unchanged, before the call. */
function weatherman(call) {
  const fault = faultOf(call);
  if (fault) return refuse(call, fault);
  const last = call.json.messages.at(-1);
  const result = Array.isArray(last.content) && last.content.find(({ type }) => type === 'tool_result');
  if (!result) {
    return answer(call, [THOUGHT, { type: 'text', text: 'Let me see.' }, CALL], { stopReason: 'tool_use' });
  }
  const turn = call.json.messages.at(-2).content;
  const [thought, ...rest] = call.json.thinking ? turn : [THOUGHT, ...turn];
  if (JSON.stringify(thought) !== JSON.stringify(THOUGHT)) {
    return refuse(call, 'Expected `thinking`, but found something else');
  }
  assert.deepEqual(
    rest.map(({ type }) => type),
    ['text', 'tool_use'],
  );
  const said = typeof result.content === 'string' ? result.content : result.content[0].text;
  return answer(call, [{ type: 'text', text: `It is ${said}.` }]);
}

const tools = [
  {
    type: 'function',
    function: {
      name: 'get_weather',
      description: 'The weather of a city.',
      parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
      parse: JSON.parse,
      function: ({ city }) => (city === 'Praha' ? 'sunny' : 'unknown'),
    },
  },
];
const question = {
  model: THINKER,
  messages: [
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'How is the weather in Prague?' },
  ],
  tools,
  reasoning_effort: 'low',
  max_tokens: 4096,
};

describe('a tool loop in two steps with thinking', () => {
  // The runner of the official client sends back nothing but text and calls. Without its thoughts the model
  // must not be asked to think further.
  test('by the tool runner', async () => {
    const runner = openai.chat.completions.runTools(question);
    assert.equal(await runner.finalContent(), 'It is sunny.');
  });

  test('by the tool runner, streamed', async () => {
    const runner = openai.chat.completions.runTools({ ...question, stream: true });
    assert.equal(await runner.finalContent(), 'It is sunny.');
  });

  test('by the stream helper and a message that is sent back as it came', async () => {
    const asked = {
      ...question,
      tools: tools.map(({ type, function: { function: _, parse: __, ...rest } }) => ({
        type,
        function: rest,
      })),
    };
    const stream = openai.chat.completions.stream({ ...asked, stream_options: { include_usage: true } });
    const first = await stream.finalChatCompletion();
    const { message, finish_reason } = first.choices[0];
    assert.equal(finish_reason, 'tool_calls');
    assert.equal(message.content, 'Let me see.');
    assert.deepEqual(JSON.parse(message.tool_calls[0].function.arguments), CALL.input);
    assert.deepEqual(
      [
        first.usage.prompt_tokens,
        first.usage.completion_tokens,
        first.usage.prompt_tokens_details.cached_tokens,
      ],
      [10, 5, 3],
    );
    const second = await openai.chat.completions.create({
      ...asked,
      messages: [...question.messages, message, { role: 'tool', tool_call_id: CALL.id, content: 'rainy' }],
    });
    assert.equal(second.choices[0].message.content, 'It is rainy.');
    assert.ok(upstream.callsOf(THINKER).at(-1).json.thinking, 'it still thinks');
  });

  test('the thoughts are shown as reasoning_content', async () => {
    const reply = await main.chat({ ...question, tools: undefined });
    assert.equal(reply.json.choices[0].message.reasoning_content, THOUGHT.thinking);
  });
});

describe('a stream without its message_stop', { concurrency: true }, () => {
  const events = eventsOf('claude-late', [{ type: 'text', text: 'All is well.' }]).slice(0, -1);
  const whole = { text: 'All is well.', finish_reason: 'stop' };

  for (const ending of ['end', 'reset']) {
    test(`is whole where it has its stop_reason: ${ending}`, async () => {
      upstream.script(`claude-${ending}`, (call) => call.play(events, { ending }));
      expectAnswer(await main.chat(askStream(`claude-${ending}`)), whole);
    });
  }

  test('is whole where it ends inside an event', async () => {
    upstream.script('claude-half', (call) => call.play([...events, 'event: message_stop\ndata: {"ty']));
    expectAnswer(await main.chat(askStream('claude-half')), whole);
  });

  test('ends two seconds later where pings go on', async () => {
    upstream.script('claude-pings', async (call) => {
      await call.play(events, { ending: 'hang' });
      for (; !call.closed; await sleep(200)) call.reply.write('event: ping\ndata: {"type":"ping"}\n\n');
    });
    const reply = await main.chat(askStream('claude-pings'));
    const call = await upstream.called('claude-pings');
    const took = performance.now() - call.sent.at(-1).at;
    assert.ok(took < 2_250, `it took ${Math.round(took)} ms`);
    expectAnswer(reply, whole);
    await call.letGo();
  });
});

describe('joined with a model of OpenAI', () => {
  test('one text after the other', async () => {
    const reply = await main.chat(askStream('claude-plain,gpt-plain'));
    expectAnswer(reply, { text: 'All is well.\n\nSo it is.' });
  });

  test('a choice for each', async () => {
    const reply = await main.chat(ask('claude-plain,gpt-plain', { onellm: { merge: 'choices' } }));
    assert.deepEqual(
      reply.json.choices.map(({ message }) => message.content),
      ['All is well.', 'So it is.'],
    );
    assert.equal(reply.json.usage.total_tokens, 15 + 12);
  });

  test('the faster of the two', async () => {
    upstream.script('claude-slow', () => {});
    const reply = await main.chat(askStream('claude-slow,gpt-plain', { onellm: { merge: 'race' } }));
    expectAnswer(reply, { text: 'So it is.' });
  });

  for (const merge of ['concat', 'choices']) {
    test(`tool calls of both, ${merge}`, async () => {
      upstream.script('gpt-caller', (call) =>
        call.play([role(), ...toolCall(0, 'toolu_1', 'get_time', ['{}']), finish('tool_calls'), DONE]),
      );
      upstream.script('claude-caller', (call) => answer(call, [CALL], { stopReason: 'tool_use' }));
      const stream = openai.chat.completions.stream({
        model: 'claude-caller,gpt-caller',
        messages: question.messages,
        tools: question.tools.map(({ type, function: { name, parameters } }) => ({
          type,
          function: { name, parameters },
        })),
        onellm: { merge },
      });
      const { choices } = await stream.finalChatCompletion();
      const calls = choices.flatMap(({ message }) => message.tool_calls);
      assert.deepEqual(
        calls.map(({ function: { name } }) => name),
        ['get_weather', 'get_time'],
      );
      assert.equal(choices.length, merge === 'concat' ? 1 : 2);
      if (merge === 'concat') assert.notEqual(calls[0].id, calls[1].id);
    });
  }
});

describe('what the provider refuses', () => {
  test('overload is a 503', async () => {
    upstream.script('claude-busy', (call) => refuse(call, 'Overloaded', 529, 'overloaded_error'));
    const reply = await main.chat(ask('claude-busy'));
    expectError(reply, { status: 503, type: 'server_error', code: 'overloaded' });
    assert.equal(reply.headers['x-onellm-upstream-status'], '529');
  });

  test('a retired model is a 404 that names a current one', async () => {
    upstream.script('claude-2.0', (call) => refuse(call, 'model: claude-2.0', 404, 'not_found_error'));
    const reply = await main.chat(ask('claude-2'));
    expectError(reply, { status: 404, code: 'model_not_found' });
    assert.match(reply.json.error.message, /model: claude-2\.0.*claude-sonnet-5-5/s);
  });

  test('an error in the middle of a stream ends it', async () => {
    const error = { type: 'error', error: { type: 'overloaded_error', message: 'Overloaded' } };
    const events = eventsOf('claude-x', [{ type: 'text', text: 'Half a ' }]).slice(0, 4);
    upstream.script('claude-half', (call) =>
      call.play([...events, `event: error\ndata: ${JSON.stringify(error)}\n\n`]),
    );
    const reply = await main.chat(askStream('claude-half'));
    assert.match(reply.text, /Half /);
    assert.match(reply.text, /"code":"overloaded"/);
    assert.ok(reply.text.endsWith('data: [DONE]\n\n'));
  });

  test('a limit says when to come back', async () => {
    upstream.script('claude-limited', (call) =>
      call.send(
        429,
        { type: 'error', error: { type: 'rate_limit_error', message: 'Slow down' } },
        { 'retry-after': '7', 'anthropic-ratelimit-requests-limit': '50' },
      ),
    );
    const reply = await main.chat(ask('claude-limited'));
    expectError(reply, { status: 429, code: 'rate_limit_exceeded' });
    assert.equal(reply.headers['retry-after'], '7');
    assert.equal(reply.headers['x-ratelimit-limit-requests'], '50');
  });
});

describe('what cannot be honoured', () => {
  test('is named, or refused where the request is strict', async () => {
    const more = { seed: 7, logit_bias: { 5: 1 } };
    const reply = await main.chat(ask('claude-plain', more));
    assert.equal(reply.status, 200, reply.text);
    assert.deepEqual(reply.headers['x-onellm-dropped'].split(',').sort(), ['logit_bias', 'seed']);
    const strict = await main.chat(ask('claude-plain', { ...more, onellm: { strict: true } }));
    expectError(strict, { status: 400, code: 'unsupported_parameter', param: 'seed' });
  });

  test('sound is a 400 with its place', async () => {
    const content = [
      { type: 'text', text: 'What is this?' },
      { type: 'input_audio', input_audio: { data: 'AAAA', format: 'wav' } },
    ];
    const reply = await main.chat({ model: 'claude-plain', messages: [{ role: 'user', content }] });
    expectError(reply, { status: 400, param: 'messages[0].content[1]' });
  });
});

test('legacy functions are answered in their shape', async () => {
  upstream.script('claude-legacy', (call) => answer(call, [CALL], { stopReason: 'tool_use' }));
  const functions = [{ name: 'get_weather', parameters: tools[0].function.parameters }];
  for (const stream of [false, true]) {
    const reply = await main.chat(ask('claude-legacy', { functions, stream }));
    assert.equal(reply.status, 200, reply.text);
    assert.match(reply.text, /"function_call":\{"name":"get_weather"/);
    assert.match(reply.text, /"finish_reason":"function_call"/);
    assert.doesNotMatch(reply.text, /tool_calls/);
  }
});

test('neither a key nor a word of a prompt is in the log', () => {
  assert.doesNotMatch(gateway.logs.join('\n'), /hush|weather/);
});
