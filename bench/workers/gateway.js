// The gateway with a data point for each call: plain workerd has no Analytics Engine, so they go nowhere.
import gateway from '../../shim.js';

export { Ledger, Limiter, Registry } from '../../shim.js';

class Dataset {
  writeDataPoint() {}
}

let settings = null;

export default {
  fetch(request, env, context) {
    settings ??= { ...env, ONELLM_ANALYTICS: new Dataset() };
    return gateway.fetch(request, settings, context);
  },
};
