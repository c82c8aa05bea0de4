// The limiter of one key: admits its requests and settles what they used. One Durable Object for each key
// with limits; its name is the key's id. It stores rows; the core decides (src/keys/limiter).
//
// Rule: a decision and what it changes are one transaction. The rows that are read for it, named or due, are
// all that it depends on. This is why two requests can never be admitted for the same money.
//
// Money is text in JSON and in SQLite's integers: it may be too large for a JavaScript number.
import { DurableObject } from 'cloudflare:workers';
import { decideLimits } from './core.js';

/** Open requests whose lease ends with one decision, and rows that it forgets. */
const DUE_ROWS_MAX = 50;

/** GET /v1/key adds up the hours of a month and a week at most. */
const RECENT_HOURS = 32 * 24;
const HOUR_MS = 3_600_000;

const TABLES = `
  CREATE TABLE IF NOT EXISTS state (one INTEGER PRIMARY KEY CHECK (one = 1), key TEXT, state TEXT);
  CREATE TABLE IF NOT EXISTS requests (
    id TEXT PRIMARY KEY, open INTEGER NOT NULL, due_ms INTEGER NOT NULL, row TEXT NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS requests_due ON requests (open, due_ms);
  CREATE TABLE IF NOT EXISTS hours (hour INTEGER PRIMARY KEY, money INTEGER NOT NULL);`;

/** The row of the request, and those that are due: open requests and ended ones are two ranges of the index. */
const dueRows = (open) =>
  `SELECT row FROM (SELECT row FROM requests WHERE open = ${open} AND due_ms <= ?1
   ORDER BY due_ms LIMIT ${DUE_ROWS_MAX})`;
/** More leases have ended than one decision gets: after a long stop, say. Those of before end first. */
const MANY_DUE = `
  SELECT 1 FROM requests WHERE open = 1 AND due_ms <= ? ORDER BY due_ms LIMIT 1 OFFSET ${DUE_ROWS_MAX - 1}`;
const ROWS = `SELECT row FROM requests WHERE id = ?2 UNION ${dueRows(1)} UNION ${dueRows(0)}`;

const PUT = `
  INSERT INTO requests (id, open, due_ms, row) VALUES (?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET open = excluded.open, due_ms = excluded.due_ms, row = excluded.row`;

const FORGET_OLDEST = `
  DELETE FROM requests WHERE id IN (SELECT id FROM requests WHERE open = 0 ORDER BY due_ms LIMIT ?)`;

const ADD = `
  INSERT INTO hours (hour, money) VALUES (?, CAST(? AS INTEGER))
  ON CONFLICT (hour) DO UPDATE SET money = money + excluded.money`;

export class Limiter extends DurableObject {
  #sql;
  #state;
  #key;

  constructor(context, env) {
    super(context, env);
    this.#sql = context.storage.sql;
    this.#sql.exec(TABLES);
    const [stored] = this.#sql.exec('SELECT key, state FROM state');
    this.#key = stored?.key;
    this.#state = stored && JSON.parse(stored.state);
  }

