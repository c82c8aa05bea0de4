// Puts the chunks of a stream into the answers that they are for: choice k is column k.
import type { Answer } from '../state/answer.ts';

interface Delta {
  content?: string | null;
  refusal?: string | null;
  reasoning_content?: string | null;
  reasoning?: string | null;
  tool_calls?: ToolCallDelta[];
  [member: string]: unknown;
}

interface ToolCallDelta {
  index?: number;
  id?: string;
  function?: { name?: string; arguments?: string };
  extra_content?: unknown;
}

interface Leg {
  status?: number;
  cost?: number | null;
  usage?: Usage | null;
  ms_to_first_token?: number | null;
}

interface Usage {
  prompt_tokens?: number;
  completion_tokens?: number;
  cost?: number | string | null;
}

export interface Chunk {
  choices?: { index?: number; delta?: Delta; finish_reason?: string | null; error?: { message?: string } }[];
  usage?: Usage | null;
  onellm?: { legs?: Leg[] };
  error?: { message?: string };
}

/** Members that say nothing, or that are kept elsewhere. */
const KNOWN = new Set([
  'role',
  'content',
  'refusal',
  'reasoning_content',
  'reasoning',
  'tool_calls',
  'function_call',
]);

export function takeChunk(chunk: Chunk, answers: readonly Answer[]) {
  if (chunk.error) {
    for (const answer of answers) answer.end('failed', messageOf(chunk.error));
    return;
  }
  for (const { index = 0, delta, finish_reason: reason, error } of chunk.choices ?? []) {
    const answer = answers[index];
    if (!answer || answer.isOver) continue;
    if (delta) takeDelta(delta, answer);
    if (!reason) continue;
    answer.finishReason = reason;
    if (reason === 'error') answer.end('failed', messageOf(error));
    else answer.end('done');
  }
  takeUsage(chunk, answers);
}

const messageOf = (error: { message?: string } | undefined) => String(error?.message ?? 'The model failed.');

function takeDelta(delta: Delta, answer: Answer) {
  const { said } = answer;
  const thought = delta.reasoning_content ?? delta.reasoning ?? '';
  const text = (delta.content ?? '') + (delta.refusal ?? '');
  said.reasoning += thought;
  said.text += text;
  for (const [at, call] of (delta.tool_calls ?? []).entries()) takeCall(call, call.index ?? at, answer);
  for (const [name, value] of Object.entries(delta)) {
    if (!KNOWN.has(name) && value !== null) said.members[name] = joined(said.members[name], value);
  }
  if (text !== '' || thought !== '' || delta.tool_calls?.length) answer.began();
  answer.changed();
}

/** Lists grow, of anything else the last counts. */
function joined(before: unknown, now: unknown): unknown {
  return Array.isArray(before) && Array.isArray(now) ? [...before, ...now] : now;
}

function takeCall(delta: ToolCallDelta, index: number, { said }: Answer) {
  const call = (said.calls[index] ??= { id: '', name: '', args: '' });
  if (delta.id) call.id = delta.id;
  call.name += delta.function?.name ?? '';
  call.args += delta.function?.arguments ?? '';
  if (delta.extra_content !== undefined) call.extra = delta.extra_content;
}

function takeUsage({ usage, onellm }: Chunk, answers: readonly Answer[]) {
  onellm?.legs?.forEach((leg, index) => {
    const answer = answers[index];
    if (answer && leg.usage) take(answer, leg.usage, leg.cost);
  });
  const only = answers.length === 1 ? answers[0] : undefined;
  if (only && usage) take(only, usage, usage.cost);
}

function take(answer: Answer, usage: Usage, cost: number | string | null | undefined) {
  const known = typeof cost === 'number' ? cost : null;
  answer.count(usage.prompt_tokens ?? null, usage.completion_tokens ?? null, known);
}
