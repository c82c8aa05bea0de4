// Calls the ledger object as the core does, without the core.
export const HOUR = 490_000;
export const DAY = Math.floor(HOUR / 24);

export const LIMITS = {
  keep_hours: 24 * 400,
  rows_max: 100_000,
  hour_rows_max: 1000,
  day_rows_max: 2000,
  all_day_rows_max: 100_000,
  sessions_max: 1000,
  key_sessions_max: 100,
};

/** JSON with numbers of any size: a BigInt is written as its digits. */
const json = (value) =>
  JSON.stringify(value, (_, each) => (typeof each === 'bigint' ? `big:${each}` : each)).replace(
    /"big:(-?\d+)"/g,
    '$1',
  );

export const batch = (id, { limits = {}, rows = [], sessions }) => ({
  id,
  rows: json({ ...LIMITS, ...limits, sessions, rows }),
});

export const row = (model, more = {}) => ({
  hour: HOUR,
  key: 'master',
  model,
  provider: 'openai',
  requests: 1,
  calls: 1,
  ...more,
});

export const session = (id, more = {}) => ({
  key: 'master',
  id,
  requests: 1,
  prompt_tokens: 10,
  completion_tokens: 5,
  cached_tokens: 2,
  cost_pico_usd: 1000,
  first_ms: HOUR * 3_600_000,
  last_ms: HOUR * 3_600_000,
  agents: [],
  ...more,
});

export const DAYS_ASKED = {
  step: 'day',
  from: DAY - 10,
  to: DAY + 1,
  previous_from: DAY - 21,
  series: 'model',
  model: null,
  provider: null,
  key: null,
  names_key: null,
  series_max: 7,
  models_max: 1000,
  together_max: 200,
  sessions_max: 50,
  names_max: 200,
};
export const HOURS_ASKED = {
  ...DAYS_ASKED,
  step: 'hour',
  from: HOUR - 47,
  to: HOUR + 1,
  previous_from: HOUR - 95,
};

export const dashboard = async (ledger, asked = {}) =>
  JSON.parse(await ledger.dashboard(JSON.stringify({ ...DAYS_ASKED, ...asked })));
