// Sums of groups of rows, for GET /v1/admin/usage and GET /v1/usage, and what a key has cost, for its limits.
import { boundedAmount, exactly, highSum, lowSum } from './amounts.js';
import { SUMS } from './columns.js';

const GROUPS = { hour: 'hour', day: 'hour / 24', key: '"key"', model: 'model', provider: 'provider' };

const HOUR_MS = 3_600_000;

const MONEY = `${highSum('cost_pico_usd')} AS high, ${lowSum('cost_pico_usd')} AS low`;

/** A row of an earlier version knows only its hour. */
const TOTAL = `
  SELECT ${MONEY}, coalesce(max(max(last_ms, hour * ${HOUR_MS})), 0) AS last_ms FROM usage WHERE "key" = ?`;

const HOURLY = `SELECT hour, ${MONEY} FROM usage WHERE "key" = ? AND hour >= ? GROUP BY hour`;

/** Each sum takes two columns, as `highSum` and `lowSum`. */
const groupSums = SUMS.map((sum) => `${highSum(sum)} AS ${sum}, ${lowSum(sum)} AS ${sum}_low`).join(', ');

/** @returns {{ data: any[] }} one object for each group, with its sums as text */
export function groups(sql, { from_hour, to_hour, group_by, limit, key = null }) {
  const columns = group_by.map((name) => `${GROUPS[name]} AS "${name}", `);
  const places = group_by.map((_, index) => index + 1);
  const times = places.filter((place) => ['hour', 'day'].includes(group_by[place - 1]));
  const order = [...times, 'total(cost_pico_usd) DESC', 'total(calls) DESC', ...places];
  const rows = sql.exec(
    `SELECT ${columns.join('')} ${groupSums} FROM usage
     WHERE hour >= ? AND hour < ? AND (? IS NULL OR "key" = ?)
     GROUP BY ${places.join(', ')} ORDER BY ${order.join(', ')} LIMIT ?`,
    from_hour,
    to_hour,
    key,
    key,
    limit,
  );
  return { data: rows.toArray().map(joinHalves) };
}

/** @returns what the key has cost, when its last call ended, and its costs in each hour from `from_hour` on */
export function totals(sql, { key, from_hour }) {
  const { high, low, last_ms } = sql.exec(TOTAL, key).one();
  const hours = sql.exec(HOURLY, key, from_hour).toArray();
  return {
    money: boundedAmount(high, low),
    last_ms,
    hours: hours.map((each) => ({ hour: each.hour, money: boundedAmount(each.high, each.low) })),
  };
}

function joinHalves(row) {
  for (const sum of SUMS) {
    const { [sum]: high, [`${sum}_low`]: low } = row;
    row[sum] = exactly(high, low);
    delete row[`${sum}_low`];
  }
  return row;
}
