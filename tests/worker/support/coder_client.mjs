// The loop of a coding agent as Claude Code makes it, with the official client: three system blocks with cache_control,
// twenty tools, betas, thinking, streams, tool results with pictures, and a mark that moves to the end of each request.
import Anthropic from '@anthropic-ai/sdk';
import { MASTER_KEY } from './gateway.mjs';

const LAST_ROUND = 20;

export const BETAS = [
  'claude-code-20250219',
  'interleaved-thinking-2025-05-14',
  'fine-grained-tool-streaming-2025-05-14',
  'context-management-2025-06-27',
];

/** Pictures that tools give, in base64: PNG files of one pixel. */
export const PICTURES = [
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
];

export const SYSTEM = [
  'You are Claude Code, a coding agent.',
  `Rules of the house: be brief. ${'Never guess a path. '.repeat(50)}`,
  'The platform is linux; today is a day.',
];

const NAMED = ['Bash', 'Read', 'Edit', 'Grep', 'Glob', 'mcp__browser__screenshot'];
const TOOL_NAMES = [...NAMED, ...Array.from({ length: 14 }, (_, i) => `mcp__server__tool_${i}`)];

const MARK = { cache_control: { type: 'ephemeral' } };
const text = (words) => ({ type: 'text', text: words });
const picture = (data) => ({ type: 'image', source: { type: 'base64', media_type: 'image/png', data } });

export const TOOLS = TOOL_NAMES.map((name, i) => ({
  name,
  description: `Does what ${name} does. ${'It takes care. '.repeat(i)}`,
  input_schema: {
    $schema: 'https://json-schema.org/draft/2020-12/schema',
    type: 'object',
    properties: {
      command: { type: 'string', description: 'What to run' },
      limit: { type: 'number', exclusiveMinimum: 0 },
      file_path: { type: 'string' },
    },
    additionalProperties: false,
  },
}));

/** What a tool gives for a call. */
function resultOf({ name, input }) {
  if (name === 'mcp__browser__screenshot') return { content: [text('The page:'), picture(PICTURES[0])] };
  if (input.file_path?.endsWith('.png')) return { content: [picture(PICTURES[1])] };
  if (input.command === 'false') return { content: 'exit status 1', is_error: true };
  return { content: `${name} gives ${JSON.stringify(input)}` };
}

/** @returns the messages with a mark at the end of the last one. */
function marked(messages) {
  const last = messages.at(-1);
  const blocks = last.content;
  const content = [...blocks.slice(0, -1), { ...blocks.at(-1), ...MARK }];
  return [...messages.slice(0, -1), { ...last, content }];
}

const BUDGET = { thinking: { type: 'enabled', budget_tokens: 10000 } };

/** How the client asks newer models to think. */
export const ADAPTIVE = { thinking: { type: 'adaptive' }, output_config: { effort: 'high' } };

/** Runs the loop until the model has nothing more to do in answer to the last question. */
export async function runLoop(url, model, questions, thinking = BUDGET) {
  const sent = []; // The bodies, as the client wrote them.
  const answers = [];
  const calls = [];
  const client = new Anthropic({
    baseURL: url,
    authToken: MASTER_KEY,
    apiKey: null,
    maxRetries: 0,
    fetch: (input, init) => {
      sent.push(init.body);
      return fetch(input, init);
    },
  });
  const messages = [];
  const waiting = questions.map((question) => [
    text('<system-reminder>Be kind.</system-reminder>'),
    text(question),
  ]);
  messages.push({ role: 'user', content: waiting.shift() });
  while (answers.length < LAST_ROUND) {
    const message = await client.beta.messages
      .stream({
        model,
        max_tokens: 32000,
        system: SYSTEM.map((words, i) => ({ ...text(words), ...(i > 0 && MARK) })),
        tools: TOOLS,
        metadata: { user_id: 'user_0123_account__session_4567' },
        context_management: { edits: [{ type: 'clear_thinking_20251015', keep: 'all' }] },
        ...thinking,
        betas: BETAS,
        messages: marked(messages),
      })
      .finalMessage();
    answers.push(message);
    messages.push({ role: 'assistant', content: message.content });
    const asked = message.content.filter(({ type }) => type === 'tool_use');
    calls.push(...asked.map(({ name, input }) => [name, input]));
    const results = asked.map((call) => ({ type: 'tool_result', tool_use_id: call.id, ...resultOf(call) }));
    if (results.length === 0 && waiting.length === 0) break;
    messages.push({ role: 'user', content: results.length > 0 ? results : waiting.shift() });
  }
  return { sent, answers, calls };
}
