// What is known of this deployment: with a key from /v1/status, else from /healthz. One request.
import { computed, effect, signal } from '@preact/signals';
import { type Failure, request } from '../common/api.ts';
import type { Health, Status } from '../common/api_types.ts';
import { key } from '../common/key.ts';

export const health = signal<Health | null>(null);
export const status = signal<Status | null>(null);
export const failure = signal<Failure | null>(null);

/** The gateway has no master key: it answers nobody. */
export const isClosed = computed(() => health.value?.configured === false);
export const version = computed(() => status.value?.version ?? health.value?.version ?? '');

/** What is wrong in the settings, a line each. */
export const problems = computed(() => {
  const found = status.value?.problems;
  if (found) return found.map(({ setting, message }) => `${setting}: ${message}`);
  return (health.value?.problems ?? []).filter((each) => !each.startsWith('ONELLM_API_KEY:'));
});

/** Providers beside the one that is built in. */
export const providers = computed(() =>
  (status.value?.providers ?? []).filter(({ name }) => name !== 'echo'),
);

export async function load() {
  failure.value = null;
  if (key.value === '') return loadHealth();
  const result = await request<Status>('/v1/status');
  if (result.ok) {
    status.value = result.value;
    return;
  }
  failure.value = result.failure;
  await loadHealth();
}

async function loadHealth() {
  const result = await request<Health>('/healthz', { withKey: false });
  if (result.ok) health.value = result.value;
  else failure.value = result.failure;
}

export function keepLoaded() {
  effect(() => {
    key.value;
    status.value = null;
    load();
  });
}
