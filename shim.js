// The Worker: passes every request to the core and does the I/O that the core asks for
// (src/gateway/session/protocol.h).
//
// Rule: the shim knows no provider, reads no body, and has no policy. What the pages are made of is not the core's.
import module from './build/wasm/onellm.wasm';
import { failureResponse } from './worker/failure.js';
import { Instance } from './worker/instance.js';
import { servePage } from './worker/pages.js';
import { RequestBody } from './worker/request_body.js';
import { Session } from './worker/session.js';

export { Ledger } from './worker/objects/ledger/ledger.js';
export { Limiter } from './worker/objects/limiter.js';
export { Registry } from './worker/objects/registry.js';

/** @type {Instance | null} */
let instance = null;

export default {
  /**
   * @param {Request} request
   * @param {Record<string, any>} env
   * @param {ExecutionContext} context
   * @returns {Promise<Response>}
   */
  fetch(request, env, context) {
    const page = servePage(request, env);
    if (page !== null) return page;
    try {
      if (!instance?.usable) instance = Instance.fromModule(module, env);
      return new Session(instance, request, env, context).start();
    } catch (error) {
      console.error('onellm: no session could start:', error instanceof Error ? error.stack : error);
      return new RequestBody(request).discard().then(() => failureResponse(request));
    }
  },
};
