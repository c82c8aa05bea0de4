// Clients of the Messages API in front of Claude: the bytes of both pass unchanged, and so do the headers and
// errors of their dialect.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import zlib from 'node:zlib';
import { event, eventsOf } from './support/anthropic_wire.mjs';
import { MASTER_KEY } from './support/gateway.mjs';
import { startWithProviders } from './support/providers.mjs';

let upstream, main, stop;

before(async () => {
  ({ upstream, main, stop } = await startWithProviders());
});
after(() => stop?.());

// A body with all that a parser and a printer would change on the way.
const ODD = `{ "max_tokens":1024, "temperature": 0.70,
  "messages" : [ {"role":"user", "content":"caf\\u00e9 \\ud83d\\ude00 \\/ é"} ],\t"x_new": {"a":1.0e2,"b":[ ]},
  "model" : "MODEL" }\n`;
const REPLY = `{ "id":"msg_up","type":"message","role":"assistant","model":"m","content":[{"type":"text","text":"\\u0041é"}],
 "stop_reason":"end_turn","stop_sequence":null,"usage":{"input_tokens":7,"output_tokens":1}, "x_new": 1.50 }\n`;
const post = (body, options = {}) => main.send({ path: '/v1/messages', body, ...options });
const answerWith =
  (status, body, headers = {}) =>
  (call) =>
    call.send(status, body, { 'request-id': 'req_up', ...headers });

test('request and reply pass byte for byte, but for the name of the model', async () => {
  upstream.script('claude-odd', answerWith(200, REPLY));
  for (const model of ['claude-odd', 'anthropic/claude-odd', ' anthropic/claude-odd ']) {
    for (const path of ['/v1/messages', '/v1/messages?beta=true', '/messages']) {
      const reply = await post(ODD.replace('MODEL', model), { path });
      assert.equal(reply.status, 200, reply.text);
      assert.equal(reply.text, REPLY);
      assert.equal(reply.headers['content-type'], 'application/json');
      const call = upstream.callsOf('claude-odd').at(-1);
      assert.equal(call.text, ODD.replace('MODEL', 'claude-odd'));
      assert.equal(call.path, '/anthropic/v1/messages');
    }
  }
});

test('what the gateway does not know is for the provider to refuse', async () => {
  upstream.script('claude-loose', answerWith(200, REPLY));
  for (const rest of ['', ',"messages":[]', ',"messages":7,"max_tokens":"x"', ',"stream":"yes"']) {
    assert.equal((await post(`{"model":"claude-loose"${rest}}`)).status, 200, rest);
  }
  const calls = upstream.callsOf('claude-loose').length;
  for (const body of ['', '[]', '{', '{"model":1}', '{"messages":[]}', '{"model":"claude-loose"} x']) {
    const reply = await post(body);
    assert.equal(reply.status, 400, body);
    assert.equal(reply.json.type, 'error', body);
    assert.equal(reply.json.error.type, 'invalid_request_error', body);
    assert.equal(reply.json.request_id, reply.headers['request-id'], body);
  }
  assert.equal(upstream.callsOf('claude-loose').length, calls);
});

test('headers of the dialect go up as they came, and no others do', async () => {
  upstream.script('claude-heads', answerWith(200, REPLY));
  const own = {
    'anthropic-version': '2026-10-21',
    'anthropic-beta': 'claude-code-20250219,interleaved-thinking-2025-05-14,x-2999-01-01',
    'anthropic-workspace-id': 'wrk_1',
    'anthropic-brand-new': 'as it is',
  };
  const consumed = {
    'anthropic-dangerous-direct-browser-access': 'true',
    'x-claude-code-session-id': 's',
    'x-app': 'cli',
    'x-stainless-lang': 'js',
    'user-agent': 'claude-cli/2.1',
    cookie: 'a=b',
    origin: 'https://app.example',
    'x-forwarded-for': '10.0.0.1',
    'openai-organization': 'org',
    'idempotency-key': 'k',
  };
  const reply = await post(ODD.replace('MODEL', 'claude-heads'), { headers: { ...own, ...consumed } });
  assert.equal(reply.status, 200);
  const { headers } = upstream.callsOf('claude-heads').at(-1);
  for (const [name, value] of Object.entries(own)) assert.equal(headers[name], value, name);
  for (const [name, value] of Object.entries(consumed)) assert.notEqual(headers[name], value, name);
  assert.equal(headers['x-api-key'], 'hush-anthropic');
  assert.equal(headers.authorization, undefined);

  await post(ODD.replace('MODEL', 'claude-heads'));
  assert.equal(upstream.callsOf('claude-heads').at(-1).headers['anthropic-version'], '2023-06-01');
});

