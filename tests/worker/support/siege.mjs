// An attack on the shared memory of an instance, and what has to hold while it runs: nothing traps, what is
// refused is refused properly, small streams beside it are not disturbed, and afterwards nothing is held.
//
// The gateway under siege is the debug build: it reports what its sessions hold.
import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, askStream } from './client.mjs';
import { expectAnswer, expectError, expectErrorObject, readStream } from './expect.mjs';
import { DONE, finish, role, speak, text, usageChunk } from './openai_wire.mjs';
import { startWithProviders } from './providers.mjs';

const MB = 1024 * 1024;
const MEMORY_MAX = 96 * MB;
/** Long enough for a slow machine to serve an attack. */
const DEADLINE_MS = 90_000;
/** Of the small streams. */
const WORD_EVERY_MS = 100;
/** After the end of its reply a session may still close. */
const RELEASED_WITHIN_MS = 3000;
/** A plain request after the attack is served at once. */
const SERVED_WITHIN_MS = 5000;

export const ASK_NATIVE = { stream_options: { include_usage: true } };
const LANES = { native: ASK_NATIVE, translated: {} };
/** The gateway's own words for "no room". */
const BUSY = { type: 'server_error', code: /^(busy|overloaded)$/ };

/** A gateway with one Worker and every provider, and its upstream. */
export async function startSiege(settings = {}) {
  const siege = await startWithProviders(
    { ONELLM_LOG_LEVEL: 'error', ...settings },
    { entry: 'tests/worker/support/debug_entry.js', wasm: 'build/wasm/onellm_debug.wasm' },
  );
  siege.upstream.script('gpt-plain', speak('All is well.'));
  return siege;
}

/**
 * Sends `count` requests, `fire(i)` each, `atOnce` of them at a time, beside the small streams. Gives what they
 * came to, after all of it held: no trap, small streams whole, plain requests served, nothing kept.
 */
export async function attack(siege, count, fire, { atOnce = count, memoryMax = MEMORY_MAX } = {}) {
  const { gateway, main } = siege;
  const logged = gateway.logs.length;
  await expectService(main); // By a fresh instance, should an attack before have broken one.
  const instances = await instancesOf(main);
  const small = await openSmallStreams(siege);
  const outcomes = await settled(count, fire, atOnce);
  const ended = await small.end();
  expectNoTrap(gateway.logs.slice(logged));
  for (const { reply, text: said } of ended) expectAnswer(reply, { text: said });
  for (const { reason } of outcomes) assert.ifError(reason);
  await expectService(main);
  await expectNothingHeld(main, instances - 1, memoryMax);
  return outcomes.map(({ value }) => value);
}

async function settled(count, fire, atOnce) {
  const outcomes = [];
  const runInTurn = async () => {
    while (outcomes.length < count) {
      const i = outcomes.push(null) - 1;
      [outcomes[i]] = await Promise.allSettled([fire(i)]);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, runInTurn));
  return outcomes;
}

/** One stream on each lane that says a word every 100 ms, until `end` lets it end well. */
async function openSmallStreams({ upstream, main }) {
  let over = false;
  const said = new Map();
  const script = async (call) => {
    const words = [];
    said.set(call.model, words);
    await call.play([role()], { ending: 'hang' });
    while (!over && !call.closed) {
      words.push(`w${words.length} `);
      await call.play([text(words.at(-1))], { ending: 'hang' });
      await sleep(WORD_EVERY_MS);
    }
    await call.play([finish(), usageChunk(), DONE]);
  };
  const streams = await Promise.all(
    Object.entries(LANES).map(async ([lane, more]) => {
      const model = `gpt-small-${lane}`;
      upstream.script(model, script);
      const reply = await main.openChat(askStream(model, more), { deadlineMs: DEADLINE_MS });
      assert.ok(await reply.until('w0 '), 'the small stream did not begin');
      return { model, reply };
    }),
  );
  const whole = async ({ model, reply }) => ({ reply: await reply.whole(), text: said.get(model).join('') });
  return {
    end() {
      over = true;
      return Promise.all(streams.map(whole));
    },
  };
}

export function expectNoTrap(lines) {
  const traps = lines.filter((line) => line.startsWith('error onellm:'));
  assert.equal(traps.length, 0, `${traps.length} requests failed in the gateway: ${traps[0]?.slice(0, 300)}`);
}

async function expectService(main) {
  const began = performance.now();
  const replies = await Promise.all([main.chat(ask('gpt-plain')), main.chat(askStream('gpt-plain'))]);
  assert.equal(replies[0].status, 200, replies[0].text);
  expectAnswer(replies[1], { text: 'All is well.' });
  assert.ok(performance.now() - began < SERVED_WITHIN_MS, 'a plain request after the attack waits');
}

const instancesOf = async (main) => (await main.get('/debug/memory')).json.instances;

/**
 * Nothing is held for sessions that are over, and no instance grew past what an isolate can bear. Looks at the
 * instances from number `first` on.
 */
async function expectNothingHeld(main, first, memoryMax) {
  const deadline = Date.now() + RELEASED_WITHIN_MS;
  for (;;) {
    const report = (await main.get('/debug/memory')).json;
    const [held, bytes] = [report.held.slice(first), report.bytes.slice(first)];
    const largest = Math.max(...bytes);
    assert.ok(largest <= memoryMax, `an instance grew to ${Math.round(largest / MB)} MB`);
    assert.ok(!held.includes(null), 'the module has no onellm_debug_memory_held');
    if (held.every((value) => value === 0)) return;
    assert.ok(Date.now() < deadline, `sessions that are over hold ${held} bytes`);
    await sleep(50);
  }
}

/** Sends a chat request of an attack and reads the whole reply. */
export const chat = ({ main }, body) => main.chat(body, { deadlineMs: DEADLINE_MS });

/** A refusal before the head was sent: 503, and when to come again. */
export function expectRefusal(reply) {
  expectError(reply, { status: 503, ...BUSY });
  assert.match(reply.headers['retry-after'] ?? '', /^[1-9][0-9]*$/);
}

/** The same after the head: an error line that ends the stream. */
export function expectStreamRefusal(reply) {
  const stream = readStream(reply.text);
  expectErrorObject(stream.error, BUSY);
  return stream;
}

/** A leg of `onellm.legs` that found no room. */
export function expectLegRefusal(leg) {
  assert.equal(leg.status, 503, JSON.stringify(leg));
  assert.equal(leg.finish_reason, 'error');
  assert.match(leg.error.code, BUSY.code);
}

/**
 * Where calls wait for one another, so that an attack stands at its height: until `expected` of them are there,
 * or, since the gateway may let some of them go, until none came for `quietMs`.
 */
export class Height {
  #expected;
  #quietMs;
  #timer = null;
  #reached = Promise.withResolvers();

  constructor(expected, quietMs = 1500) {
    this.#expected = expected;
    this.#quietMs = quietMs;
  }

  /** Resolves at the height, and a moment later than that: what was written has to arrive. */
  async arrive() {
    clearTimeout(this.#timer);
    this.#expected -= 1;
    if (this.#expected <= 0) this.#reached.resolve();
    else this.#timer = setTimeout(this.#reached.resolve, this.#quietMs);
    await this.#reached.promise;
    await sleep(500);
  }

  /** Writes to a call and comes to the height when it has all, will not take more or has gone. */
  async after(call, bytes) {
    if (!call.reply.headersSent) call.startStream();
    const written = new Promise((resolve) => call.reply.write(bytes, resolve));
    await Promise.race([written, call.abandoned, sleep(2 * this.#quietMs)]);
    await this.arrive();
  }
}
