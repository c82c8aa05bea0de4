// The tables of the ledger, and how those of an earlier version become those of this one.
import { boundedSum } from './amounts.js';
import { COLUMNS, DAYS, HOURS, SUMS } from './columns.js';

const declared = (name) => `${name} ${COLUMNS.get(name)}`;

const rowsOf = ({ rows, time, counts }) => `
  CREATE TABLE IF NOT EXISTS ${rows} (
    ${time} INTEGER NOT NULL, "key" TEXT NOT NULL, model TEXT NOT NULL, provider TEXT NOT NULL,
    additions INTEGER NOT NULL DEFAULT 1,
    ${[...COLUMNS.keys()].map(declared).join(', ')},
    PRIMARY KEY (${time}, "key", model, provider)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS ${counts} (${time} INTEGER PRIMARY KEY, rows INTEGER NOT NULL);`;

/** In `session_counts` the key '' stands for all keys. */
const OTHERS = `
  CREATE INDEX IF NOT EXISTS usage_key ON usage ("key");
  CREATE TABLE IF NOT EXISTS batches (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
  CREATE TABLE IF NOT EXISTS sessions (
    "key" TEXT NOT NULL, id TEXT NOT NULL, additions INTEGER NOT NULL DEFAULT 1,
    requests INTEGER NOT NULL, prompt_tokens INTEGER NOT NULL, completion_tokens INTEGER NOT NULL,
    cached_tokens INTEGER NOT NULL, cost_pico_usd INTEGER NOT NULL,
    agents TEXT NOT NULL, first_ms INTEGER NOT NULL, last_ms INTEGER NOT NULL,
    PRIMARY KEY ("key", id)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS session_counts ("key" TEXT PRIMARY KEY, sessions INTEGER NOT NULL) WITHOUT ROWID;`;

/** A ledger of the version without days has these sums alone. */
const FILL_DAYS = `
  INSERT INTO usage_days (day, "key", model, provider, last_ms, ${SUMS.join(', ')})
  SELECT hour / 24, "key", model, provider, max(last_ms), ${SUMS.map(boundedSum).join(', ')}
  FROM usage GROUP BY 1, 2, 3, 4`;

const COUNT_DAYS = 'INSERT INTO days (day, rows) SELECT day, count(*) FROM usage_days GROUP BY day';

const HAS_TABLE = "SELECT count(*) AS found FROM sqlite_master WHERE type = 'table' AND name = ?";

/**
 * Makes the tables that are missing. The days of a ledger without them are filled from its hours, once.
 * @param {DurableObjectStorage} storage
 */
export function openTables(storage) {
  const { sql } = storage;
  storage.transactionSync(() => {
    const has = (table) => sql.exec(HAS_TABLE, table).one().found > 0;
    const lacksDays = has(HOURS.rows) && !has(DAYS.rows);
    sql.exec(rowsOf(HOURS) + rowsOf(DAYS) + OTHERS);
    for (const { rows } of [HOURS, DAYS]) addColumns(sql, rows);
    if (lacksDays) {
      sql.exec(FILL_DAYS);
      sql.exec(COUNT_DAYS);
    }
  });
}

/** Adds what a table of an earlier version lacks. */
function addColumns(sql, table) {
  const known = sql.exec(`PRAGMA table_info(${table})`).toArray();
  const missing = [...COLUMNS.keys()].filter((each) => !known.some(({ name }) => name === each));
  for (const name of missing) sql.exec(`ALTER TABLE ${table} ADD COLUMN ${declared(name)}`);
}
