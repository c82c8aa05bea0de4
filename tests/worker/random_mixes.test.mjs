// A thousand random mixes of models, sizes and clients: nothing traps, every reply ends properly and once, what a
// client gets is what the models said, and afterwards the gateway holds nothing.
//
// ONELLM_TEST_SEED repeats a run; a mix depends on the seed and its own number alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, askStream } from './support/client.mjs';
import { expectErrorObject, readStream } from './support/expect.mjs';
import { answerAs, chooserOf, randomLeg, randomOf } from './support/random_legs.mjs';
import { ASK_NATIVE, attack, startSiege } from './support/siege.mjs';

const MIXES = 1000;
const AT_ONCE = 50;
const SEED = Number(process.env.ONELLM_TEST_SEED ?? 20261130);
const BUSY = /^(busy|overloaded)$/;
/** Longer than any mix takes on a slow machine. */
const DEADLINE_MS = 60_000;
const SLOW_FOR_MS = 1000;

let siege;

before(async () => {
  siege = await startSiege();
});
after(() => siege?.stop());

function randomMix(number) {
  const choose = chooserOf(randomOf(SEED * 7919 + number));
  const legs = Array.from({ length: choose.between(1, 5) }, (_, k) => randomLeg(choose, `${number}-${k}`));
  return {
    legs,
    stream: choose.chance(0.75),
    merge: choose.oneOf(['concat', 'choices', 'race']),
    native: choose.chance(0.5),
    client: choose.weighted({ fast: 6, slow: 2, leaves: 2 }),
    leavesAfterMs: choose.size(300),
  };
}

function bodyOf({ legs, stream, merge, native }) {
  const model = legs.map((leg) => leg.model).join(',');
  const more = { ...(legs.length > 1 ? { onellm: { merge } } : {}), ...(stream && native ? ASK_NATIVE : {}) };
  return (stream ? askStream : ask)(model, more);
}

/** Takes some bytes now and then, for a second; then as they come. */
async function readSlowly({ message }) {
  const until = performance.now() + SLOW_FOR_MS;
  while (!message.readableEnded && !message.destroyed && performance.now() < until) {
    message.pause();
    await sleep(25);
    message.resume();
    await sleep(2);
  }
}

/** The whole reply, or nothing where the client left. */
async function replyTo(mix) {
  const { main } = siege;
  const options = { deadlineMs: DEADLINE_MS };
  if (mix.client !== 'leaves') {
    const reply = await main.openChat(bodyOf(mix), options);
    if (mix.client === 'slow') await readSlowly(reply);
    return reply.whole();
  }
  const leaving = new AbortController();
  setTimeout(() => leaving.abort(), mix.leavesAfterMs);
  const reply = await main.openChat(bodyOf(mix), { ...options, signal: leaving.signal }).catch(() => null);
  await reply?.ended;
  return null;
}

/** An answer, streamed or whole, in one form. */
function read(reply, stream) {
  if (stream) return readStream(reply.text);
  const { choices, onellm } = reply.json;
  return {
    onellm,
    choices: choices.map(({ message, finish_reason, error }) => ({
      text: message.content ?? '',
      finish_reason,
      error,
      tool_calls: (message.tool_calls ?? []).map((call) => ({ id: call.id, ...call.function })),
    })),
  };
}

function checkCalls(calls, legs) {
  for (const { name, arguments: text } of calls) {
    assert.equal(name, 'do', 'a call of an answer that did not end well');
    const input = JSON.parse(text).text;
    assert.ok(
      legs.some((leg) => leg.kind === 'calls' && leg.text === input),
      'a call that no model made',
    );
  }
}

/** A failure of its own or the gateway's lack of room. */
function checkFailedLeg(leg, error, status) {
  if (leg.ends !== 'badly') assert.match(String(error?.code), BUSY, `${leg.kind}: ${JSON.stringify(error)}`);
  if (status !== undefined && BUSY.test(error?.code)) assert.equal(status, 503);
}

