// The playground's state, and how it survives a reload of the tab (sessionStorage; votes stay in the browser).
import { effect, signal } from '@preact/signals';
import type { Model } from '../../common/api_types.ts';
import { readStored, writeStored } from '../../common/storage.ts';
import { Answer } from './answer.ts';
import type { AnswerRecord, Prompt, Settings } from './types.ts';

export const COLUMNS_MAX = 5;

export interface Turn {
  prompt: Prompt;
  answer: Answer;
}

export interface Column {
  id: number;
  model: string;
  turns: Turn[];
}

interface Kept {
  columns: { model: string; turns: { prompt: Prompt; answer: AnswerRecord }[] }[];
  settings: Settings;
  draft: Prompt;
  isBlind: boolean;
}

const STORED_AS = 'onellm_playground';
const KEEP_AFTER_MS = 300;
const NO_SETTINGS: Settings = { system: '', temperature: '', maxTokens: '', effort: '', tools: '' };

const kept = readStored<Partial<Kept>>(STORED_AS, {}, sessionStorage);

let lastId = 0;
export const makeColumn = (model: string, turns: Turn[] = []): Column => ({ id: ++lastId, model, turns });

export const columns = signal<Column[]>(
  (kept.columns ?? []).map(({ model, turns }) =>
    makeColumn(
      model,
      turns.map(({ prompt, answer }) => ({ prompt, answer: Answer.from(answer) })),
    ),
  ),
);
export const settings = signal<Settings>({ ...NO_SETTINGS, ...kept.settings });
export const draft = signal<Prompt>(kept.draft ?? { text: '', attachments: [] });
export const isBlind = signal(kept.isBlind ?? false);
/** In blind mode: names show after the vote. */
export const isRevealed = signal(false);
export const isRunning = signal(false);
export const models = signal<Model[] | null>(null);

let timer: ReturnType<typeof setTimeout> | undefined;

/** Without pictures where they do not fit: the text is what one cannot do again. */
function keep() {
  const state = (withFiles: boolean): Kept => {
    const files = (prompt: Prompt) => (withFiles ? prompt : { ...prompt, attachments: [] });
    return {
      columns: columns.value.map(({ model, turns }) => ({
        model,
        turns: turns.map(({ prompt, answer }) => ({ prompt: files(prompt), answer: answer.record })),
      })),
      settings: settings.value,
      draft: files(draft.value),
      isBlind: isBlind.value,
    };
  };
  try {
    sessionStorage.setItem(STORED_AS, JSON.stringify(state(true)));
  } catch {
    writeStored(STORED_AS, state(false), sessionStorage);
  }
}

export function keepState() {
  effect(() => {
    columns.value;
    settings.value;
    draft.value;
    isBlind.value;
    isRunning.value;
    clearTimeout(timer);
    timer = setTimeout(keep, KEEP_AFTER_MS);
  });
  addEventListener('pagehide', keep);
}

export const change = (id: number, change: (column: Column) => Column) => {
  columns.value = columns.value.map((column) => (column.id === id ? change(column) : column));
};
