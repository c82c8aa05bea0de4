// The Worker as it is deployed with a ledger object that is in trouble, by the setting TROUBLE: `deaf` adds
// nothing and fails; `silent` answers no question; `mute` adds and fails all the same, the first two times, as where the
// reply gets lost; `old` has a table of an earlier version, with fewer sums and seven calls of the model `a`;
// `before days` has the tables of the version before there were rows of days, with rows of several days.
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

const SUMS_BEFORE_DAYS = [
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

const TABLES_BEFORE_DAYS = `
  CREATE TABLE IF NOT EXISTS usage (
    hour INTEGER NOT NULL, "key" TEXT NOT NULL, model TEXT NOT NULL, provider TEXT NOT NULL,
    additions INTEGER NOT NULL DEFAULT 1,
    ${SUMS_BEFORE_DAYS.map((name) => `${name} INTEGER NOT NULL DEFAULT 0`).join(', ')},
    PRIMARY KEY (hour, "key", model, provider)
  ) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS usage_key ON usage ("key");
  CREATE TABLE IF NOT EXISTS hours (hour INTEGER PRIMARY KEY, rows INTEGER NOT NULL);
  CREATE TABLE IF NOT EXISTS batches (number INTEGER PRIMARY KEY, id TEXT NOT NULL UNIQUE);
  INSERT INTO hours (hour, rows) VALUES
    (490000, 2), (489999, 2), (489977, 2), (489976, 2), (489953, 2), (489952, 2);
  INSERT INTO usage (hour, "key", model, provider, requests, calls, cost_pico_usd, total_ms)
    SELECT hour, 'master', 'a', 'openai', 1, 1, 9007199254740993, 7 FROM hours;
  INSERT INTO usage (hour, "key", model, provider, calls, errors)
    SELECT hour, 'key_1', 'b', 'openai', 1, 1 FROM hours;`;

const EARLIER_TABLES = { old: OLD_TABLE, 'before days': TABLES_BEFORE_DAYS };

export class Ledger extends RealLedger {
  constructor(context, env) {
    const earlier = EARLIER_TABLES[env.TROUBLE];
    if (earlier !== undefined) context.storage.sql.exec(earlier);
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
