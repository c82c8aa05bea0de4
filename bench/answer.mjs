// What the mock upstream answers, and whether a target passed on the whole of it: one answer of each
// target is checked before anything is timed, so that no speed comes from work left out.

import { Failure } from '../scripts/lib/failure.mjs';

export const EVENTS = 200;
export const WORD = 'twenty letters here ';
export const WORDS_OF_REPLY = 10;

/**
 * Sends one request and judges the answer.
 * @param {import('./targets.mjs').Target} target
 * @param {import('./scenarios.mjs').Scenario} scenario
 * @returns {Promise<number>} the bytes of the answer's body
 * @throws {Failure} if anything of it is missing or too much
 */
export async function checkAnswer({ name, url, headers }, { body, client, provider }) {
  const response = await fetch(url, { method: 'POST', headers, body });
  const text = await response.text();
  const { stream, stream_options: streamOptions } = JSON.parse(body);
  let fault = response.status === 200 ? '' : `status ${response.status}`;
  const isPlain = (provider !== 'openai' || client !== 'openai') && ['bare', 'touch'].includes(name);
  if (!fault && isPlain) fault = text.split(WORD).length === EVENTS + 1 ? '' : 'not every event';
  else if (!fault && client === 'anthropic') fault = faultOfMessages(text);
  else if (!fault)
    fault = stream ? faultOfStream(text, streamOptions?.include_usage ?? false) : faultOfReply(text);
  if (fault) throw new Failure(`${name} does not answer as it should (${fault}): ${text.slice(0, 300)}`);
  return Buffer.byteLength(text);
}

function faultOfReply(text) {
  const content = JSON.parse(text).choices[0].message.content;
  return content === WORD.repeat(WORDS_OF_REPLY) ? '' : 'not the whole text';
}

function faultOfMessages(text) {
  const events = [...text.matchAll(/^data: (.*)$/gm)].map((match) => JSON.parse(match[1]));
  if (events.filter(({ delta }) => delta?.text === WORD).length !== EVENTS) return 'not every event';
  const end = events.find(({ type }) => type === 'message_delta');
  if (end?.delta.stop_reason !== 'end_turn') return 'no stop reason';
  return events.at(-1).type === 'message_stop' ? '' : 'no message_stop at its end';
}

function faultOfStream(text, wantsUsage) {
  const payloads = [...text.matchAll(/^data: (.*)$/gm)].map((match) => match[1]);
  if (payloads.pop() !== '[DONE]') return 'no [DONE] at its end';
  const chunks = payloads.map((payload) => JSON.parse(payload));
  const choices = chunks.flatMap((chunk) => chunk.choices);
  if (choices.filter(({ delta }) => delta.content === WORD).length !== EVENTS) return 'not every event';
  if (choices.at(-1).finish_reason !== 'stop') return 'no finish reason';
  return chunks.some(({ usage }) => usage) === wantsUsage
    ? ''
    : `usage ${wantsUsage ? 'missing' : 'not asked for'}`;
}
