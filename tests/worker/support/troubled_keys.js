// The Worker as it is deployed with objects of keys that are in trouble, by the settings REGISTRY and LIMITER: `deaf`
// throws, `mute` answers after longer than anybody waits.
import { Limiter as RealLimiter } from '../../../worker/objects/limiter.js';
import { Registry as RealRegistry } from '../../../worker/objects/registry.js';

export { default, Ledger } from '../../../shim.js';

const SILENCE_MS = 8000;

/** Replaces methods of a class by ones that are in trouble, if the setting of that name says so. */
function trouble(base, setting, methods) {
  const Troubled = class extends base {};
  for (const name of methods) {
    Troubled.prototype[name] = async function (json) {
      if (this.env[setting] === 'deaf') throw new Error('the object is deaf');
      if (this.env[setting] === 'mute') await new Promise((resolve) => setTimeout(resolve, SILENCE_MS));
      return base.prototype[name].call(this, json);
    };
  }
  return Troubled;
}

const OF_REGISTRY = ['create', 'exportPage', 'importPage', 'list', 'patch', 'read', 'remove', 'rotate'];

export const Registry = trouble(RealRegistry, 'REGISTRY', OF_REGISTRY);
export const Limiter = trouble(RealLimiter, 'LIMITER', ['read']);
