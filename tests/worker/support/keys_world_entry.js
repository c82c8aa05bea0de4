// The Worker as it is deployed, with doors for tests of keys. A POST to /objects with a list of calls, `[binding, name,
// method, argument]`, makes them all at once. A POST to /doors (keys_world.mjs has what it takes) sets the clock of the
// isolate and what is wrong with the objects, and tells what happened since the last one.
import { Limiter as RealLimiter } from '../../../worker/objects/limiter.js';
import { Registry as RealRegistry } from '../../../worker/objects/registry.js';
import shim from '../../../shim.js';
import { clock } from './keys_clock.js';

export { Ledger } from '../../../worker/objects/ledger/ledger.js';

/** Longer than anybody waits for an object. */
const SILENCE_MS = 5000;

let troubles = {};
let calls = [];
let points = [];

/** What a troubled method does instead of, or beside, its work. */
async function inTrouble({ kind, answer }, work) {
  switch (kind) {
    case 'throws':
      throw new Error('the object throws');
    case 'overloaded':
      throw Object.assign(new Error('Durable Object is overloaded.'), { overloaded: true });
    case 'hangs':
      await new Promise((resolve) => setTimeout(resolve, SILENCE_MS));
      return work();
    case 'answers':
      return answer;
    case 'loses': // The work is done, and its answer lost.
      await work();
      throw new Error('the answer is lost');
    default:
      throw new Error(`no such trouble: ${kind}`);
  }
}

/** The same class; every call is noted, and one that is in trouble is troubled as often as `times` says. */
function watched(base, name) {
  const Watched = class extends base {};
  for (const method of Object.getOwnPropertyNames(base.prototype)) {
    if (['constructor', 'alarm'].includes(method)) continue;
    Watched.prototype[method] = function (...given) {
      const call = `${name}.${method}`;
      calls.push(call);
      const trouble = troubles[call];
      const work = () => base.prototype[method].apply(this, given);
      if (trouble === undefined || trouble.times === 0) return work();
      if (trouble.times !== undefined) trouble.times--;
      return inTrouble(trouble, work);
    };
  }
  return Watched;
}

export class Limiter extends watched(RealLimiter, 'Limiter') {
  constructor(context, env) {
    super(clock.applyTo(context), env);
  }

  /** The object is thrown out of memory, with whatever it has not stored. */
  evict() {
    this.ctx.abort('evicted');
  }

  wake() {
    return this.alarm();
  }

  query(sql) {
    return JSON.stringify(this.ctx.storage.sql.exec(sql).toArray());
  }
}

export class Registry extends watched(RealRegistry, 'Registry') {
  constructor(context, env) {
    super(clock.applyTo(context), env);
  }
}

async function callObjects(request, env) {
  const wanted = await request.json();
  const made = wanted.map(([binding, name, method, argument]) => {
    const namespace = env[binding];
    return namespace.get(namespace.idFromName(name))[method](argument);
  });
  return Response.json(await Promise.all(made), { headers: { 'x-request-id': 'keys' } });
}

// A class, since a binding is told from a setting by its prototype.
class Dataset {
  writeDataPoint(point) {
    points.push(point);
  }
}
let settings;

const memories = [];
const RealInstance = WebAssembly.Instance;
WebAssembly.Instance = class {
  constructor(...given) {
    this.exports = new RealInstance(...given).exports;
    memories.push(new WeakRef(this.exports.memory));
  }
};

async function openDoors(request) {
  const wish = await request.json();
  if (wish.troubles !== undefined) troubles = wish.troubles;
  if (wish.clock !== undefined) clock.set(wish.clock);
  const memory = memories.reduce((sum, each) => sum + (each.deref()?.buffer.byteLength ?? 0), 0);
  const told = { calls, points, memory };
  calls = [];
  points = [];
  return Response.json(told, { headers: { 'x-request-id': 'keys' } });
}

export default {
  fetch(request, env, context) {
    const { pathname } = new URL(request.url);
    if (pathname === '/objects') return callObjects(request, env);
    if (pathname === '/doors') return openDoors(request);
    settings ??= { ...env, ONELLM_ANALYTICS: new Dataset() };
    return shim.fetch(request, settings, context);
  },
};
