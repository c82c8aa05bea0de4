// The native lane: what the client's dialect already is goes through byte for byte, in both directions.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, askStream } from './support/client.mjs';
import { readStream } from './support/expect.mjs';
import { MASTER_KEY, standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { DONE, USAGE, finish, play, role, speak, sse, text, usageChunk } from './support/openai_wire.mjs';

let upstream, gateway, main;
const withUsage = { stream_options: { include_usage: true } };

before(async () => {
  upstream = await startUpstream();
  const host = (name, more) => ({ base: `${upstream.url}/hosts/${name}/v1`, key: `hush-${name}`, ...more });
  gateway = await startGateway({
    workers: {
      main: standardSettings(upstream, {
        ONELLM_PROVIDERS: {
          relay: host('relay', { native: true }),
          quiet: host('quiet', { stream_usage: false }),
          plain: host('plain'),
        },
      }),
    },
  });
  main = gateway.clients.main;
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

// A body with all that a parser and a printer would change on the way.
const ODD = `{
  "messages" : [ {"role":"user", "content":"caf\\u00e9 \\ud83d\\ude00 \\/ é", "x_part" : 1.50} ],
  "model" : "MODEL" ,\t"temperature":1.0, "top_p":1e0, "seed": 9007199254740993,
  "x_numbers": [1E2, 0.10, -0.0, 12345678901234567890, 1.0e-7], "x_empty": { }, "__proto__": {"a":null}
}\n`;

test('a request that needs no change reaches the upstream byte for byte', async () => {
  upstream.script('gpt-odd', speak('well'));
  for (const model of ['gpt-odd', 'openai/gpt-odd', '  openai/gpt-odd ', 'relay/gpt-odd']) {
    const reply = await main.chat(ODD.replace('MODEL', model));
    assert.equal(reply.status, 200, reply.text);
    assert.equal(upstream.callsOf('gpt-odd').at(-1).text, ODD.replace('MODEL', 'gpt-odd'));
  }
});

test('a model name in escapes is understood', async () => {
  upstream.script('gpt-esc', speak('well'));
  assert.equal((await main.chat(ODD.replace('MODEL', 'g\\u0070t-esc'))).status, 200);
  assert.equal(upstream.callsOf('gpt-esc').length, 1);
});

test('only what must change of a streamed request changes', async () => {
  upstream.script('gpt-odd-stream', speak('well'));
  const body = ODD.replace('MODEL', 'openai/gpt-odd-stream').replace(
    '"x_empty"',
    '"stream" : true, "onellm" : {"strict":false}, "x_empty"',
  );
  assert.equal((await main.chat(body)).status, 200);
  const { text: sent, json } = upstream.callsOf('gpt-odd-stream').at(-1);
  assert.equal(json.onellm, undefined);
  assert.equal(json.model, 'gpt-odd-stream');
  assert.equal(json.stream_options.include_usage, true);
  for (const part of [
    '"caf\\u00e9 \\ud83d\\ude00 \\/ é"',
    '"x_part" : 1.50',
    '"temperature":1.0',
    '"top_p":1e0',
    '9007199254740993',
    '[1E2, 0.10, -0.0, 12345678901234567890, 1.0e-7]',
    '"x_empty": { }',
    '"__proto__": {"a":null}',
  ]) {
    assert.ok(sent.includes(part), `${part} is not in ${sent}`);
  }
});

test('the key onellm is cut out wherever it stands', async () => {
  upstream.script('gpt-cut', speak('well'));
  const rest = '"model":"gpt-cut","messages":[{"role":"user","content":"x"}]';
  for (const body of [
    `{"onellm":{},${rest}}`,
    `{${rest},"onellm":{}}`,
    `{ "onellm" : {} , ${rest} }`,
    `{${rest} , "onellm":{"strict":true} }`,
    `{${rest},"on\\u0065llm":{}}`,
  ]) {
    assert.equal((await main.chat(body)).status, 200, body);
    assert.deepEqual(upstream.callsOf('gpt-cut').at(-1).json, JSON.parse(`{${rest}}`), body);
  }
});

test('other stream options of the client stay', async () => {
  upstream.script('gpt-options', speak('well'));
  const reply = await main.chat(askStream('gpt-options', { stream_options: { include_obfuscation: false } }));
  assert.equal(reply.status, 200);
  assert.deepEqual(upstream.callsOf('gpt-options').at(-1).json.stream_options, {
    include_obfuscation: false,
    include_usage: true,
  });
});

test('the usage of a stream is asked of every upstream but one that must not be asked', async () => {
  for (const [provider, options] of [
    ['openai', { include_usage: true }],
    ['relay', { include_usage: true }],
    ['plain', { include_usage: true }],
    ['quiet', undefined],
  ]) {
    const model = `gpt-usage-${provider}`;
    upstream.script(model, speak('well'));
    for (const more of [{}, { stream_options: { include_usage: false } }, { stream_options: null }]) {
      const reply = await main.chat(askStream(`${provider}/${model}`, more));
      assert.equal(reply.status, 200, reply.text);
      assert.deepEqual(upstream.callsOf(model).at(-1).json.stream_options ?? undefined, options, provider);
      assert.equal(readStream(reply.text).usage, undefined, 'usage that was not asked for');
    }
  }
});

test('the usage of a reply that is not streamed is never asked for', async () => {
  upstream.script('gpt-whole', speak('well'));
  await main.chat(ask('gpt-whole'));
  assert.equal('stream_options' in upstream.callsOf('gpt-whole').at(-1).json, false);
});

test('a reply goes to the client byte for byte', async () => {
  const body =
    '{ "id" : "x","big":12345678901234567890, "f":1.0,\n\n"choices":[{"index":0,"message":{"role":"assistant","content":"\\u0041é"},"finish_reason":"stop","x":1e2}] ,"usage": {"prompt_tokens":1,"completion_tokens":1,"total_tokens":2}}\n ';
  upstream.script('gpt-reply', (call) =>
    call.send(200, body, {
      'x-ratelimit-remaining-requests': '17',
      'set-cookie': 'a=b',
      'openai-organization': 'org',
    }),
  );
  for (const provider of ['openai', 'relay']) {
    const reply = await main.chat(ask(`${provider}/gpt-reply`));
    assert.equal(reply.text, body);
    assert.match(reply.headers['content-type'], /^application\/json/);
    assert.equal(reply.headers['x-ratelimit-remaining-requests'], '17');
    assert.equal(reply.headers['set-cookie'], undefined);
  }
});

test('a stream goes to the client byte for byte', async () => {
  const events = [
    ': a comment\n\n',
    role(),
    'data:{"choices":[{"index":0,"delta":{"content":"odd"}}],  "x":1.0}\n\n',
    text('é😀'),
    'event: extra\r\nid: 7\r\ndata: {"choices":[],\r\ndata: "x":2}\r\n\r\n',
    text('more', { service_tier: 'default', x_unknown: { a: 1 } }),
    finish(),
    usageChunk(),
    DONE,
  ];
  for (const [provider, gapMs] of [
    ['openai', 0],
    ['openai', 5],
    ['relay', 5],
  ]) {
    upstream.script('gpt-bytes', play(events, { gapMs }));
    const reply = await main.chat(askStream(`${provider}/gpt-bytes`, withUsage));
    assert.equal(reply.text, events.join(''));
    assert.match(reply.headers['content-type'], /^text\/event-stream/);
    assert.equal(reply.broken, false);
  }
});

test('a stream cut between events gets an error line and [DONE]', async () => {
  for (const ending of ['end', 'reset']) {
    const events = [role(), text('one '), text('two')];
    upstream.script('gpt-cut-between', play(events, { ending, gapMs: 5 }));
    const reply = await main.chat(askStream('gpt-cut-between', withUsage));
    assert.equal(reply.broken, false);
    assert.ok(reply.text.startsWith(events.join('')), reply.text);
    const stream = readStream(reply.text);
    assert.equal(stream.error.type, 'server_error');
    assert.equal(stream.choices[0].finish_reason, undefined);
  }
});

test('a stream cut inside an event breaks the connection where the client can see it', async () => {
  for (const ending of ['end', 'reset']) {
    upstream.script(
      'gpt-cut-inside',
      play([role(), text('one '), text('two').slice(0, 40)], { ending, gapMs: 5 }),
    );
    const reply = await main.chat(askStream('gpt-cut-inside', withUsage));
    assert.equal(reply.broken, true, `${ending}: ended as if all were well: ${reply.text}`);
  }
});

test('a client header goes up to the provider that knows it, and all others stay behind', async () => {
  upstream.script('gpt-headers', speak('well'));
  const known = {
    'openai-organization': 'org-1',
    'openai-project': 'proj-1',
    'openai-beta': 'beta-1',
    'idempotency-key': 'idem-1',
  };
  const unknown = {
    cookie: 'session=1',
    origin: 'https://app.example',
    referer: 'https://app.example/page',
    'cf-connecting-ip': '203.0.113.9',
    'cf-ray': 'ray',
    'x-forwarded-for': '203.0.113.9',
    'x-real-ip': '203.0.113.9',
    forwarded: 'for=203.0.113.9',
    'x-api-key': MASTER_KEY,
    'api-key': MASTER_KEY,
    'anthropic-beta': 'beta-2',
    'x-onellm-merge': 'concat',
    'x-onellm-strict': '1',
    'x-other': 'other',
    'x-stainless-os': 'Linux',
    'proxy-authorization': 'Basic x',
  };
  for (const options of [{}, { onellm: { lane: 'translated' } }]) {
    assert.equal(
      (await main.chat(ask('gpt-headers', options), { headers: { ...known, ...unknown } })).status,
      200,
    );
    const { headers } = upstream.callsOf('gpt-headers').at(-1);
    for (const [name, value] of Object.entries(known)) assert.equal(headers[name], value, name);
    for (const name of Object.keys(unknown)) assert.equal(headers[name], undefined, name);
    assert.equal(headers.authorization, 'Bearer hush-openai-key-0123456789');
    assert.match(headers['content-type'], /^application\/json/);
  }
});

test('a relayed stream of many events is whole, and its usage is not changed', async () => {
  const events = [
    role(),
    ...Array.from({ length: 2000 }, (_, i) => text(`word${i} `)),
    finish(),
    sse({ ...JSON.parse(usageChunk(USAGE).slice(6)) }),
    DONE,
  ];
  upstream.script('gpt-many', play(events));
  const reply = await main.chat(askStream('gpt-many', withUsage));
  assert.equal(reply.text, events.join(''));
});

// What the core reads of a relayed stream lags behind what the client gets.
test('no end mark follows half an event that comes just before the gateway ends a stream', async () => {
  const half = usageChunk().slice(0, 60);
  const late = async (piece, ms) => {
    upstream.script(`gpt-late-${ms}-${piece.length}`, async (call) => {
      await call.play([role(), text('Well.'), finish()], { ending: 'hang' });
      await sleep(ms);
      await call.play([piece], { ending: 'hang' });
    });
    return main.chat(askStream(`gpt-late-${ms}-${piece.length}`, withUsage));
  };
  const times = [1500, 1600, 1700, 1750, 1800, 1850, 1900, 2000];
  for (const reply of await Promise.all(times.map((ms) => late(half, ms)))) {
    const hasHalf = reply.text.endsWith(half);
    assert.equal(reply.broken, hasHalf, reply.text.slice(-300));
    if (!hasHalf) assert.equal(readStream(reply.text).error, undefined);
  }
  for (const reply of await Promise.all(times.map((ms) => late(usageChunk(), ms)))) {
    assert.equal(reply.broken, false);
    assert.equal(readStream(reply.text).choices[0].text, 'Well.');
  }
});
