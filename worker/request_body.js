// A client's request body. A small body is read in a single turn. A large one is read in pieces that go
// straight into the core, so that JavaScript never has a second copy of it.
//
// Rule: a long rest of the body is read and dropped before the reply is sent. Otherwise workerd closes the
// connection, and a client that is still sending sees that instead of the reply.
import { BrokenCoding, Expansion } from './expansion.js';

export { BrokenCoding };

const SMALL_BYTES_MAX = 1024 * 1024;
const PIECE_BYTES = 64 * 1024;

/** workerd itself reads and drops this much of an unread body. */
const UNREAD_BYTES_MAX = 64 * 1024;
const DISCARD_BYTES_MAX = 100 * 1024 * 1024;
const DISCARD_MS_MAX = 30_000;

export class RequestBody {
  #request;
  /** The length that the client declared; Infinity if it is unknown. */
  #declared;
  /** @type {ReadableStreamBYOBReader | Expansion | null} */
  #reader = null;
  /** How many more bytes are wanted, and the function that gets them. */
  #wanted = 0;
  #deliver = (_bytes) => {};
  /** @type {Promise<ArrayBuffer | null> | null} gives a small body; gives null if pieces are delivered */
  #reading = null;
  #over;
  /** Set if the body is compressed. @type {Expansion | null} */
  #expansion = null;
  /** Set while nothing may be delivered. @type {PromiseWithResolvers<void> | null} */
  #pause = null;

  /** @param {Request} request */
  constructor(request) {
    this.#request = request;
    const length = request.headers.get('content-length');
    this.#declared = length === null ? Number.POSITIVE_INFINITY : Number(length);
    // If the length is known, `request.body` is not used: that would make a stream object.
    this.#over = length === null ? request.body === null : this.#declared === 0;
  }

  /** Whether the unread rest may be so long that the reply must wait for discard(). */
  get unread() {
    const over = this.#expansion === null ? this.#over : this.#expansion.over;
    return !over && this.#declared > UNREAD_BYTES_MAX;
  }

  /**
   * Resolves when the body is complete, or when one byte more than `bytesMax` has been delivered. The result
   * is the bytes not yet delivered, or null. Rejects if the client stopped sending, and with BrokenCoding if
   * the body is not in the format of `coding`.
   *
   * @param {number} bytesMax
   * @param {(bytes: Uint8Array) => void} deliver the bytes are valid during the call only
   * @param {string} coding the format that the body is compressed in; '' if it is not
   * @returns {Promise<Uint8Array | null>}
   */
  async read(bytesMax, deliver, coding = '') {
    this.#wanted = bytesMax + 1;
    this.#deliver = deliver;
    this.resume();
    if (this.#over) return null;
    if (coding !== '') this.#expansion = new Expansion(this.#request.body, coding);
    const isSmall = coding === '' && this.#declared <= SMALL_BYTES_MAX;
    this.#reading ??= isSmall ? this.#request.arrayBuffer() : this.#readPieces();
    try {
      const whole = await this.#reading;
      if (whole === null) return null;
      this.#over = true;
      if (this.#deliver !== deliver) return null; // A later read() has replaced this one.
      return new Uint8Array(whole).subarray(0, this.#wanted);
    } catch (error) {
      this.#over = true;
      throw this.#expansion === null ? error : this.#expansion.reason(error);
    } finally {
      this.#reading = null;
    }
  }

  /** Delivers nothing, and ends no read(), until resume(). */
  pause() {
    this.#pause ??= Promise.withResolvers();
  }
  resume() {
    this.#pause?.resolve();
    this.#pause = null;
  }

  /** Reads and drops the rest, up to limits of size and time. Replaces a read in progress. Never rejects. */
  async discard() {
    let timer;
    const deadline = new Promise((resolve) => {
      timer = setTimeout(resolve, DISCARD_MS_MAX);
    });
    await Promise.race([this.#discarded(), deadline]);
    clearTimeout(timer);
  }

  #discarded() {
    if (this.#expansion === null) return this.read(DISCARD_BYTES_MAX, () => {}).catch(() => {});
    this.#wanted = 0;
    this.#deliver = () => {};
    this.resume();
    return this.#expansion.discard(DISCARD_BYTES_MAX);
  }

  async #readPieces() {
    let buffer = new ArrayBuffer(PIECE_BYTES);
    while (!this.#over && this.#wanted > 0) {
      this.#reader ??= this.#expansion ?? this.#request.body.getReader({ mode: 'byob' });
      const bytes = Math.min(this.#wanted, PIECE_BYTES);
      const { done, value } = await this.#reader.readAtLeast(bytes, new Uint8Array(buffer, 0, bytes));
      if (done) this.#over = true;
      if (value === undefined) return null;
      buffer = value.buffer;
      this.#wanted -= value.byteLength;
      if (value.byteLength > 0) this.#deliver(value);
      await this.#pause?.promise;
    }
    return null;
  }
}
