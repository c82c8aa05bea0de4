// The Worker as it is deployed, and a way to its objects of keys: a POST to /objects with a list of calls, `[binding,
// name, method, argument]`, makes them all at once. The header `x-trouble` of any request sets what is wrong with the
// objects from then on: `throws` and `hangs` for the limiter's admit, `deaf` for the registry.
import { Limiter as RealLimiter } from '../../../worker/objects/limiter.js';
import { Registry as RealRegistry } from '../../../worker/objects/registry.js';
import shim from '../../../shim.js';

export { Ledger } from '../../../worker/ledger.js';

let trouble = '';

export class Limiter extends RealLimiter {
  async admit(json) {
    if (trouble === 'throws') throw new Error('the limiter throws');
    if (trouble === 'hangs') await new Promise((resolve) => setTimeout(resolve, 5000));
    return super.admit(json);
  }
}

export class Registry extends RealRegistry {
  find(json) {
    if (trouble === 'deaf') throw new Error('the registry is deaf');
    return super.find(json);
  }
}

async function callObjects(request, env) {
  const calls = await request.json();
  const made = calls.map(([binding, name, method, argument]) => {
    const namespace = env[binding];
    return namespace.get(namespace.idFromName(name))[method](argument);
  });
  return Response.json(await Promise.all(made), { headers: { 'x-request-id': 'keys' } });
}

export default {
  fetch(request, env, context) {
    trouble = request.headers.get('x-trouble') ?? trouble;
    const isOwn = new URL(request.url).pathname === '/objects';
    return isOwn ? callObjects(request, env) : shim.fetch(request, env, context);
  },
};
