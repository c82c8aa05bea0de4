// The Worker as it is deployed with a ledger object that is in trouble, by the setting TROUBLE: `deaf` adds
// nothing and fails; `mute` adds and fails all the same, the first two times, as where the reply gets lost.
import { Ledger as RealLedger } from '../../../worker/ledger.js';

export { default } from '../../../shim.js';

let calls = 0;

export class Ledger extends RealLedger {
  add(batches) {
    calls++;
    if (this.env.TROUBLE === 'deaf') throw new Error('the object is deaf');
    super.add(batches);
    if (this.env.TROUBLE === 'mute' && calls <= 2) throw new Error('the object is mute');
  }

  query(json) {
    if (this.env.TROUBLE === 'deaf') throw new Error('the object is deaf');
    return super.query(json);
  }
}