  /**
   * @param {string} json `key` and `ask` (src/keys/limiter/ask.h)
   * @returns {Promise<string>} the admission (src/keys/limiter/limiter.h)
   */
  async admit(json) {
    const { key, ask } = JSON.parse(json);
    let { admission } = this.#decide(key, { op: 'admit', ask }, ask.id);
    if (admission.verdict === 'unknown') {
      const limits = JSON.parse(await this.#registry().limits(key));
      ({ admission } = this.#decide(key, { op: 'admit', limits, ask }, ask.id));
    }
    return JSON.stringify(admission);
  }

  /** @param {string} json `key`, `id` of the request, `money` and `tokens` that it used */
  settle(json) {
    const { key, id, money, tokens } = JSON.parse(json);
    this.#decide(key, { op: 'settle', id, money, tokens }, id);
    return '{}';
  }

  /** @param {string} json `key` and `id` of the request @returns {string} `renewed` */
  renew(json) {
    const { key, id } = JSON.parse(json);
    const { renewed } = this.#decide(key, { op: 'renew', id }, id);
    return JSON.stringify({ renewed });
  }

  /** The registry's record has changed. @param {string} json `key` and `limits` */
  setLimits(json) {
    const { key, limits } = JSON.parse(json);
    this.#decide(key, { op: 'limits', limits });
  }

  /** @param {string} json `key` @returns {string} `usage` (src/keys/usage.h) */
  read(json) {
    const { key } = JSON.parse(json);
    const { usage } = this.#decide(key, () => ({ op: 'read', hours: this.#recentHours() }));
    return JSON.stringify({ usage });
  }

  #recentHours() {
    const from = Math.floor(Date.now() / HOUR_MS) - RECENT_HOURS;
    return this.#sql
      .exec('SELECT hour, CAST(money AS TEXT) AS money FROM hours WHERE hour >= ?', from)
      .toArray();
  }

  /** Ends leases, and reports the spend. The core has set the next alarm before, so a failure is repeated. */
  async alarm() {
    const { report } = this.#decide(this.#key, { op: 'wake' });
    if (report === undefined) return;
    try {
      await this.#registry().report(JSON.stringify({ key: this.#key, spend: report }));
    } catch (error) {
      return console.warn('onellm: the registry took no report:', error);
    }
    this.#decide(this.#key, { op: 'reported', spend: report });
  }

  #registry() {
    const namespace = this.env.ONELLM_KEYS_OBJECT;
    return namespace.get(namespace.idFromName('keys'));
  }

  /**
   * @param {string} key
   * @param {object | (() => object)} call what the core needs beside the state and the rows; a function
   *   gives it after the leases have ended that do so in decisions of their own
   * @param {string} request whose row the call is about
   */
  #decide(key, call, request = '') {
    const outcomes = [];
    this.ctx.storage.transactionSync(() => {
      const now_ms = Date.now();
      let state = this.#state;
      const decide = (given, id) => {
        const rows = this.#sql.exec(ROWS, now_ms, id).toArray();
        const decided = decideLimits({
          ...given,
          now_ms,
          state,
          rows: rows.map(({ row }) => JSON.parse(row)),
        });
        if (decided.state !== undefined) this.#carryOut(key, decided);
        state = decided.state ?? state;
        outcomes.push(decided);
      };
      while (this.#sql.exec(MANY_DUE, now_ms).toArray().length > 0) decide({ op: 'end_leases' }, '');
      decide(typeof call === 'function' ? call() : call, request);
    });
    this.#key = key;
    for (const { state, changes } of outcomes) {
      this.#state = state ?? this.#state;
      if (changes.wake_ms !== undefined) this.ctx.storage.setAlarm(changes.wake_ms);
    }
    return outcomes.at(-1);
  }

  /** In the order of Changes (src/keys/limiter/state.h). */
  #carryOut(key, { state, changes }) {
    const { clears_all, forgotten = [], rows = [], oldest_ended, hours = [], first_hour } = changes;
    if (clears_all) for (const table of ['requests', 'hours']) this.#sql.exec(`DELETE FROM ${table}`);
    for (const id of forgotten) this.#sql.exec('DELETE FROM requests WHERE id = ?', id);
    for (const row of rows) {
      this.#sql.exec(PUT, row.id, row.phase === 'open' ? 1 : 0, row.due_ms, JSON.stringify(row));
    }
    if (oldest_ended > 0) this.#sql.exec(FORGET_OLDEST, oldest_ended);
    for (const { hour, money } of hours) this.#sql.exec(ADD, hour, money);
    if (first_hour !== undefined) this.#sql.exec('DELETE FROM hours WHERE hour < ?', first_hour);
    this.#sql.exec('INSERT OR REPLACE INTO state VALUES (1, ?, ?)', key, JSON.stringify(state));
  }
}
