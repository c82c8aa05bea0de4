// Models that call a tool and do not end well: the answer breaks off, meets its limit or turns into an error while
// the arguments come, in the words of each provider. And the same models where all goes well.
//
// The rule: every name, id and argument of a call in an answer that did not end well has "half" in it, so that a
// reply can be searched for what must not be there.
import { setTimeout as sleep } from 'node:timers/promises';
import * as claude from './anthropic_wire.mjs';
import * as gemini from './google_wire.mjs';
import * as openai from './openai_wire.mjs';
import * as responses from './responses_wire.mjs';

export const HALF_MARK = /half/;

/** How such an answer ends. In the last two a first call is whole before the second one breaks off. */
export const ENDINGS = {
  'breaks off': { failed: true, ending: 'reset' },
  'ends without a finish_reason': { failed: true, ending: 'end' },
  'meets its limit of tokens': { failed: false },
  'turns into an error': { failed: true, error: true },
  'breaks off in the second of two calls': { failed: true, ending: 'reset', second: true },
  'meets its limit in the second of two calls': { failed: false, second: true },
};

export const tools = [
  {
    type: 'function',
    function: {
      name: 'write_file',
      parameters: { type: 'object', properties: { path: { type: 'string' } } },
    },
  },
];

const callOf = (id, path) => ({ id, name: 'half_write', input: { path } });
const callsOf = ({ second }) => [
  ...(second ? [callOf('half_0', 'half-but-whole.txt')] : []),
  callOf('half_1', 'half-written-name.txt'),
];

/** Sends the first part of a reply: the connection breaks, or the body ends as if that were all of it. */
async function sendCut(call, value, { ending }) {
  const text = JSON.stringify(value);
  const part = text.slice(0, text.lastIndexOf('half') + 4);
  if (ending === 'end') return call.send(200, part);
  call.reply.writeHead(200, { 'content-type': 'application/json', 'content-length': text.length });
  call.reply.write(part);
  await sleep(30); // What was written goes out first.
  call.hangUp();
}

/** A model whose stream is `events`, of which the last call is `half`, and whose whole reply is `value`. */
async function answerHalf(call, how, isStream, { half, atLimit, error, value }) {
  if (isStream) {
    if (how.error) return call.play([...half, error]);
    if (how.failed) return call.play(half, { ending: how.ending });
    return call.play([...half, ...atLimit]);
  }
  if (how.error) return call.send(200, error.slice(error.indexOf('{')).trim());
  return how.failed ? sendCut(call, value, how) : call.send(200, value);
}

/** OpenAI's three ways to call: functions, custom tools, and `function_call` of old (one call an answer). */
const SHAPES = {
  function: {
    open: ({ id, name }, index) => ({
      tool_calls: [{ index, id, type: 'function', function: { name, arguments: '' } }],
    }),
    more: (part, index) => ({ tool_calls: [{ index, function: { arguments: part } }] }),
    whole: (calls) => ({
      tool_calls: calls.map(({ id, name, text }) => ({
        id,
        type: 'function',
        function: { name, arguments: text },
      })),
    }),
  },
  custom: {
    open: ({ id, name }, index) => ({
      tool_calls: [{ index, id, type: 'custom', custom: { name, input: '' } }],
    }),
    more: (part, index) => ({ tool_calls: [{ index, custom: { input: part } }] }),
    whole: (calls) => ({
      tool_calls: calls.map(({ id, name, text }) => ({ id, type: 'custom', custom: { name, input: text } })),
    }),
  },
  legacy: {
    open: ({ name }) => ({ function_call: { name, arguments: '' } }),
    more: (part) => ({ function_call: { arguments: part } }),
    whole: (calls) => ({ function_call: { name: calls.at(-1).name, arguments: calls.at(-1).text } }),
  },
};

function openaiHalf(call, how, shape) {
  const calls = callsOf(shape === 'legacy' ? {} : how).map((one) => ({
    ...one,
    text: JSON.stringify(one.input),
  }));
  calls.at(-1).text = '{"path":"half-writte';
  const { open, more, whole } = SHAPES[shape];
  const deltas = calls.flatMap((one, index) => [
    open(one, index),
    ...one.text.match(/.{1,7}/g).map((part) => more(part, index)),
  ]);
  return answerHalf(call, how, call.json.stream, {
    half: [openai.role(), ...deltas.map((delta) => openai.sse(openai.chunk(delta)))],
    atLimit: [openai.finish('length'), openai.DONE],
    error: openai.errorEvent({}),
    value: openai.completion(null, { finish_reason: 'length', message: whole(calls) }),
  });
}

