// Votes of blind mode. They stay in this browser.
import { signal } from '@preact/signals';
import { readStored, writeStored } from '../../common/storage.ts';

export interface Tally {
  won: number;
  asked: number;
}

const STORED_AS = 'onellm_votes';

export const votes = signal<Record<string, Tally>>(readStored(STORED_AS, {}));

/** @param winner the model; null: all were equally good */
export function vote(models: readonly string[], winner: string | null) {
  const next = { ...votes.value };
  for (const model of new Set(models)) {
    const { won, asked } = next[model] ?? { won: 0, asked: 0 };
    next[model] = { won: won + (model === winner ? 1 : 0), asked: asked + 1 };
  }
  votes.value = next;
  writeStored(STORED_AS, next);
}

export function forgetVotes() {
  votes.value = {};
  writeStored(STORED_AS, {});
}
