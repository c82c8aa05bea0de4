// Access to the bindings of the Worker: KV, Analytics Engine and Durable Objects.
//
// Rule: a failed write to KV or Analytics Engine never fails a request.

/**
 * @param {Record<string, any>} env
 * @param {string} key
 * @returns {Promise<string | null>} null if there is no value or KV cannot be read; the core decides what
 *   to do then
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

/** @param {Record<string, any>} env @param {string} json the argument of Cloudflare's writeDataPoint */
export function writeDataPoint(env, json) {
  try {
    env.ONELLM_ANALYTICS.writeDataPoint(JSON.parse(json));
  } catch (error) {
    console.error('onellm: a data point was not written:', error);
  }
}

/** Pauses before each further attempt of tellObject(). */
const TELL_AGAIN_MS = [300, 3000];

/**
 * Calls a method of a Durable Object whose answer nobody waits for. Never rejects: the request is over.
 *
 * @param {Record<string, any>} env
 * @param {string} head as of callObject()
 * @param {string} argument
 * @param {number} attempts
 */
export async function tellObject(env, head, argument, attempts) {
  for (let made = 1; ; made++) {
    try {
      return void (await callObject(env, head, argument));
    } catch (error) {
      console.error(`onellm: ${head} failed, attempt ${made} of ${attempts}:`, error);
      if (made >= attempts) return;
      const pause = TELL_AGAIN_MS[Math.min(made, TELL_AGAIN_MS.length) - 1];
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}

/**
 * Calls a method of a Durable Object. Rejects if the object cannot be reached or throws.
 *
 * @param {Record<string, any>} env
 * @param {string} head `BINDING object method`, from the core
 * @param {unknown} argument
 */
export function callObject(env, head, argument) {
  const [binding, name, method] = head.split(' ');
  const namespace = env[binding];
  return namespace.get(namespace.idFromName(name))[method](argument);
}
