// What goes wrong upstream, as the client sees it: an HTTP error in OpenAI's shape with the right status, on
// both lanes, for replies and for streams.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, askStream } from './support/client.mjs';
import { expectError, expectStreamError } from './support/expect.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { closedPort, startUpstream } from './support/mock_upstream.mjs';
import { DONE, completion, errorEvent, hang, play, refuse, role, text } from './support/openai_wire.mjs';

const KEY = 'sk-proj-Q7wZ0aVbYk3mXr9TnLs2Hd5Jc8Pf1Ge';
let upstream, elsewhere, gateway, main, hasty;

before(async () => {
  upstream = await startUpstream();
  elsewhere = await startUpstream();
  const dead = { base: `http://127.0.0.1:${await closedPort()}/v1`, models: ['dead-model'] };
  const settings = standardSettings(upstream, { OPENAI_API_KEY: KEY, ONELLM_PROVIDERS: { dead } });
  gateway = await startGateway({
    workers: {
      main: settings,
      hasty: {
        ...settings,
        ONELLM_CONNECT_TIMEOUT_MS: '500',
        ONELLM_FIRST_TOKEN_TIMEOUT_MS: '500',
        ONELLM_IDLE_TIMEOUT_MS: '500',
      },
    },
  });
  ({ main, hasty } = gateway.clients);
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
  await elsewhere?.close();
});

