// What wins a race of several models: text, a refusal or a call that is whole. Reasoning never does, however much of
// it comes, and an empty answer only where no model has a better one.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { answer as answerAsClaude } from './support/anthropic_wire.mjs';
import { ask, askStream } from './support/client.mjs';
import { expectAnswer, expectError } from './support/expect.mjs';
import {
  DONE,
  chunk,
  completion,
  finish,
  play,
  refuse,
  role,
  speak,
  sse,
  text,
} from './support/openai_wire.mjs';
import { startWithProviders } from './support/providers.mjs';

const QUICK_AFTER_MS = 300;
const THINKER_SPEAKS_AFTER_MS = 1000;
const race = { onellm: { merge: 'race' } };

let started, upstream, main;

before(async () => {
  started = await startWithProviders();
  ({ upstream, main } = started);
  upstream.script('gpt-quick', speak('Quick.', { delayMs: QUICK_AFTER_MS }));
  upstream.script('gpt-503', refuse(503));
});
after(() => started?.stop());

const thought = (part) => sse(chunk({ reasoning_content: part }));
const claudeThought = (thinking) =>
  `event: content_block_delta\ndata: ${JSON.stringify({ type: 'content_block_delta', index: 0, delta: { type: 'thinking_delta', thinking } })}\n\n`;
const CLAUDE_BEGINS = [
  'event: message_start\ndata: {"type":"message_start","message":{"id":"m","type":"message","role":"assistant","model":"claude-up","content":[],"stop_reason":null,"stop_sequence":null,"usage":{"input_tokens":1,"output_tokens":1}}}\n\n',
  'event: content_block_start\ndata: {"type":"content_block_start","index":0,"content_block":{"type":"thinking","thinking":"","signature":""}}\n\n',
].join('');

/** Thinks `pieces` times, all at once or spread over 200 ms, and speaks a second later. */
const thinker =
  (pieces, { spread, piece = 'Hm. ', begins = role(), eventOf = thought }) =>
  async (call) => {
    const batches = spread ? 20 : 1;
    const batch = eventOf(piece).repeat(pieces / batches);
    await call.play([begins, ...Array(batches).fill(batch)], { gapMs: spread ? 10 : 0, ending: 'hang' });
    await sleep(THINKER_SPEAKS_AFTER_MS);
    await call.play([text('Thought.'), finish(), DONE]);
  };

async function expectQuickWins(models) {
  const stream = expectAnswer(await main.chat(askStream(models, race)), { text: 'Quick.' });
  assert.deepEqual([...stream.choices[0].models], ['gpt-quick']);
  assert.equal(stream.choices[0].reasoning, '');
}

describe('reasoning that comes before the first text of another model wins no race', () => {
  for (const pieces of [2200, 3300, 5000]) {
    for (const spread of [false, true]) {
      test(`in ${pieces} short pieces ${spread ? 'one after another' : 'at once'}`, async () => {
        upstream.script('gpt-thinker', thinker(pieces, { spread }));
        for (const models of ['gpt-thinker,gpt-quick', 'gpt-quick,gpt-thinker'])
          await expectQuickWins(models);
        await upstream.callsOf('gpt-thinker').at(-1).letGo();
      });
    }
  }

  test('in long pieces, 400 KB together', async () => {
    upstream.script('gpt-thinker', thinker(100, { piece: 'h'.repeat(4096) }));
    await expectQuickWins('gpt-thinker,gpt-quick');
  });

  test('of Claude, in 2 200 short pieces', async () => {
    const options = { begins: CLAUDE_BEGINS, eventOf: claudeThought };
    upstream.script('claude-thinker', thinker(2200, options));
    await expectQuickWins('claude-thinker,gpt-quick');
  });
});

