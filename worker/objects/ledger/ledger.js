// The ledger: usage and cost by hour and by day, key, model and provider, and the last sessions of clients. One Durable
// Object for the whole deployment keeps it in its SQLite database. Gateways add up calls in memory and send rows in
// batches. Limits and queries come with each call, so that all policy stays in the core
// (src/gateway/accounting/ledger.cpp, src/gateway/usage/).
//
// Rule: a batch is added once, even if it arrives several times, and as a whole or not at all.
import { DurableObject } from 'cloudflare:workers';
import { dashboard } from './dashboard/dashboard.js';
import { groups, totals } from './query.js';
import { addRows } from './rows.js';
import { Sessions } from './sessions.js';
import { openTables } from './tables.js';

/** The number of batch ids that are remembered, so that a batch that arrives twice counts once. */
const BATCHES_KEPT = 8192;
const BATCHES_BETWEEN_CLEANUPS = 256;

const REMEMBER = 'INSERT INTO batches (id) VALUES (?) ON CONFLICT DO NOTHING RETURNING number';

export class Ledger extends DurableObject {
  #sql;
  #sessions;

  constructor(context, env) {
    super(context, env);
    this.#sql = context.storage.sql;
    this.#sessions = new Sessions(this.#sql);
    context.storage.transactionSync(() => openTables(this.#sql));
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
        this.#forgetBatches(remembered.number);
        this.#sessions.add(rows, batch);
      });
    }
  }

  /**
   * @param {string} json `from_hour` and `to_hour` (excluded) since 1970, `group_by` and `limit`
   * @returns {string} JSON with `data`: one object for each group, with its sums
   */
  query(json) {
    return JSON.stringify(groups(this.#sql, JSON.parse(json)));
  }

  /**
   * @param {string} json `key`, `from_hour`
   * @returns {string} JSON: `money` that the key has cost, `last_ms` of its last call, and `hours` with the
   *   costs from that hour on
   */
  totals(json) {
    return JSON.stringify(totals(this.#sql, JSON.parse(json)));
  }

  /** @param {string} json see dashboard/dashboard.js @returns {string} JSON */
  dashboard(json) {
    return JSON.stringify(dashboard(this.#sql, JSON.parse(json)));
  }

  #forgetBatches(number) {
    if (number % BATCHES_BETWEEN_CLEANUPS !== 0) return;
    this.#sql.exec('DELETE FROM batches WHERE number <= ?', number - BATCHES_KEPT);
  }
}
