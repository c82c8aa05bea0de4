// The Worker with a door to its KV: /kv/KEY is get, put and delete of the binding ONELLM_KV, `?ttl=` in seconds.
import worker from '../../../shim.js';

export * from '../../../shim.js';

export default {
  /** @param {Request} request @param {Record<string, any>} env @param {ExecutionContext} context */
  async fetch(request, env, context) {
    const url = new URL(request.url);
    if (!url.pathname.startsWith('/kv/')) return worker.fetch(request, env, context);
    const key = decodeURIComponent(url.pathname.slice('/kv/'.length));
    try {
      return await answer(request, env.ONELLM_KV, key, url.searchParams.get('ttl'));
    } catch (error) {
      return new Response(String(error), { status: 500 });
    }
  },
};

async function answer(request, kv, key, ttl) {
  if (request.method === 'PUT') {
    await kv.put(key, await request.arrayBuffer(), ttl === null ? {} : { expirationTtl: Number(ttl) });
    return new Response();
  }
  if (request.method === 'DELETE') return new Response(await kv.delete(key));
  if (request.method === 'OPTIONS') return Response.json(await kv.list());
  const value = await kv.get(key, 'arrayBuffer');
  return value === null ? new Response(null, { status: 404 }) : new Response(value);
}
