// The models to choose from: what this key may use.
import { effect, signal } from '@preact/signals';
import { type Failure, request } from '../common/api.ts';
import type { Model } from '../common/api_types.ts';
import { key } from '../common/key.ts';
import { columns, makeColumn, models } from './state/store.ts';

export const failure = signal<Failure | null>(null);

const FIRST_COLUMNS = 2;

export function keepModels() {
  effect(() => {
    const isKnown = key.value !== '';
    failure.value = null;
    models.value = null;
    if (isKnown) loadModels();
  });
}

export async function loadModels() {
  const result = await request<{ data: Model[] }>('/v1/models');
  if (!result.ok) {
    failure.value = result.failure;
    return;
  }
  failure.value = null;
  models.value = result.value.data;
  if (columns.value.length === 0) columns.value = firstChoice(result.value.data).map((id) => makeColumn(id));
}

/** One model of each of two providers; `echo` where there is nothing else. */
function firstChoice(all: Model[]): string[] {
  const owners = new Map<string, string>();
  for (const { id, owned_by: owner = '' } of all) {
    if (id !== 'echo' && !owners.has(owner)) owners.set(owner, id);
  }
  const chosen = [...owners.values()].slice(0, FIRST_COLUMNS);
  return chosen.length > 0 ? chosen : ['echo'];
}
