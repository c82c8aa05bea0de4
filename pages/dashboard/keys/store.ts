// The keys of other people: what is known of them, and the requests that change them.
import { signal } from '@preact/signals';
import { type Failure, request } from '../../common/api.ts';
import type { Key, KeyFields, KeyPage, NewKey } from '../../common/api_types.ts';

const PAGE = 50;
const ROUTE = '/v1/admin/keys';

export const keys = signal<Key[] | null>(null);
export const hasMore = signal(false);
export const failure = signal<Failure | null>(null);
export const search = signal('');

export function take(page: KeyPage) {
  keys.value = page.data;
  hasMore.value = page.has_more;
  failure.value = null;
}

export async function loadKeys(after = '') {
  const query = new URLSearchParams({ limit: String(PAGE) });
  if (after) query.set('after', after);
  if (search.value) query.set('search', search.value);
  const result = await request<KeyPage>(`${ROUTE}?${query}`);
  if (!result.ok) {
    failure.value = result.failure;
    return;
  }
  const before = after ? (keys.value ?? []) : [];
  take({ ...result.value, data: [...before, ...result.value.data] });
}

const at = (id: string, rest = '') => `${ROUTE}/${encodeURIComponent(id)}${rest}`;

export const createKey = (fields: Partial<KeyFields>) =>
  request<NewKey>(ROUTE, { method: 'POST', body: fields });

export const changeKey = (id: string, fields: Partial<KeyFields> & { blocked?: boolean }) =>
  request<Key>(at(id), { method: 'PATCH', body: fields });

export const rotateKey = (id: string, graceSeconds: number) =>
  request<NewKey>(at(id, '/rotate'), { method: 'POST', body: { grace_seconds: graceSeconds } });

export const deleteKey = (id: string) => request<{ deleted: true }>(at(id), { method: 'DELETE' });
