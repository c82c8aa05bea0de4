// The Worker as it is deployed with a ledger object that is in trouble, by the setting TROUBLE: `deaf` adds
// nothing and fails; `silent` answers no question; `mute` adds and fails all the same, the first two times, as where the reply gets lost; `old` has
// a table of an earlier version, with fewer sums and seven calls of the model `a`.
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

export class Ledger extends RealLedger {
  constructor(context, env) {
    if (env.TROUBLE === 'old') context.storage.sql.exec(OLD_TABLE);
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
