// The range, the group and the filters of the dashboard, read from the page's address.
//
// Rule: up to seven days are shown by hours, longer ranges by whole days in UTC, since that is how the ledger adds up.
import type { SeriesBy, Step } from '../common/api_types.ts';

const HOUR = 3600;
const DAY = 24 * HOUR;
const HOURLY_MAX = 7 * DAY;

export const RANGES = [
  { id: '1h', name: 'Last hour', short: '1 h', seconds: HOUR },
  { id: '24h', name: 'Last 24 hours', short: '24 h', seconds: DAY },
  { id: '7d', name: 'Last 7 days', short: '7 d', seconds: 7 * DAY },
  { id: '30d', name: 'Last 30 days', short: '30 d', seconds: 30 * DAY },
  { id: '90d', name: 'Last 90 days', short: '90 d', seconds: 90 * DAY },
] as const;

export const DEFAULT_RANGE = '7d';
export const GROUPS: SeriesBy[] = ['model', 'provider', 'key'];

export interface View {
  range: string;
  /** Seconds since 1970; `to` is the first moment after the range. */
  from: number;
  to: number;
  step: Step;
  group: SeriesBy;
  filters: Partial<Record<SeriesBy, string>>;
}

export function readView(query: URLSearchParams, now = Date.now() / 1000): View {
  const group = GROUPS.find((each) => each === query.get('group')) ?? 'model';
  const filters: View['filters'] = {};
  for (const name of GROUPS) {
    const value = query.get(name);
    if (value) filters[name] = value;
  }
  return { ...readRange(query, now), group, filters };
}

function readRange(query: URLSearchParams, now: number) {
  if (query.get('range') === 'custom') {
    const custom = customRange(query.get('from') ?? '', query.get('to') ?? '');
    if (custom) return custom;
  }
  const range = RANGES.find(({ id }) => id === query.get('range')) ?? RANGES[2];
  const step: Step = range.seconds <= HOURLY_MAX ? 'hour' : 'day';
  const unit = step === 'hour' ? HOUR : DAY;
  const to = Math.ceil(now / unit) * unit;
  // The hour that runs has hardly begun: the last hour is the one before with it.
  const from = range.id === '1h' ? to - 2 * HOUR : to - range.seconds;
  return { range: range.id as string, from, to, step };
}

/** Whole days, the last included: of this browser's zone where hours are shown, else of UTC. */
function customRange(first: string, last: string) {
  const utc = [Date.parse(`${first}T00:00:00Z`), Date.parse(`${last}T00:00:00Z`)].map((ms) => ms / 1000);
  const [start, end] = utc as [number, number];
  if (!Number.isFinite(start) || !Number.isFinite(end) || end < start) return undefined;
  if (end + DAY - start > HOURLY_MAX)
    return { range: 'custom', from: start, to: end + DAY, step: 'day' as Step };
  const next = new Date(`${last}T00:00:00`);
  next.setDate(next.getDate() + 1);
  const hour = (ms: number) => Math.floor(ms / 1000 / HOUR) * HOUR;
  return {
    range: 'custom',
    from: hour(new Date(`${first}T00:00:00`).getTime()),
    to: hour(next.getTime()),
    step: 'hour' as Step,
  };
}

const rfc3339 = (seconds: number) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');

export function requestQuery(view: View, scope: 'all' | 'key'): string {
  const isOwn = scope === 'key';
  const series = isOwn && view.group === 'key' ? 'model' : view.group;
  const query = new URLSearchParams({
    view: 'dashboard',
    from: rfc3339(view.from),
    to: rfc3339(view.to),
    step: view.step,
    series,
  });
  for (const name of GROUPS) {
    const value = view.filters[name];
    if (value && !(isOwn && name === 'key')) query.set(name, value);
  }
  return query.toString();
}

/** The range as the two fields of "custom" show it. */
export function datesOf(view: View): { first: string; last: string } {
  const last = new Date((view.to - 1) * 1000);
  const first = new Date(view.from * 1000);
  if (view.step === 'day')
    return { first: rfc3339(view.from).slice(0, 10), last: last.toISOString().slice(0, 10) };
  return { first: localDate(first), last: localDate(last) };
}

function localDate(date: Date): string {
  const two = (value: number) => String(value).padStart(2, '0');
  return `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
}
