// The query of the page's address, as a signal: Back and Forward work.
import { signal } from '@preact/signals';

export const query = signal(new URLSearchParams(location.search));

addEventListener('popstate', () => (query.value = new URLSearchParams(location.search)));

/** Changes members of the query; '' and null remove one. */
export function changeQuery(changes: Record<string, string | null>) {
  const next = new URLSearchParams(query.value);
  for (const [name, value] of Object.entries(changes)) {
    if (value) next.set(name, value);
    else next.delete(name);
  }
  if (next.toString() === query.value.toString()) return;
  history.pushState(null, '', next.size > 0 ? `?${next}` : location.pathname);
  query.value = next;
}
