// The routes around chat: health, credentials, CORS, and what is not there.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask } from './support/client.mjs';
import { expectError } from './support/expect.mjs';
import { MASTER_KEY, standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { speak } from './support/openai_wire.mjs';

const EXPOSED = [
  'x-request-id',
  'x-onellm-provider',
  'x-onellm-model',
  'x-onellm-attempts',
  'x-onellm-upstream-status',
  'x-onellm-dropped',
  'x-onellm-cost',
  'server-timing',
  'retry-after',
];

let upstream, gateway, main, unset, empty;

before(async () => {
  upstream = await startUpstream();
  const { ONELLM_API_KEY, ...keyless } = standardSettings(upstream);
  gateway = await startGateway({
    workers: { main: standardSettings(upstream), unset: keyless, empty: { ...keyless, ONELLM_API_KEY: '' } },
  });
  ({ main, unset, empty } = gateway.clients);
  upstream.script('gpt-plain', speak('well'));
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

test('health needs no key, calls no upstream and tells the version of the build', async () => {
  const calls = upstream.calls.length;
  const reply = await main.get('/healthz', { key: null });
  assert.equal(reply.status, 200);
  assert.equal(typeof reply.json.version, 'string');
  assert.notEqual(reply.json.version, '');
  assert.equal(upstream.calls.length, calls);
});

for (const name of ['unset', 'empty']) {
  test(`an ${name} master key closes every authenticated route with a 503 that says how to set it`, async () => {
    const client = gateway.clients[name];
    for (const key of [null, '', 'anything', MASTER_KEY]) {
      const requests = [
        { body: ask('echo') },
        { method: 'GET', path: '/v1/models' },
        { method: 'GET', path: '/v1/models/echo' },
      ];
      for (const request of requests) {
        expectError(await client.send({ ...request, key }), { status: 503, message: /ONELLM_API_KEY/ });
      }
    }
    assert.equal((await client.get('/healthz', { key: null })).status, 200);
  });
}

test('the key is taken from Authorization, x-api-key or api-key', async () => {
  for (const headers of [
    { authorization: `Bearer ${MASTER_KEY}` },
    { authorization: `bearer ${MASTER_KEY}` },
    { 'x-api-key': MASTER_KEY },
    { 'api-key': MASTER_KEY },
  ]) {
    const reply = await main.chat(ask('gpt-plain'), { key: null, headers });
    assert.equal(reply.status, 200, JSON.stringify(headers));
  }
});

test('a wrong key of any length has the same answer, in whichever header', async () => {
  const calls = upstream.calls.length;
  const answers = new Set();
  const near = [
    MASTER_KEY.slice(0, -1),
    `${MASTER_KEY}x`,
    MASTER_KEY.replace('m', 'n'),
    MASTER_KEY.toUpperCase(),
  ];
  for (const key of ['x', ...near, 'k'.repeat(5000)]) {
    for (const headers of [{ authorization: `Bearer ${key}` }, { 'x-api-key': key }, { 'api-key': key }]) {
      const reply = await main.chat(ask('gpt-plain'), { key: null, headers });
      const error = expectError(reply, {
        status: 401,
        type: 'authentication_error',
        code: 'invalid_api_key',
      });
      answers.add(JSON.stringify(error));
    }
  }
  assert.equal(answers.size, 1, 'the answer tells wrong keys apart');
  assert.equal(upstream.calls.length, calls, 'an upstream was called');
});

test('no key, an empty key and another scheme are a 401', async () => {
  const others = [
    {},
    { authorization: 'Bearer ' },
    { authorization: 'Bearer' },
    { authorization: MASTER_KEY },
    { authorization: `Basic ${MASTER_KEY}` },
    { 'x-api-key': '' },
    { 'api-key': '' },
  ];
  for (const headers of others) {
    const reply = await main.chat(ask('gpt-plain'), { key: null, headers });
    expectError(reply, { status: 401, type: 'authentication_error', code: 'invalid_api_key' });
  }
});

test('models need a key', async () => {
  expectError(await main.get('/v1/models', { key: 'wrong' }), { status: 401 });
  expectError(await main.get('/v1/models/echo', { key: null }), { status: 401 });
});

test('a preflight is answered without a key and echoes the headers asked for', async () => {
  const headers = {
    origin: 'https://app.example',
    'access-control-request-method': 'POST',
    'access-control-request-headers': 'authorization, content-type, x-stainless-os, x-stainless-retry-count',
  };
  for (const client of [main, unset]) {
    for (const path of ['/v1/chat/completions', '/v1/models', '/nowhere']) {
      const reply = await client.send({ method: 'OPTIONS', path, key: null, headers });
      assert.ok([200, 204].includes(reply.status), `status ${reply.status}`);
      assert.ok(['*', 'https://app.example'].includes(reply.headers['access-control-allow-origin']));
      const allowed = reply.headers['access-control-allow-headers'].toLowerCase().split(/\s*,\s*/);
      for (const name of headers['access-control-request-headers'].split(', '))
        assert.ok(allowed.includes(name), name);
      assert.match(reply.headers['access-control-allow-methods'], /POST/);
      assert.match(reply.headers['access-control-allow-methods'], /GET/);
    }
  }
});

test('CORS headers are on every reply, errors included, and expose our headers', async () => {
  const headers = { origin: 'https://app.example' };
  upstream.script('gpt-stream', speak('a b c'));
  const replies = [
    await main.chat(ask('gpt-plain'), { headers }),
    await main.chat(ask('gpt-stream', { stream: true }), { headers }),
    await main.chat(ask('echo', { stream: true }), { headers }),
    await main.chat(ask('gpt-plain'), { headers, key: 'wrong' }),
    await main.chat('{', { headers }),
    await main.chat(ask('no-such-model'), { headers }),
    await main.get('/nowhere', { headers }),
    await main.get('/healthz', { headers, key: null }),
    await main.get('/v1/models', { headers }),
    await unset.chat(ask('echo'), { headers }),
    await empty.get('/v1/models', { headers }),
  ];
  for (const reply of replies) {
    assert.ok(
      ['*', 'https://app.example'].includes(reply.headers['access-control-allow-origin']),
      `status ${reply.status}`,
    );
    const exposed = (reply.headers['access-control-expose-headers'] ?? '').toLowerCase().split(/\s*,\s*/);
    for (const name of EXPOSED)
      assert.ok(exposed.includes(name), `${name} is not exposed on a ${reply.status}`);
    assert.ok(
      exposed.some((name) => name.startsWith('x-ratelimit-')),
      'no x-ratelimit-* is exposed',
    );
  }
});

test('each reply has a request id of its own', async () => {
  const replies = await Promise.all(Array.from({ length: 20 }, () => main.chat(ask('echo'))));
  assert.equal(new Set(replies.map((reply) => reply.headers['x-request-id'])).size, 20);
});

test('an unknown route is a 404 in the shape of an error', async () => {
  for (const path of [
    '/v1',
    '/v1/chat',
    '/v1/chat/completions/more',
    '/v2/chat/completions',
    '/V1/chat/completions',
  ]) {
    expectError(await main.get(path), { status: 404, type: 'invalid_request_error' });
  }
});

test('a known route with another method is a 405 that names the right one', async () => {
  for (const [method, path, allow] of [
    ['GET', '/v1/chat/completions', /POST/],
    ['PUT', '/v1/chat/completions', /POST/],
    ['POST', '/v1/models', /GET/],
    ['DELETE', '/v1/models/echo', /GET/],
  ]) {
    const reply = await main.send({ method, path });
    expectError(reply, { status: 405 });
    assert.match(reply.headers.allow ?? '', allow);
  }
});

test('a query string does not change the route', async () => {
  assert.equal(
    (await main.send({ path: '/v1/chat/completions?api-version=1', body: ask('gpt-plain') })).status,
    200,
  );
});

test('answers say what served them', async () => {
  const reply = await main.chat(ask('openai/gpt-plain'));
  assert.equal(reply.headers['x-onellm-provider'], 'openai');
  assert.equal(reply.headers['x-onellm-model'], 'gpt-plain');
  assert.equal(reply.headers['x-onellm-attempts'], '1');
});
