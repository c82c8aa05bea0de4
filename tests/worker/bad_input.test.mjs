// Every wrong request is a 4xx that names the field, and reaches no upstream.
import assert from 'node:assert/strict';
import http from 'node:http';
import { after, before, test } from 'node:test';
import { ask } from './support/client.mjs';
import { expectError } from './support/expect.mjs';
import { MASTER_KEY, standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { speak } from './support/openai_wire.mjs';

let upstream, gateway, main;

before(async () => {
  upstream = await startUpstream();
  gateway = await startGateway({
    workers: {
      main: standardSettings(upstream, {
        ONELLM_PROVIDERS: { host: { base: `${upstream.url}/host`, models: ['host-small', 'host-large'] } },
      }),
    },
  });
  main = gateway.clients.main;
  upstream.script('gpt-fine', speak('well'));
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

async function refused(body, { status = 400, param, ...expected }, options) {
  const calls = upstream.calls.length;
  const error = expectError(await main.chat(body, options), {
    status,
    ...(param === undefined ? {} : { param }),
    ...expected,
  });
  assert.equal(upstream.calls.length, calls, 'an upstream was called');
  return error;
}

const NOT_A_REQUEST = {
  'an empty body': '',
  'blanks alone': '  \n',
  'half an object': '{"model":"gpt-fine","messages":[{"role":"user"',
  'text after the object': `${JSON.stringify(ask('gpt-fine'))} more`,
  'an array': '[]',
  'a null': 'null',
  'a string': '"gpt-fine"',
  'a trailing comma': '{"model":"gpt-fine","messages":[],}',
  'bytes that are no UTF-8': Buffer.from([
    ...Buffer.from('{"model":"gpt-fine","messages":[{"role":"user","content":"'),
    0xff,
    0xfe,
    ...Buffer.from('"}]}'),
  ]),
  'a hundred thousand brackets': `{"model":"gpt-fine","messages":${'['.repeat(100_000)}`,
  'brackets closed again': `{"model":"gpt-fine","messages":[{"role":"user","content":"x"}],"deep":${'['.repeat(50_000)}${']'.repeat(50_000)}}`,
};
for (const [name, body] of Object.entries(NOT_A_REQUEST)) {
  test(`${name} as the body is a 400`, () => refused(body, { type: 'invalid_request_error' }));
}

const fine = ask('gpt-fine');
const message = (value) => ({ ...fine, messages: [value] });
const WRONG_FIELDS = [
  ['model', { messages: fine.messages }],
  ['model', { ...fine, model: null }],
  ['model', { ...fine, model: 5 }],
  ['model', { ...fine, model: '' }],
  ['model', { ...fine, model: ' ' }],
  ['model', { ...fine, model: ',' }],
  ['model', { ...fine, model: 'gpt-fine,' }],
  ['model', { ...fine, model: 'gpt-fine,,echo' }],
  ['model', { ...fine, model: '|gpt-fine' }],
  ['model', { ...fine, model: 'gpt-fine||echo' }],
  ['model', { ...fine, model: 'echo,echo,echo,echo,echo,echo' }],
  ['messages', { model: 'gpt-fine' }],
  ['messages', { ...fine, messages: null }],
  ['messages', { ...fine, messages: [] }],
  ['messages', { ...fine, messages: 'Say it.' }],
  ['messages[0]', message('Say it.')],
  ['messages[0].role', message({ content: 'x' })],
  ['messages[0].role', message({ role: 'pope', content: 'x' })],
  ['messages[0].content', message({ role: 'user', content: 5 })],
  ['temperature', { ...fine, temperature: 'hot' }],
  ['temperature', { ...fine, temperature: 3 }],
  ['top_p', { ...fine, top_p: -0.5 }],
  ['n', { ...fine, n: 0 }],
  ['n', { ...fine, n: 129 }],
  ['n', { ...fine, n: 1.5 }],
  ['n', { ...fine, model: 'gpt-fine,echo', n: 2 }],
  ['stream', { ...fine, stream: 'yes' }],
  ['stream_options', { ...fine, stream: true, stream_options: 'usage' }],
  ['max_tokens', { ...fine, max_tokens: 'many' }],
  ['tools', { ...fine, tools: {} }],
  ['tools[0].function.name', { ...fine, tools: [{ type: 'function', function: {} }] }],
  ['response_format', { ...fine, response_format: 'json' }],
  ['onellm', { ...fine, onellm: 'choices' }],
  ['onellm.merge', { ...fine, model: 'gpt-fine,echo', onellm: { merge: 'blend' } }],
  ['onellm.merge', { ...fine, onellm: { merge: 7 } }],
  ['onellm.strict', { ...fine, onellm: { strict: 'very' } }],
];
for (const [param, body] of WRONG_FIELDS) {
  const { messages, ...shown } = body;
  const sent = param.startsWith('messages') ? { messages } : shown;
  test(`a wrong ${param} is a 400 that names it: ${JSON.stringify(sent)}`, () => refused(body, { param }));
}

test('an unknown merge in the header is a 400', async () => {
  const error = await refused(ask('echo,echo'), {}, { headers: { 'x-onellm-merge': 'blend' } });
  assert.match(error.param, /merge/);
});

test('null means absent', async () => {
  const nulls = [
    'temperature',
    'n',
    'stream',
    'tools',
    'tool_choice',
    'stop',
    'stream_options',
    'response_format',
    'onellm',
    'seed',
  ];
  const reply = await main.chat({ ...fine, ...Object.fromEntries(nulls.map((name) => [name, null])) });
  assert.equal(reply.status, 200, reply.text);
});

test('an unknown model is a 404 that lists the nearest names', async () => {
  const error = await refused(ask('host-smal'), {
    status: 404,
    code: 'model_not_found',
    param: 'model',
    type: 'invalid_request_error',
  });
  assert.match(error.message, /host-small/);
});

test('an unknown model in one leg keeps all legs from being sent', () =>
  refused(ask('gpt-fine,no-such-model'), { status: 404, code: 'model_not_found', param: 'model' }));

test('a model of a provider without a key is not offered', async () => {
  for (const model of ['claude-2', 'azure/gpt-4o', 'gemini-pro'])
    await refused(ask(model), { status: 404, code: 'model_not_found' });
});

test('a second model key does not smuggle in another model', async () => {
  upstream.script('gpt-smuggled', speak('well'));
  for (const key of ['"model"', '"mod\\u0065l"']) {
    const reply = await main.chat(
      `{"model":"gpt-fine",${key}:"gpt-smuggled","messages":[{"role":"user","content":"x"}]}`,
    );
    if (reply.status === 400) continue;
    assert.equal(reply.status, 200);
    assert.equal(upstream.calls.at(-1).json.model, reply.headers['x-onellm-model']);
  }
});

test('a body of 25 MB is a 413 that the client gets to read', async () => {
  const body = JSON.stringify(ask('gpt-fine', { metadata: { pad: 'x'.repeat(25 * 1024 * 1024) } }));
  for (const headers of [{}, { 'transfer-encoding': 'chunked' }, {}, {}]) {
    await refused(body, { status: 413 }, { headers });
  }
  const headers = { authorization: `Bearer ${MASTER_KEY}` };
  const reply = await fetch(`${main.url}/v1/chat/completions`, { method: 'POST', headers, body });
  assert.equal(reply.status, 413);
  assert.equal((await main.chat(ask('gpt-fine'))).status, 200);
});

test('what is refused before its large body was read is an error that the client gets to read', async () => {
  const body = JSON.stringify(ask('gpt-fine', { metadata: { pad: 'x'.repeat(5 * 1024 * 1024) } }));
  for (const headers of [{}, { 'transfer-encoding': 'chunked' }]) {
    await refused(body, { status: 401 }, { key: 'wrong', headers });
    await refused(body, { status: 404 }, { path: '/v1/nothing', headers });
    const reply = await main.send({ method: 'PUT', body, headers });
    expectError(reply, { status: 405 });
    assert.match(reply.headers.allow, /POST/);
  }
});

test('a client that leaves in the middle of its body costs no other request', async () => {
  const { hostname, port } = new URL(main.url);
  const headers = { authorization: `Bearer ${MASTER_KEY}`, 'content-length': 1000 };
  await Promise.all(
    Array.from(
      { length: 5 },
      () =>
        new Promise((resolve) => {
          const request = http.request({
            hostname,
            port,
            method: 'POST',
            path: '/v1/chat/completions',
            headers,
            agent: false,
          });
          request.on('error', resolve);
          request.on('close', resolve);
          request.write('{"model":', () => setTimeout(() => request.destroy(), 20));
        }),
    ),
  );
  assert.equal((await main.chat(ask('gpt-fine'))).status, 200);
});

test('no wrong request was a fault of ours', () => {
  assert.deepEqual(
    gateway.logs.filter((line) => /^error|"level":"error"|exception|trap|unreachable/i.test(line)),
    [],
  );
});
