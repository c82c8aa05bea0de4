// Sessions of clients: what each has used. A session belongs to the key that its requests came with.
//
// Rule: they are a convenience of the dashboard; the rows are the account. The least recently used go first.
import { INTEGER_MAX } from './amounts.js';

const AGENTS_MAX = 8;

/** Beyond the maximum of all sessions this part of it goes at once: to find the oldest, all are read. */
const PART_DELETED = 0.01;

/** Stands for all keys in `session_counts`. */
const ALL_KEYS = '';

const SUMS = ['requests', 'prompt_tokens', 'completion_tokens', 'cached_tokens', 'cost_pico_usd'];

const ADD = `
  INSERT INTO sessions ("key", id, agents, first_ms, last_ms, ${SUMS.join(', ')})
  SELECT session ->> 'key', session ->> 'id', session ->> 'agents', session ->> 'first_ms',
    session ->> 'last_ms', ${SUMS.map((sum) => `coalesce(session ->> '${sum}', 0)`).join(', ')}
  FROM (SELECT value AS session FROM json_each(?, '$.sessions'))
  WHERE true
  ON CONFLICT ("key", id) DO UPDATE SET
    additions = additions + 1, first_ms = min(first_ms, excluded.first_ms), last_ms = max(last_ms, excluded.last_ms),
    ${SUMS.map((sum) => `${sum} = min(${INTEGER_MAX}, ${sum} + excluded.${sum})`).join(', ')},
    agents = CASE WHEN agents = excluded.agents THEN agents ELSE (
      SELECT json_group_array(agent) FROM (
        SELECT value AS agent, min(place) AS first FROM (
          SELECT value, key AS place FROM json_each(agents)
          UNION ALL SELECT value, key + ${AGENTS_MAX} FROM json_each(excluded.agents)
        ) GROUP BY value ORDER BY first LIMIT ${AGENTS_MAX}
      )) END
  RETURNING "key", additions`;

const COUNT = `
  INSERT INTO session_counts ("key", sessions) VALUES (?, ?)
  ON CONFLICT ("key") DO UPDATE SET sessions = sessions + excluded.sessions RETURNING sessions`;

const deleteOldest = (where) => `
  DELETE FROM sessions WHERE ("key", id) IN (
    SELECT "key", id FROM sessions ${where} ORDER BY last_ms, "key", id LIMIT ?)
  RETURNING "key"`;
const DELETE_OLDEST = deleteOldest('');
const DELETE_OLDEST_OF_KEY = deleteOldest('WHERE "key" = ?');

/** Without a key: of all. */
const LAST = `
  SELECT id, "key", requests, prompt_tokens, completion_tokens, cached_tokens,
    CAST(cost_pico_usd AS TEXT) AS cost_pico_usd, agents, first_ms, last_ms
  FROM sessions WHERE last_ms >= ?1 AND last_ms < ?2 AND (?3 IS NULL OR "key" = ?3)
  ORDER BY last_ms DESC, "key", id LIMIT ?4`;

/** @param {SqlStorage} sql @param {string} json the batch @param {Record<string, any>} batch the same, parsed */
export function addSessions(sql, json, batch) {
  if (!batch.sessions?.length) return;
  const added = new Map();
  for (const { key, additions } of sql.exec(ADD, json).toArray()) {
    if (additions === 1) added.set(key, (added.get(key) ?? 0) + 1);
  }
  if (added.size === 0) return;
  let all = 0;
  for (const [key, count] of added) {
    const surplus = addToCount(sql, key, count) - batch.key_sessions_max;
    all += count - (surplus > 0 ? deleteSessions(sql, DELETE_OLDEST_OF_KEY, key, surplus) : 0);
  }
  const surplus = addToCount(sql, ALL_KEYS, all) - batch.sessions_max;
  if (surplus <= 0) return;
  const count = Math.max(surplus, Math.floor(batch.sessions_max * PART_DELETED));
  addToCount(sql, ALL_KEYS, -deleteSessions(sql, DELETE_OLDEST, count));
}

/**
 * The sessions that were used last, with amounts of money as text.
 * @param {SqlStorage} sql
 * @param {{ from_ms: number, to_ms: number, key: string | null, limit: number }} wanted
 */
export function lastSessions(sql, { from_ms, to_ms, key, limit }) {
  const sessions = sql.exec(LAST, from_ms, to_ms, key, limit).toArray();
  return sessions.map(({ agents, ...session }) => ({ ...session, agents: JSON.parse(agents) }));
}

const addToCount = (sql, key, count) => sql.exec(COUNT, key, count).one().sessions;

/** @returns {number} how many there were */
function deleteSessions(sql, statement, ...values) {
  const deleted = sql.exec(statement, ...values).toArray();
  for (const { key } of deleted) addToCount(sql, key, -1);
  return deleted.length;
}
