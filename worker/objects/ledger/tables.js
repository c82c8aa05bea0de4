// The tables of the ledger, and what is done to those of an earlier version.
//
// Rule: a ledger of any earlier version keeps all that it has.
import { boundedSum } from './amounts.js';
import { COLUMNS, SUMS } from './columns.js';

/**
 * The two tables of rows. `counts` is the table that counts the rows of each time. Nothing reads rows of days by key
 * alone, so they need no index, and an index would cost a row written for each new row.
 */
export const HOURS = { rows: 'usage', counts: 'hours', time: 'hour', hours: 1 };
export const DAYS = { rows: 'usage_days', counts: 'days', time: 'day', hours: 24 };

const NAMES = '"key" TEXT NOT NULL, model TEXT NOT NULL, provider TEXT NOT NULL';

const declared = ([name, declaration]) => `${name} ${declaration}`;

const tablesOf = ({ rows, counts, time }) => `
  CREATE TABLE IF NOT EXISTS ${rows} (
    ${time} INTEGER NOT NULL, ${NAMES}, additions INTEGER NOT NULL DEFAULT 1,
    ${[...COLUMNS].map(declared).join(', ')},
    PRIMARY KEY (${time}, "key", model, provider)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS ${counts} (${time} INTEGER PRIMARY KEY, rows INTEGER NOT NULL);`;

const TABLES = `
  ${tablesOf(HOURS)}
  CREATE INDEX IF NOT EXISTS usage_key ON usage ("key");
  CREATE TABLE IF NOT EXISTS batches (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS sessions (
    "key" TEXT NOT NULL, id TEXT NOT NULL, additions INTEGER NOT NULL DEFAULT 1,
    requests INTEGER NOT NULL, prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL,
    cached_tokens INTEGER NOT NULL, cost_pico_usd INTEGER NOT NULL,
    first_ms INTEGER NOT NULL, last_ms INTEGER NOT NULL, agents TEXT NOT NULL,
    PRIMARY KEY ("key", id)
  ) WITHOUT ROWID;`;

/** A ledger of an earlier version has none of the sums that are left out here. */
const DAYS_OF_HOURS = `
  INSERT INTO usage_days (day, "key", model, provider, last_ms, ${SUMS.join(', ')})
  SELECT hour / 24, "key", model, provider, max(last_ms), ${SUMS.map(boundedSum).join(', ')}
  FROM usage GROUP BY hour / 24, "key", model, provider;
  INSERT INTO days (day, rows) SELECT day, count(*) FROM usage_days GROUP BY day`;

/** Creates what is missing. Must run in a transaction, so that rows of days are computed once and as a whole. */
export function openTables(sql) {
  sql.exec(TABLES);
  addColumns(sql);
  if (hasTable(sql, DAYS.rows)) return;
  sql.exec(tablesOf(DAYS));
  sql.exec(DAYS_OF_HOURS);
}

const hasTable = (sql, name) =>
  sql.exec("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = ?", name).toArray().length > 0;

function addColumns(sql) {
  for (const { rows } of hasTable(sql, DAYS.rows) ? [HOURS, DAYS] : [HOURS]) {
    const known = new Set([...sql.exec(`PRAGMA table_info(${rows})`)].map(({ name }) => name));
    for (const column of COLUMNS) {
      if (!known.has(column[0])) sql.exec(`ALTER TABLE ${rows} ADD COLUMN ${declared(column)}`);
    }
  }
}
