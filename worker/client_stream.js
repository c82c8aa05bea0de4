// The body of a streamed reply. At most one write is in flight; what comes meanwhile is joined into the
// next, since each write costs a turn between native code and JavaScript.
import { join } from './bytes.js';

/** With more waiting for the client, upstreams are not read on. */
const WAITING_BYTES_MAX = 64 * 1024;

export class ClientStream {
  #stream = new IdentityTransformStream();
  #writer = this.#stream.writable.getWriter();
  #onGone;
  /** @type {Uint8Array[]} */
  #waiting = [];
  #waitingBytes = 0;
  #inFlightBytes = 0;
  /** The last write. Never rejects. */
  #written = Promise.resolve();
  /** @type {Promise<void> | null} */
  #pipe = null;
  /** @type {(() => void)[]} */
  #onRoom = [];

  /** @param {() => void} onGone called when the client no longer reads */
  constructor(onGone) {
    this.#onGone = onGone;
  }

  get readable() {
    return this.#stream.readable;
  }

  get piping() {
    return this.#pipe !== null;
  }

  get full() {
    return this.#waitingBytes + this.#inFlightBytes > WAITING_BYTES_MAX;
  }

  /** @returns {Promise<void>} resolves when it is no longer full, or nobody reads it any more */
  room() {
    return this.full ? new Promise((resolve) => this.#onRoom.push(resolve)) : Promise.resolve();
  }

  /** @param {Uint8Array} bytes */
  write(bytes) {
    this.#waiting.push(bytes);
    this.#waitingBytes += bytes.byteLength;
    this.#flush();
  }

  /**
   * Sends a whole body natively and keeps the stream open: what is written meanwhile follows the body.
   * Resolves when it is complete, rejects if it broke, was cancelled or the client left.
   *
   * @param {ReadableStream} body
   */
  async pipe(body) {
    this.#flush(true);
    this.#pipe = this.#pipeNatively(body);
    try {
      await this.#pipe;
    } finally {
      this.#pipe = null;
      this.#writer = this.#stream.writable.getWriter();
      this.#flush();
    }
  }

  /** Sends what waits and closes; resolves when the client has it all or is gone. */
  async end() {
    try {
      await this.#pipe?.catch(() => {});
      this.#flush(true);
      await this.#writer.close();
    } catch {
      await this.abort();
    }
  }

  /**
   * Breaks the connection so that the client sees it, after it got what was sent before: broken at once,
   * even the head of the reply could be lost. A native pipe must have been cancelled.
   *
   * @param {boolean} [unread] the client does not take what was sent
   */
  async abort(unread = false) {
    await this.#pipe?.catch(() => {});
    if (!unread) this.#flush(true);
    if (!unread) await this.#written;
    await new Promise((resolve) => setTimeout(resolve, 0)); // workerd sends with its next turn
    await this.#writer.abort(new Error('the answer was cut short')).catch(() => {});
  }

  async #pipeNatively(body) {
    await this.#written;
    this.#writer.releaseLock();
    await body.pipeTo(this.#stream.writable, { preventClose: true, preventAbort: true });
  }

  /** @param {boolean} [last] nothing is written after it for now: it need not wait for the one before */
  #flush(last = false) {
    if (this.#waiting.length === 0 || this.piping || (this.#inFlightBytes > 0 && !last)) return;
    const bytes = join(this.#waiting);
    this.#waiting = [];
    this.#waitingBytes = 0;
    this.#inFlightBytes += bytes.byteLength;
    this.#written = this.#writer.write(bytes).then(
      () => this.#onWritten(bytes.byteLength),
      () => this.#onBroken(),
    );
  }

  #onWritten(bytes) {
    this.#inFlightBytes -= bytes;
    this.#flush();
    if (!this.full) this.#wake();
  }

  #onBroken() {
    this.#wake();
    this.#onGone();
  }

  #wake() {
    for (const resolve of this.#onRoom.splice(0)) resolve();
  }
}
