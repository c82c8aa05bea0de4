// What a client notices of providers that fail: retries after a wait, resources of Azure in turn, and the time
// that all of it may take.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, askStream } from './support/client.mjs';
import { expectAnswer, expectError, expectStreamError } from './support/expect.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { errorEvent, hang, play, refuse, role, speak, text } from './support/openai_wire.mjs';

const PLACES = ['east', 'west', 'north'];
// What two of three resources do; each has a Worker of its own, which knows of no trouble yet.
const TROUBLES = {
  'are-overloaded': refuse(429),
  'are-broken': refuse(500),
  'refuse-their-keys': refuse(401),
  'hang-up': (call) => call.hangUp(),
  'fail-inside-a-200': (call) =>
    call.json.stream ? call.play([errorEvent({})]) : call.send(200, { error: { message: 'no' } }),
};
let upstream, gateway, main, hasty;

before(async () => {
  upstream = await startUpstream();
  const settings = standardSettings(upstream, {
    ONELLM_RETRIES: '',
    AZURE_OPENAI_API_KEYS: PLACES.map((place) => `${place}:hush-${place}`).join(';'),
    AZURE_OPENAI_DEPLOYMENTS: PLACES.map(() => 'az-turns,az-down,az-keys,az-blink').join(';'),
    AZURE_OPENAI_API_BASE: `${upstream.url}/azure/{resource}`,
  });
  gateway = await startGateway({
    workers: {
      main: settings,
      hasty: { ...settings, ONELLM_TOTAL_TIMEOUT_MS: '700' },
      ...Object.fromEntries(Object.keys(TROUBLES).map((name) => [name, settings])),
    },
  });
  ({ main, hasty } = gateway.clients);
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

// A model that does each of `scripts` once, and the last of them from then on.
const inTurn =
  (...scripts) =>
  (call) =>
    (scripts.length > 1 ? scripts.shift() : scripts[0])(call);

// The pauses between the calls for a model, as the upstream saw them.
function pausesOf(model) {
  const times = upstream.callsOf(model).map((call) => call.arrivedAt);
  return times.slice(1).map((time, i) => time - times[i]);
}
const placeOf = (call) => call.path.split('/')[2];

function expectPauses(model, ranges) {
  const pauses = pausesOf(model);
  const seen = pauses.map(Math.round);
  assert.equal(pauses.length, ranges.length, `pauses of ${seen} ms`);
  for (const [i, [least, most]] of ranges.entries())
    assert.ok(pauses[i] >= least - 5 && pauses[i] <= most + 250, `pauses of ${seen} ms`);
}

describe('a provider that fails for a moment', { concurrency: true }, () => {
  const lanes = { native: { stream_options: { include_usage: true } }, translated: {} };
  for (const [lane, more] of Object.entries(lanes)) {
    for (const [name, failure] of Object.entries({
      503: refuse(503),
      529: refuse(529),
      'hang-up': (call) => call.hangUp(),
      'error-in-200': play([role(), errorEvent({ message: 'overloaded' })]),
    })) {
      test(`is asked again, twice if need be, and the ${lane} stream shows nothing of it: ${name}`, async () => {
        const model = `gpt-${lane}-${name}`;
        upstream.script(model, inTurn(failure, failure, speak('third time lucky')));
        const reply = await main.chat(askStream(model, more));
        expectAnswer(reply, { text: 'third time lucky' });
        assert.equal(reply.headers['x-onellm-attempts'], '3');
        expectPauses(model, [
          [250, 500],
          [500, 1000],
        ]);
        const [first, ...others] = upstream.callsOf(model);
        for (const call of others) assert.equal(call.text, first.text, 'not the same body');
      });
    }
  }

  test('is given up after the second retry, with its own error', async () => {
    upstream.script('gpt-gone', refuse(503, { message: 'gone for good' }));
    const reply = await main.chat(ask('gpt-gone'));
    expectError(reply, { status: 503, message: /gone for good/ });
    assert.equal(reply.headers['x-onellm-attempts'], '3');
    assert.equal(upstream.callsOf('gpt-gone').length, 3);
  });

  test('is asked again when it said so', async () => {
    upstream.script('gpt-soon', inTurn(refuse(429, {}, { 'retry-after': '1' }), speak('now')));
    assert.equal((await main.chat(ask('gpt-soon'))).json.choices[0].message.content, 'now');
    expectPauses('gpt-soon', [[1000, 1000]]);
  });

  test('and wants more than two seconds is left to the client at once', async () => {
    upstream.script('gpt-later', refuse(429, {}, { 'retry-after': '20' }));
    const began = performance.now();
    const reply = await main.chat(ask('gpt-later'));
    assert.ok(performance.now() - began < 500);
    expectError(reply, { status: 429 });
    assert.equal(reply.headers['retry-after'], '20');
    assert.equal(upstream.callsOf('gpt-later').length, 1);
  });

  test('is not asked again where it says that this is no use', async () => {
    upstream.script('gpt-never', refuse(500, {}, { 'x-should-retry': 'false' }));
    const reply = await main.chat(ask('gpt-never'));
    expectError(reply, { status: 500 });
    assert.equal(reply.headers['x-should-retry'], 'false');
    assert.equal(upstream.callsOf('gpt-never').length, 1);
  });

  test('is not asked again once there was content', async () => {
    upstream.script('gpt-half', play([role(), text('half')], { ending: 'reset' }));
    const stream = expectStreamError(await main.chat(askStream('gpt-half')));
    assert.equal(stream.choices[0].text, 'half');
    assert.equal(upstream.callsOf('gpt-half').length, 1);
  });

  test('is not asked again for a client that has gone', async () => {
    upstream.script('gpt-left', refuse(503));
    const leaving = new AbortController();
    const asked = main.openChat(ask('gpt-left'), { signal: leaving.signal });
    await upstream.called('gpt-left');
    leaving.abort();
    await assert.rejects(asked);
    await sleep(1500);
    assert.equal(upstream.callsOf('gpt-left').length, 1);
  });
});

describe('a fallback', { concurrency: true }, () => {
  for (const status of [401, 403, 404]) {
    test(`is asked where the first refuses its own credential or model (${status})`, async () => {
      upstream.script(`gpt-no-${status}`, refuse(status));
      upstream.script(`gpt-spare-${status}`, speak('spare'));
      const reply = await main.chat(askStream(`gpt-no-${status}|gpt-spare-${status}`));
      expectAnswer(reply, { text: 'spare' });
      assert.equal(reply.headers['x-onellm-attempts'], '2');
      assert.equal(reply.headers['x-onellm-model'], `gpt-spare-${status}`);
      assert.equal(reply.headers['x-onellm-upstream-status'], '200');
    });
  }

  test('is not asked where the request is at fault', async () => {
    upstream.script('gpt-strict', refuse(400, { message: 'no such parameter' }));
    upstream.script('gpt-idle', speak('spare'));
    expectError(await main.chat(ask('gpt-strict|gpt-idle')), { status: 400, message: /no such parameter/ });
    assert.equal(upstream.callsOf('gpt-idle').length, 0);
  });
});

describe('the total time', { concurrency: true }, () => {
  test('ends a call that says nothing', async () => {
    upstream.script('gpt-silent', hang());
    const began = performance.now();
    const reply = await hasty.chat(ask('gpt-silent'));
    expectError(reply, { status: 504, code: 'upstream_timeout', message: /ONELLM_TOTAL_TIMEOUT_MS/ });
    assert.ok(performance.now() - began >= 695);
  });

  test('allows no retry that would come too late', async () => {
    upstream.script('gpt-late', refuse(503, {}, { 'retry-after-ms': '800' }));
    expectError(await hasty.chat(ask('gpt-late')), { status: 503 });
    assert.equal(upstream.callsOf('gpt-late').length, 1);
  });

  test('does not end an answer that has begun', async () => {
    upstream.script('gpt-long', speak('one two three four five', { gapMs: 250 }));
    expectAnswer(await hasty.chat(askStream('gpt-long')), { text: 'one two three four five' });
  });
});

describe('a deployment on three resources of Azure', () => {
  test('is asked of each in turn', async () => {
    upstream.script('az-turns', speak('here'));
    for (let i = 0; i < 6; i += 1) await main.chat(ask('az-turns'));
    const seen = upstream.callsOf('az-turns').map(placeOf);
    assert.deepEqual(seen, [...PLACES, ...PLACES]);
  });

  for (const [name, failure] of Object.entries(TROUBLES)) {
    test(`answers 30 requests while two of them ${name}`, async () => {
      const before = upstream.callsOf('az-down').length;
      upstream.script('az-down', (call) => (placeOf(call) === 'west' ? speak('up') : failure)(call));
      const one = async (i) => {
        const reply = await gateway.clients[name].chat(ask('az-down', { stream: i % 2 === 0 }));
        if (i % 2 === 0) expectAnswer(reply, { text: 'up' });
        else assert.equal(reply.json.choices?.[0].message.content, 'up', reply.text);
      };
      for (let i = 0; i < 10; i += 1) await one(i);
      await Promise.all(Array.from({ length: 20 }, (_, i) => one(i)));
      const calls = upstream.callsOf('az-down').length - before;
      assert.ok(calls > 30 && calls <= 34, `${calls} calls: places in trouble are not left for last`);
    });
  }

  test('is asked again in another place than the last time', async () => {
    upstream.script('az-blink', inTurn(...Array(4).fill(refuse(503)), speak('up')));
    const reply = await main.chat(ask('az-blink'));
    assert.equal(reply.json.choices?.[0].message.content, 'up', reply.text);
    assert.equal(reply.headers['x-onellm-attempts'], '5');
    assert.deepEqual(upstream.callsOf('az-blink').map(placeOf), [...PLACES, 'east', 'west']);
  });

  test('is asked everywhere before the client sees an error', async () => {
    upstream.script('az-keys', refuse(401, { message: 'no such key' }));
    const reply = await main.chat(ask('az-keys'));
    expectError(reply, { status: 401, message: /no such key/ });
    assert.deepEqual(upstream.callsOf('az-keys').map(placeOf).sort(), [...PLACES].sort());
  });
});
