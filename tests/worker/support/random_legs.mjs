// Random models: what one says, how fast, and how it ends, in the words of one of three providers. Made from a
// number alone, so that a failure can be repeated.
//
// The rule: a leg's `expected` is what a client has to get of it; nothing here looks at what the gateway does.
import { setTimeout as sleep } from 'node:timers/promises';
import * as claude from './anthropic_wire.mjs';
import * as gemini from './google_wire.mjs';
import { ENDINGS, HALF_CALLERS } from './half_calls_wire.mjs';
import * as openai from './openai_wire.mjs';

/** A generator of numbers in [0, 1) from a seed: mulberry32. */
export function randomOf(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Methods that choose; `random` gives the numbers. */
export function chooserOf(random) {
  const between = (low, high) => low + Math.floor(random() * (high - low + 1));
  return {
    between,
    chance: (part) => random() < part,
    oneOf: (values) => values[Math.floor(random() * values.length)],
    /** As many of each order of magnitude. */
    size: (max) => Math.floor((max + 1) ** random()) - 1,
    /** A key of `weights`. */
    weighted(weights) {
      let at = random() * Object.values(weights).reduce((sum, weight) => sum + weight, 0);
      return Object.keys(weights).find((name) => (at -= weights[name]) < 0);
    },
  };
}

const SIZE_MAX = 300 * 1024;
const HUGE = [1_000_000, 2_500_000];
const HUGE_PART = 0.015;
const EVENTS_MAX = 1500;

const KINDS = {
  text: 44,
  reasoning: 12,
  calls: 12,
  empty: 3,
  picture: 4,
  half: 7,
  refused: 7,
  error: 5,
  cut: 6,
};
const PROVIDERS = { openai: 2, claude: 1, gemini: 1 };
const NAMES = { openai: 'gpt', claude: 'claude', gemini: 'gemini' };
const HALVES = { openai: 'OpenAI', claude: 'Claude', gemini: 'Gemini' };
/** What ends a stream or reply that broke off in the middle. */
const CUTS = ['reset', 'end'];

/** A random leg. `place` is its own name in the test. */
export function randomLeg(choose, place) {
  const provider = choose.weighted(PROVIDERS);
  const kind = choose.weighted(KINDS);
  const bytes = choose.chance(HUGE_PART) ? choose.between(...HUGE) : choose.size(SIZE_MAX);
  const leg = {
    model: `${NAMES[provider]}-mix-${place}`,
    provider: kind === 'picture' ? 'gemini' : provider,
    kind,
    bytes,
    text: `<${place}>${'abcde '.repeat(bytes / 6)}</${place}>`,
    pieceBytes: Math.max(choose.size(4000), 1, Math.ceil(bytes / EVENTS_MAX)),
    delayMs: choose.chance(0.3) ? choose.size(400) : 0,
    gapEvery: choose.chance(0.2) ? choose.between(2, 6) : 0, // So many pauses of some milliseconds.
    cutAt: choose.between(0, 100) / 100,
    cutBy: choose.oneOf(CUTS),
    status: choose.oneOf([429, 503]),
    calls: choose.between(1, 3),
    half: choose.oneOf(Object.values(ENDINGS)),
  };
  if (kind === 'picture') leg.model = `gemini-mix-${place}`;
  return Object.assign(leg, expectationOf(leg));
}

/** `ends`: well, length (and no calls), or badly. */
function expectationOf({ kind, text, calls, half }) {
  switch (kind) {
    case 'text':
    case 'reasoning':
    case 'picture':
      return { ends: 'well', expected: text, expectedCalls: 0 };
    case 'calls':
      return { ends: 'well', expected: '', expectedCalls: calls };
    case 'empty':
      return { ends: 'well', expected: '', expectedCalls: 0 };
    case 'half':
      return { ends: half.failed ? 'badly' : 'length', expected: '', expectedCalls: 0 };
    default:
      return { ends: 'badly', expected: '', expectedCalls: 0 };
  }
}

const cutUp = (text, bytes) => text.match(new RegExp(`.{1,${bytes}}`, 'gs')) ?? [];
const inputOf = (leg) => ({ text: leg.text });

/** The answer as blocks of Claude's, which the other providers' forms are made of. */
function blocksOf(leg) {
  switch (leg.kind) {
    case 'empty':
      return [];
    case 'reasoning':
      return [
        { type: 'thinking', thinking: leg.text, signature: 'c2ln' },
        { type: 'text', text: leg.text },
      ];
    case 'calls':
      return Array.from({ length: leg.calls }, (_, i) => ({
        type: 'tool_use',
        id: `call_${i}`,
        name: 'do',
        input: inputOf(leg),
      }));
    default:
      return [{ type: 'text', text: leg.text }];
  }
}

const openaiEvents = (leg) => {
  const deltas = blocksOf(leg).flatMap((block, index) => {
    if (block.type === 'tool_use') {
      return openai.toolCall(index, block.id, 'do', cutUp(JSON.stringify(block.input), leg.pieceBytes));
    }
    const key = block.type === 'thinking' ? 'reasoning_content' : 'content';
    const pieces = cutUp(block.text ?? block.thinking, leg.pieceBytes);
    return pieces.map((piece) => openai.sse(openai.chunk({ [key]: piece })));
  });
  const reason = leg.kind === 'calls' ? 'tool_calls' : 'stop';
  return [openai.role(), ...deltas, openai.finish(reason), openai.usageChunk(), openai.DONE];
};

function openaiWhole(leg) {
  const blocks = blocksOf(leg);
  const find = (type) => blocks.find((block) => block.type === type);
  const calls = blocks
    .filter(({ type }) => type === 'tool_use')
    .map(({ id, input }) => ({
      id,
      type: 'function',
      function: { name: 'do', arguments: JSON.stringify(input) },
    }));
  const message = {
    ...(find('thinking') ? { reasoning_content: find('thinking').thinking } : {}),
    ...(calls.length > 0 ? { tool_calls: calls } : {}),
  };
  return openai.completion(find('text')?.text ?? null, {
    finish_reason: calls.length > 0 ? 'tool_calls' : 'stop',
    message,
  });
}

// Claude's events, with pieces of the leg's own size in place of words.
function claudeEvents(leg) {
  const event = claude.event;
  const deltas = blocksOf(leg).flatMap((block, index) => {
    const deltaOf = {
      text: (text) => ({ type: 'text_delta', text }),
      thinking: (thinking) => ({ type: 'thinking_delta', thinking }),
      tool_use: (partial_json) => ({ type: 'input_json_delta', partial_json }),
    }[block.type];
    const said = block.text ?? block.thinking ?? JSON.stringify(block.input);
    const emptied = {
      text: { text: '' },
      thinking: { thinking: '', signature: '' },
      tool_use: { input: {} },
    };
    return [
      event('content_block_start', { index, content_block: { ...block, ...emptied[block.type] } }),
      ...cutUp(said, leg.pieceBytes).map((piece) =>
        event('content_block_delta', { index, delta: deltaOf(piece) }),
      ),
      event('content_block_stop', { index }),
    ];
  });
  const empty = claude.eventsOf(leg.model, [], {
    stopReason: leg.kind === 'calls' ? 'tool_use' : 'end_turn',
  });
  return [...empty.slice(0, -2), ...deltas, ...empty.slice(-2)];
}

function geminiParts(leg, { whole }) {
  if (leg.kind === 'picture') {
    const data = 'iVBORw0K'.repeat(leg.bytes / 8 + 1);
    return [{ text: leg.text }, { inlineData: { mimeType: 'image/png', data } }];
  }
  return blocksOf(leg).flatMap((block) => {
    if (block.type === 'tool_use') return [{ functionCall: { id: block.id, name: 'do', args: block.input } }];
    const thought = block.type === 'thinking';
    const pieces = whole ? [leg.text] : cutUp(leg.text, leg.pieceBytes);
    return pieces.map((text) => ({ text, ...(thought ? { thought } : {}) }));
  });
}

const FORMS = {
  openai: {
    isStream: (call) => call.json.stream,
    events: openaiEvents,
    whole: openaiWhole,
    error: openai.errorEvent({}),
  },
  claude: {
    isStream: (call) => call.json.stream,
    events: claudeEvents,
    whole: (leg) =>
      claude.messageOf(
        leg.model,
        blocksOf(leg),
        leg.kind === 'calls' ? 'tool_use' : 'end_turn',
        claude.USAGE,
      ),
    error: claude.event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } }),
  },
  gemini: {
    isStream: gemini.isStream,
    events: (leg) => gemini.eventsOf(leg.model, geminiParts(leg, { whole: false })),
    whole: (leg) => gemini.replyOf(leg.model, geminiParts(leg, { whole: true }), { finishReason: 'STOP' }),
    error: `data: ${JSON.stringify({ error: { code: 503, message: 'Overloaded', status: 'UNAVAILABLE' } })}\r\n\r\n`,
  },
};

