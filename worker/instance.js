// One WebAssembly instance of the core with its memory. Payloads are copied in and commands are copied out.
//
// Rules:
// - No view is kept across a call into WebAssembly, since memory may grow and move.
// - After a trap the instance is never called again: its sessions fail, and the next request gets a new one.
// - It has no I/O objects, so that every request of the isolate may use it.
import { keepFailureReplies } from './failure.js';
import { PROTOCOL_VERSION, RecordField } from './protocol.js';

/**
 * @typedef {object} Command one CommandRecord, copied out of the instance
 * @property {number} kind one of CommandKind
 * @property {number} id
 * @property {number} number
 * @property {string} head
 * @property {Uint8Array | null} body
 */

/** WebAssembly memory never shrinks: a larger instance gets no new sessions, and ends with its last one. */
const MEMORY_BYTES_MAX = 64 * 1024 * 1024;

const WASI_ERRNO_NOSYS = 52;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

export class Instance {
  #exports;
  #bytes = new Uint8Array(0);
  #words = new Uint32Array(0);
  #random = new Uint32Array(4);
  /** @type {Map<number, (error: unknown) => void>} by session: the function to call if the instance breaks */
  #sessions = new Map();
  #broken = false;

  /**
   * @param {WebAssembly.Exports} exports
   * @param {Record<string, unknown>} env
   */
  constructor(exports, env) {
    this.#exports = exports;
    const version = exports.onellm_protocol_version();
    if (version !== PROTOCOL_VERSION) {
      throw new Error(`the module speaks protocol ${version}, the shim ${PROTOCOL_VERSION}`);
    }
    this.requestHeaders = this.#names(exports.onellm_request_headers());
    this.replyHeaders = this.#names(exports.onellm_reply_headers());
    keepFailureReplies(this.#terminated(exports.onellm_failure_replies()));
    const settings = encoder.encode(settingsJson(env));
    this.#write(exports.onellm_settings_input(settings.byteLength), settings);
    exports.onellm_configure(settings.byteLength);
  }

  /** @param {WebAssembly.Module} module @param {Record<string, unknown>} env */
  static fromModule(module, env) {
    return new Instance(instantiate(module), env);
  }

  /** Whether a new session may start in this instance. */
  get usable() {
    return !this.#broken && this.#exports.memory.buffer.byteLength <= MEMORY_BYTES_MAX;
  }

  /** @param {(error: unknown) => void} onBreakdown called at most once, maybe while another request runs */
  open(onBreakdown) {
    crypto.getRandomValues(this.#random);
    const session = this.#guarded(() => this.#exports.onellm_open(...this.#random));
    this.#sessions.set(session, onBreakdown);
    return session;
  }

  /**
   * @param {number} session
   * @param {number} kind one of EventKind
   * @param {number} id
   * @param {Uint8Array | string | null} payload
   * @returns {Command | null} the first command for this event; null if there is none
   */
  send(session, kind, id, payload) {
    return this.#guarded(() => {
      const bytes = typeof payload === 'string' ? encoder.encode(payload) : payload;
      const length = bytes === null ? 0 : bytes.byteLength;
      if (length > 0) this.#write(this.#exports.onellm_input(session, kind, id, length), bytes);
      return this.#command(this.#exports.onellm_event(session, kind, id, Date.now(), length));
    });
  }

  /**
   * @param {number} session
   * @returns {Command | null} the next command; null if there is none
   */
  next(session) {
    return this.#guarded(() => this.#command(this.#exports.onellm_next(session)));
  }

  /**
   * The rows for the ledger since the last call; '' if there are none.
   * @param {boolean} timed whether FlushLedger had a delay
   */
  takeLedger(timed) {
    return this.#guarded(() => this.#terminated(this.#exports.onellm_ledger_take(timed ? 1 : 0)));
  }

