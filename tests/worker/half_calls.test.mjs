// Half a call is never handed out: with several models the calls of one reach the client when it has ended well,
// and not at all where it broke off, failed or met its limit. Agents repair cut JSON and run it.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, askStream } from './support/client.mjs';
import { expectAnswer, expectError, expectStreamError, readStream } from './support/expect.mjs';
import {
  ENDINGS,
  HALF_CALLERS,
  HALF_MARK,
  WHOLE_CALLERS,
  WHOLE_CALLS,
  tools,
} from './support/half_calls_wire.mjs';
import { DONE, finish, play, role, speak, text, toolCall } from './support/openai_wire.mjs';
import { startWithProviders } from './support/providers.mjs';

const MERGES = ['concat', 'choices', 'race'];
const WORDS = 'Good words.';
/** More than the calls of one streamed leg may take, and less. */
const TOO_MUCH_BYTES = 1_200_000;
const MUCH_BYTES = 900_000;

let started, upstream, main;

before(async () => {
  started = await startWithProviders();
  ({ upstream, main } = started);
  upstream.script('gpt-good', speak(WORDS, { delayMs: 150 }));
  upstream.script('gpt-limit', speak('Cut at', { finish_reason: 'length' }));
  upstream.script('gpt-filter', speak('Filtered', { finish_reason: 'content_filter' }));
  for (const { model, answer } of Object.values(WHOLE_CALLERS)) {
    upstream.script(model, (call) => answer(call));
  }
});
after(() => started?.stop());

/** What a reply says of each choice, whole or streamed: text, calls, finish_reason; and `onellm.legs`. */
function read(reply, stream) {
  assert.equal(reply.status, 200, reply.text.slice(0, 500));
  if (stream) {
    const { choices, onellm, error } = readStream(reply.text);
    assert.equal(error, undefined, 'an error line while another model lives');
    return { choices, legs: onellm?.legs };
  }
  const choices = reply.json.choices.map(({ message, finish_reason, error }) => ({
    text: message.content ?? '',
    tool_calls: (message.tool_calls ?? []).map((call) => ({
      id: call.id,
      name: (call.function ?? call.custom).name,
      arguments: call.function?.arguments ?? call.custom?.input,
    })),
    finish_reason,
    error,
  }));
  return { choices, legs: reply.json.onellm?.legs };
}

async function merged(models, merge, stream) {
  const body = (stream ? askStream : ask)(models.join(','), { onellm: { merge }, tools });
  const reply = await main.chat(body);
  return { reply, ...read(reply, stream) };
}

function expectCalls(seen) {
  assert.deepEqual(
    seen.map(({ name, arguments: text }) => ({ name, input: JSON.parse(text) })),
    WHOLE_CALLS.map(({ name, input }) => ({ name, input })),
  );
  const ids = seen.map(({ id }) => id);
  assert.ok(ids.every((id) => typeof id === 'string' && id !== ''));
  assert.equal(new Set(ids).size, ids.length, 'an id twice');
}

/** The good model is whole, and of the other there is no call but how it ended. */
function expectNoHalfCall({ reply, choices, legs }, { merge, at, failed, model }) {
  assert.doesNotMatch(reply.text.replaceAll(model, ''), HALF_MARK, 'a part of a call');
  for (const { tool_calls } of choices) assert.equal(tool_calls.length, 0);
  if (merge === 'race') {
    assert.equal(choices[0].text, WORDS);
    assert.equal(choices[0].finish_reason, 'stop');
    return;
  }
  const expected = failed ? 'error' : 'length';
  assert.equal(legs[at].finish_reason, expected);
  assert.equal(legs[1 - at].finish_reason, 'stop');
  if (merge === 'choices') {
    assert.equal(choices[at].text, '');
    assert.equal(choices[at].finish_reason, expected);
    assert.equal(choices[1 - at].text, WORDS);
    return assert.equal(choices[1 - at].finish_reason, 'stop');
  }
  assert.equal(choices.length, 1);
  const parts = choices[0].text.split('\n\n');
  assert.equal(parts.length, failed ? 2 : 1, choices[0].text);
  assert.equal(parts[failed ? 1 - at : 0], WORDS);
  if (failed) assert.match(parts[at], /^\[\S+: .+ \(5\d\d\)\]$/);
  assert.equal(choices[0].finish_reason, failed ? 'stop' : 'length');
}

