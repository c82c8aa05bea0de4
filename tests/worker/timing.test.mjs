// Events arrive when they are sent, one by one; and where the upstream is silent for long, a comment keeps the
// connection alive. The tests run side by side, since most of them wait.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { askStream } from './support/client.mjs';
import { expectAnswer, expectStreamError, framesOf, readStream } from './support/expect.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { DONE, errorEvent, finish, play, role, speak, text, usageChunk } from './support/openai_wire.mjs';

const GAP_MS = 20;
const EVENTS = 60;
let upstream, gateway, main;
const withUsage = { stream_options: { include_usage: true } };

before(async () => {
  upstream = await startUpstream();
  gateway = await startGateway({ workers: { main: standardSettings(upstream) } });
  main = gateway.clients.main;
  upstream.script('gpt-warm', speak('up'));
  for (const more of [withUsage, {}]) await main.chat(askStream('gpt-warm', more));
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

const marks = Array.from({ length: EVENTS }, (_, i) => `<${i}>`);

// For each marked event: how long it took from the upstream's write to the client's read.
function delays(call, reply) {
  return marks.map((mark) => {
    const sent = call.sent.find(({ event }) => event.includes(mark));
    const arrival = reply.arrivals.find(({ text }) => text.includes(mark));
    assert.ok(arrival, `${mark} did not arrive`);
    return arrival.at - sent.at;
  });
}

// A few events may meet a busy machine; a gateway that gathers events delays nearly all of them.
function expectPrompt(call, reply) {
  const sorted = delays(call, reply).sort((a, b) => a - b);
  const at = (share) => sorted[Math.floor(share * (sorted.length - 1))];
  const seen = `median ${at(0.5).toFixed(1)} ms, 90 % ${at(0.9).toFixed(1)} ms, most ${at(1).toFixed(1)} ms`;
  assert.ok(at(0.5) <= 10, seen);
  assert.ok(at(0.9) <= 15, seen);
  const reads = new Set(marks.map((mark) => reply.arrivals.findIndex(({ text }) => text.includes(mark))));
  assert.ok(reads.size >= 0.9 * EVENTS, `${EVENTS} events came in ${reads.size} reads`);
}

describe('events sent 20 ms apart arrive one by one', () => {
  const events = [role(), ...marks.map((mark) => text(mark)), finish(), usageChunk(), DONE];
  const cases = {
    'on the native lane': ['gpt-paced-native', withUsage],
    'on the translated lane': ['gpt-paced-translated', { onellm: { lane: 'translated' } }],
    'where usage is taken out': ['gpt-paced-usage', {}],
    'for the first leg of several': ['gpt-paced-leg', {}, ',gpt-warm'],
    'for a leg of choices': ['gpt-paced-choice', { onellm: { merge: 'choices' } }, ',gpt-warm'],
  };
  for (const [name, [model, more, other = '']] of Object.entries(cases)) {
    test(name, async () => {
      upstream.script(model, play(events, { gapMs: GAP_MS }));
      const reply = await (await main.openChat(askStream(model + other, more))).whole();
      expectPrompt(await upstream.called(model), reply);
      assert.equal(readStream(reply.text).error, undefined);
    });
  }

  test('and the head comes with the first of them', async () => {
    for (const more of [withUsage, { onellm: { lane: 'translated' } }]) {
      upstream.script(
        'gpt-head',
        play([role(), text('<now>'), text('later'), finish(), DONE], { gapMs: 300 }),
      );
      const reply = await main.openChat(askStream('gpt-head', more));
      await reply.whole();
      const { sent } = upstream.callsOf('gpt-head').at(-1);
      assert.ok(reply.headAt < sent[2].at, 'the head came only with a later event');
    }
  });
});

describe('an upstream that is silent for 17 seconds', { concurrency: true }, () => {
  const SILENCE_MS = 17_000;
  const comments = (reply) => reply.arrivals.filter((arrival) => /^:/m.test(arrival.text));
  const silentThen = (before, after, options) => async (call) => {
    await call.play(before, { ending: 'hang' });
    await sleep(SILENCE_MS);
    await call.play(after, options);
  };
  const begin = async (model, more) => {
    const began = performance.now();
    const reply = await main.openChat(askStream(model, more));
    return { began, reply: await reply.whole() };
  };

  test('is bridged by one comment after 15 seconds on the translated lane', async () => {
    upstream.script('gpt-pause', silentThen([role(), text('one ')], [text('two'), finish(), DONE]));
    const { reply } = await begin('gpt-pause', { onellm: { lane: 'translated' } });
    expectAnswer(reply, { text: 'one two' });
    assert.equal(framesOf(reply.text).filter((frame) => frame.comment).length, 1);
    const silence = comments(reply)[0].at - (await upstream.called('gpt-pause')).sent[1].at;
    assert.ok(silence > 14_000 && silence < 16_000, `after ${Math.round(silence)} ms`);
  });

  test('gets a comment between events, never inside one', async () => {
    const half = text('whole');
    upstream.script(
      'gpt-inside',
      silentThen([role(), text('one '), half.slice(0, 30)], [half.slice(30), finish(), DONE]),
    );
    const { reply } = await begin('gpt-inside', { onellm: { lane: 'translated' } });
    expectAnswer(reply, { text: 'one whole' });
  });

  test('is relayed as it is on the native lane', async () => {
    const [before, after] = [
      [role(), text('one ')],
      [text('two'), finish(), usageChunk(), DONE],
    ];
    upstream.script('gpt-relayed', silentThen(before, after));
    const { reply } = await begin('gpt-relayed', withUsage);
    assert.equal(reply.text, [...before, ...after].join(''));
  });

  test('before its first event gets a 200 and a comment after 15 seconds', async () => {
    upstream.script('gpt-thinks', silentThen([], [role(), text('thought'), finish(), DONE]));
    const { began, reply } = await begin('gpt-thinks', { onellm: { lane: 'translated' } });
    expectAnswer(reply, { text: 'thought' });
    const head = reply.headAt - began;
    assert.ok(head > 14_000 && head < 16_500, `the head came after ${Math.round(head)} ms`);
    assert.match(reply.arrivals[0].text, /^:/);
  });

  test('and then fails has its error in the stream', async () => {
    upstream.script('gpt-fails', silentThen([], [errorEvent({ message: 'too late' })]));
    const { reply } = await begin('gpt-fails', { onellm: { lane: 'translated' } });
    expectStreamError(reply, { message: /too late/ });
  });

  test('without a head, and then refuses, has its error in the stream', async () => {
    upstream.script('gpt-refuses', async (call) => {
      await sleep(SILENCE_MS);
      call.send(503, { error: { message: 'too late', type: 'server_error', param: null, code: null } });
    });
    const { reply } = await begin('gpt-refuses', { onellm: { lane: 'translated' } });
    expectStreamError(reply, { message: /too late/ });
  });

  test('as the first of two legs is bridged too', async () => {
    upstream.script('gpt-first-leg', silentThen([role(), text('one')], [finish(), DONE]));
    const { reply } = await begin('gpt-first-leg,gpt-warm', {});
    expectAnswer(reply, { text: 'one\n\nup' });
    assert.ok(comments(reply).length >= 1);
  });
});

const lanes = { native: withUsage, translated: { ...withUsage, onellm: { lane: 'translated' } } };

// Plays `events`, and `again` every 200 ms for as long as anybody listens.
const never = (events, again) => async (call) => {
  await call.play(events, { ending: 'hang' });
  for (; again !== undefined && !call.closed; await sleep(200)) call.reply.write(again);
};

describe('a stream that goes on after its last finish_reason', { concurrency: true }, () => {
  const TWO_SECONDS_MS = 2_000;
  const SLACK_MS = 250; // For a machine that is busy.

  async function expectEnd(model, more, finishAt) {
    const reply = await (await main.openChat(askStream(model, more))).whole();
    const endedAt = performance.now();
    const call = await upstream.called(model);
    const took = endedAt - call.sent[finishAt].at;
    assert.ok(took < TWO_SECONDS_MS + SLACK_MS, `it took ${Math.round(took)} ms`);
    assert.equal(reply.broken, false);
    assert.equal(readStream(reply.text).error, undefined);
    await call.letGo();
    return readStream(reply.text);
  }

  for (const [lane, more] of Object.entries(lanes)) {
    for (const [name, again] of [
      ['is silent', undefined],
      ['sends comments', ': ping\n\n'],
    ]) {
      test(`and ${name} ends two seconds later on the ${lane} lane`, async () => {
        const model = `gpt-late-${lane}-${name.slice(0, 2)}`;
        upstream.script(model, never([role(), text('all'), finish()], again));
        const { choices } = await expectEnd(model, more, 2);
        assert.equal(choices[0].text, 'all');
        assert.equal(choices[0].finish_reason, 'stop');
      });
    }

    test(`and breaks is whole at once on the ${lane} lane`, async () => {
      const model = `gpt-breaks-${lane}`;
      upstream.script(model, play([role(), text('all'), finish(), usageChunk()], { ending: 'reset' }));
      const began = performance.now();
      const reply = await main.chat(askStream(model, more));
      assert.ok(performance.now() - began < 1_700, 'it waited for more');
      const { choices, usage, error } = readStream(reply.text);
      assert.equal(error, undefined);
      assert.equal(choices[0].finish_reason, 'stop');
      assert.equal(usage.total_tokens, 12);
    });

    test(`and has its usage a second later hands it on on the ${lane} lane`, async () => {
      const model = `gpt-usage-${lane}`;
      upstream.script(model, async (call) => {
        await call.play([role(), text('all'), finish()], { ending: 'hang' });
        await sleep(1_000);
        await call.play([usageChunk()], { ending: 'hang' });
      });
      assert.equal((await expectEnd(model, more, 2)).usage.total_tokens, 12);
    });

    test(`of one choice of two waits for the other on the ${lane} lane`, async () => {
      const model = `gpt-two-${lane}`;
      const second = { index: 1 };
      const first = [role(), text('one'), finish(), role(second)];
      upstream.script(model, async (call) => {
        await call.play(first, { ending: 'hang' });
        await sleep(3_000);
        await call.play([text('two', second), finish('length', second)], { ending: 'hang' });
      });
      const { choices } = await expectEnd(model, { ...more, n: 2 }, first.length + 1);
      assert.equal(choices[1].text, 'two');
      assert.equal(choices[1].finish_reason, 'length');
    });
  }
});

describe('a stream that hangs after its finish_reason loses nothing that a slow client has not read yet', () => {
  for (const [lane, more] of Object.entries(lanes)) {
    test(`on the ${lane} lane`, async () => {
      const model = `gpt-slow-reader-${lane}`;
      const words = Array.from({ length: 6_000 }, (_, i) => text(`<${i}>${'x'.repeat(1_000)}`));
      upstream.script(model, never([role(), ...words, finish()]));
      const reply = await main.openChat(askStream(model, more));
      await reply.until('<1>');
      reply.message.pause();
      await sleep(5_000);
      reply.message.resume();
      await reply.whole();
      assert.equal(reply.broken, false);
      const { choices, error } = readStream(reply.text);
      assert.equal(error, undefined);
      assert.equal(choices[0].finish_reason, 'stop');
      assert.ok(choices[0].text.includes('<5999>'));
    });
  }
});
