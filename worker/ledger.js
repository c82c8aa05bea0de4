// The ledger: usage and cost by hour, key, model and provider. One Durable Object for the whole deployment
// keeps it in its SQLite database. Gateways add up calls in memory and send rows in batches. Limits and
// queries come with each call, so that all policy stays in the core (src/gateway/accounting/ledger.cpp,
// src/gateway/usage/exchange.cpp).
//
// Rule: a batch is added once, even if it arrives several times, and as a whole or not at all. Numbers that
// may be too large for JavaScript go from JSON to SQLite and back without becoming JavaScript numbers.
import { DurableObject } from 'cloudflare:workers';

/** The number of batch ids that are remembered, so that a batch that arrives twice counts once. */
const BATCHES_KEPT = 8192;
const BATCHES_BETWEEN_CLEANUPS = 256;

/** The model of new rows in an hour that already has its maximum of rows. */
const OTHER = '(other)';

/** SQLite's largest integer. A sum beyond it would turn into a float, or sum() would fail. */
const INTEGER_MAX = '9223372036854775807';

/** Each sum of a group is computed in two parts, which fit SQLite's integers and JavaScript's numbers. */
const PART = 1_000_000_000;

const GROUPS = { hour: 'hour', day: 'hour / 24', key: '"key"', model: 'model', provider: 'provider' };