for (const [provider, { model, answer }] of Object.entries(HALF_CALLERS)) {
  describe(`a model of ${provider}, one of two`, () => {
    for (const [ending, how] of Object.entries(ENDINGS)) {
      test(`hands out no call where it ${ending}`, async () => {
        upstream.script(model, (call) => answer(call, how));
        const cases = [true, false].flatMap((stream) =>
          MERGES.flatMap((merge) => [0, 1].map((at) => ({ stream, merge, at }))),
        );
        const problems = await Promise.all(
          cases.map(async ({ stream, merge, at }) => {
            const models = at === 0 ? [model, 'gpt-good'] : ['gpt-good', model];
            try {
              expectNoHalfCall(await merged(models, merge, stream), { merge, at, model, ...how });
            } catch (error) {
              return `${merge}, ${stream ? 'streamed' : 'whole'}, leg ${at}: ${error.message}`;
            }
          }),
        );
        assert.deepEqual(problems.filter(Boolean), []);
      });
    }
  });
}

for (const [provider, { model }] of Object.entries(WHOLE_CALLERS)) {
  describe(`calls of a model of ${provider} that ends well`, () => {
    for (const stream of [true, false]) {
      for (const merge of ['concat', 'choices']) {
        test(`arrive whole, as ${merge}${stream ? ', streamed' : ''}`, async () => {
          for (const at of [0, 1]) {
            const models = at === 0 ? [model, 'gpt-good'] : ['gpt-good', model];
            const { choices, legs } = await merged(models, merge, stream);
            const own = choices[merge === 'concat' ? 0 : at];
            expectCalls(own.tool_calls);
            assert.equal(own.finish_reason, 'tool_calls');
            assert.equal(legs[at].finish_reason, 'tool_calls');
            assert.equal(choices[merge === 'concat' ? 0 : 1 - at].text, WORDS);
          }
        });
      }

      test(`win a race${stream ? ', streamed' : ''}, when their model has ended`, async () => {
        const { choices } = await merged(['gpt-good', model], 'race', stream);
        expectCalls(choices[0].tool_calls);
        assert.equal(choices[0].finish_reason, 'tool_calls');
      });
    }
  });
}

describe('the calls of a good model stay beside a model that', () => {
  const { model, answer } = HALF_CALLERS.OpenAI;
  for (const [ending, how] of Object.entries(ENDINGS)) {
    test(ending, async () => {
      upstream.script(model, (call) => answer(call, how));
      for (const stream of [true, false]) {
        for (const models of [
          [model, 'gpt-caller'],
          ['gpt-caller', model],
        ]) {
          const { reply, choices } = await merged(models, 'concat', stream);
          assert.doesNotMatch(reply.text.replaceAll(model, ''), HALF_MARK);
          expectCalls(choices[0].tool_calls);
          assert.equal(choices[0].finish_reason, 'tool_calls');
        }
      }
    });
  }
});

describe('the finish_reason of concat', () => {
  for (const [models, expected] of [
    [['gpt-limit', 'gpt-caller'], 'tool_calls'],
    [['gpt-caller', 'gpt-limit'], 'tool_calls'],
    [['gpt-limit', 'gpt-filter', 'gpt-good'], 'length'],
    [['gpt-good', 'gpt-filter', 'gpt-limit'], 'length'],
    [['gpt-good', 'gpt-filter'], 'content_filter'],
    [['gpt-filter', 'gpt-good'], 'content_filter'],
  ]) {
    test(`is ${expected} for ${models}`, async () => {
      for (const stream of [true, false]) {
        const { choices } = await merged(models, 'concat', stream);
        assert.equal(choices[0].finish_reason, expected);
      }
    });
  }
});