function claudeHalf(call, how) {
  const blocks = callsOf(how).map((one) => ({ type: 'tool_use', ...one }));
  const { model } = call.json;
  const events = claude.eventsOf(model, blocks, { stopReason: 'max_tokens' });
  const begun = events.findLastIndex((event) => event.includes('content_block_start'));
  return answerHalf(call, how, call.json.stream, {
    half: events.slice(0, begun + 4),
    atLimit: events.slice(-3),
    error: claude.event('error', { error: { type: 'overloaded_error', message: 'Overloaded' } }),
    value: claude.messageOf(model, blocks, 'max_tokens', claude.USAGE),
  });
}

// A call of Gemini's is one part. It is half where the event breaks off inside it, or the answer after it.
function geminiHalf(call, how) {
  const parts = callsOf(how).map(({ id, name, input }) => ({ functionCall: { id, name, args: input } }));
  const events = gemini.eventsOf(call.model, parts, 'MAX_TOKENS');
  const last = events.at(-2);
  const half = events.slice(0, -1);
  if (how.second && how.failed) half[half.length - 1] = last.slice(0, last.lastIndexOf('half') + 6);
  const error = { error: { code: 503, message: 'Overloaded', status: 'UNAVAILABLE' } };
  return answerHalf(call, how, gemini.isStream(call), {
    half,
    atLimit: events.slice(-1),
    error: `data: ${JSON.stringify(error)}\r\n\r\n`,
    value: gemini.replyOf(call.model, parts, { finishReason: 'MAX_TOKENS' }),
  });
}

function responsesHalf(call, how) {
  const items = callsOf(how).map(({ id, name, input }) => ({
    id: `fc_${id}`,
    type: 'function_call',
    call_id: id,
    name,
    arguments: JSON.stringify(input),
  }));
  const { model } = call.json;
  const events = responses.eventsOf(model, items);
  const begun = events.findLastIndex((event) => event.includes('response.output_item.added'));
  items.at(-1).arguments = '{"path":"half-writte';
  const value = responses.incompleteOf(model, items);
  return answerHalf(call, how, call.json.stream, {
    half: events.slice(0, begun + 4),
    atLimit: [responses.event('response.incomplete', { response: value })],
    error: responses.event('error', { code: 'server_error', message: 'it broke', param: null }),
    value,
  });
}

/** Each provider's model that does not end well: its name, and what it does. */
export const HALF_CALLERS = {
  OpenAI: { model: 'gpt-half', answer: (call, how) => openaiHalf(call, how, 'function') },
  'OpenAI with a custom tool': { model: 'gpt-half', answer: (call, how) => openaiHalf(call, how, 'custom') },
  'OpenAI with a function_call of old': {
    model: 'gpt-half',
    answer: (call, how) => openaiHalf(call, how, 'legacy'),
  },
  Claude: { model: 'claude-half', answer: claudeHalf },
  Gemini: { model: 'gemini-half', answer: geminiHalf },
  'the Responses API': { model: 'gpt-6.1-sol', answer: responsesHalf },
};

/** Two parallel calls that end well. */
export const WHOLE_CALLS = [
  { id: 'call_a', name: 'write_file', input: { path: 'one.txt' } },
  { id: 'call_b', name: 'write_file', input: { path: 'two.txt' } },
];

/** Each provider's model that makes those two calls; `gapMs` between its events. */
export const WHOLE_CALLERS = {
  OpenAI: {
    model: 'gpt-caller',
    answer: (call, { gapMs = 0 } = {}) => {
      const calls = WHOLE_CALLS.map((one) => ({ ...one, text: JSON.stringify(one.input) }));
      if (!call.json.stream) {
        const message = SHAPES.function.whole(calls);
        return call.send(200, openai.completion(null, { finish_reason: 'tool_calls', message }));
      }
      const events = calls.flatMap(({ id, name, text }, index) =>
        openai.toolCall(index, id, name, text.match(/.{1,7}/g)),
      );
      return call.play([openai.role(), ...events, openai.finish('tool_calls'), openai.DONE], { gapMs });
    },
  },
  Claude: {
    model: 'claude-caller',
    answer: (call, options) =>
      claude.answer(
        call,
        WHOLE_CALLS.map((one) => ({ type: 'tool_use', ...one })),
        { ...options, stopReason: 'tool_use' },
      ),
  },
  Gemini: {
    model: 'gemini-caller',
    answer: (call, options) =>
      gemini.answer(
        call,
        WHOLE_CALLS.map(({ id, name, input }) => ({ functionCall: { id, name, args: input } })),
        options,
      ),
  },
};
