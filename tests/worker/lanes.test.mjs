// What a user sees is the same on both lanes: each case here runs on the native and on the translated one.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, askStream } from './support/client.mjs';
import { expectAnswer, expectStreamError, readStream } from './support/expect.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import {
  DONE,
  USAGE,
  chunk,
  completion,
  errorEvent,
  finish,
  play,
  role,
  speak,
  sse,
  text,
  toolCall,
  usageChunk,
} from './support/openai_wire.mjs';

let upstream, gateway, main;
const withUsage = { stream_options: { include_usage: true } };

before(async () => {
  upstream = await startUpstream();
  gateway = await startGateway({
    workers: {
      main: standardSettings(upstream, {
        AZURE_OPENAI_API_KEYS: 'east:hush-east',
        AZURE_OPENAI_DEPLOYMENTS: 'az-model',
        AZURE_OPENAI_API_BASE: `${upstream.url}/azure/{resource}`,
        ONELLM_PROVIDERS: { host: { base: `${upstream.url}/hosts/host/v1`, key: 'hush-host' } },
      }),
    },
  });
  main = gateway.clients.main;
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

for (const lane of ['native', 'translated']) {
  const more = lane === 'translated' ? { onellm: { lane } } : {};
  const modelFor = (name) => `gpt-${name}-${lane}`;

  describe(`on the ${lane} lane`, () => {
    test('a reply arrives whole', async () => {
      const model = modelFor('whole');
      upstream.script(model, speak('All is well.'));
      const reply = await main.chat(ask(model, more));
      assert.equal(reply.status, 200, reply.text);
      assert.equal(reply.json.object, 'chat.completion');
      assert.equal(reply.json.choices.length, 1);
      const [choice] = reply.json.choices;
      assert.equal(choice.message.content, 'All is well.');
      assert.equal(choice.message.role, 'assistant');
      assert.equal(choice.message.refusal, null);
      assert.equal(choice.logprobs, null);
      assert.equal(choice.finish_reason, 'stop');
      for (const [name, value] of Object.entries(USAGE)) assert.equal(reply.json.usage[name], value);
      assert.equal('onellm' in reply.json, false, 'one leg alone is plain OpenAI');
      assert.equal('onellm' in upstream.callsOf(model)[0].json, false);
    });

    test('nothing of a reply is lost', async () => {
      const model = modelFor('rich');
      const body = completion('Both.', {
        service_tier: 'default',
        system_fingerprint: 'fp_1',
        x_unknown: { deep: [1, { a: null }] },
        message: {
          annotations: [
            {
              type: 'url_citation',
              url_citation: { start_index: 0, end_index: 1, url: 'https://e.example', title: 'E' },
            },
          ],
          reasoning_content: 'Hm.',
        },
        usage: {
          ...USAGE,
          prompt_tokens_details: { cached_tokens: 3 },
          completion_tokens_details: { reasoning_tokens: 2 },
        },
      });
      body.choices[0].logprobs = {
        content: [{ token: 'B', logprob: -0.5, bytes: [66], top_logprobs: [] }],
        refusal: null,
      };
      const second = structuredClone(body.choices[0]);
      body.choices.push({
        ...second,
        index: 1,
        finish_reason: 'content_filter',
        message: { role: 'assistant', content: null, refusal: 'No.' },
      });
      upstream.script(model, (call) => call.send(200, body));
      const { json } = await main.chat(ask(model, { ...more, n: 2 }));
      for (const name of ['service_tier', 'system_fingerprint', 'x_unknown'])
        assert.deepEqual(json[name], body[name], name);
      for (const name of ['annotations', 'reasoning_content'])
        assert.deepEqual(json.choices[0].message[name], body.choices[0].message[name], name);
      assert.deepEqual(json.choices[0].logprobs, body.choices[0].logprobs);
      assert.equal(json.choices[1].message.refusal, 'No.');
      assert.equal(json.choices[1].finish_reason, 'content_filter');
      assert.equal(json.usage.prompt_tokens_details.cached_tokens, 3);
      assert.equal(json.usage.completion_tokens_details.reasoning_tokens, 2);
    });

    test('tool calls of a reply arrive whole', async () => {
      const model = modelFor('tools');
      const calls = [
        { id: 'call_a', type: 'function', function: { name: 'add', arguments: '{"a": 1.0}' } },
        { id: 'call_b', type: 'function', function: { name: 'sub', arguments: '{}' } },
      ];
      upstream.script(model, (call) =>
        call.send(200, completion(null, { finish_reason: 'tool_calls', message: { tool_calls: calls } })),
      );
      const { json } = await main.chat(ask(model, more));
      assert.deepEqual(json.choices[0].message.tool_calls, calls);
      assert.equal(json.choices[0].message.content, null);
      assert.equal(json.choices[0].finish_reason, 'tool_calls');
    });

    test('a stream arrives whole, with the usage that was asked for', async () => {
      const model = modelFor('stream');
      upstream.script(model, speak('All is well, é😀 and so on.'));
      const stream = expectAnswer(await main.chat(askStream(model, { ...more, ...withUsage })), {
        text: 'All is well, é😀 and so on.',
      });
      assert.equal(stream.usage.total_tokens, USAGE.total_tokens);
      assert.deepEqual(stream.chunks.at(-1).choices, []);
      assert.equal(stream.chunks.filter((value) => value.choices.length === 0).length, 1);
      assert.equal(stream.onellm, undefined, 'one leg alone is plain OpenAI');
    });

    test('a stream has no usage where none was asked for', async () => {
      const model = modelFor('no-usage');
      upstream.script(model, speak('All is well.'));
      const stream = expectAnswer(await main.chat(askStream(model, more)), { text: 'All is well.' });
      assert.equal(upstream.callsOf(model)[0].json.stream_options.include_usage, true);
      assert.ok(stream.chunks.every((value) => !('usage' in value) && value.choices.length === 1));
    });

    test('nothing of a stream is lost', async () => {
      const model = modelFor('rich-stream');
      const logprobs = {
        content: [{ token: 'a', logprob: -0.25, bytes: [97], top_logprobs: [] }],
        refusal: null,
      };
      const withLogprobs = chunk({ content: 'a' }, { service_tier: 'default', system_fingerprint: 'fp_1' });
      withLogprobs.choices[0].logprobs = logprobs;
      upstream.script(
        model,
        play([
          role(),
          role({ index: 1 }),
          sse(chunk({ reasoning_content: 'Hm.' })),
          sse(withLogprobs),
          sse(chunk({ refusal: 'No.' }, { index: 1 })),
          sse(chunk({ annotations: [{ type: 'url_citation' }] })),
          finish('stop'),
          finish('content_filter', { index: 1 }),
          usageChunk(),
          DONE,
        ]),
      );
      const reply = await main.chat(askStream(model, { ...more, ...withUsage, n: 2 }));
      const stream = readStream(reply.text);
      assert.equal(stream.choices[0].text, 'a');
      assert.equal(stream.choices[0].reasoning, 'Hm.');
      assert.equal(stream.choices[1].refusal, 'No.');
      assert.deepEqual(
        stream.choices.map((choice) => choice.finish_reason),
        ['stop', 'content_filter'],
      );
      assert.ok(
        stream.chunks.some(
          (value) => JSON.stringify(value.choices[0]?.logprobs) === JSON.stringify(logprobs),
        ),
        'logprobs are lost',
      );
      assert.ok(
        stream.chunks.some(
          (value) => value.service_tier === 'default' && value.system_fingerprint === 'fp_1',
        ),
        'tier or fingerprint are lost',
      );
      assert.ok(
        stream.chunks.some((value) => value.choices[0]?.delta.annotations),
        'annotations are lost',
      );
    });

    test('parallel tool calls of a stream arrive in fragments', async () => {
      const model = modelFor('tool-stream');
      upstream.script(
        model,
        play([
          role(),
          ...toolCall(0, 'call_a', 'add', ['{"a":', ' 1}']),
          ...toolCall(1, 'call_b', 'sub', ['{}']),
          finish('tool_calls'),
          usageChunk(),
          DONE,
        ]),
      );
      const stream = expectAnswer(await main.chat(askStream(model, { ...more, ...withUsage })), {
        finish_reason: 'tool_calls',
      });
      assert.deepEqual(stream.choices[0].tool_calls, [
        { id: 'call_a', name: 'add', arguments: '{"a": 1}' },
        { id: 'call_b', name: 'sub', arguments: '{}' },
      ]);
    });

    test('a stream that ends with [DONE] alone or with a finish_reason alone ended well', async () => {
      const model = modelFor('half-end');
      upstream.script(model, play([role(), text('well'), finish()]));
      const finished = expectAnswer(await main.chat(askStream(model, { ...more, ...withUsage })), {
        text: 'well',
      });
      assert.equal(finished.error, undefined);
      upstream.script(model, play([role(), text('well'), DONE]));
      const done = readStream((await main.chat(askStream(model, { ...more, ...withUsage }))).text);
      assert.equal(done.error, undefined);
      assert.equal(done.choices[0].text, 'well');
    });

    test('a stream that ends with neither is an error', async () => {
      const model = modelFor('cut');
      for (const ending of ['end', 'reset']) {
        upstream.script(model, play([role(), text('one '), text('two')], { ending, gapMs: 5 }));
        const stream = expectStreamError(await main.chat(askStream(model, { ...more, ...withUsage })), {
          type: 'server_error',
        });
        assert.equal(stream.choices[0].text, 'one two');
        assert.equal(stream.choices[0].finish_reason, undefined);
      }
    });

    test('an error in the middle of a stream reaches the client, then [DONE]', async () => {
      const model = modelFor('mid-error');
      const error = errorEvent({ message: 'the model fell over', code: 'fell' });
      upstream.script(model, play([role(), text('one'), error], { gapMs: 5 }));
      const reply = await main.chat(askStream(model, { ...more, ...withUsage }));
      const stream = expectStreamError(reply, { message: /the model fell over/, code: 'fell' });
      assert.equal(stream.choices[0].text, 'one');
    });

    for (const [name, last] of [
      ['an error', () => errorEvent({ message: 'the model fell over' })],
      ['[DONE]', () => finish() + DONE],
    ]) {
      test(`${name} ends the stream even where the upstream stays open`, async () => {
        const model = modelFor('stays-open');
        upstream.script(model, play([role(), text('one'), last()], { gapMs: 5, ending: 'hang' }));
        const reply = await main.openChat(askStream(model, { ...more, ...withUsage }));
        const ended = await Promise.race([reply.whole(), sleep(5000)]);
        assert.ok(ended, `still open after: ${reply.text.slice(-120)}`);
        assert.match(reply.text, /\[DONE\]\n\n$/);
      });
    }
  });
}

describe('on the translated lane', () => {
  const forced = { onellm: { lane: 'translated' } };

  test('half an event at the end is dropped, and an error line follows', async () => {
    upstream.script(
      'gpt-half-event',
      play([role(), text('one'), text('two').slice(0, 40)], { ending: 'reset', gapMs: 5 }),
    );
    const stream = expectStreamError(await main.chat(askStream('gpt-half-event', forced)));
    assert.equal(stream.choices[0].text, 'one');
  });

  test('comments, CRLF, events of several lines and unknown events do not disturb', async () => {
    const wild = [
      ': PROCESSING\r\n\r\n',
      role(),
      'event: ping\ndata: {}\n\n'.replace('{}', '{"choices":[]}'),
      'data:{"id":"chatcmpl-up","object":"chat.completion.chunk","created":1700000000,"model":"m",\r\ndata:"choices":[{"index":0,"delta":{"content":"one "},"finish_reason":null}]}\r\n\r\n',
      text('two'),
      finish(),
      'data:[DONE]\r\n\r\n',
    ];
    upstream.script('gpt-wild', play(wild));
    expectAnswer(await main.chat(askStream('gpt-wild', forced)), { text: 'one two' });
  });

  test('a character cut between reads stays whole', async () => {
    const bytes = Buffer.from([role(), text('é😀漢'), finish(), DONE].join(''));
    upstream.script('gpt-bytes', async (call) => {
      call.startStream();
      for (const byte of bytes) {
        call.reply.write(Buffer.of(byte));
        await new Promise(setImmediate);
      }
      call.reply.end();
    });
    expectAnswer(await main.chat(askStream('gpt-bytes', forced)), { text: 'é😀漢' });
  });

  test('numbers and unknown keys of the request stay as they are', async () => {
    upstream.script('gpt-numbers', speak('well'));
    const body =
      '{"model":"gpt-numbers","messages":[{"role":"user","content":"x"}],"seed":9007199254740993,"temperature":1.0,"x_unknown":[1E2, 12345678901234567890],"onellm":{"lane":"translated"}}';
    assert.equal((await main.chat(body)).status, 200);
    const sent = upstream.callsOf('gpt-numbers')[0].text;
    for (const part of ['9007199254740993', '"temperature":1.0', '1E2', '12345678901234567890'])
      assert.ok(sent.includes(part), `${part} is not in ${sent}`);
  });
});

describe('Azure and compatible hosts', () => {
  test('the first chunk of Azure, which has no choices, does not reach the client', async () => {
    const first = sse({
      choices: [],
      created: 0,
      id: '',
      model: '',
      object: '',
      prompt_filter_results: [{ prompt_index: 0, content_filter_results: {} }],
    });
    upstream.script('az-model', play([first, role(), text('well'), finish(), usageChunk(), DONE]));
    const stream = expectAnswer(await main.chat(askStream('az-model')), { text: 'well' });
    assert.ok(stream.chunks.every((value) => value.choices.length === 1 && value.id !== ''));
  });

  test('a host that sends no id, no role and no index is made whole', async () => {
    const bare = (choice) => `data: ${JSON.stringify({ id: '', choices: [choice] })}\n\n`;
    upstream.script(
      'rough',
      play([
        bare({ delta: { content: 'one ' } }),
        bare({ delta: { content: 'two' } }),
        bare({ delta: {}, finish_reason: 'stop' }),
        DONE,
      ]),
    );
    const stream = expectAnswer(await main.chat(askStream('host/rough')), { text: 'one two' });
    assert.notEqual(stream.chunks[0].id, '');
  });

  test('usage on the finish chunk of a host becomes a chunk of its own where it was asked for', async () => {
    upstream.script(
      'usage-on-finish',
      play([role(), text('well'), sse({ ...chunk({}, { finish: 'stop' }), usage: USAGE }), DONE]),
    );
    const stream = expectAnswer(await main.chat(askStream('host/usage-on-finish', withUsage)), {
      text: 'well',
    });
    assert.deepEqual(stream.chunks.at(-1).choices, []);
    assert.equal(stream.usage.total_tokens, 12);
  });
});

describe('echo', () => {
  test('it repeats the last user message and counts words', async () => {
    const messages = [
      { role: 'user', content: 'not this' },
      { role: 'assistant', content: 'nor this' },
      { role: 'user', content: 'the quick  brown\nfox é' },
    ];
    const { status, json, headers } = await main.chat({ model: 'echo', messages });
    assert.equal(status, 200);
    assert.equal(json.choices[0].message.content, 'the quick  brown\nfox é');
    assert.equal(json.choices[0].finish_reason, 'stop');
    assert.equal(json.usage.completion_tokens, 5);
    assert.equal(json.usage.total_tokens, json.usage.prompt_tokens + 5);
    assert.equal(headers['x-onellm-provider'], 'echo');
  });

  test('it streams word by word', async () => {
    const messages = [{ role: 'user', content: [{ type: 'text', text: 'one two three four' }] }];
    const stream = expectAnswer(await main.chat({ model: 'echo', stream: true, messages }), {
      text: 'one two three four',
    });
    assert.equal(stream.order.length, 4);
  });

  test('what it cannot honour is named, and with strict it is refused', async () => {
    const body = ask('echo', { seed: 1, logit_bias: { 50: 1 } });
    const dropped = (await main.chat(body)).headers['x-onellm-dropped'];
    assert.deepEqual(
      dropped
        ?.split(',')
        .map((name) => name.trim())
        .sort(),
      ['logit_bias', 'seed'],
    );
    const legs = (await main.chat({ ...body, model: 'echo,echo' })).headers['x-onellm-dropped'];
    assert.match(legs, /echo:(seed|logit_bias)/);
    for (const [onellm, headers, status] of [
      [{ strict: true }, {}, 400],
      [undefined, { 'x-onellm-strict': '1' }, 400],
      [{ strict: false }, { 'x-onellm-strict': '1' }, 200],
    ]) {
      const reply = await main.chat({ ...body, onellm }, { headers });
      assert.equal(reply.status, status, reply.text);
      if (status === 400) assert.equal(reply.json.error.code, 'unsupported_parameter');
      if (status === 400) assert.match(reply.json.error.param, /^(seed|logit_bias)$/);
    }
  });

  test('it gives as many choices as were asked for', async () => {
    const { status, json, text: sent } = await main.chat(ask('echo', { n: 3 }));
    assert.equal(status, 200, sent);
    assert.deepEqual(
      json.choices.map(({ index, message }) => [index, message.content]),
      [0, 1, 2].map((index) => [index, 'Say it.']),
    );
    const { choices } = readStream((await main.chat(askStream('echo', { n: 2 }))).text);
    assert.deepEqual(
      choices.map((choice) => [choice.text, choice.finish_reason]),
      [0, 1].map(() => ['Say it.', 'stop']),
    );
  });
});