describe('a race', () => {
  const callSlowly = { gapMs: 100 }; // Its first fragment comes at once, its end after a second.

  test('is won by a text that comes before the end of a call', async () => {
    upstream.script('gpt-slow-caller', (call) => WHOLE_CALLERS.OpenAI.answer(call, callSlowly));
    const { choices } = await merged(['gpt-slow-caller', 'gpt-good'], 'race', true);
    assert.equal(choices[0].text, WORDS);
    assert.equal(choices[0].tool_calls.length, 0);
    await (await upstream.called('gpt-slow-caller')).letGo();
  });

  test('is won by a call that ends before a text comes', async () => {
    upstream.script('gpt-later', speak('Later.', { delayMs: 2500 }));
    upstream.script('gpt-slow-caller', (call) => WHOLE_CALLERS.OpenAI.answer(call, callSlowly));
    const { choices } = await merged(['gpt-later', 'gpt-slow-caller'], 'race', true);
    expectCalls(choices[0].tool_calls);
    assert.equal(choices[0].text, '');
  });

  const half = ['{"path":', '"half-'];
  const begun = [role(), text('I call. '), ...toolCall(0, 'half_1', 'half_write', half)];

  test('whose winner speaks, calls and breaks off ends with an error line and no call', async () => {
    upstream.script('gpt-speak-half', play(begun, { ending: 'reset' }));
    const reply = await main.chat(askStream('gpt-speak-half,gpt-good', { onellm: { merge: 'race' } }));
    const { choices } = expectStreamError(reply);
    assert.equal(choices[0].text, 'I call. ');
    assert.doesNotMatch(reply.text.replaceAll('gpt-speak-half', ''), HALF_MARK);
  });

  test('whose winner speaks, calls and meets its limit ends with length and no call', async () => {
    upstream.script('gpt-speak-half', play([...begun, finish('length'), DONE]));
    const reply = await main.chat(askStream('gpt-speak-half,gpt-good', { onellm: { merge: 'race' } }));
    expectAnswer(reply, { text: 'I call. ', finish_reason: 'length' });
    assert.doesNotMatch(reply.text.replaceAll('gpt-speak-half', ''), HALF_MARK);
  });

  test('whose winner speaks and calls hands out both', async () => {
    const calls = toolCall(0, 'call_1', 'write_file', ['{"path":', '"a"}']);
    upstream.script('gpt-speak-call', play([role(), text('I call. '), ...calls, finish('tool_calls'), DONE]));
    const { choices } = await merged(['gpt-speak-call', 'gpt-good'], 'race', true);
    assert.equal(choices[0].text, 'I call. ');
    assert.deepEqual(choices[0].tool_calls, [
      { id: 'call_1', name: 'write_file', arguments: '{"path":"a"}' },
    ]);
    assert.equal(choices[0].finish_reason, 'tool_calls');
  });
});

