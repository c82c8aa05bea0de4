// Names as people know them: a key by its alias.
import type { SeriesBy } from '../common/api_types.ts';
import { data } from './load.ts';

export function nameOf(by: SeriesBy, name: string): string {
  if (by !== 'key') return name;
  const alias = data.value?.names.keys.find(({ id }) => id === name)?.alias;
  if (alias) return alias;
  return name === 'master' ? 'Master key' : name;
}
