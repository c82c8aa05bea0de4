// The Worker as it is deployed, with two doors for tests: GET /debug/memory reports how large the memory of the
// instances is and was, and how many bytes their open sessions hold (the debug module alone can report that);
// POST /debug/trap lets the next request run into a trap in the core, as a bug would.
//
// It knows of the shim its default export and the numbers of events: it stands between the shim and WebAssembly, so
// that what the shim makes of a trap is what is tested.
import worker from '../../../shim.js';
import { EventKind } from '../../../worker/protocol.js';

export { Ledger } from '../../../worker/objects/ledger/ledger.js';

const RealInstance = WebAssembly.Instance;
const memories = [];
const holders = [];
let trapArmed = false;

WebAssembly.Instance = class {
  constructor(module, imports) {
    const { exports } = new RealInstance(module, imports);
    memories.push(new WeakRef(exports.memory));
    holders.push(new WeakRef(exports));
    const onellm_event = (session, kind, ...rest) => {
      if (!trapArmed || kind !== EventKind.Request) return exports.onellm_event(session, kind, ...rest);
      trapArmed = false;
      return exports.onellm_debug_trap();
    };
    this.exports = { ...exports, onellm_event };
  }
};

// Memory never shrinks, so what an instance has now is the most that it had.
function memoryReport() {
  const bytes = memories.map((memory) => memory.deref()?.buffer.byteLength ?? 0);
  const held = holders.map((holder) => bytesHeld(holder.deref()));
  return { instances: bytes.length, bytes, sum: bytes.reduce((sum, value) => sum + value, 0), held };
}

// null where the module cannot report it; 0 of an instance that is gone.
function bytesHeld(exports) {
  if (exports === undefined) return 0;
  return exports.onellm_debug_memory_held === undefined ? null : Number(exports.onellm_debug_memory_held());
}

export default {
  async fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    if (pathname === '/debug/memory') return reply(memoryReport());
    if (pathname === '/debug/trap') {
      trapArmed = true;
      return reply({ armed: true });
    }
    return worker.fetch(request, env, context);
  },
};

const reply = (value) => Response.json(value, { headers: { 'x-request-id': 'debug' } });