test('the key may come in any of three headers', async () => {
  upstream.script('claude-keys', answerWith(200, REPLY));
  const body = ODD.replace('MODEL', 'claude-keys');
  for (const headers of [
    { authorization: `Bearer ${MASTER_KEY}` },
    { 'x-api-key': MASTER_KEY },
    { 'api-key': MASTER_KEY },
    { authorization: `Bearer ${MASTER_KEY}`, 'x-api-key': MASTER_KEY },
  ]) {
    assert.equal((await post(body, { key: null, headers })).status, 200, JSON.stringify(headers));
  }
  const refused = await post(body, { key: 'wrong' });
  assert.equal(refused.status, 401);
  assert.equal(refused.json.error.type, 'authentication_error');
});

test('a stream passes byte for byte, with what no client knows yet', async () => {
  const events = eventsOf('claude-stream', [{ type: 'text', text: 'one two three' }]);
  events.splice(4, 0, event('brand_new', { x: 1 }), ': padding\n\n', event('ping', {}));
  upstream.script('claude-stream', (call) => call.play(events, { headers: { 'request-id': 'req_up' } }));
  const reply = await post(
    ODD.replace('MODEL', 'claude-stream').replace('"x_new"', '"stream": true, "x_new"'),
  );
  assert.equal(reply.status, 200);
  assert.match(reply.headers['content-type'], /^text\/event-stream/);
  assert.equal(reply.text, events.join(''));
  assert.equal(reply.headers['request-id'], 'req_up');
});

