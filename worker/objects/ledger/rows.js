// Adds rows of calls to the rows of hours and of days, and deletes the oldest ones.
//
// Rule: numbers that may be too large for JavaScript go from JSON to SQLite without becoming JavaScript numbers.
import { ALL_SUMS, bounded, COLUMNS, OTHER } from './columns.js';
import { pairsToText, rewritten, TEXT_MAX } from './latencies.js';
import { DAYS, HOURS } from './tables.js';

const NUMBERS = [...COLUMNS.keys()].filter((name) => name !== 'latencies');

/** WHERE true: without it SQLite reads ON as a part of the join. https://www.sqlite.org/lang_upsert.html */
const add = ({ rows, counts, time, hours }) => `
  INSERT INTO ${rows} (${time}, "key", model, provider, latencies, ${NUMBERS.join(', ')})
  SELECT
    time, row ->> 'key',
    CASE WHEN coalesce(${counts}.rows, 0) < ?2 OR EXISTS (
      SELECT 1 FROM ${rows} AS known
      WHERE known.${time} = given.time AND known."key" = row ->> 'key'
        AND known.model = row ->> 'model' AND known.provider = row ->> 'provider'
    ) THEN row ->> 'model' ELSE '${OTHER}' END,
    row ->> 'provider', ?3 ->> place, ${NUMBERS.map((name) => `coalesce(row ->> '${name}', 0)`).join(', ')}
  FROM (
    SELECT "key" AS place, value AS row, (value ->> 'hour') / ${hours} AS time FROM json_each(?1, '$.rows')
  ) AS given
  LEFT JOIN ${counts} ON ${counts}.${time} = given.time
  WHERE true
  ON CONFLICT (${time}, "key", model, provider) DO UPDATE SET
    additions = additions + 1, last_ms = max(last_ms, excluded.last_ms),
    latencies = latencies || excluded.latencies,
    ${ALL_SUMS.map((sum) => `${sum} = ${bounded(`${sum} + excluded.${sum}`)}`).join(', ')}
  RETURNING ${time} AS time, additions, length(latencies) > ${TEXT_MAX} AS is_long`;

const count = ({ counts, time }) => `
  INSERT INTO ${counts} (${time}, rows) VALUES (?, ?)
  ON CONFLICT (${time}) DO UPDATE SET rows = rows + excluded.rows RETURNING rows`;

/** The latest time that must be deleted to keep at most the given number of rows. */
const tooMany = ({ counts, time }) => `
  SELECT max(${time}) AS time FROM (SELECT ${time}, sum(rows) OVER (ORDER BY ${time} DESC) AS kept FROM ${counts})
  WHERE kept > ?`;

const statements = (table) => ({ ...table, add: add(table), count: count(table), tooMany: tooMany(table) });
const HOUR_STATEMENTS = statements(HOURS);
const DAY_STATEMENTS = statements(DAYS);

/**
 * @param {string} json of Ledger::take in the core
 * @param {any} batch the same, read. A gateway of an earlier version sends only the limits of hours.
 */
export function addRows(sql, json, batch) {
  const latencies = JSON.stringify(batch.rows.map((row) => pairsToText(row.latencies ?? [])));
  const { keep_hours, rows_max, hour_rows_max } = batch;
  const { day_rows_max = hour_rows_max, all_day_rows_max = rows_max } = batch;
  const given = { json, latencies };
  addTo(sql, HOUR_STATEMENTS, given, { keep: keep_hours, rowsMax: rows_max, timeRowsMax: hour_rows_max });
  const keepDays = Math.ceil(keep_hours / DAYS.hours);
  addTo(sql, DAY_STATEMENTS, given, { keep: keepDays, rowsMax: all_day_rows_max, timeRowsMax: day_rows_max });
}

function addTo(sql, table, { json, latencies }, limits) {
  const added = new Map();
  const timesWithLongTexts = new Set();
  for (const { time, additions, is_long } of sql.exec(table.add, json, limits.timeRowsMax, latencies)) {
    if (additions === 1) added.set(time, (added.get(time) ?? 0) + 1);
    if (is_long === 1) timesWithLongTexts.add(time);
  }
  for (const time of timesWithLongTexts) rewriteLatencies(sql, table, time);
  let isNewTime = false;
  for (const [time, count] of added)
    isNewTime = sql.exec(table.count, time, count).one().rows === count || isNewTime;
  if (isNewTime) prune(sql, table, limits, Math.max(...added.keys()));
}

function rewriteLatencies(sql, { rows, time: column }, time) {
  const names = `${column} = ? AND "key" = ? AND model = ? AND provider = ?`;
  const long = sql.exec(
    `SELECT "key", model, provider, latencies FROM ${rows} WHERE ${column} = ? AND length(latencies) > ${TEXT_MAX}`,
    time,
  );
  for (const { key, model, provider, latencies } of long.toArray()) {
    const text = rewritten(latencies);
    sql.exec(`UPDATE ${rows} SET latencies = ? WHERE ${names}`, text, time, key, model, provider);
  }
}

/** Runs with each new hour or day. Deletes times that are too old, and the oldest if there are too many rows. */
function prune(sql, table, { keep, rowsMax }, latest) {
  const upTo = Math.max(latest - keep, sql.exec(table.tooMany, rowsMax).one().time ?? 0);
  for (const name of [table.rows, table.counts])
    sql.exec(`DELETE FROM ${name} WHERE ${table.time} <= ?`, upTo);
}
