// The Worker as it is deployed with a ledger object that is in trouble, by the setting TROUBLE: `deaf` adds
// nothing and fails; `silent` answers no question; `mute` adds and fails all the same, the first two times, as where the reply gets lost; `old` has
// a table of an earlier version, with fewer sums and seven calls of the model `a`; `hourly` has the tables of the
// version before days, with two days of two models.
import { Ledger as RealLedger } from '../../../worker/objects/ledger/ledger.js';

export { default } from '../../../shim.js';

let calls = 0;
const SILENCE_MS = 25_000;

const OLD_TABLE = `
  CREATE TABLE IF NOT EXISTS usage (
    hour INTEGER NOT NULL, "key" TEXT NOT NULL, model TEXT NOT NULL, provider TEXT NOT NULL,
    additions INTEGER NOT NULL DEFAULT 1, requests INTEGER NOT NULL, calls INTEGER NOT NULL,
    PRIMARY KEY (hour, "key", model, provider)
  ) WITHOUT ROWID;
  INSERT INTO usage VALUES (490000, 'master', 'a', 'openai', 1, 7, 7);`;

const HOURLY_SUMS = [
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
  'last_ms',
];
const HOURLY_TABLES = `
  CREATE TABLE IF NOT EXISTS usage (
    hour INTEGER NOT NULL, "key" TEXT NOT NULL, model TEXT NOT NULL, provider TEXT NOT NULL,
    additions INTEGER NOT NULL DEFAULT 1,
    ${HOURLY_SUMS.map((name) => `${name} INTEGER NOT NULL DEFAULT 0`).join(', ')},
    PRIMARY KEY (hour, "key", model, provider)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS usage_key ON usage ("key");
  CREATE TABLE IF NOT EXISTS hours (hour INTEGER PRIMARY KEY, rows INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS batches (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
  INSERT INTO usage (hour, "key", model, provider, calls, cost_pico_usd, last_ms) VALUES
    (489600, 'master', 'a', 'openai', 1, 9223372036854775807, 5), (489601, 'master', 'a', 'openai', 2, 1, 7),
    (489601, 'k1', 'a', 'openai', 4, 4611686018427387904, 6), (489624, 'master', 'b', 'openai', 8, 4611686018427387905, 9);
  INSERT INTO hours VALUES (489600, 1), (489601, 2), (489624, 1);
  INSERT INTO batches (id) VALUES ('known');`;

export class Ledger extends RealLedger {
  constructor(context, env) {
    if (env.TROUBLE === 'old') context.storage.sql.exec(OLD_TABLE);
    if (env.TROUBLE === 'hourly' && !hasTables(context.storage.sql)) context.storage.sql.exec(HOURLY_TABLES);
    super(context, env);
  }

  add(batches) {
    calls++;
    if (this.env.TROUBLE === 'deaf') throw new Error('the object is deaf');
    super.add(batches);
    if (this.env.TROUBLE === 'mute' && calls <= 2) throw new Error('the object is mute');
  }

  query(json) {
    if (this.env.TROUBLE === 'deaf') throw new Error('the object is deaf');
    if (this.env.TROUBLE === 'silent') return new Promise((resolve) => setTimeout(resolve, SILENCE_MS, '{}'));
    return super.query(json);
  }
}

const hasTables = (sql) =>
  sql.exec("SELECT count(*) AS found FROM sqlite_master WHERE name = 'usage'").one().found > 0;
