// Sends prompts and streams the answers into the columns.
//
// Columns with the same history share one request, joined by `merge: "choices"`; once histories differ, each column
// has its own, in parallel.
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { failureOf, send, unreachable } from '../../common/api.ts';
import { Answer } from '../state/answer.ts';
import {
  type Column,
  change,
  columns,
  draft,
  isBlind,
  isRevealed,
  isRunning,
  settings,
} from '../state/store.ts';
import type { Prompt } from '../state/types.ts';
import { messagesOf, requestBody } from './messages.ts';
import { type Chunk, takeChunk } from './take.ts';

const ROUTE = '/v1/chat/completions';
const BROKEN_OFF = 'The stream broke off before the answer was whole.';

const running = new Set<AbortController>();

export function stopAll() {
  for (const each of running) each.abort();
}

/** Sends the draft to all columns. In blind mode each prompt begins anew, and columns change places. */
export function sendDraft() {
  const prompt: Prompt = draft.value;
  if (columns.value.length === 0 || (prompt.text.trim() === '' && prompt.attachments.length === 0)) return;
  draft.value = { text: '', attachments: [] };
  isRevealed.value = false;
  const asked = isBlind.value
    ? shuffled(columns.value).map((each) => ({ ...each, turns: [] }))
    : columns.value;
  columns.value = asked.map((each) => ({
    ...each,
    turns: [...each.turns, { prompt, answer: new Answer() }],
  }));
  for (const group of grouped(columns.value)) runGroup(group);
}

/** Asks one column again, alone. */
export function retry({ id }: Column) {
  change(id, (column) => {
    const last = column.turns.at(-1);
    return last
      ? { ...column, turns: [...column.turns.slice(0, -1), { ...last, answer: new Answer() }] }
      : column;
  });
  const column = columns.value.find((each) => each.id === id);
  if (column) runGroup([column]);
}

/** All in one group if what they are to see is the same. */
export function grouped(all: Column[]): Column[][] {
  const texts = all.map((column) => JSON.stringify(messagesOf(column, settings.value.system)));
  return texts.every((text) => text === texts[0]) ? [all] : all.map((column) => [column]);
}

function shuffled<T>(list: readonly T[]): T[] {
  return list
    .map((value) => ({ value, at: Math.random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ value }) => value);
}

async function runGroup(group: Column[]) {
  const answers = group.flatMap(({ turns }) => turns.at(-1)?.answer ?? []);
  const mine = new AbortController();
  running.add(mine);
  isRunning.value = true;
  const [first] = group;
  const messages = first ? messagesOf(first, settings.value.system) : [];
  const body = requestBody(
    group.map(({ model }) => model),
    messages,
    settings.value,
  );
  try {
    await stream(body, answers, mine.signal);
  } catch (error) {
    const isStopped = mine.signal.aborted;
    const message = isStopped ? '' : unreachable(error).message;
    for (const answer of answers) answer.end(isStopped ? 'stopped' : 'failed', message);
  }
  for (const answer of answers) answer.end('failed', BROKEN_OFF);
  running.delete(mine);
  isRunning.value = running.size > 0;
}

async function stream(body: unknown, answers: Answer[], signal: AbortSignal) {
  const response = await send(ROUTE, { method: 'POST', body, signal });
  if (!response.ok || response.body === null) {
    const legs = await legMessages(response.clone());
    const { message } = await failureOf(response);
    for (const [index, answer] of answers.entries()) answer.end('failed', legs[index] ?? message);
    return;
  }
  const events = response.body
    .pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array<ArrayBuffer>>)
    .pipeThrough(new EventSourceParserStream());
  const reader = events.getReader();
  for (let next = await reader.read(); !next.done; next = await reader.read()) {
    if (next.value.data === '[DONE]') break;
    takeChunk(JSON.parse(next.value.data) as Chunk, answers);
  }
  reader.cancel().catch(() => {});
}

/** Why each model failed, where all did. */
async function legMessages(response: Response): Promise<string[]> {
  try {
    const { error } = await response.json();
    return (error.legs ?? []).map(
      (leg: { error?: { message?: string }; message?: string }) => leg.error?.message ?? leg.message,
    );
  } catch {
    return [];
  }
}
