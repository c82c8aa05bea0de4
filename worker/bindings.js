// What stands beside the Worker on Cloudflare: KV, Analytics Engine and Durable Objects, as the core asks
// for them. What is only kept or counted never fails a request.

/**
 * @param {Record<string, any>} env
 * @param {string} key
 * @returns {Promise<string | null>} null where there is none, or KV cannot be read: the core decides what
 *   that means
 */
export async function readKv(env, key) {
  try {
    return await env.ONELLM_KV.get(key, 'text');
  } catch {
    return null;
  }
}

/**
 * @param {Record<string, any>} env
 * @param {string} key
 * @param {Uint8Array} value
 * @param {number} expirationTtl in seconds
 */
export async function writeKv(env, key, value, expirationTtl) {
  try {
    await env.ONELLM_KV?.put(key, value, { expirationTtl });
  } catch (error) {
    console.error('onellm: KV was not written:', error);
  }
}

/** @param {Record<string, any>} env @param {string} json what writeDataPoint takes */
export function writeDataPoint(env, json) {
  try {
    env.ONELLM_ANALYTICS.writeDataPoint(JSON.parse(json));
  } catch (error) {
    console.error('onellm: a data point was not written:', error);
  }
}

/**
 * Calls a method of a Durable Object. Rejects where it cannot be reached or throws.
 *
 * @param {Record<string, any>} env
 * @param {string} head `BINDING object method`, as the core says it
 * @param {unknown} argument
 */
export function callObject(env, head, argument) {
  const [binding, name, method] = head.split(' ');
  const namespace = env[binding];
  return namespace.get(namespace.idFromName(name))[method](argument);
}
