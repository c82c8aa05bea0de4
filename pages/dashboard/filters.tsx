// The filters: which there are to choose from, and which are set.
import type { SeriesBy } from '../common/api_types.ts';
import { CloseIcon } from '../common/icons.tsx';
import { changeQuery } from '../common/url.ts';
import { data, view } from './load.ts';
import { nameOf } from './names.ts';
import { GROUPS } from './range.ts';

const TITLES: Record<SeriesBy, string> = { model: 'Model', provider: 'Provider', key: 'Key' };

export function Filters() {
  const { filters } = view.value;
  const isSet = GROUPS.some((each) => filters[each]);
  return (
    <div class="filters">
      {GROUPS.map((each) => (
        <Filter key={each} by={each} value={filters[each] ?? ''} />
      ))}
      {isSet && (
        <button
          type="button"
          class="button quiet"
          onClick={() => changeQuery({ model: null, provider: null, key: null })}
        >
          <CloseIcon />
          No filters
        </button>
      )}
    </div>
  );
}

function Filter({ by, value }: { by: SeriesBy; value: string }) {
  const names = namesOf(by);
  if (names.length === 0 && value === '') return null;
  const offered = value !== '' && !names.includes(value) ? [value, ...names] : names;
  return (
    <label class="filter">
      <span class="label">{TITLES[by]}</span>
      <select
        class="input"
        value={value}
        onChange={(event) => changeQuery({ [by]: event.currentTarget.value })}
      >
        <option value="">All</option>
        {offered.map((each) => (
          <option key={each} value={each}>
            {nameOf(by, each)}
          </option>
        ))}
      </select>
    </label>
  );
}

function namesOf(by: SeriesBy): string[] {
  const names = data.value?.names;
  if (!names) return [];
  if (by === 'model') return names.models;
  return by === 'provider' ? names.providers : names.keys.map(({ id }) => id);
}
