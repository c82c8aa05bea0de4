// A model that works on code, the same in four wire formats: in each step it thinks, says something or calls tools. The
// step depends on the request alone: it is the number of answers that the request already holds.
import {
  answer as answerAsClaude,
  faultOf as faultForClaude,
  refuse as refuseAsClaude,
} from './anthropic_wire.mjs';
import {
  answer as answerAsGemini,
  faultOf as faultForGemini,
  refuse as refuseAsGemini,
} from './google_wire.mjs';
import { chunk, DONE, finish, role, sse, text, toolCall, USAGE, usageChunk, words } from './openai_wire.mjs';
import { answer as answerAsResponses, textItem } from './responses_wire.mjs';

/** @typedef {{ thought?: string, text?: string, calls?: [string, object][] }} Step */

/** @type {Step[]} */
export const STEPS = [
  {
    thought: 'I need to see the tree.',
    text: 'Let me look around.',
    calls: [
      ['Bash', { command: 'ls -la' }],
      ['Read', { file_path: '/app/main.c', limit: 20 }],
    ],
  },
  { thought: 'A picture will help.', calls: [['mcp__browser__screenshot', { url: 'http://localhost/ü' }]] },
  {
    thought: 'Three things at once.',
    text: 'I see it.',
    calls: [
      ['Read', { file_path: '/app/logo.png' }],
      ['Bash', { command: 'false' }],
      ['Edit', { file_path: '/app/main.c', old_string: 'a\n"b"', new_string: 'c' }],
    ],
  },
  { text: 'The button is fixed.' },
  { thought: 'Now the tests.', calls: [['Grep', { pattern: 'TEST' }]] },
  {
    thought: 'Run them.',
    calls: [
      ['Bash', { command: 'make test' }],
      ['Glob', { pattern: '*.log' }],
    ],
  },
  { text: 'All tests pass.' },
];

/** What an API signs for a step, in base64. */
export const signatureOf = (step) => Buffer.from(`signature ${step}`).toString('base64');

const idOf = (step, call) => `call_${step}_${call}`;

const countOf = (items, isAnswer) =>
  items.filter((item, i) => isAnswer(item) && (i === 0 || !isAnswer(items[i - 1]))).length;

/** A model behind OpenAI's chat API. Hosts show its thoughts, OpenAI does not. */
export const chatCoder =
  ({ showsThoughts }) =>
  async (call) => {
    const number = countOf(call.json.messages, (message) => message.role === 'assistant');
    const { thought, text: said = '', calls = [] } = STEPS[number];
    await call.play([
      role(),
      ...(showsThoughts && thought
        ? words(thought).map((word) => sse(chunk({ reasoning_content: word })))
        : []),
      ...words(said).map((word) => text(word)),
      ...calls.flatMap(([name, input], i) =>
        toolCall(i, idOf(number, i), name, JSON.stringify(input).match(/.{1,9}/gu)),
      ),
      finish(calls.length > 0 ? 'tool_calls' : 'stop'),
      usageChunk(USAGE),
      DONE,
    ]);
  };

/** The same behind the Responses API. */
export async function responsesCoder(call) {
  const isAnswer = ({ type, role: who }) =>
    ['reasoning', 'function_call'].includes(type) || who === 'assistant';
  const number = countOf(call.json.input, isAnswer);
  const { thought, text: said, calls = [] } = STEPS[number];
  await answerAsResponses(call, [
    ...(thought
      ? [
          {
            id: `rs_${number}`,
            type: 'reasoning',
            encrypted_content: signatureOf(number),
            summary: [{ type: 'summary_text', text: thought }],
          },
        ]
      : []),
    ...(said ? [textItem(said)] : []),
    ...calls.map(([name, input], i) => ({
      id: `fc_${number}_${i}`,
      type: 'function_call',
      call_id: idOf(number, i),
      name,
      arguments: JSON.stringify(input),
    })),
  ]);
}

/** A Claude, which wants its thoughts back as it signed them. */
export async function claudeCoder(call) {
  const { messages } = call.json;
  const number = messages.filter((message) => message.role === 'assistant').length;
  const signed = messages
    .flatMap(({ content }) => (typeof content === 'string' ? [] : content))
    .filter(({ type }) => type === 'thinking');
  const fault =
    faultForClaude(call) ||
    (signed.some(
      ({ thinking, signature }) =>
        signature !== signatureOf(STEPS.findIndex((step) => step.thought === thinking)),
    )
      ? 'messages: Invalid `signature` in `thinking` block'
      : '');
  if (fault) return refuseAsClaude(call, fault);
  const { thought, text: said, calls = [] } = STEPS[number];
  const content = [
    ...(thought ? [{ type: 'thinking', thinking: thought, signature: signatureOf(number) }] : []),
    ...(said ? [{ type: 'text', text: said }] : []),
    ...calls.map(([name, input], i) => ({ type: 'tool_use', id: idOf(number, i), name, input })),
  ];
  await answerAsClaude(call, content, { stopReason: calls.length > 0 ? 'tool_use' : 'end_turn' });
}

/** A Gemini, which signs the first call of a step. */
export async function geminiCoder(call) {
  const fault = faultForGemini(call);
  if (fault) return refuseAsGemini(call, fault);
  const number = call.json.contents.filter((content) => content.role === 'model').length;
  const { thought, text: said, calls = [] } = STEPS[number];
  const parts = [
    ...(thought ? [{ text: thought, thought: true }] : []),
    ...(said ? [{ text: said }] : []),
    ...calls.map(([name, args], i) => ({
      functionCall: { name, args },
      ...(i === 0 && { thoughtSignature: signatureOf(number) }),
    })),
  ];
  await answerAsGemini(call, parts, { id: `resp_${number}` });
}
