// The official OpenAI client for JavaScript, used as its documentation shows it, and the request of the README's
// Python example, sent by Python's standard library.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before, describe, test } from 'node:test';
import OpenAI from 'openai';
import { MASTER_KEY, standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import {
  DONE,
  completion,
  errorEvent,
  finish,
  play,
  refuse,
  role,
  speak,
  text,
  toolCall,
  usageChunk,
} from './support/openai_wire.mjs';

let upstream, gateway, openai;
const messages = [{ role: 'user', content: 'Say it.' }];

before(async () => {
  upstream = await startUpstream();
  gateway = await startGateway({
    workers: {
      main: standardSettings(upstream, {
        AZURE_OPENAI_API_KEYS: 'east:hush-east',
        AZURE_OPENAI_DEPLOYMENTS: 'dep',
        AZURE_OPENAI_API_BASE: `${upstream.url}/azure/{resource}`,
        ONELLM_PROVIDERS: {
          host: { base: `${upstream.url}/hosts/host/v1`, key: 'hush-host', models: ['host-model'] },
        },
      }),
    },
  });
  openai = new OpenAI({ apiKey: MASTER_KEY, baseURL: `${gateway.clients.main.url}/v1`, maxRetries: 0 });
  upstream.script('gpt-a', speak('Alpha speaks.'));
  upstream.script('gpt-b', speak('Beta answers.'));
  upstream.script('dep', speak('Delta of Azure.'));
  upstream.script('host-model', speak('From the host.'));
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

const MODELS = { 'the native lane': 'gpt-a', 'a compatible host': 'host-model', Azure: 'dep' };
const TEXTS = { 'gpt-a': 'Alpha speaks.', 'host-model': 'From the host.', dep: 'Delta of Azure.' };

for (const [name, model] of Object.entries(MODELS)) {
  describe(`the client with ${name}`, () => {
    test('reads a reply', async () => {
      const answer = await openai.chat.completions.create({ model, messages });
      assert.equal(answer.choices[0].message.content, TEXTS[model]);
      assert.ok(answer._request_id);
    });

    for (const stream_options of [undefined, { include_usage: true }]) {
      const how = stream_options ? 'with usage' : 'without usage';
      test(`reads a stream ${how}`, async () => {
        const stream = await openai.chat.completions.create({
          model,
          messages,
          stream: true,
          stream_options,
        });
        let [said, usage] = ['', null];
        for await (const part of stream) {
          said += part.choices[0]?.delta.content ?? '';
          usage = part.usage ?? usage;
        }
        assert.equal(said, TEXTS[model]);
        assert.equal(usage?.total_tokens, stream_options ? 12 : undefined);
      });

      test(`builds the whole answer from a stream ${how}`, async () => {
        const parts = [];
        const runner = openai.chat.completions.stream({ model, messages, stream_options });
        runner.on('content', (part) => parts.push(part));
        const answer = await runner.finalChatCompletion();
        assert.equal(answer.choices[0].message.content, TEXTS[model]);
        assert.equal(answer.choices[0].finish_reason, 'stop');
        assert.ok(parts.length > 1);
      });
    }

    test('leaves in the middle of a stream, and the upstream is let go', async () => {
      const slow = `${model}-slow`.replace('dep-slow', 'dep');
      upstream.script(slow, play([role(), text('one '), ...Array(200).fill(text('two '))], { gapMs: 10 }));
      const asked = model === 'host-model' ? `host/${slow}` : slow;
      const before = upstream.callsOf(slow).length;
      const stream = await openai.chat.completions.create({ model: asked, messages, stream: true });
      for await (const part of stream) if (part.choices[0].delta.content === 'two ') break;
      const call = await upstream.called(slow, before + 1);
      await call.letGo();
      upstream.script('dep', speak('Delta of Azure.'));
    });
  });
}

describe('the client with several models', () => {
  test('reads one text', async () => {
    const answer = await openai.chat.completions
      .stream({ model: 'gpt-a,azure/dep', messages })
      .finalChatCompletion();
    assert.equal(answer.choices.length, 1);
    assert.equal(answer.choices[0].message.content, 'Alpha speaks.\n\nDelta of Azure.');
  });

  test('reads five choices', async () => {
    const body = { model: 'gpt-a,gpt-b,dep,host-model,echo', messages, onellm: { merge: 'choices' } };
    const said = (answer) => answer.choices.map((choice) => choice.message.content);
    const expected = ['Alpha speaks.', 'Beta answers.', 'Delta of Azure.', 'From the host.', 'Say it.'];
    assert.deepEqual(said(await openai.chat.completions.create(body)), expected);
    assert.deepEqual(said(await openai.chat.completions.stream(body).finalChatCompletion()), expected);
  });

  test('reads the others when one leg fails', async () => {
    upstream.script('gpt-503', refuse(503));
    upstream.script('gpt-half', play([role(), text('Half')], { ending: 'reset' }));
    for (const merge of ['concat', 'choices']) {
      for (const bad of ['gpt-503', 'gpt-half']) {
        const answer = await openai.chat.completions
          .stream({ model: `${bad},gpt-a`, messages, onellm: { merge } })
          .finalChatCompletion();
        assert.match(answer.choices.at(-1).message.content, /Alpha speaks\.$/, `${bad} in ${merge}`);
      }
    }
  });
});

describe('the client with tools', () => {
  const tool = (seen) => ({
    type: 'function',
    function: {
      name: 'add',
      description: 'Adds.',
      parse: JSON.parse,
      parameters: { type: 'object', properties: { a: { type: 'number' }, b: { type: 'number' } } },
      function: ({ a, b }) => {
        seen.push([a, b]);
        return String(a + b);
      },
    },
  });
  const isSecond = (call) => call.json.messages.some((message) => message.role === 'tool');
  const answerTo = (call) =>
    `The sum is ${call.json.messages.find((message) => message.role === 'tool').content}.`;

  test('runs a tool and sends its result', async () => {
    upstream.script('gpt-tools', (call) => {
      if (isSecond(call)) return call.send(200, completion(answerTo(call)));
      const tool_calls = [
        { id: 'call_1', type: 'function', function: { name: 'add', arguments: '{"a":1,"b":2}' } },
      ];
      return call.send(200, completion(null, { finish_reason: 'tool_calls', message: { tool_calls } }));
    });
    for (const onellm of [undefined, { lane: 'translated' }]) {
      const seen = [];
      const runner = openai.chat.completions.runTools({
        model: 'gpt-tools',
        messages,
        tools: [tool(seen)],
        onellm,
      });
      assert.equal(await runner.finalContent(), 'The sum is 3.');
      assert.deepEqual(seen, [[1, 2]]);
    }
  });

  test('runs parallel tools of a stream', async () => {
    upstream.script('gpt-stream-tools', (call) => {
      if (isSecond(call)) return speak(answerTo(call))(call);
      return call.play([
        role(),
        ...toolCall(0, 'call_1', 'add', ['{"a":1,', '"b":2}']),
        ...toolCall(1, 'call_2', 'add', ['{"a":5,"b":6}']),
        finish('tool_calls'),
        usageChunk(),
        DONE,
      ]);
    });
    for (const more of [{}, { stream_options: { include_usage: true } }]) {
      const seen = [];
      const runner = openai.chat.completions.runTools({
        model: 'gpt-stream-tools',
        messages,
        stream: true,
        tools: [tool(seen)],
        ...more,
      });
      assert.equal(await runner.finalContent(), 'The sum is 3.');
      assert.deepEqual(seen, [
        [1, 2],
        [5, 6],
      ]);
    }
  });
});

describe('the client and errors', () => {
  test('a wrong key is an AuthenticationError', async () => {
    const wrong = new OpenAI({ apiKey: 'wrong', baseURL: openai.baseURL, maxRetries: 0 });
    await assert.rejects(
      wrong.chat.completions.create({ model: 'gpt-a', messages }),
      (error) => error instanceof OpenAI.AuthenticationError && error.code === 'invalid_api_key',
    );
  });

  test('an unknown model is a NotFoundError', async () => {
    await assert.rejects(
      openai.chat.completions.create({ model: 'nobody', messages }),
      (error) =>
        error instanceof OpenAI.NotFoundError && error.code === 'model_not_found' && error.param === 'model',
    );
  });

  test('a 429 is a RateLimitError with its headers', async () => {
    upstream.script('gpt-429', refuse(429, { code: 'rate_limit_exceeded' }, { 'retry-after': '7' }));
    for (const stream of [false, true]) {
      await assert.rejects(
        openai.chat.completions.create({ model: 'gpt-429', messages, stream }),
        (error) => error instanceof OpenAI.RateLimitError && error.headers.get('retry-after') === '7',
      );
    }
  });

  test('the client tries again when it is told to', async () => {
    let tries = 0;
    upstream.script('gpt-flaky', (call) =>
      ++tries === 1 ? refuse(503, {}, { 'retry-after-ms': '20' })(call) : speak('at last')(call),
    );
    const patient = new OpenAI({ apiKey: MASTER_KEY, baseURL: openai.baseURL, maxRetries: 2 });
    const answer = await patient.chat.completions.create({ model: 'gpt-flaky', messages });
    assert.equal(answer.choices[0].message.content, 'at last');
  });

  test('an error in the middle of a stream is thrown', async () => {
    upstream.script(
      'gpt-breaks',
      play([role(), text('one'), errorEvent({ message: 'fell over' })], { gapMs: 10 }),
    );
    for (const more of [{}, { stream_options: { include_usage: true } }]) {
      let said = '';
      await assert.rejects(async () => {
        for await (const part of await openai.chat.completions.create({
          model: 'gpt-breaks',
          messages,
          stream: true,
          ...more,
        }))
          said += part.choices[0]?.delta.content ?? '';
      }, /fell over/);
      assert.equal(said, 'one');
    }
  });

  test('a stream cut short is thrown, never taken for an answer', async () => {
    for (const [events, ending] of [
      [[role(), text('one')], 'end'],
      [[role(), text('one')], 'reset'],
      [[role(), text('one'), text('two').slice(0, 30)], 'reset'],
    ]) {
      upstream.script('gpt-cut', play(events, { ending, gapMs: 10 }));
      for (const more of [{}, { stream_options: { include_usage: true } }]) {
        await assert.rejects(
          openai.chat.completions.stream({ model: 'gpt-cut', messages, ...more }).finalChatCompletion(),
        );
      }
    }
  });
});

test('the client lists models and finds one', async () => {
  upstream.list('/openai/v1/models', (call) => call.send(200, { object: 'list', data: [] }));
  upstream.list('/hosts/host/v1/models', (call) => call.send(200, { object: 'list', data: [] }));
  const ids = [];
  for await (const model of openai.models.list()) ids.push(model.id);
  assert.ok(ids.includes('echo') && ids.some((id) => id.endsWith('dep')));
  assert.equal((await openai.models.retrieve('echo')).id, 'echo');
});

// What the openai package for Python sends for `client.chat.completions.create(model=…, messages=…, stream=…)`.
const PYTHON = `
import json, sys, urllib.request
url, key, model, stream = sys.argv[1:]
body = {"messages": [{"role": "user", "content": "Say it."}], "model": model}
if stream == "yes":
    body["stream"] = True
headers = {"Accept": "application/json", "Content-Type": "application/json", "User-Agent": "OpenAI/Python 2.0.0",
    "X-Stainless-Lang": "python", "X-Stainless-Async": "false", "X-Stainless-Retry-Count": "0", "Authorization": "Bearer " + key}
request = urllib.request.Request(url + "/v1/chat/completions", json.dumps(body).encode(), headers)
text = ""
with urllib.request.urlopen(request, timeout=20) as reply:
    if stream == "yes":
        for line in reply:
            line = line.decode().strip()
            if line.startswith("data: ") and line != "data: [DONE]":
                text += json.loads(line[6:])["choices"][0]["delta"].get("content") or ""
    else:
        text = json.load(reply)["choices"][0]["message"]["content"]
print(text)
`;

function python(...args) {
  return new Promise((resolve, reject) => {
    const child = spawn('python3', ['-c', PYTHON, ...args]);
    let [out, err] = ['', ''];
    child.stdout.on('data', (part) => (out += part));
    child.stderr.on('data', (part) => (err += part));
    child.on('close', (code) => (code === 0 ? resolve(out.slice(0, -1)) : reject(new Error(err))));
  });
}

test('the request of the Python example is answered', async () => {
  const { url } = gateway.clients.main;
  for (const [model, expected] of [
    ['gpt-a', 'Alpha speaks.'],
    ['echo', 'Say it.'],
  ]) {
    assert.equal(await python(url, MASTER_KEY, model, 'no'), expected);
    assert.equal(await python(url, MASTER_KEY, model, 'yes'), expected);
  }
  assert.equal(await python(url, MASTER_KEY, 'gpt-a,gpt-b', 'yes'), 'Alpha speaks.\n\nBeta answers.');
});
