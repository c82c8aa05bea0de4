// Loads the dashboard: one request. The last answer stays while the next one is on its way.
import { computed, effect, signal } from '@preact/signals';
import { type Failure, isAborted, type Result, request } from '../common/api.ts';
import type { Dashboard } from '../common/api_types.ts';
import { key, looksHandedOut } from '../common/key.ts';
import { query } from '../common/url.ts';
import { readView, requestQuery, type View } from './range.ts';

export const data = signal<Dashboard | null>(null);
export const failure = signal<Failure | null>(null);
export const isLoading = signal(false);
export const loadedAt = signal('');

/** What the data are of; the page's address may be ahead of it. */
export const shownView = signal<View>(readView(query.value));
export const view = computed(() => readView(query.value));

/** The part of all charts that is shown, in seconds since 1970; null: all of it. */
export const zoom = signal<[number, number] | null>(null);

let scope: 'all' | 'key' = 'all';
let current: AbortController | null = null;

export async function load() {
  current?.abort();
  const mine = new AbortController();
  current = mine;
  isLoading.value = true;
  const asked = readView(query.peek());
  const result = await ask(asked, mine.signal);
  if (current !== mine) return;
  isLoading.value = false;
  if (result.ok) {
    zoom.value = null;
    shownView.value = asked;
    data.value = result.value;
    failure.value = null;
    loadedAt.value = new Date().toISOString();
  } else if (!isAborted(result.failure)) {
    failure.value = result.failure;
  }
}

/** A key that may not see everything is asked for its own usage. */
async function ask(asked: View, signal: AbortSignal): Promise<Result<Dashboard>> {
  if (scope === 'all') {
    const all = await request<Dashboard>(`/v1/admin/usage?${requestQuery(asked, 'all')}`, { signal });
    if (all.ok || all.failure.kind !== 'forbidden') return all;
    scope = 'key';
  }
  return request<Dashboard>(`/v1/usage?${requestQuery(asked, 'key')}`, { signal });
}

/** Loads at once, and again whenever the key or the page's address changes. */
export function keepLoaded() {
  let before = '';
  effect(() => {
    if (before !== key.value) {
      before = key.value;
      scope = looksHandedOut(key.value) ? 'key' : 'all';
      data.value = null;
      failure.value = null;
    }
    query.value;
    if (key.value !== '') load();
    else current?.abort();
  });
}