test('the winner of a race shows its reasoning too', async () => {
  upstream.script('gpt-thinker', thinker(2200, { spread: false }));
  upstream.script('gpt-later', speak('Later.', { delayMs: 3000 }));
  const { choices } = expectAnswer(await main.chat(askStream('gpt-later,gpt-thinker', race)), {
    text: 'Thought.',
  });
  assert.equal(choices[0].reasoning, 'Hm. '.repeat(2200));
});

test('a race of models that all reason for 600 KB ends with the first that speaks', async () => {
  const long = { piece: 'h'.repeat(4096) };
  upstream.script('gpt-thinker', thinker(150, long));
  upstream.script('gpt-thinker-later', async (call) => {
    await call.play([role(), thought(long.piece).repeat(150)], { ending: 'hang' });
    await sleep(3 * THINKER_SPEAKS_AFTER_MS);
    await call.play([text('Too late.'), finish(), DONE]);
  });
  const reply = await main.chat(askStream('gpt-thinker-later,gpt-thinker', race));
  expectAnswer(reply, { text: 'Thought.' });
});

describe('of whole replies', () => {
  const emptyReplies = {
    'an empty text': (call) => call.send(200, completion('')),
    'no content': (call) => call.send(200, completion(null)),
    'no content and no calls': (call) => call.send(200, completion(null, { message: { tool_calls: [] } })),
  };
  for (const [what, script] of Object.entries(emptyReplies)) {
    test(`${what} does not win against a text that comes later`, async () => {
      upstream.script('gpt-empty', script);
      for (const models of ['gpt-empty,gpt-quick', 'gpt-quick,gpt-empty', 'gpt-empty,gpt-503,gpt-quick']) {
        const { status, json } = await main.chat(ask(models, race));
        assert.equal(status, 200);
        assert.equal(json.choices.length, 1);
        assert.equal(json.choices[0].message.content, 'Quick.');
      }
    });

    test(`${what} is better than an error`, async () => {
      upstream.script('gpt-empty', script);
      for (const models of ['gpt-empty,gpt-503', 'gpt-503,gpt-empty', 'gpt-empty,gpt-empty']) {
        const { status, json, text: body } = await main.chat(ask(models, race));
        assert.equal(status, 200, body);
        assert.equal(json.choices.length, 1);
        assert.equal(json.choices[0].message.content ?? '', '');
        assert.equal(json.choices[0].finish_reason, 'stop');
      }
    });
  }

  test('an empty one of Claude does not win', async () => {
    upstream.script('claude-empty', (call) => answerAsClaude(call, []));
    const { json } = await main.chat(ask('claude-empty,gpt-quick', race));
    assert.equal(json.choices?.[0].message.content, 'Quick.');
  });

  test('a call wins, a refusal wins', async () => {
    const call = { id: 'call_1', type: 'function', function: { name: 'do', arguments: '{}' } };
    upstream.script('gpt-caller', (one) =>
      one.send(200, completion(null, { finish_reason: 'tool_calls', message: { tool_calls: [call] } })),
    );
    upstream.script('gpt-refuser', (one) => one.send(200, completion(null, { message: { refusal: 'No.' } })));
    const called = (await main.chat(ask('gpt-quick,gpt-caller', race))).json.choices[0];
    assert.equal(called.message.tool_calls[0].id, 'call_1');
    const refused = (await main.chat(ask('gpt-quick,gpt-refuser', race))).json.choices[0];
    assert.equal(refused.message.refusal, 'No.');
  });

  test('errors alone are an error', async () => {
    expectError(await main.chat(ask('gpt-503,gpt-503', race)), { status: 503 });
  });
});

test('streamed, an empty answer does not win, and is better than an error', async () => {
  upstream.script('gpt-empty', play([role(), finish(), DONE]));
  expectAnswer(await main.chat(askStream('gpt-empty,gpt-quick', race)), { text: 'Quick.' });
  for (const models of ['gpt-empty,gpt-503', 'gpt-empty,gpt-empty']) {
    expectAnswer(await main.chat(askStream(models, race)), { text: '' });
  }
});
