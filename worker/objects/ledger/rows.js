// Adds the rows of a batch to those of hours and of days, and deletes the oldest.
//
// Rule: numbers that may be too large for JavaScript go from the batch's JSON to SQLite without becoming its
// numbers.
import { ADD_ROW, COLUMNS, DAYS, HOURS, OTHER } from './columns.js';
import { pairsToText, rewritten } from './latencies.js';

/** A core of the version before, which may go on for minutes after a deployment, names no maxima for days. */
const NO_MAXIMUM = Number.MAX_SAFE_INTEGER;

/** The text of a row's latencies is written anew with each of so many additions to it. */
const ADDITIONS_BETWEEN_REWRITES = 16;

const NUMBERS = [...COLUMNS.keys()].filter((name) => name !== 'latencies');

/** `hours`: of one step. WHERE true: without it SQLite reads ON as a part of the join. https://www.sqlite.org/lang_upsert.html */
const addTo = ({ rows, time, counts, hours }) => `
  INSERT INTO ${rows} (${time}, "key", model, provider, latencies, ${NUMBERS.join(', ')})
  SELECT
    step, row ->> 'key',
    CASE WHEN coalesce(${counts}.rows, 0) < ?2 OR EXISTS (
      SELECT 1 FROM ${rows} AS known
      WHERE known.${time} = step AND known."key" = row ->> 'key'
        AND known.model = row ->> 'model' AND known.provider = row ->> 'provider'
    ) THEN row ->> 'model' ELSE '${OTHER}' END,
    row ->> 'provider', ?3 ->> place, ${NUMBERS.map((name) => `coalesce(row ->> '${name}', 0)`).join(', ')}
  FROM (
    SELECT value AS row, key AS place, (value ->> 'hour') / ${hours} AS step FROM json_each(?1, '$.rows')
  ) LEFT JOIN ${counts} ON ${counts}.${time} = step
  WHERE true
  ON CONFLICT (${time}, "key", model, provider) DO UPDATE SET ${ADD_ROW}
  RETURNING ${time} AS time, "key", model, provider, additions, latencies`;

const rewriteIn = ({ rows, time }) =>
  `UPDATE ${rows} SET latencies = ? WHERE ${time} = ? AND "key" = ? AND model = ? AND provider = ?`;

const countIn = ({ time, counts }) => `
  INSERT INTO ${counts} (${time}, rows) VALUES (?, ?)
  ON CONFLICT (${time}) DO UPDATE SET rows = rows + excluded.rows RETURNING rows`;

/** The latest time that must be deleted to keep at most the given number of rows. */
const tooManyIn = ({ time, counts }) => `
  SELECT max(${time}) AS time FROM (SELECT ${time}, sum(rows) OVER (ORDER BY ${time} DESC) AS kept FROM ${counts})
  WHERE kept > ?`;

const withSql = (table) => ({
  ...table,
  add: addTo(table),
  rewrite: rewriteIn(table),
  count: countIn(table),
  tooMany: tooManyIn(table),
});
const HOUR_TABLE = withSql(HOURS);
const DAY_TABLE = withSql(DAYS);

/**
 * @param {SqlStorage} sql
 * @param {string} json the batch: its rows, and what may be kept
 * @param {Record<string, any>} batch the same, parsed
 */
export function addRows(sql, json, batch) {
  const latencies = JSON.stringify(batch.rows.map((row) => pairsToText(row.latencies ?? [])));
  const added = (table, stepRowsMax) => addToTable(sql, table, json, latencies, stepRowsMax);
  const newHour = added(HOUR_TABLE, batch.hour_rows_max);
  if (newHour !== null) prune(sql, HOUR_TABLE, newHour - batch.keep_hours, batch.rows_max);
  const newDay = added(DAY_TABLE, batch.day_rows_max ?? NO_MAXIMUM);
  const oldestDay = newDay === null ? 0 : newDay - Math.ceil(batch.keep_hours / DAYS.hours);
  if (newDay !== null) prune(sql, DAY_TABLE, oldestDay, batch.all_day_rows_max ?? NO_MAXIMUM);
}

/** @returns {number | null} the latest time in the batch, if one of its times is new */
function addToTable(sql, table, json, latencies, stepRowsMax) {
  const added = new Map();
  const rows = sql.exec(table.add, json, stepRowsMax, latencies).toArray();
  for (const { time, key, model, provider, additions, latencies: text } of rows) {
    if (additions === 1) added.set(time, (added.get(time) ?? 0) + 1);
    if (additions % ADDITIONS_BETWEEN_REWRITES !== 0) continue;
    sql.exec(table.rewrite, rewritten(text), time, key, model, provider);
  }
  let isNew = false;
  for (const [time, count] of added) isNew = sql.exec(table.count, time, count).one().rows === count || isNew;
  return isNew ? Math.max(...added.keys()) : null;
}

/** Deletes what is not later than `upTo`, and the oldest if there are too many rows. */
function prune(sql, { rows, time, counts, tooMany }, upTo, rowsMax) {
  const last = Math.max(upTo, sql.exec(tooMany, rowsMax).one().time ?? 0);
  for (const table of [rows, counts]) sql.exec(`DELETE FROM ${table} WHERE ${time} <= ?`, last);
}
