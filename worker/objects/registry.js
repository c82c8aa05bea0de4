// The registry: the records of all keys, found by id and by the hash of a secret. One Durable Object for the
// whole deployment. It stores rows; the core decides what is in them (src/keys/record).
//
// Rule: what is unique (ids, aliases, secrets), the version that grows with every change, and the number of keys
// are checked here, since only a transaction over all rows can. A change is stored together with the note that
// the key's limiter must learn of it, so it does, however often that fails at first.
//
// Every method takes and gives JSON. A refusal is `{problem}` with the code of the error, or `{refusal}` of a body.
import { DurableObject } from 'cloudflare:workers';
import { decideRecords } from './core.js';
import { Deliveries } from './deliveries.js';

const EXPORTED_MAX = 1000;

/** A page ends before its records are longer than this: an export adds to each, and an import has a limit. */
const PAGE_BYTES_MAX = 2_000_000;

const CREATED = "json_extract(record, '$.created_ms')";

const TABLES = `
  CREATE TABLE IF NOT EXISTS keys (
    number INTEGER PRIMARY KEY AUTOINCREMENT, id TEXT NOT NULL UNIQUE, alias TEXT UNIQUE,
    -- limited: has or had limits, so there is a limiter.
    blocked INTEGER NOT NULL, limited INTEGER NOT NULL, record TEXT NOT NULL, limits TEXT NOT NULL
  );
  CREATE TABLE IF NOT EXISTS secrets (hash TEXT PRIMARY KEY, id TEXT NOT NULL) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS secrets_id ON secrets (id);
  CREATE TABLE IF NOT EXISTS versions (one INTEGER PRIMARY KEY CHECK (one = 1), version INTEGER NOT NULL);
  INSERT OR IGNORE INTO versions VALUES (1, 0);
  CREATE INDEX IF NOT EXISTS keys_created ON keys (${CREATED}, number);`;

const PUT = `
  INSERT INTO keys (id, alias, blocked, limited, record, limits) VALUES (?, ?, ?, ?, ?, ?)
  ON CONFLICT (id) DO UPDATE SET alias = excluded.alias, blocked = excluded.blocked,
    limited = max(limited, excluded.limited), record = excluded.record, limits = excluded.limits`;

/**
 * Newest first, also of keys that were imported. instr() and not LIKE: a search is a literal text.
 * (?1, ?2): the place of the key behind which the page begins.
 */
const LIST = `
  SELECT record, length(CAST(record AS BLOB)) AS bytes FROM keys
  WHERE (?1 IS NULL OR (${CREATED}, number) < (?1, ?2))
    AND (?3 IS NULL OR blocked = ?3)
    AND (?4 = '' OR instr(id, ?4) > 0 OR instr(coalesce(alias, ''), ?4) > 0)
  ORDER BY ${CREATED} DESC, number DESC LIMIT ?5`;

const PLACE = `SELECT ${CREATED} AS created_ms, number FROM keys WHERE id = ?`;

const ALIASES = `
  SELECT id, alias FROM keys
  WHERE alias IS NOT NULL AND id IN (SELECT value FROM json_each(?, '$.ids'))`;

/** Ends a transaction without an effect. */
class Problem extends Error {}

export class Registry extends DurableObject {
  #sql;
  #deliveries;

  constructor(context, env) {
    super(context, env);
    this.#sql = context.storage.sql;
    this.#sql.exec(TABLES);
    this.#deliveries = new Deliveries(context.storage, env.ONELLM_LIMITER_OBJECT);
  }

  /** @param {string} json `hash` @returns {string} `record` of the key with this secret; {}: there is none */
  find(json) {
    const { hash } = JSON.parse(json);
    const [found] = this.#sql.exec('SELECT record FROM secrets JOIN keys USING (id) WHERE hash = ?', hash);
    return JSON.stringify({ record: found?.record });
  }

  /** @param {string} json `id` @returns {string} `record` */
  read(json) {
    const { id } = JSON.parse(json);
    return this.#answer(() => ({ record: this.#row(id).record, limited: this.#row(id).limited === 1 }));
  }

