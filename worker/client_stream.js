// The body of a streamed reply.
//
// Rule: at most one write is in flight. Bytes that come meanwhile are joined to the next write, since each
// write costs a turn between native code and JavaScript. Only the last bytes before a pipe or the end of the
// stream do not wait.
import { join } from './bytes.js';

/** If more bytes than this wait for the client, reading from upstreams stops. */
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

  /** @returns {Promise<void>} resolves when the stream is no longer full, or the client has gone */
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
   * Sends a whole body natively and keeps the stream open. Bytes written meanwhile follow the body. Resolves
   * when the body is complete; rejects if it broke or was cancelled, or if the client left.
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

  /** Sends waiting bytes and closes the stream. Resolves when the client has all bytes or is gone. */
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
   * Breaks the connection, so that the client sees that the answer is not complete. Sends the waiting bytes
   * first: otherwise even the head of the reply could be lost. A native pipe must be cancelled before.
   *
   * @param {boolean} [unread] the client does not read: do not wait for it
   */
  async abort(unread = false) {
    await this.#pipe?.catch(() => {});
    if (!unread) this.#flush(true);
    if (!unread) await this.#written;
    await new Promise((resolve) => setTimeout(resolve, 0)); // workerd sends in its next turn
    await this.#writer.abort(new Error('the answer was cut short')).catch(() => {});
  }

  async #pipeNatively(body) {
    await this.#written;
    this.#writer.releaseLock();
    await body.pipeTo(this.#stream.writable, { preventClose: true, preventAbort: true });
  }

  /** @param {boolean} [last] no write follows for now, so do not wait for the write in flight */
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
