// OpenAI's chat completions as an upstream writes them: chunks, whole replies, and scripts for the mock
// that speak them. https://platform.openai.com/docs/api-reference/chat
//
// The rule: what is built here is what a provider sends, so a usage chunk stands in a stream only where
// the request asked for it.
import { setTimeout as sleep } from 'node:timers/promises';

export const DONE = 'data: [DONE]\n\n';
export const USAGE = { prompt_tokens: 7, completion_tokens: 5, total_tokens: 12 };

export const sse = (value) => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`;

export function chunk(
  delta,
  { finish = null, index = 0, id = 'chatcmpl-up', model = 'up-snapshot', ...more } = {},
) {
  const choices = [{ index, delta, logprobs: null, finish_reason: finish }];
  return { id, object: 'chat.completion.chunk', created: 1700000000, model, choices, ...more };
}

export const role = (options) => sse(chunk({ role: 'assistant', content: '', refusal: null }, options));
export const text = (content, options) => sse(chunk({ content }, options));
export const finish = (reason = 'stop', options = {}) => sse(chunk({}, { finish: reason, ...options }));
export const usageChunk = (usage = USAGE, options = {}) => sse({ ...chunk({}, options), choices: [], usage });
export const errorEvent = (error) =>
  sse({ error: { message: 'it broke', type: 'server_error', param: null, code: null, ...error } });

export function toolCall(index, id, name, argumentFragments) {
  const call = (more) => sse(chunk({ tool_calls: [{ index, ...more }] }));
  return [
    call({ id, type: 'function', function: { name, arguments: '' } }),
    ...argumentFragments.map((fragment) => call({ function: { arguments: fragment } })),
  ];
}

export function completion(
  content,
  { finish_reason = 'stop', usage = USAGE, model = 'up-snapshot', message = {}, ...more } = {},
) {
  return {
    id: 'chatcmpl-up',
    object: 'chat.completion',
    created: 1700000000,
    model,
    choices: [
      {
        index: 0,
        message: { role: 'assistant', content, refusal: null, ...message },
        logprobs: null,
        finish_reason,
      },
    ],
    usage,
    ...more,
  };
}

export const words = (content) => content.match(/\S+\s*|\s+/g) ?? [];

const askedForUsage = (call) => call.json?.stream_options?.include_usage === true;

// A model that answers `content`: whole, or word by word where a stream is asked for.
export function speak(content, { finish_reason = 'stop', usage = USAGE, delayMs = 0, gapMs = 0 } = {}) {
  return async (call) => {
    if (delayMs) await sleep(delayMs);
    if (!call.json.stream) return call.send(200, completion(content, { finish_reason, usage }));
    const events = [role(), ...words(content).map((word) => text(word)), finish(finish_reason)];
    if (askedForUsage(call)) events.push(usageChunk(usage));
    await call.play([...events, DONE], { gapMs });
  };
}

// A model that streams just these events. `ending`: end (close cleanly), reset (break the connection),
// hang (stay open and silent).
export const play = (events, options) => (call) => call.play(events, options);

// A model that answers with an HTTP error.
export function refuse(status, error = {}, headers = {}) {
  const whole = {
    message: `refused with ${status}`,
    type: 'server_error',
    param: null,
    code: null,
    ...error,
  };
  return (call) => call.send(status, { error: whole }, headers);
}

// A model that never answers.
export const hang = () => () => {};
