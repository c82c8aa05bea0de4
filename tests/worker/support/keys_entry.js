// The objects of keys without the gateway. A POST with a list of calls, `[binding, name, method, argument]`, makes them
// all at once, and gives a list of what they return.
export { Limiter } from '../../../worker/objects/limiter.js';
export { Registry } from '../../../worker/objects/registry.js';

export default {
  async fetch(request, env) {
    const calls = await request.json();
    const made = calls.map(([binding, name, method, argument]) => {
      const namespace = env[binding];
      return namespace.get(namespace.idFromName(name))[method](argument);
    });
    return Response.json(await Promise.all(made), { headers: { 'x-request-id': 'keys' } });
  },
};
