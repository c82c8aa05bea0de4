// The decisions of the objects of keys: an instance of the core that serves only them.
//
// Rule: after a trap the instance is never called again; the next call gets a new one.
import module from '../../build/wasm/onellm.wasm';
import { instantiate } from '../instance.js';

/** WebAssembly memory never shrinks: after a call that needed so much, as an import may, there is a new instance. */
const MEMORY_BYTES_MAX = 16 * 1024 * 1024;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

let exports = null;

/** @param {object} call src/keys/limiter/call.h @returns {any} */
export const decideLimits = (call) => decide('onellm_limiter_call', call);

/** @param {object} call src/keys/record/call.h @returns {any} */
export const decideRecords = (call) => decide('onellm_registry_call', call);

function decide(name, call) {
  const bytes = encoder.encode(JSON.stringify(call));
  try {
    exports ??= instantiate(module);
    const pointer = exports.onellm_keys_input(bytes.byteLength);
    new Uint8Array(exports.memory.buffer).set(bytes, pointer >>> 0);
    const outcome = parse(exports[name]() >>> 0);
    if (exports.memory.buffer.byteLength > MEMORY_BYTES_MAX) exports = null;
    return outcome;
  } catch (error) {
    exports = null;
    throw error;
  }
}

/** @param {number} pointer to JSON that ends with NUL */
function parse(pointer) {
  const memory = new Uint8Array(exports.memory.buffer);
  const text = decoder.decode(memory.subarray(pointer, memory.indexOf(0, pointer)));
  if (text === '') throw new Error('the core did not understand a call of its object');
  return JSON.parse(text);
}