/** The sums of calls. The core has them in kSumNames (src/gateway/usage/sums.h); a test compares the two. */
const SUMS = [
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

const HOUR_MS = 3_600_000;

/** `last_ms`: when the last call of a row ended. */
const COLUMNS = [...SUMS, 'last_ms'];

const column = (name) => `${name} INTEGER NOT NULL DEFAULT 0`;

const TABLES = `
  CREATE TABLE IF NOT EXISTS usage (
    hour INTEGER NOT NULL, "key" TEXT NOT NULL, model TEXT NOT NULL, provider TEXT NOT NULL,
    additions INTEGER NOT NULL DEFAULT 1,
    ${COLUMNS.map(column).join(', ')},
    PRIMARY KEY (hour, "key", model, provider)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS usage_key ON usage ("key");
  CREATE TABLE IF NOT EXISTS hours (hour INTEGER PRIMARY KEY, rows INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS batches (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);`;

const REMEMBER = 'INSERT INTO batches (id) VALUES (?) ON CONFLICT DO NOTHING RETURNING number';

/** WHERE true: without it SQLite reads ON as a part of the join. https://www.sqlite.org/lang_upsert.html */
const ADD = `
  INSERT INTO usage (hour, "key", model, provider, ${COLUMNS.join(', ')})
  SELECT
    row ->> 'hour', row ->> 'key',
    CASE WHEN coalesce(hours.rows, 0) < ?2 OR EXISTS (
      SELECT 1 FROM usage AS known
      WHERE known.hour = row ->> 'hour' AND known."key" = row ->> 'key'
        AND known.model = row ->> 'model' AND known.provider = row ->> 'provider'
    ) THEN row ->> 'model' ELSE '${OTHER}' END,
    row ->> 'provider', ${COLUMNS.map((name) => `coalesce(row ->> '${name}', 0)`).join(', ')}
  FROM (SELECT value AS row FROM json_each(?1, '$.rows')) LEFT JOIN hours ON hours.hour = row ->> 'hour'
  WHERE true
  ON CONFLICT (hour, "key", model, provider) DO UPDATE SET
    additions = additions + 1, last_ms = max(last_ms, excluded.last_ms),
    ${SUMS.map((sum) => `${sum} = min(${INTEGER_MAX}, ${sum} + excluded.${sum})`).join(', ')}
  RETURNING hour, additions`;

const COUNT = `
  INSERT INTO hours (hour, rows) VALUES (?, ?)
  ON CONFLICT (hour) DO UPDATE SET rows = rows + excluded.rows RETURNING rows`;

/** The latest hour that must be deleted to keep at most the given number of rows. */
const TOO_MANY = `
  SELECT max(hour) AS hour FROM (SELECT hour, sum(rows) OVER (ORDER BY hour DESC) AS kept FROM hours)
  WHERE kept > ?`;

const MONEY = `coalesce(sum(cost_pico_usd / ${PART}), 0) AS part, coalesce(sum(cost_pico_usd % ${PART}), 0) AS rest`;

/** A row of an earlier version knows only its hour. */
const TOTAL = `
  SELECT ${MONEY}, coalesce(max(max(last_ms, hour * ${HOUR_MS})), 0) AS last_ms FROM usage WHERE "key" = ?`;

const HOURLY = `SELECT hour, ${MONEY} FROM usage WHERE "key" = ? AND hour >= ? GROUP BY hour`;

export class Ledger extends DurableObject {
  #sql;

  constructor(context, env) {
    super(context, env);
    this.#sql = context.storage.sql;
    this.#sql.exec(TABLES);
    this.#addColumns();
  }

  /**
   * Adds the batches that were not added before.
   * @param {{ id: string, rows: string }[]} batches `rows` is the JSON of Ledger::take in the core
   */
  add(batches) {
    for (const { id, rows } of batches) {
      this.ctx.storage.transactionSync(() => {
        const [remembered] = this.#sql.exec(REMEMBER, id);
        if (remembered === undefined) return;
        this.#addRows(rows);
        this.#forgetBatches(remembered.number);
      });
    }
  }

  /**
   * @param {string} json `from_hour` and `to_hour` (excluded) since 1970, `group_by` and `limit`
   * @returns {string} JSON with `data`: one object for each group, with its sums
   */
  query(json) {
    const { from_hour, to_hour, group_by, limit, key = null } = JSON.parse(json);
    const columns = group_by.map((name) => `${GROUPS[name]} AS "${name}"`);
    const sums = SUMS.map((sum) => `sum(${sum} / ${PART}) AS ${sum}, sum(${sum} % ${PART}) AS ${sum}_rest`);
    const places = group_by.map((_, index) => index + 1);
    const times = places.filter((place) => ['hour', 'day'].includes(group_by[place - 1]));
    const rows = this.#sql.exec(
      `SELECT ${[...columns, ...sums].join(', ')} FROM usage
       WHERE hour >= ? AND hour < ? AND (? IS NULL OR "key" = ?)
       GROUP BY ${places.join(', ')}
       ORDER BY ${[...times, 'total(cost_pico_usd) DESC', 'total(calls) DESC', ...places].join(', ')} LIMIT ?`,
      from_hour,
      to_hour,
      key,
      key,
      limit,
    );
    return JSON.stringify({ data: rows.toArray().map(joinParts) });
  }

  /**
   * @param {string} json `key`, `from_hour`
   * @returns {string} JSON: `money` that the key has cost, `last_ms` of its last call, and `hours` with the
   *   costs from that hour on
   */
  totals(json) {
    const { key, from_hour } = JSON.parse(json);
    const { part, rest, last_ms } = this.#sql.exec(TOTAL, key).one();
    const hours = this.#sql.exec(HOURLY, key, from_hour).toArray();
    return JSON.stringify({
      money: amount(part, rest),
      last_ms,
      hours: hours.map((each) => ({ hour: each.hour, money: amount(each.part, each.rest) })),
    });
  }

  /** Adds what a table of an earlier version lacks. */
  #addColumns() {
    const known = this.#sql.exec('PRAGMA table_info(usage)').toArray();
    const missing = COLUMNS.filter((each) => !known.some(({ name }) => name === each));
    for (const name of missing) this.#sql.exec(`ALTER TABLE usage ADD COLUMN ${column(name)}`);
  }

  #addRows(json) {
    const limits = JSON.parse(json);
    const added = new Map();
    for (const { hour, additions } of this.#sql.exec(ADD, json, limits.hour_rows_max)) {
      if (additions === 1) added.set(hour, (added.get(hour) ?? 0) + 1);
    }
    let isNewHour = false;
    for (const [hour, count] of added) {
      const { rows } = this.#sql.exec(COUNT, hour, count).one();
      isNewHour ||= rows === count;
    }
    if (isNewHour) this.#prune(limits, Math.max(...added.keys()));
  }

  /** Runs with each new hour. Deletes hours that are too old, and the oldest if there are too many rows. */
  #prune({ keep_hours, rows_max }, latestHour) {
    const tooMany = this.#sql.exec(TOO_MANY, rows_max).one().hour;
    const upTo = Math.max(latestHour - keep_hours, tooMany ?? 0);
    for (const table of ['usage', 'hours']) this.#sql.exec(`DELETE FROM ${table} WHERE hour <= ?`, upTo);
  }

  #forgetBatches(number) {
    if (number % BATCHES_BETWEEN_CLEANUPS !== 0) return;
    this.#sql.exec('DELETE FROM batches WHERE number <= ?', number - BATCHES_KEPT);
  }
}

const join = (part, rest) => String(part === 0 ? rest : BigInt(part) * BigInt(PART) + BigInt(rest));

/** A sum of money as the core's integers can hold it. */
function amount(part, rest) {
  const text = join(part, rest);
  return BigInt(text) > BigInt(INTEGER_MAX) ? INTEGER_MAX : text;
}

/** Joins the two parts of each sum, as text: a sum may be too large for a JavaScript number. */
function joinParts(row) {
  for (const sum of SUMS) {
    const { [sum]: part, [`${sum}_rest`]: rest } = row;
    row[sum] = join(part, rest);
    delete row[`${sum}_rest`];
  }
  return row;
}