const escaped = (text) =>
  [...text].map((c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, '0')}`).join('');

// Members of an error as the upstream writes them, and as the client reads them.
const QUOTATIONS = [
  ['"metadata":{"raw":"password:\\nhunter22"}', { metadata: { raw: 'password:\n***' } }],
  ['"metadata":{"raw":"api_key=\\tabc-1234\\/x"}', { metadata: { raw: 'api_key=\tabc-1234/x' } }],
  ['"metadata":{"password":12345678,"n":1.50}', { metadata: { password: '***', n: 1.5 } }],
  ['"failed_generation":"Bearer \\u0061bc-1234"', { failed_generation: 'Bearer ***' }],
  [`"failed_generation":"see ${escaped(KEY)}"`, { failed_generation: 'see ***' }],
  [`"metadata":${'['.repeat(120)}"[\\"${escaped(KEY)}\\"]"${']'.repeat(120)}`, {}],
  [`"metadata":{"${escaped(KEY)}":1}`, { metadata: { '***': 1 } }],
  [
    `"metadata":{"raw":${JSON.stringify(`{"key":"${escaped(KEY)}","n":[1]}`)}}`,
    { metadata: { raw: '{"key":"***","n":[1]}' } },
  ],
];

function expectQuotation(error, written, shown) {
  for (const [key, value] of Object.entries(shown)) assert.deepEqual(error[key], value, written);
  assert.ok(!JSON.stringify(error).includes(KEY), JSON.stringify(error));
}

const html = (status) => (call) =>
  call.send(status, '<html><body><h1>Bad gateway</h1></body></html>', { 'content-type': 'text/html' });
const raw = (status, body) => (call) => call.send(status, body);

// Name: the script, and the error that the client sees.
const REFUSALS = {
  'a 400': [
    refuse(400, {
      message: 'temperature is wrong',
      type: 'invalid_request_error',
      param: 'temperature',
      code: 'invalid_value',
    }),
    {
      status: 400,
      message: /temperature is wrong/,
      type: 'invalid_request_error',
      param: 'temperature',
      code: 'invalid_value',
    },
  ],
  'a 401': [
    refuse(401, {
      message: 'Incorrect API key provided.',
      type: 'invalid_request_error',
      code: 'invalid_api_key',
    }),
    { status: 401, code: 'invalid_api_key', message: /Incorrect API key/ },
  ],
  'a 403': [
    refuse(403, { message: 'Not in your country.', type: 'permission_error' }),
    { status: 403, message: /Not in your country/ },
  ],
  'a 404': [
    refuse(404, {
      message: 'The model does not exist.',
      type: 'invalid_request_error',
      code: 'model_not_found',
    }),
    { status: 404, code: 'model_not_found' },
  ],
  'a 429': [
    refuse(429, { message: 'Slow down.', type: 'requests', code: 'rate_limit_exceeded' }),
    { status: 429, type: 'requests', code: 'rate_limit_exceeded', message: /Slow down/ },
  ],
  'a used-up quota': [
    refuse(429, { message: 'Pay first.', type: 'insufficient_quota', code: 'insufficient_quota' }),
    { status: 429, type: 'insufficient_quota', code: 'insufficient_quota' },
  ],
  'a 500': [
    refuse(500, { message: 'Our fault.' }),
    { status: 500, type: 'server_error', message: /Our fault/ },
  ],
  'a 503': [
    refuse(503, { message: 'Come back.' }),
    { status: 503, type: 'server_error', code: 'overloaded', message: /Come back/ },
  ],
  'a 529': [
    refuse(529, { message: 'Overloaded', type: 'overloaded_error' }),
    { status: 503, code: 'overloaded' },
  ],
  'a 500 of HTML': [html(500), { status: 500, type: 'server_error', message: /Bad gateway/ }],
  'a 502 of HTML': [html(502), { status: 502, type: 'server_error', message: /Bad gateway/ }],
  'a 503 of HTML': [html(503), { status: 503, type: 'server_error', code: 'overloaded' }],
  'a 503 with a code': [
    refuse(503, { message: 'Come back.', code: 'engine_down' }),
    { status: 503, code: 'engine_down' },
  ],
  'a 500 of nothing': [raw(500, ''), { status: 500, type: 'server_error' }],
  'a 429 of nothing': [raw(429, ''), { status: 429 }],
  'an error that is a text': [
    raw(400, '{"error":"plain words"}'),
    { status: 400, message: /plain words/, type: 'invalid_request_error' },
  ],
  'an error under message': [raw(400, '{"message":"plain words"}'), { status: 400, message: /plain words/ }],
  'an error under detail': [raw(422, '{"detail":"plain words"}'), { status: 422, message: /plain words/ }],
  'an error in a list': [
    raw(400, '[{"error":{"code":400,"message":"plain words","status":"INVALID_ARGUMENT"}}]'),
    { status: 400, message: /plain words/ },
  ],
  'a code that is a number': [
    raw(400, '{"error":{"code":400,"message":"plain words"}}'),
    { status: 400, message: /plain words/ },
  ],
};

for (const lane of ['native', 'translated']) {
  const more = lane === 'translated' ? { onellm: { lane } } : {};
  const streams = { reply: more, stream: { ...more, stream: true, stream_options: { include_usage: true } } };

  describe(`on the ${lane} lane`, () => {
    for (const [kind, options] of Object.entries(streams)) {
      const named = (name) => `gpt-${name}-${lane}-${kind}`;

      for (const [name, [script, expected]] of Object.entries(REFUSALS)) {
        test(`${name} instead of a ${kind} is an error of the right status`, async () => {
          const model = named('refusal');
          upstream.script(model, script);
          const reply = await main.chat(ask(model, options));
          expectError(reply, expected);
          assert.equal(reply.headers['x-onellm-provider'], 'openai');
          if (name === 'a 529') assert.equal(reply.headers['x-onellm-upstream-status'], '529');
        });
      }

      test(`the headers on when to try again come with the error of a ${kind}`, async () => {
        const model = named('retry');
        const headers = {
          'retry-after': '7',
          'retry-after-ms': '6500',
          'x-should-retry': 'false',
          'x-ratelimit-limit-requests': '60',
          'x-ratelimit-reset-tokens': '6m0s',
        };
        upstream.script(model, refuse(429, {}, headers));
        const reply = await main.chat(ask(model, options));
        expectError(reply, { status: 429 });
        for (const [header, value] of Object.entries(headers))
          assert.equal(reply.headers[header], value, header);
      });

      test(`a key that the provider quotes does not reach the client of a ${kind}`, async () => {
        const model = named('quoted-key');
        for (const quoted of [KEY, `${KEY.slice(0, 8)}***************${KEY.slice(-4)}`, `Bearer ${KEY}`]) {
          upstream.script(
            model,
            refuse(401, {
              message: `Incorrect API key provided: ${quoted}. See the docs.`,
              code: 'invalid_api_key',
            }),
          );
          const reply = await main.chat(ask(model, options));
          expectError(reply, { status: 401, message: /Incorrect API key provided/ });
          for (const part of [KEY, KEY.slice(0, 8), KEY.slice(-4)])
            assert.ok(!reply.text.includes(part), `${part} in ${reply.text}`);
        }
      });

      test(`a header of more than 1 KB is left out of the error of a ${kind}`, async () => {
        const model = named('long-header');
        const headers = { 'retry-after': '7'.repeat(1500), 'x-ratelimit-limit-requests': '6'.repeat(1024) };
        upstream.script(model, refuse(429, {}, headers));
        const reply = await main.chat(ask(model, options));
        expectError(reply, { status: 429 });
        assert.equal(reply.headers['retry-after'], undefined);
        assert.equal(reply.headers['x-ratelimit-limit-requests'], headers['x-ratelimit-limit-requests']);
      });

      test(`the error of a ${kind} stays JSON, however it quotes credentials`, async () => {
        const model = named('quoted');
        for (const [written, shown] of QUOTATIONS) {
          upstream.script(model, raw(400, `{"error":{"message":"No.",${written}}}`));
          const reply = await main.chat(ask(model, options));
          expectQuotation(expectError(reply, { status: 400, message: 'No.' }), written, shown);
        }
      });

      test(`a hang-up before a ${kind} is a 502`, async () => {
        const model = named('hang-up');
        upstream.script(model, (call) => call.hangUp());
        expectError(await main.chat(ask(model, options)), {
          status: 502,
          type: 'server_error',
          code: 'upstream_unreachable',
        });
      });

      test(`a host that nobody listens on is a 502 for a ${kind}`, async () => {
        expectError(await main.chat(ask('dead-model', options)), {
          status: 502,
          type: 'server_error',
          code: 'upstream_unreachable',
        });
      });

      test(`a head that does not come in time is a 504 for a ${kind}, and the upstream is let go`, async () => {
        const model = named('silent');
        upstream.script(model, hang());
        const began = performance.now();
        expectError(await hasty.chat(ask(model, options)), {
          status: 504,
          type: 'server_error',
          code: 'upstream_timeout',
        });
        assert.ok(performance.now() - began < 2500, 'long after the time');
        await (await upstream.called(model)).letGo();
      });
    }

    test('a whole reply that stops in its middle is a 504, and the upstream is let go', async () => {
      for (const [name, headers] of Object.entries({ declared: { 'content-length': '1000' }, open: {} })) {
        const model = `gpt-half-reply-${name}-${lane}`;
        upstream.script(model, ({ reply }) => {
          reply.writeHead(200, { 'content-type': 'application/json', ...headers });
          reply.write('{"id":"chatcmpl-1"');
        });
        expectError(await hasty.chat(ask(model, streams.reply)), {
          status: 504,
          type: 'server_error',
          code: 'upstream_timeout',
        });
        await (await upstream.called(model)).letGo();
      }
    });

    const stream_options = streams.stream;
    test('a first event that does not come in time is a 504, and the upstream is let go', async () => {
      for (const [name, events] of [
        ['nothing', []],
        ['comments', [': waiting\n\n']],
      ]) {
        const model = `gpt-no-event-${name}-${lane}`;
        upstream.script(model, play(events, { ending: 'hang' }));
        expectError(await hasty.chat(ask(model, stream_options)), {
          status: 504,
          type: 'server_error',
          code: 'upstream_timeout',
        });
        await (await upstream.called(model)).letGo();
      }
    });

    test('silence between events ends in an error line, and the upstream is let go', async () => {
      const model = `gpt-idle-${lane}`;
      upstream.script(model, play([role(), text('one')], { ending: 'hang' }));
      const began = performance.now();
      const stream = expectStreamError(await hasty.chat(ask(model, stream_options)), {
        type: 'server_error',
        code: 'upstream_timeout',
      });
      assert.ok(performance.now() - began < 2500, 'long after the time');
      assert.equal(stream.choices[0].text, 'one');
      await (await upstream.called(model)).letGo();
    });

    test('a stream that is slow but never silent for too long is not cut', async () => {
      const model = `gpt-steady-${lane}`;
      upstream.script(
        model,
        play([role(), ...Array.from({ length: 6 }, (_, i) => text(`${i}`)), DONE], { gapMs: 200 }),
      );
      const reply = await hasty.chat(ask(model, stream_options));
      assert.doesNotMatch(reply.text, /"error"/);
      assert.match(reply.text, /\[DONE\]\n\n$/);
    });

    test('an error as the first event of a 200 is an HTTP error', async () => {
      const model = `gpt-first-error-${lane}`;
      for (const [event, expected] of [
        [errorEvent({ message: 'It broke at once.' }), { message: /It broke at once/, type: 'server_error' }],
        [
          errorEvent({ message: 'Slow down.', type: 'requests', code: 'rate_limit_exceeded' }),
          { status: 429, code: 'rate_limit_exceeded' },
        ],
        [errorEvent({ message: 'Slow down.', code: 429 }), { status: 429 }],
        [`event: error\n${errorEvent({ message: 'It broke at once.' })}`, { message: /It broke at once/ }],
        [`: wait\n\n${errorEvent({ message: 'It broke at once.' })}`, { message: /It broke at once/ }],
      ]) {
        upstream.script(model, play([event]));
        const reply = await main.chat(ask(model, stream_options));
        assert.ok(reply.status >= 400, `status ${reply.status}: ${reply.text}`);
        expectError(reply, { status: reply.status, ...expected });
      }
    });

    test('an error in a stream stays JSON, however it quotes credentials', async () => {
      const model = `gpt-quoted-in-stream-${lane}`;
      const translated = { ...more, stream: true }; // Without usage asked for, either lane must look into it.
      for (const [written, shown] of QUOTATIONS) {
        const event = `data: {"error":{"message":"No.",${written}}}\n\n`;
        upstream.script(model, play([event]));
        const atOnce = await main.chat(ask(model, stream_options));
        const later = () => main.chat(ask(model, translated));
        const errors = [expectError(atOnce, { status: atOnce.status, message: 'No.' })];
        upstream.script(model, play([role(), text('one'), event]));
        errors.push(expectStreamError(await later(), { message: 'No.' }).error);
        for (const error of errors) expectQuotation(error, written, shown);
      }
    });

    test('a 200 that is an error in JSON is an HTTP error for a stream', async () => {
      const model = `gpt-json-error-${lane}`;
      upstream.script(model, (call) =>
        call.send(200, { error: { message: 'Not today.', type: 'server_error', param: null, code: null } }),
      );
      const reply = await main.chat(ask(model, stream_options));
      assert.ok(reply.status >= 500, `status ${reply.status}: ${reply.text}`);
      expectError(reply, { status: reply.status, message: /Not today/ });
    });

    test('a stream that ends before its first event is a 502', async () => {
      const model = `gpt-empty-${lane}`;
      upstream.script(model, play([]));
      expectError(await main.chat(ask(model, stream_options)), { status: 502, type: 'server_error' });
    });

    test('a reply cut short is a 502', async () => {
      const model = `gpt-short-${lane}`;
      upstream.script(model, async (call) => {
        const body = JSON.stringify(completion('All is well.'));
        call.reply.writeHead(200, { 'content-type': 'application/json', 'content-length': body.length });
        call.reply.write(body.slice(0, 50), () => setTimeout(() => call.hangUp(), 20));
      });
      expectError(await main.chat(ask(model, more)), { status: 502, type: 'server_error' });
    });

    test('a redirect is not followed with the key', async () => {
      const model = `gpt-moved-${lane}`;
      upstream.script(model, (call) =>
        call.send(307, '', { location: `${elsewhere.url}/openai/v1/chat/completions` }),
      );
      await main.chat(ask(model, more));
      assert.ok(
        elsewhere.calls.every((call) => !JSON.stringify(call.headers).includes(KEY)),
        'the key went to another host',
      );
    });
  });
}

describe('silence in a relayed stream', () => {
  const options = { stream_options: { include_usage: true } };
  const burst = [role(), ...Array.from({ length: 1000 }, (_, i) => text(`word${i} `))];

  test('after a burst ends in an error line, behind every event of the burst', async () => {
    upstream.script('gpt-burst', play(burst, { ending: 'hang' }));
    const reply = await hasty.chat(askStream('gpt-burst', options));
    assert.ok(reply.text.startsWith(`${burst.join('')}data: {"error":`), reply.text.slice(-300));
    expectStreamError(reply, { code: 'upstream_timeout' });
    await (await upstream.called('gpt-burst')).letGo();
  });

  test('inside an event breaks the connection where the client can see it', async () => {
    upstream.script('gpt-stuck', play([...burst, text('two').slice(0, 40)], { ending: 'hang' }));
    const reply = await hasty.chat(askStream('gpt-stuck', options));
    assert.equal(reply.broken, true, `ended as if all were well: ${reply.text.slice(-300)}`);
    await (await upstream.called('gpt-stuck')).letGo();
  });
});

test('a 200 that is no chat completion is a 502 on the translated lane', async () => {
  for (const body of ['<html>hello</html>', '', '{}', '[]', '"text"', '{"choices":5}']) {
    upstream.script('gpt-garbage', raw(200, body));
    expectError(await main.chat(ask('gpt-garbage', { onellm: { lane: 'translated' } })), {
      status: 502,
      type: 'server_error',
    });
  }
});

test('an event that is no JSON ends in an error on the translated lane', async () => {
  upstream.script('gpt-bad-event', play([role(), text('one'), 'data: {"choices":[\n\n', DONE]));
  const stream = expectStreamError(await main.chat(askStream('gpt-bad-event')));
  assert.equal(stream.choices[0].text, 'one');
});

test('the content filter of a provider keeps what it says besides', async () => {
  const innererror = {
    code: 'ResponsibleAIPolicyViolation',
    content_filter_result: { hate: { filtered: true } },
  };
  upstream.script(
    'gpt-filtered',
    refuse(400, {
      type: null,
      param: 'prompt',
      code: 'content_filter',
      message: 'The prompt was filtered.',
      innererror,
    }),
  );
  const error = expectError(await main.chat(ask('gpt-filtered')), {
    status: 400,
    code: 'content_filter',
    param: 'prompt',
    type: 'invalid_request_error',
  });
  assert.deepEqual(error.innererror, innererror);
});

test('no log line holds a key', () => {
  assert.doesNotMatch(gateway.logs.join('\n'), new RegExp(`hush|${KEY.slice(0, 8)}`));
});
