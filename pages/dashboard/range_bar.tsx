// The head of the dashboard: range, group, and when this was loaded.
import { useEffect, useState } from 'preact/hooks';
import type { SeriesBy } from '../common/api_types.ts';
import { RefreshIcon } from '../common/icons.tsx';
import { Time } from '../common/time.tsx';
import { changeQuery } from '../common/url.ts';
import { data, isLoading, load, loadedAt, view } from './load.ts';
import { DEFAULT_RANGE, datesOf, GROUPS, RANGES } from './range.ts';

/** What takes longer is told. */
const PATIENCE_MS = 300;
const RENEWED_EVERY_MS = 30_000;

export function RangeBar() {
  const { range } = view.value;
  return (
    <div class="head">
      <div class="head-title">
        <h1>Dashboard</h1>
        <Loaded />
      </div>
      <fieldset class="choices" aria-label="Range">
        {RANGES.map(({ id, name, short }) => (
          <button
            key={id}
            type="button"
            title={name}
            aria-pressed={range === id}
            onClick={() => changeQuery({ range: id === DEFAULT_RANGE ? null : id, from: null, to: null })}
          >
            {short}
          </button>
        ))}
        <button type="button" aria-pressed={range === 'custom'} onClick={startCustom}>
          Custom
        </button>
      </fieldset>
      {range === 'custom' && <CustomRange />}
      <Group />
      <button type="button" class="button icon" title="Load again" aria-label="Load again" onClick={load}>
        <RefreshIcon />
      </button>
    </div>
  );
}

function startCustom() {
  const { first, last } = datesOf(view.value);
  changeQuery({ range: 'custom', from: first, to: last });
}

function CustomRange() {
  const { first, last } = datesOf(view.value);
  const change = (from: string, to: string) => {
    if (from && to) changeQuery(from <= to ? { from, to } : { from: to, to: from });
  };
  return (
    <div class="row dates">
      <input
        class="input"
        type="date"
        aria-label="First day"
        value={first}
        onChange={(event) => change(event.currentTarget.value, last)}
      />
      <span class="muted">to</span>
      <input
        class="input"
        type="date"
        aria-label="Last day"
        value={last}
        onChange={(event) => change(first, event.currentTarget.value)}
      />
    </div>
  );
}

const GROUP_NAMES: Record<SeriesBy, string> = { model: 'By model', provider: 'By provider', key: 'By key' };

function Group() {
  const offered = data.value?.scope === 'key' ? GROUPS.filter((each) => each !== 'key') : GROUPS;
  const group = offered.includes(view.value.group) ? view.value.group : 'model';
  const change = (value: string) => changeQuery({ group: value === 'model' ? null : value });
  return (
    <select
      class="input group"
      aria-label="Group"
      value={group}
      onChange={(event) => change(event.currentTarget.value)}
    >
      {offered.map((each) => (
        <option key={each} value={each}>
          {GROUP_NAMES[each]}
        </option>
      ))}
    </select>
  );
}

function Loaded() {
  const [isLong, setLong] = useState(false);
  const [, renew] = useState(0);
  const loading = isLoading.value;
  useEffect(() => {
    setLong(false);
    const timer = loading ? setTimeout(() => setLong(true), PATIENCE_MS) : undefined;
    return () => clearTimeout(timer);
  }, [loading]);
  useEffect(() => {
    const timer = setInterval(() => renew((times) => times + 1), RENEWED_EVERY_MS);
    return () => clearInterval(timer);
  }, []);
  return (
    <p class="label" role="status">
      {loading && isLong && 'Reading the ledger …'}
      {!loading && loadedAt.value !== '' && (
        <>
          Loaded <Time at={loadedAt.value} />
        </>
      )}
      {'\u200b'}
    </p>
  );
}