function checkSeveral({ legs, merge }, { choices, onellm }) {
  assert.equal(onellm.legs.length, legs.length);
  const well = legs.filter((leg) => leg.ends === 'well');
  if (merge === 'race') {
    checkCalls(choices[0].tool_calls, legs);
    const texts = well.map((leg) => leg.expected);
    if (choices[0].finish_reason === 'stop')
      assert.ok(texts.includes(choices[0].text), 'not what a model said');
    return;
  }
  let calls = 0;
  for (const [i, leg] of legs.entries()) {
    const { finish_reason, status, error } = onellm.legs[i];
    const choice = choices[merge === 'choices' ? i : 0];
    if (finish_reason === 'error') {
      checkFailedLeg(leg, error, status);
      continue;
    }
    assert.notEqual(leg.ends, 'badly', `${leg.kind} is taken for whole`);
    if (leg.ends === 'length') assert.equal(finish_reason, 'length');
    calls += leg.expectedCalls;
    if (merge === 'concat')
      assert.ok(choice.text.includes(leg.expected), `the text of leg ${i} is not whole`);
    else assert.ok(choice.text === leg.expected, `the text of leg ${i} is not whole`);
    if (merge === 'choices') assert.equal(choice.tool_calls.length, leg.expectedCalls);
  }
  assert.equal(choices.flatMap((choice) => choice.tool_calls).length, calls);
  for (const choice of choices) checkCalls(choice.tool_calls, legs);
}

function checkOne(leg, { choices: [choice], error }) {
  if (error) return checkFailedLeg(leg, error);
  assert.notEqual(leg.ends, 'badly', `${leg.kind} is taken for whole`);
  if (leg.ends === 'length') return assert.equal(choice.finish_reason, 'length');
  assert.ok(choice.text === leg.expected, 'the text is not whole');
  checkCalls(choice.tool_calls, [leg]);
  assert.equal(choice.tool_calls.length, leg.expectedCalls);
}

function checkReply(mix, reply) {
  const { legs, stream } = mix;
  if (reply.status !== 200) {
    assert.equal(reply.broken, false, 'an error that breaks off');
    const { error } = reply.json;
    expectErrorObject(error);
    assert.notEqual(error.code, 'internal_error');
    if (legs.length === 1) checkFailedLeg(legs[0], error, reply.status);
    else for (const [i, leg] of legs.entries()) checkFailedLeg(leg, error.legs[i].error);
    return;
  }
  assert.equal(reply.broken, false, 'the reply breaks off');
  const answer = read(reply, stream);
  assert.notEqual(answer.error?.code, 'internal_error');
  if (legs.length === 1) return checkOne(legs[0], answer);
  // Every model failed, or the winner of a race did.
  if (answer.error) return expectErrorObject(answer.error);
  checkSeveral(mix, answer);
}

const describeMix = (number, { legs, stream, merge, native, client }) =>
  `mix ${number} (${legs.length > 1 ? merge : 'one model'}${stream ? ', streamed' : ''}${native ? ', usage' : ''}, ` +
  `${client} client; ${legs.map((leg) => `${leg.provider} ${leg.kind} ${leg.bytes}`).join('; ')})`;

test(`${MIXES} random mixes end properly, and nothing is held afterwards`, async (t) => {
  t.diagnostic(`ONELLM_TEST_SEED=${SEED}`);
  const run = async (number) => {
    const mix = randomMix(number);
    for (const leg of mix.legs) siege.upstream.script(leg.model, (call) => answerAs(leg, call));
    try {
      const reply = await replyTo(mix);
      if (reply !== null) checkReply(mix, reply);
    } catch (error) {
      return `${describeMix(number, mix)}: ${error.message.slice(0, 300)}`;
    }
  };
  const problems = (await attack(siege, MIXES, run, { atOnce: AT_ONCE })).filter(Boolean);
  assert.equal(problems.length, 0, `${problems.length} mixes:\n${problems.slice(0, 10).join('\n')}`);
  assert.deepEqual(siege.upstream.unexpected, []);
});
