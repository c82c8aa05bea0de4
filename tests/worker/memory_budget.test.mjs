// One budget for all that waits: attacks by many requests at once, each of them kept in memory until something
// else happens. The gateway serves what it has room for and refuses the rest; nobody else is hurt.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { askStream } from './support/client.mjs';
import { expectAnswer, readStream } from './support/expect.mjs';
import { eventsOf } from './support/google_wire.mjs';
import { DONE, finish, role, sse, text, usageChunk } from './support/openai_wire.mjs';
import {
  ASK_NATIVE,
  attack,
  chat,
  expectLegRefusal,
  expectRefusal,
  expectStreamRefusal,
  Height,
  startSiege,
} from './support/siege.mjs';

const MB = 1024 * 1024;
/** Of requests with megabytes each the budget has room for a few at least. */
const SERVED_MIN = 2;
let siege, upstream;

before(async () => {
  siege = await startSiege();
  upstream = siege.upstream;
});
after(() => siege?.stop());

/** The number of the issue and one and a half times as many; the second round also shows that nothing leaked. */
function rounds(count, name, run) {
  for (const many of [count, 1.5 * count]) test(`${many} ${name}`, () => run(many));
}

/** What became of a stream of one leg: served, which `expectWhole` checks, or refused before or after its head. */
function outcomeOf(reply, expectWhole) {
  if (reply.status !== 200) return expectRefusal(reply);
  if (readStream(reply.text).error) return void expectStreamRefusal(reply);
  expectWhole(reply);
  return 'served';
}

function expectSomeServed(outcomes) {
  const served = outcomes.filter((outcome) => outcome === 'served').length;
  assert.ok(served >= SERVED_MIN, `${served} of ${outcomes.length} were served`);
}

describe('five legs whose first is slow, with 3 000 words of five bytes waiting in each of the others', () => {
  const WORDS = 3000;
  const wordsOf = (leg) =>
    Array.from({ length: WORDS }, (_, i) => `${leg}${i.toString(36).padStart(3, '0')} `);
  const answers = [1, 2, 3, 4].map((leg) => wordsOf(leg).join(''));
  const eventOf = (content) => sse({ id: 'c', choices: [{ index: 0, delta: { content } }] });
  const flows = [1, 2, 3, 4].map((leg) => Buffer.from(wordsOf(leg).map(eventOf).join('')));
  const whole = ['First.', ...answers].join('\n\n');

  rounds(120, 'such requests are all answered whole', async (count) => {
    const height = new Height(4 * count);
    const reached = Promise.withResolvers();
    upstream.script('gpt-slow', async (call) => {
      await call.play([role(), text('First.')], { ending: 'hang' });
      await reached.promise;
      await call.play([finish(), DONE]);
    });
    for (const leg of [1, 2, 3, 4]) {
      upstream.script(`gpt-wait-${leg}`, async (call) => {
        await call.play([role(), flows[leg - 1], finish(), DONE]);
        await height.arrive();
        reached.resolve();
      });
    }
    const body = askStream('gpt-slow,gpt-wait-1,gpt-wait-2,gpt-wait-3,gpt-wait-4', {
      onellm: { merge: 'concat' },
    });
    await attack(
      siege,
      count,
      async () => expectAnswer(await chat(siege, body), { text: whole }) && 'served',
    );
  });
});

describe('Gemini streams amid a picture of 3 MB', () => {
  const picture = 'iVBORw0K'.repeat((3 * MB) / 8);
  const part = { inlineData: { mimeType: 'image/png', data: picture } };
  const [look, event, end] = eventsOf('gemini-3-pro-image', [{ text: 'Look: ' }, part]).map(Buffer.from);
  const cut = event.length - 1000;

  function expectPicture(reply) {
    const { chunks } = expectAnswer(reply, {});
    const images = chunks.flatMap(({ choices }) => choices[0]?.delta.images ?? []);
    assert.equal(images.length, 1);
    assert.ok(images[0].image_url.url === `data:image/png;base64,${picture}`, 'the picture is not whole');
  }

  rounds(32, 'at once, half of them with a text before it', async (count) => {
    const height = new Height(count);
    for (const [model, before] of [
      ['gemini-picture', []],
      ['gemini-text-picture', [look]],
    ]) {
      upstream.script(model, async (call) => {
        await height.after(call, Buffer.concat([...before, event.subarray(0, cut)]));
        await call.play([event.subarray(cut), end]);
      });
    }
    const fire = async (i) =>
      outcomeOf(
        await chat(siege, askStream(i % 2 ? 'gemini-picture' : 'gemini-text-picture')),
        expectPicture,
      );
    expectSomeServed(await attack(siege, count, fire));
  });
});

