// The ledger: usage and cost by hour and by day, key, model and provider. One Durable Object for the whole
// deployment keeps it in its SQLite database. Gateways add up calls in memory and send rows in batches. Limits
// and queries come with each call, so that all policy stays in the core (src/gateway/accounting/ledger.cpp,
// src/gateway/usage/).
//
// Rule: a batch is added once, even if it arrives several times, and as a whole or not at all.
import { DurableObject } from 'cloudflare:workers';
import { boundedAmount, exactly, halves } from './amounts.js';
import { HOUR_MS, SUMS } from './columns.js';
import { readDashboard } from './dashboard.js';
import { addRows } from './rows.js';
import { addSessions } from './sessions.js';
import { openTables } from './tables.js';

/** The number of batch ids that are remembered, so that a batch that arrives twice counts once. */
const BATCHES_KEPT = 8192;
const BATCHES_BETWEEN_CLEANUPS = 256;

const GROUPS = { hour: 'hour', day: 'hour / 24', key: '"key"', model: 'model', provider: 'provider' };

const REMEMBER = 'INSERT INTO batches (id) VALUES (?) ON CONFLICT DO NOTHING RETURNING number';

/** A row of an earlier version knows only its hour. */
const TOTAL = `
  SELECT ${halves('cost_pico_usd', 'cost')}, coalesce(max(max(last_ms, hour * ${HOUR_MS})), 0) AS last_ms
  FROM usage WHERE "key" = ?`;

const HOURLY = `
  SELECT hour, ${halves('cost_pico_usd', 'cost')} FROM usage WHERE "key" = ? AND hour >= ? GROUP BY hour`;

export class Ledger extends DurableObject {
  #sql;

  constructor(context, env) {
    super(context, env);
    this.#sql = context.storage.sql;
    openTables(context.storage);
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
        const batch = JSON.parse(rows);
        addRows(this.#sql, rows, batch);
        addSessions(this.#sql, rows, batch);
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
    const sums = SUMS.map((sum) => halves(sum));
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
    return JSON.stringify({ data: rows.toArray().map(joinHalves) });
  }

  /**
   * @param {string} json `key`, `from_hour`
   * @returns {string} JSON: `money` that the key has cost, `last_ms` of its last call, and `hours` with the
   *   costs from that hour on
   */
  totals(json) {
    const { key, from_hour } = JSON.parse(json);
    const { cost, cost_low, last_ms } = this.#sql.exec(TOTAL, key).one();
    const hours = this.#sql.exec(HOURLY, key, from_hour).toArray();
    return JSON.stringify({
      money: boundedAmount(cost, cost_low),
      last_ms,
      hours: hours.map((each) => ({ hour: each.hour, money: boundedAmount(each.cost, each.cost_low) })),
    });
  }

  /**
   * @param {string} json src/gateway/usage/dashboard/query.h: dashboard_argument
   * @returns {string} JSON for src/gateway/usage/dashboard/figures.h
   */
  dashboard(json) {
    return JSON.stringify(readDashboard(this.#sql, JSON.parse(json)));
  }

  #forgetBatches(number) {
    if (number % BATCHES_BETWEEN_CLEANUPS !== 0) return;
    this.#sql.exec('DELETE FROM batches WHERE number <= ?', number - BATCHES_KEPT);
  }
}

/** Joins the two halves of each sum, as text: a sum may be too large for a JavaScript number. */
function joinHalves(row) {
  for (const sum of SUMS) {
    const { [sum]: high, [`${sum}_low`]: low } = row;
    row[sum] = exactly(high, low);
    delete row[`${sum}_low`];
  }
  return row;
}