  /** Never throws: if it traps, only the other sessions fail. @param {number} session */
  close(session) {
    this.#sessions.delete(session);
    if (this.#broken) return;
    try {
      this.#guarded(() => this.#exports.onellm_close(session));
    } catch (error) {
      console.error('onellm: a session could not be closed:', error);
    }
  }

  /** Any exception of a call is a trap: after it the memory may be in any state. */
  #guarded(call) {
    if (this.#broken) throw new Error('the instance is broken');
    try {
      return call();
    } catch (error) {
      this.#broken = true;
      const handlers = [...this.#sessions.values()];
      this.#sessions.clear();
      for (const onBreakdown of handlers) onBreakdown(error);
      throw error;
    }
  }

  #renewViews() {
    const { buffer } = this.#exports.memory;
    if (this.#bytes.buffer === buffer) return;
    this.#bytes = new Uint8Array(buffer);
    this.#words = new Uint32Array(buffer);
  }

  #write(pointer, bytes) {
    this.#renewViews();
    this.#bytes.set(bytes, pointer >>> 0);
  }

  #text(pointer, bytes) {
    return bytes === 0 ? '' : decoder.decode(this.#bytes.subarray(pointer, pointer + bytes));
  }

  /** A text that ends with NUL. */
  #terminated(pointer) {
    this.#renewViews();
    return this.#text(pointer, this.#bytes.indexOf(0, pointer) - pointer);
  }

  #names(pointer) {
    return this.#terminated(pointer).split('\n');
  }

  /** @param {number} record its address; 0: there is none @returns {Command | null} */
  #command(record) {
    if (record === 0) return null;
    this.#renewViews();
    const at = record >>> 2;
    const field = (index) => this.#words[at + index];
    return {
      kind: field(RecordField.kind),
      id: field(RecordField.id),
      number: field(RecordField.number),
      head: this.#text(field(RecordField.head), field(RecordField.headBytes)),
      body: this.#gather(field(RecordField.body), field(RecordField.bodyPieces)),
    };
  }

  #gather(pairs, pieces) {
    if (pieces === 0) return null;
    const first = pairs >>> 2;
    if (pieces === 1) {
      const pointer = this.#words[first];
      return this.#bytes.slice(pointer, pointer + this.#words[first + 1]);
    }
    const end = first + 2 * pieces;
    let length = 0;
    for (let i = first; i < end; i += 2) length += this.#words[i + 1];
    const body = new Uint8Array(length);
    let at = 0;
    for (let i = first; i < end; i += 2) {
      const [pointer, bytes] = [this.#words[i], this.#words[i + 1]];
      body.set(this.#bytes.subarray(pointer, pointer + bytes), at);
      at += bytes;
    }
    return body;
  }
}

/** @param {WebAssembly.Module} module @returns {WebAssembly.Exports} of a new instance */
export function instantiate(module) {
  const { exports } = new WebAssembly.Instance(module, importsOf(module));
  exports._initialize?.();
  return exports;
}

/** Variables and secrets by name. `bindings` has the names of those values that are objects with methods. */
function settingsJson(env) {
  const settings = {};
  const bindings = [];
  for (const [name, value] of Object.entries(env)) {
    if (isBinding(value)) bindings.push(name);
    else settings[name] = value;
  }
  return JSON.stringify({ ...settings, bindings });
}

function isBinding(value) {
  if (typeof value === 'function') return true;
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return false;
  return Object.getPrototypeOf(value) !== Object.prototype;
}

/** The module imports a function for memory growth, and some WASI functions that it never needs. */
function importsOf(module) {
  const imports = {};
  for (const { module: from, name, kind } of WebAssembly.Module.imports(module)) {
    if (kind !== 'function') throw new Error(`the module imports the ${kind} ${from}.${name}`);
    imports[from] ??= {};
    imports[from][name] = stub(name);
  }
  return imports;
}

function stub(name) {
  if (name === 'emscripten_notify_memory_growth') return () => {};
  if (name === 'proc_exit') {
    return (code) => {
      throw new Error(`the module ended itself with ${code}`);
    };
  }
  return () => WASI_ERRNO_NOSYS;
}
