// The columns of the ledger's rows. Rows of hours and rows of days have the same ones.

/** The model of new rows in an hour or a day that already has its maximum of rows. */
export const OTHER = '(other)';

/** SQLite's largest integer. A sum beyond it would turn into a float, or sum() would fail. */
export const INTEGER_MAX = '9223372036854775807';

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

/**
 * More sums, which only the dashboard reads. `cache_saved_pico_usd` may be less than 0. `timed_tokens` came in
 * `timed_ms`, in calls that have both. Those that start with `together_` are of calls whose request asked several
 * models.
 */
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

/** Sums of money are reported with every digit. */
export const isMoney = (sum) => sum.endsWith('_pico_usd');

const integer = (name) => [name, 'INTEGER NOT NULL DEFAULT 0'];

/** What a row has besides its time and its names, with the declaration of each column. */
export const COLUMNS = new Map([
  ...ALL_SUMS.map(integer),
  integer('last_ms'), // When the last call of the row ended.
  ['latencies', "TEXT NOT NULL DEFAULT ''"], // See latencies.js.
]);

/** An SQL expression for a sum that stays within SQLite's integers. */
export const bounded = (value) => `max(-${INTEGER_MAX}, min(${INTEGER_MAX}, ${value}))`;
