// Sessions of clients: what each one used. A session belongs to its key. The least recently used ones are deleted.
//
// Rule: a session is one row, and no index changes when it is used. Instead SQLite looks through all sessions, at most
// some ten thousand, when there are too many and for the dashboard, and through those of a key for a new one.
import { bounded } from './columns.js';

const AGENTS_MAX = 8;

/** Beyond the maximum in all, this part of it is deleted at once, so that not each new session looks through all. */
const SPARE_PART = 1 / 16;

const SUMS = ['requests', 'prompt_tokens', 'completion_tokens', 'cached_tokens', 'cost_pico_usd'];

const distinctAgents = (lists) => `(
  SELECT json_group_array(value) FROM (
    SELECT value FROM (${lists}) GROUP BY value ORDER BY min(place) LIMIT ${AGENTS_MAX}))`;

const place = (list, after = 0) => `SELECT value, "key" + ${after} AS place FROM json_each(${list})`;

const ADD = `
  INSERT INTO sessions ("key", id, ${SUMS.join(', ')}, first_ms, last_ms, agents)
  SELECT
    session ->> 'key', session ->> 'id', ${SUMS.map((sum) => `coalesce(session ->> '${sum}', 0)`).join(', ')},
    session ->> 'first_ms', session ->> 'last_ms',
    ${distinctAgents(place("coalesce(session -> 'agents', '[]')"))}
  FROM (SELECT value AS session FROM json_each(?, '$.sessions'))
  WHERE true
  ON CONFLICT ("key", id) DO UPDATE SET
    additions = additions + 1,
    first_ms = min(first_ms, excluded.first_ms), last_ms = max(last_ms, excluded.last_ms),
    ${SUMS.map((sum) => `${sum} = ${bounded(`${sum} + excluded.${sum}`)}`).join(', ')},
    agents = CASE WHEN agents = excluded.agents THEN agents
      ELSE ${distinctAgents(`${place('agents')} UNION ALL ${place('excluded.agents', AGENTS_MAX)}`)} END
  RETURNING "key", additions`;

const FORGET_OF_KEY = `
  DELETE FROM sessions WHERE "key" = ?1 AND id IN (
    SELECT id FROM sessions WHERE "key" = ?1 ORDER BY last_ms DESC, id LIMIT -1 OFFSET ?2) RETURNING id`;

const FORGET = `
  DELETE FROM sessions WHERE ("key", id) IN (
    SELECT "key", id FROM sessions ORDER BY last_ms DESC, id, "key" LIMIT -1 OFFSET ?) RETURNING id`;

const texts = SUMS.map((sum) => `CAST(${sum} AS TEXT) AS ${sum}`);

const NEWEST = `
  SELECT id, "key", ${texts.join(', ')}, agents, first_ms, last_ms FROM sessions
  WHERE last_ms >= ? AND last_ms < ? ORDER BY last_ms DESC, id, "key" LIMIT ?`;

const NEWEST_OF_KEY = NEWEST.replace('WHERE', 'WHERE "key" = ? AND');

export class Sessions {
  #sql;
  /** How many there are; null: not known. Counting reads every row. @type {number | null} */
  #kept = null;

  constructor(sql) {
    this.#sql = sql;
  }

  /**
   * The last step of its transaction: one that fails leaves the count unknown.
   * @param {string} json of Ledger::take in the core
   * @param {any} batch the same, read
   */
  add(json, { sessions = [], sessions_max, key_sessions_max }) {
    if (sessions.length === 0) return;
    let kept = this.#kept ?? this.#sql.exec('SELECT count(*) AS kept FROM sessions').one().kept;
    this.#kept = null;
    const keysWithNew = new Set();
    for (const { key, additions } of this.#sql.exec(ADD, json)) {
      if (additions > 1) continue;
      keysWithNew.add(key);
      kept++;
    }
    for (const key of keysWithNew) kept -= this.#delete(FORGET_OF_KEY, key, key_sessions_max);
    if (kept > sessions_max) {
      kept -= this.#delete(FORGET, sessions_max - Math.floor(sessions_max * SPARE_PART));
    }
    this.#kept = kept;
  }

  #delete(statement, ...values) {
    return this.#sql.exec(statement, ...values).toArray().length;
  }
}

/** @returns {any[]} the last `count` sessions that were used in a time, of one key or of all */
export function newestSessions(sql, { from_ms, to_ms, key, count }) {
  const rows =
    key === null
      ? sql.exec(NEWEST, from_ms, to_ms, count)
      : sql.exec(NEWEST_OF_KEY, key, from_ms, to_ms, count);
  return rows.toArray().map((row) => ({ ...row, agents: JSON.parse(row.agents) }));
}