  /** @param {string} json `limit`, and `after`, `blocked`, `search` if they were given */
  list(json) {
    const { limit, after, blocked = null, search = '' } = JSON.parse(json);
    const isBlocked = blocked === null ? null : Number(blocked);
    return this.#answer(() => {
      const { created_ms = null, number = null } = after === undefined ? {} : this.#place(after);
      const rows = this.#sql.exec(LIST, created_ms, number, isBlocked, search, limit + 1);
      const records = [];
      let sum = 0;
      for (const { record, bytes } of rows) {
        sum += bytes;
        if (records.length === limit || sum > PAGE_BYTES_MAX) return { records, has_more: true };
        records.push(record);
      }
      return { records, has_more: false };
    });
  }

  /** @param {string} json `ids` @returns {string} `aliases`: `id` and `alias` of those that have one */
  aliases(json) {
    return this.#answer(() => ({ aliases: this.#sql.exec(ALIASES, json).toArray() }));
  }

  /** @param {string} json `after`, if it was given */
  exportPage(json) {
    return this.list(JSON.stringify({ ...JSON.parse(json), limit: EXPORTED_MAX }));
  }

  /** @param {string} json `body`, `id`, `hash` */
  create(json) {
    return this.#change((version) => this.#decide({ ...JSON.parse(json), op: 'create', version }));
  }

  /** @param {string} json `id`, `body` */
  patch(json) {
    const { id, body } = JSON.parse(json);
    return this.#change((version) =>
      this.#decide({ op: 'patch', record: this.#row(id).record, body, version }),
    );
  }

  /** @param {string} json `id`, `body`, `hash` of the new secret */
  rotate(json) {
    const { id, body, hash } = JSON.parse(json);
    return this.#change((version) =>
      this.#decide({ op: 'rotate', record: this.#row(id).record, body, hash, version }),
    );
  }

  /** @param {string} json `body` @returns {string} `imported`: how many records */
  importPage(json) {
    const { body } = JSON.parse(json);
    const count = (rows) => ({ imported: rows.length });
    // Newest first, as in the page: of keys that were made at the same time the last one is stored first.
    const decide = (version) => {
      const { rows, ...rest } = this.#decide({ op: 'import', body, version });
      return { ...rest, rows: rows?.toReversed() };
    };
    return this.#change(decide, count);
  }

  /** @param {string} json `id` */
  remove(json) {
    const { id } = JSON.parse(json);
    return this.#change((version) => {
      if (this.#row(id).limited === 1) this.#deliveries.add(id, deletedLimits(version));
      this.#sql.exec('DELETE FROM keys WHERE id = ?', id);
      this.#sql.exec('DELETE FROM secrets WHERE id = ?', id);
      return { rows: [] };
    });
  }

  /** For the limiter of a key. @param {string} id @returns {string} JSON of its limits */
  limits(id) {
    const [found] = this.#sql.exec('SELECT limits FROM keys WHERE id = ?', id);
    return found?.limits ?? deletedLimits(this.#version());
  }

  /** From the limiter of a key. @param {string} json `key`, `spend` */
  report(json) {
    const { key, spend } = JSON.parse(json);
    this.ctx.storage.transactionSync(() => {
      const [found] = this.#sql.exec('SELECT record FROM keys WHERE id = ?', key);
      if (found === undefined) return;
      const { rows = [] } = this.#decide({ op: 'report', record: found.record, spend });
      for (const row of rows) this.#put(row);
    });
  }

  /** What has not arrived at its limiter is told again. */
  async alarm() {
    await this.#deliveries.send();
  }

  #decide(call) {
    return decideRecords({ ...call, now_ms: Date.now() });
  }

  #version() {
    return this.#sql.exec('SELECT version FROM versions').one().version;
  }

  #row(id) {
    const [row] = this.#sql.exec('SELECT record, limited FROM keys WHERE id = ?', id);
    if (row === undefined) throw new Problem('key_not_found');
    return row;
  }

  #place(id) {
    const [place] = this.#sql.exec(PLACE, id);
    if (place === undefined) throw new Problem('key_not_found');
    return place;
  }

  #answer(method) {
    try {
      return JSON.stringify(method());
    } catch (error) {
      if (error instanceof Problem) return JSON.stringify({ problem: error.message });
      throw error;
    }
  }

  /**
   * One change with the next version: all of it or nothing.
   * @param {(version: number) => { rows?: object[], refusal?: object, keys_max?: number }} decide
   * @param {(rows: any[]) => object} show what the caller gets of the rows
   */
  #change(decide, show = recordsOf) {
    return this.#answer(() => {
      const answer = this.ctx.storage.transactionSync(() => {
        this.#sql.exec('UPDATE versions SET version = version + 1');
        const { rows, refusal, keys_max } = decide(this.#version());
        if (rows === undefined) return { refusal };
        for (const row of rows) this.#free(row.id);
        for (const row of rows) this.#store(row);
        if (this.#sql.exec('SELECT count(*) AS keys FROM keys').one().keys > keys_max) {
          throw new Problem('too_many_keys');
        }
        return show(rows);
      });
      this.ctx.waitUntil(this.#deliveries.send());
      return answer;
    });
  }

  /** What must be unique and is stored anew. Keys of one import may have exchanged it. */
  #free(id) {
    this.#sql.exec('UPDATE keys SET alias = NULL WHERE id = ?', id);
    this.#sql.exec('DELETE FROM secrets WHERE id = ?', id);
  }

  #store(row) {
    const [before] = this.#sql.exec('SELECT limited FROM keys WHERE id = ?', row.id);
    const [holder] = this.#sql.exec(
      'SELECT id FROM keys WHERE alias = ? AND id <> ?',
      row.alias ?? null,
      row.id,
    );
    if (holder !== undefined) throw new Problem('key_alias_taken');
    this.#put(row);
    for (const hash of [row.hash, row.old_hash]) {
      if (hash === undefined) continue;
      const [other] = this.#sql.exec('SELECT id FROM secrets WHERE hash = ?', hash);
      if (other !== undefined) throw new Problem('key_alias_taken');
      this.#sql.exec('INSERT INTO secrets VALUES (?, ?)', hash, row.id);
    }
    if (before?.limited === 1 || row.has_limits) this.#deliveries.add(row.id, row.limits);
  }

  #put({ id, alias = null, blocked, has_limits, record, limits }) {
    this.#sql.exec(PUT, id, alias, Number(blocked), Number(has_limits), record, limits);
  }
}

const recordsOf = (rows) => ({ records: rows.map(({ record }) => record) });

const deletedLimits = (version) => JSON.stringify({ version, is_deleted: true });