describe('unfinished events of 2.2 MB', () => {
  const long = 'y'.repeat(2.2 * MB);
  const event = Buffer.from(text(long));
  const cut = event.length - 200;

  const expectLong = (reply) => {
    const stream = expectAnswer(reply, {});
    assert.ok(stream.choices[0].text === long, 'the text is not whole');
  };

  function scriptLong(height) {
    upstream.script('gpt-late-end', async (call) => {
      await height.after(call, Buffer.concat([Buffer.from(role()), event.subarray(0, cut)]));
      await call.play([event.subarray(cut), finish(), DONE]);
    });
    upstream.script('gpt-no-end', async (call) => {
      await height.after(call, event.subarray(0, cut));
      call.hangUp();
    });
  }

  // Those whose end never comes are an error in any case: of the gateway's room or of their upstream.
  function expectFailure(reply) {
    assert.ok([502, 503].includes(reply.status), `${reply.status}: ${reply.text.slice(0, 200)}`);
    if (reply.status === 503) expectRefusal(reply);
    return 'failed';
  }

  rounds(60, 'at once, the end of every third of them never comes', async (count) => {
    scriptLong(new Height(count));
    const outcomes = await attack(siege, count, async (i) => {
      if (i % 3 === 0) return expectFailure(await chat(siege, askStream('gpt-no-end')));
      return outcomeOf(await chat(siege, askStream('gpt-late-end')), expectLong);
    });
    expectSomeServed(outcomes);
  });

  // Each leg is whole in its place or shows that it failed, and why.
  function outcomeOfLegs(reply) {
    if (reply.status !== 200) return expectRefusal(reply);
    const stream = readStream(reply.text);
    if (stream.error) return void expectStreamRefusal(reply);
    const parts = stream.choices[0].text.split('\n\n');
    assert.equal(parts.length, 5);
    for (const [i, leg] of stream.onellm.legs.entries()) {
      if (leg.status === 200) {
        assert.ok(parts[i] === long, `leg ${i} is not whole: ${parts[i].slice(0, 100)}`);
      } else {
        expectLegRefusal(leg);
        assert.match(parts[i], /^\[gpt-late-end: .+ \(503\)\]$/);
      }
    }
    assert.equal(stream.choices[0].finish_reason, 'stop');
    return 'served';
  }

  rounds(10, 'requests of five such legs', async (count) => {
    scriptLong(new Height(5 * count));
    const body = askStream(Array(5).fill('gpt-late-end').join(','), { onellm: { merge: 'concat' } });
    const outcomes = await attack(siege, count, async () => outcomeOfLegs(await chat(siege, body)));
    assert.ok(outcomes.includes('served'), 'no request had a leg that was served');
  });
});

describe('native streams whose first event has 3 MB', () => {
  const long = 'z'.repeat(3 * MB);
  const event = Buffer.from(text(long));
  const cut = event.length - 100;
  const rest = [finish(), usageChunk(), DONE];

  rounds(40, 'at once, with its end late', async (count) => {
    const height = new Height(count);
    upstream.script('gpt-large-first', async (call) => {
      await height.after(call, event.subarray(0, cut));
      await call.play([event.subarray(cut), ...rest]);
    });
    const expected = Buffer.concat([event, Buffer.from(rest.join(''))]);
    const outcomes = await attack(siege, count, async () => {
      const reply = await chat(siege, askStream('gpt-large-first', ASK_NATIVE));
      if (reply.status !== 200) return expectRefusal(reply);
      assert.ok(reply.bytes.equals(expected), 'the bytes of the upstream are not what the client got');
      return 'served';
    });
    expectSomeServed(outcomes);
  });
});