/** Plays events in a few writes, with a pause between them. */
async function playInParts(call, leg, events, options) {
  const parts = leg.gapEvery || 1;
  const each = Math.ceil(events.length / parts);
  const joined = Array.from({ length: parts }, (_, i) => events.slice(i * each, (i + 1) * each).join(''));
  await call.play(joined.filter(Boolean), { gapMs: leg.gapEvery ? 15 : 0, ...options });
  call.sent.length = 0; // A thousand requests would keep all that was said.
}

async function sendPart(call, leg, value) {
  const bytes = Buffer.from(JSON.stringify(value));
  call.reply.writeHead(200, { 'content-type': 'application/json', 'content-length': bytes.length });
  call.reply.write(bytes.subarray(0, Math.floor(bytes.length * leg.cutAt)));
  await sleep(20);
  call.hangUp();
}

/** What the upstream does with a call for this leg. */
export async function answerAs(leg, call) {
  const form = FORMS[leg.provider];
  if (leg.delayMs) await sleep(leg.delayMs);
  if (leg.kind === 'refused') return openai.refuse(leg.status)(call);
  if (leg.kind === 'half') return HALF_CALLERS[HALVES[leg.provider]].answer(call, leg.half);
  const isStream = form.isStream(call);
  if (!isStream && leg.kind === 'error') return openai.refuse(503)(call);
  if (!isStream)
    return leg.kind === 'cut' ? sendPart(call, leg, form.whole(leg)) : call.send(200, form.whole(leg));
  const events = form.events(leg);
  if (leg.kind !== 'cut' && leg.kind !== 'error') return playInParts(call, leg, events);
  // At an event's border, before the last events, which say that the answer is whole.
  const begun = events.slice(0, Math.floor((events.length - 3) * leg.cutAt));
  if (leg.kind === 'error') return playInParts(call, leg, [...begun, form.error]);
  return playInParts(call, leg, begun, { ending: leg.cutBy });
}
