// The objects of keys without the gateway, on a clock that can be set ahead, with limiters in trouble. A POST with a
// list of calls, `[binding, name, method, argument]`, makes them all at once, and gives a list of what they return. The
// header `x-ahead-ms` sets the clock ahead from then on. A limiter that is to get an rpm_limit of 777 takes fifteen
// seconds for it, and with 778 it throws.
import { Limiter as RealLimiter } from '../../../worker/objects/limiter.js';

export { Registry } from '../../../worker/objects/registry.js';

const now = Date.now.bind(Date);
let aheadMs = 0;
Date.now = () => now() + aheadMs;

export class Limiter extends RealLimiter {
  async setLimits(json) {
    const { rpm_limit } = JSON.parse(json).limits;
    if (rpm_limit === 777) await new Promise((resolve) => setTimeout(resolve, 15_000));
    if (rpm_limit === 778) throw new Error('the limiter throws');
    return super.setLimits(json);
  }
}

export default {
  async fetch(request, env) {
    aheadMs = Number(request.headers.get('x-ahead-ms') ?? aheadMs);
    const calls = await request.json();
    const made = calls.map(([binding, name, method, argument]) => {
      const namespace = env[binding];
      return namespace.get(namespace.idFromName(name))[method](argument);
    });
    return Response.json(await Promise.all(made), { headers: { 'x-request-id': 'keys' } });
  },
};
