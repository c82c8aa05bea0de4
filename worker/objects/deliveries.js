// What limiters must learn of their keys' records. A delivery is stored with the change that it is about, and deleted
// when the limiter has it.
//
// Rule: one limiter that is slow or fails holds up no other. What does not arrive is told again at its own time, by the
// alarm of the registry, which this sets.

/** A limiter that has not answered after this is told again, and nobody waits for it any longer. */
const PUSH_TIMEOUT_MS = 2000;
/** Until then at first; twice as long after each try, up to eight times. */
const PUSH_AGAIN_MS = 2000;
const PUSHES_AT_ONCE = 50;

const TABLE = `
  CREATE TABLE IF NOT EXISTS deliveries (
    id TEXT PRIMARY KEY, limits TEXT NOT NULL, due_ms INTEGER NOT NULL, tries INTEGER NOT NULL
  ) WITHOUT ROWID;`;

/** What was never tried comes first. All that is taken is due again later, unless it arrives. */
const TAKE = `
  UPDATE deliveries SET tries = tries + 1, due_ms = ?1 + ${PUSH_AGAIN_MS} * (1 << min(tries, 3))
  WHERE id IN (SELECT id FROM deliveries WHERE due_ms <= ?1 ORDER BY tries, due_ms LIMIT ${PUSHES_AT_ONCE})
  RETURNING id, limits`;

export class Deliveries {
  #storage;
  #sql;
  #limiters;

  /** @param {DurableObjectNamespace} limiters */
  constructor(storage, limiters) {
    this.#storage = storage;
    this.#sql = storage.sql;
    this.#limiters = limiters;
    this.#sql.exec(TABLE);
  }

  /** To be sent soon. It replaces what the limiter has not got yet. @param {string} limits JSON */
  add(id, limits) {
    this.#sql.exec('INSERT OR REPLACE INTO deliveries VALUES (?, ?, ?, 0)', id, limits, Date.now());
  }

  /**
   * Tells limiters what is due. The time of the next try is stored before anything is sent.
   * @returns {Promise<void[]>} all have taken it, failed, or not answered in time
   */
  send() {
    const due = this.#sql.exec(TAKE, Date.now()).toArray();
    const { due_ms } = this.#sql.exec('SELECT min(due_ms) AS due_ms FROM deliveries').one();
    if (due_ms !== null) this.#storage.setAlarm(due_ms);
    return Promise.all(due.map((delivery) => this.#deliver(delivery)));
  }

  async #deliver({ id, limits }) {
    let timer;
    const timeout = new Promise((_, reject) => {
      timer = setTimeout(reject, PUSH_TIMEOUT_MS, new Error('no answer'));
    });
    try {
      await Promise.race([this.#tell(id, limits), timeout]);
    } catch (error) {
      console.warn('onellm: a limiter took no limits:', error);
    }
    clearTimeout(timer);
  }

  async #tell(id, limits) {
    const limiter = this.#limiters.get(this.#limiters.idFromName(id));
    await limiter.setLimits(JSON.stringify({ key: id, limits: JSON.parse(limits) }));
    this.#sql.exec('DELETE FROM deliveries WHERE id = ? AND limits = ?', id, limits);
  }
}