test('a stream that breaks off between events ends with an error event', async () => {
  const events = eventsOf('claude-cut', [{ type: 'text', text: 'one two' }]).slice(0, 4);
  upstream.script('claude-cut', (call) => call.play(events, { ending: 'reset' }));
  const reply = await post('{"model":"claude-cut","stream":true}');
  assert.equal(reply.broken, false);
  assert.ok(reply.text.startsWith(events.join('')));
  const rest = reply.text.slice(events.join('').length);
  assert.match(rest, /^event: error\ndata: \{"type":"error","error":\{"type":"api_error",/);
  assert.ok(rest.includes(`"request_id":"${reply.headers['request-id']}"`), rest);
});

test('errors keep their status, their bytes and the id of the request', async () => {
  for (const [status, type] of [
    [400, 'invalid_request_error'],
    [401, 'authentication_error'],
    [402, 'billing_error'],
    [404, 'not_found_error'],
    [429, 'rate_limit_error'],
    [500, 'api_error'],
    [529, 'overloaded_error'],
  ]) {
    const body = `{"type":"error", "error":{"type":"${type}","message":"No \\u0041."},"request_id":"req_up"}`;
    upstream.script(
      'claude-error',
      answerWith(status, body, { 'retry-after': '3', 'x-should-retry': 'false' }),
    );
    for (const stream of [false, true]) {
      const reply = await post({ model: 'claude-error', stream });
      assert.equal(reply.status, status);
      assert.equal(reply.text, body);
      assert.equal(reply.headers['request-id'], 'req_up');
      assert.equal(reply.headers['retry-after'], '3');
      assert.equal(reply.headers['x-should-retry'], 'false');
      assert.match(reply.headers['content-type'], /json/);
    }
  }
});

test('an error that is no JSON is told in the dialect', async () => {
  upstream.script('claude-html', answerWith(503, '<html>no</html>', { 'content-type': 'text/html' }));
  const reply = await post({ model: 'claude-html' });
  assert.equal(reply.json.type, 'error');
  assert.equal(reply.json.request_id, reply.headers['request-id']);
});

test('an error that quotes the key is searched for it', async () => {
  upstream.script(
    'claude-quotes',
    answerWith(
      401,
      '{"type":"error","error":{"type":"authentication_error","message":"bad hush-anthropic"}}',
    ),
  );
  const reply = await post({ model: 'claude-quotes' });
  assert.equal(reply.status, 401);
  assert.equal(reply.json.error.message, 'bad ***');
});

test('a header that quotes the key stays here', async () => {
  const quoting = { 'request-id': 'req_hush-anthropic', 'anthropic-ratelimit-note': 'of hush-anthropic' };
  upstream.script('claude-tells', answerWith(200, REPLY, quoting));
  const reply = await post('{"model":"claude-tells"}');
  assert.equal(reply.headers['request-id'], reply.headers['x-request-id']);
  assert.doesNotMatch(JSON.stringify(reply.headers), /hush/);
});

test('an error right behind the start of a stream is an HTTP error, and the next model is asked', async () => {
  const failure = { error: { type: 'overloaded_error', message: 'Overloaded: hush-anthropic' } };
  upstream.script('claude-starts', (call) => {
    call.startStream();
    call.reply.end(eventsOf('m', [])[0] + event('error', failure));
  });
  upstream.script('claude-goes-on', (call) =>
    call.play(eventsOf('claude-goes-on', [{ type: 'text', text: 'here' }])),
  );
  const alone = await post('{"model":"claude-starts","stream":true}');
  assert.equal(alone.status, 529);
  assert.doesNotMatch(alone.text, /hush/);
  const next = await post('{"model":"claude-starts|claude-goes-on","stream":true}');
  assert.equal(next.status, 200);
  assert.match(next.text, /here/);
  assert.doesNotMatch(next.text, /hush/);
});

test('rate limits have the names of the dialect, all of them', async () => {
  const limits = {
    'anthropic-ratelimit-requests-limit': '50',
    'anthropic-ratelimit-input-tokens-remaining': '7',
    'anthropic-ratelimit-unified-5h-status': 'allowed',
  };
  upstream.script('claude-limits', answerWith(200, REPLY, limits));
  const reply = await post({ model: 'claude-limits' });
  for (const [name, value] of Object.entries(limits)) assert.equal(reply.headers[name], value, name);
  const exposed = reply.headers['access-control-expose-headers'];
  for (const name of ['request-id', 'x-onellm-estimated', 'anthropic-ratelimit-requests-limit']) {
    assert.ok(exposed.split(', ').includes(name), name);
  }
});

test('the next model is asked before the first byte, as in chat', async () => {
  upstream.script(
    'claude-full',
    answerWith(529, '{"type":"error","error":{"type":"overloaded_error","message":"x"}}'),
  );
  upstream.script('claude-free', answerWith(200, REPLY));
  const reply = await post({ model: 'claude-full|claude-free' });
  assert.equal(reply.status, 200);
  assert.equal(reply.text, REPLY);
  assert.equal(reply.headers['x-onellm-model'], 'claude-free');
});

test('thoughts of another provider are cut out of the history, and all of them if Claude refuses one', async () => {
  upstream.script('claude-thoughts', answerWith(200, REPLY));
  const turns = (...blocks) =>
    `{"model":"claude-thoughts","messages":[{"role":"user","content":"hi"},{"role":"assistant","content":[${blocks}]},{"role":"user","content":"go"}]}`;
  const foreign = '{"type":"redacted_thinking","data":"onellm1.eyJwIjoiZ29vZ2xlIn0"}';
  const own = '{"type":"thinking","thinking":"hm","signature":"EqQB"}';
  const text = '{ "type" : "text","text":"yo" }';
  const reply = await post(turns(foreign, own, text));
  assert.equal(upstream.callsOf('claude-thoughts').at(-1).text, turns(own, text));
  assert.equal(reply.headers['x-onellm-dropped'], 'thinking');

  const calls = upstream.callsOf('claude-thoughts').length;
  const refusal =
    '{"type":"error","error":{"type":"invalid_request_error","message":"messages.1.content.0: Invalid `signature` in `thinking` block"}}';
  upstream.script('claude-thoughts', (call) =>
    call.text.includes('"thinking"') ? answerWith(400, refusal)(call) : answerWith(200, REPLY)(call),
  );
  const second = await post(turns(own, text));
  assert.equal(second.text, REPLY);
  assert.equal(second.headers['x-onellm-dropped'], 'thinking');
  assert.deepEqual(
    upstream
      .callsOf('claude-thoughts')
      .slice(calls)
      .map((call) => call.text),
    [turns(own, text), turns(text)],
  );
});

test('a header of the dialect goes up by itself, without those that the gateway knows', async () => {
  upstream.script('claude-head', answerWith(200, REPLY));
  for (const path of ['/v1/messages', '/messages?beta=true']) {
    const body = JSON.stringify({ model: 'claude-head', max_tokens: 5, messages: [] });
    await main.send({ path, body, headers: { 'anthropic-new': 'w', 'x-other': 'v' } });
    const { headers } = upstream.callsOf('claude-head').at(-1);
    assert.equal(headers['anthropic-new'], 'w', path);
    assert.equal(headers['x-other'], undefined);
  }
});

test('a compressed body is expanded, and another coding is a 415 that names it', async () => {
  upstream.script('claude-zip', answerWith(200, REPLY));
  const body = ODD.replace('MODEL', 'claude-zip').replace(
    '"x_new"',
    `"pad":"${'x'.repeat(300_000)}","x_new"`,
  );
  for (const [coding, pack] of [
    ['gzip', zlib.gzipSync],
    ['deflate', zlib.deflateSync],
  ]) {
    const reply = await post(pack(body), { headers: { 'content-encoding': coding } });
    assert.equal(reply.status, 200, reply.text);
    assert.equal(upstream.callsOf('claude-zip').at(-1).text, body);
  }
  const broken = await post(zlib.gzipSync(body).subarray(0, 200), {
    headers: { 'content-encoding': 'gzip' },
  });
  assert.equal(broken.status, 400);
  const bomb = await post(zlib.gzipSync(Buffer.alloc(20 * 1024 * 1024, ' ')), {
    headers: { 'content-encoding': 'gzip' },
  });
  assert.equal(bomb.status, 413);
  const other = await post(body, { headers: { 'content-encoding': 'zstd' } });
  assert.equal(other.status, 415);
  assert.match(other.json.error.message, /zstd/);
});

test('what is not there is told in the dialect', async () => {
  for (const path of ['/v1/messages/batches', '/v1/messages/batches/b_1/results', '/messages/batches']) {
    for (const method of ['GET', 'POST', 'DELETE']) {
      const reply = await main.send({ method, path });
      assert.equal(reply.status, 404, path);
      assert.equal(reply.json.error.type, 'not_found_error');
      assert.match(reply.json.error.message, /no state/);
    }
  }
  assert.equal((await main.get('/v1/messages')).status, 405);
  assert.equal((await main.get('/v1/messages')).json.type, 'error');
  const missing = await post({ model: 'no-such-model-x', messages: [] });
  assert.equal(missing.status, 404);
  assert.equal(missing.json.error.type, 'not_found_error');
  assert.match(missing.json.error.message, /no-such-model-x/);
});

test('the root answers without a key', async () => {
  for (const method of ['GET', 'HEAD']) {
    const reply = await main.send({ method, path: '/', key: null });
    assert.equal(reply.status, 200);
    assert.equal(reply.text === '', method === 'HEAD');
  }
});
