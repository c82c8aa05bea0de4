// The columns of the ledger's rows, those of hours and those of days.
import { halves, INTEGER_MAX } from './amounts.js';

/** The model of new rows in an hour or a day that already has its maximum of rows. */
export const OTHER = '(other)';

export const HOUR_MS = 3_600_000;
export const DAY_MS = 24 * HOUR_MS;

/** The two tables of rows, and for each the column of its time and the table that counts its rows. */
export const HOURS = { rows: 'usage', time: 'hour', counts: 'hours', hours: 1 };
export const DAYS = { rows: 'usage_days', time: 'day', counts: 'days', hours: 24 };

/** The sums of calls. The core has them in kSumNames (src/gateway/usage/sums.h); a test compares the two. */
export const SUMS = [
  'requests',
  'calls',
  'errors',
  'refused',
  'cancelled',
  'prompt_tokens',
  'completion_tokens',
  'cached_tokens',
  'cache_write_tokens',
  'reasoning_tokens',
  'web_searches',
  'cost_pico_usd',
  'unpriced_calls',
  'estimated_calls',
  'total_ms',
];

/** More sums, for the dashboard alone: kPageSumNames (src/gateway/usage/dashboard/page_sums.h). */
export const PAGE_SUMS = [
  'cache_saved_pico_usd',
  'timed_tokens',
  'timed_ms',
  'together_calls',
  'together_first',
  'together_failed',
  'together_cost_pico_usd',
];

export const ALL_SUMS = [...SUMS, ...PAGE_SUMS];

/** These may be less than 0. */
const SIGNED = new Set(['cache_saved_pico_usd']);

/** Sums of money are told with every digit. */
export const isMoney = (sum) => sum.endsWith('_pico_usd');

/** SQL for the sums of a group, as ./dashboard.js reads them. */
export const groupSum = (sum) => (isMoney(sum) ? halves(sum) : `total(${sum}) AS ${sum}`);

const integer = (name) => [name, 'INTEGER NOT NULL DEFAULT 0'];

/** What a row has beside its names and `additions`, with the declaration of each column. */
export const COLUMNS = new Map([
  ...ALL_SUMS.map(integer),
  integer('last_ms'), // When the last call of the row ended.
  ['latencies', "TEXT NOT NULL DEFAULT ''"], // See latencies.js.
]);

/** An integer stays the largest, or the smallest, one. */
function bounded(sum, value) {
  const low = `min(${INTEGER_MAX}, ${value})`;
  return SIGNED.has(sum) ? `max(-${INTEGER_MAX}, ${low})` : low;
}

/** Assignments that add the row `excluded` to the row that is known. */
export const ADD_ROW = `
  additions = additions + 1, last_ms = max(last_ms, excluded.last_ms),
  latencies = latencies || excluded.latencies,
  ${ALL_SUMS.map((sum) => `${sum} = ${bounded(sum, `${sum} + excluded.${sum}`)}`).join(', ')}`;