describe('calls that wait for the end of their model', () => {
  const callOf = (bytes) => {
    const part = 'x'.repeat(4000);
    const parts = Array(Math.ceil(bytes / part.length)).fill(part);
    return toolCall(0, 'call_1', 'write_file', ['{"path":"', ...parts, '"}']);
  };
  const large = (bytes) => play([role(), ...callOf(bytes), finish('tool_calls'), DONE]);

  test('may be large', async () => {
    upstream.script('gpt-large-call', large(MUCH_BYTES));
    for (const merge of MERGES) {
      const models = merge === 'race' ? ['gpt-large-call', 'gpt-silent'] : ['gpt-large-call', 'gpt-good'];
      upstream.script('gpt-silent', speak('Much later.', { delayMs: 2000 }));
      const { choices } = await merged(models, merge, true);
      const [call] = choices[0].tool_calls;
      assert.equal(JSON.parse(call.arguments).path.length, MUCH_BYTES);
      assert.equal(choices[0].finish_reason, 'tool_calls');
    }
  });

  test('fail their model with a 503 where they are over 1 MB, and the other goes on', async () => {
    upstream.script('gpt-huge-call', large(TOO_MUCH_BYTES));
    for (const at of [0, 1]) {
      const models = at === 0 ? ['gpt-huge-call', 'gpt-good'] : ['gpt-good', 'gpt-huge-call'];
      for (const merge of MERGES) {
        const { reply, choices, legs } = await merged(models, merge, true);
        assert.ok(reply.bytes.length < 100_000, 'a part of the call');
        for (const { tool_calls } of choices) assert.equal(tool_calls.length, 0);
        const own = choices[merge === 'choices' ? 1 - at : 0];
        assert.equal(own.finish_reason, 'stop');
        if (merge === 'race') assert.equal(own.text, WORDS);
        else assert.equal(legs[at].status, 503);
        if (merge === 'choices') assert.equal(choices[at].error.status, 503);
        if (merge === 'concat') assert.match(own.text, /\[gpt-huge-call: .+ \(503\)\]/);
      }
    }
  });

  test('are a 503 where all models fail so, with retry-after unless the head was sent', async () => {
    upstream.script('gpt-huge-call', large(TOO_MUCH_BYTES));
    for (const merge of MERGES) {
      const reply = await main.chat(askStream('gpt-huge-call,gpt-huge-call', { onellm: { merge } }));
      assert.ok(reply.bytes.length < 100_000, 'a part of a call');
      if (reply.status === 200) {
        expectStreamError(reply);
        continue;
      }
      expectError(reply, { status: 503, type: 'server_error' });
      assert.match(reply.headers['retry-after'] ?? '', /^[1-9][0-9]*$/);
    }
  });

  test('of a model asked alone stream as ever', async () => {
    upstream.script('gpt-live-call', async (call) => {
      await WHOLE_CALLERS.OpenAI.answer(call, { gapMs: 60 });
    });
    upstream.script('claude-live-call', (call) => WHOLE_CALLERS.Claude.answer(call, { gapMs: 60 }));
    for (const model of ['gpt-live-call', 'claude-live-call']) {
      const reply = await main.openChat(askStream(model, { tools }));
      assert.ok(await reply.until('"arguments":"{'), 'no fragment');
      const began = performance.now();
      assert.ok(!reply.text.includes('one.txt') || !reply.text.includes('two.txt'), 'all came at once');
      const { choices } = expectAnswer(await reply.whole(), { finish_reason: 'tool_calls' });
      assert.ok(performance.now() - began > 150, 'the fragments waited for the end');
      expectCalls(choices[0].tool_calls);
    }
  });

  test('of the live leg of concat wait, and its words before them do not', async () => {
    upstream.script('gpt-word-call', async (call) => {
      await call.play([role(), text('At once.')], { ending: 'hang' });
      await sleep(100);
      await call.play(toolCall(0, 'call_1', 'write_file', ['{"path":', '"a"}']), { ending: 'hang' });
      await sleep(400);
      await call.play([finish('tool_calls'), DONE]);
    });
    const reply = await main.openChat(
      askStream('gpt-word-call,gpt-good', { onellm: { merge: 'concat' }, tools }),
    );
    assert.ok(await reply.until('At once.'));
    await sleep(250);
    assert.doesNotMatch(reply.text, /write_file/, 'a call whose model has not ended');
    const { choices } = expectAnswer(await reply.whole(), { finish_reason: 'tool_calls' });
    assert.equal(choices[0].text, `At once.\n\n${WORDS}`);
    assert.equal(choices[0].tool_calls.length, 1);
  });
});
