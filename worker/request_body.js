// A client's request body. A small one is read in a single turn; a large one in pieces that go straight
// into the core, so that JavaScript never holds a second copy of it. What is left when the reply is there
// is read for nobody: workerd would close the connection on it, and a client that is still sending would
// see that instead of the reply.

const SMALL_BYTES_MAX = 1024 * 1024;
const PIECE_BYTES = 64 * 1024;

/** workerd itself reads that much of what nobody wanted. */
const UNREAD_BYTES_MAX = 64 * 1024;
const DISCARD_BYTES_MAX = 100 * 1024 * 1024;
const DISCARD_MS_MAX = 30_000;

export class RequestBody {
  #request;
  /** What the client says that it sends; unknown is taken for much. */
  #declared;
  /** @type {ReadableStreamBYOBReader | null} */
  #reader = null;
  /** How many bytes are still wanted, and by whom. */
  #wanted = 0;
  #deliver = (_bytes) => {};
  /** @type {Promise<ArrayBuffer | null> | null} the whole of a small one; null where pieces were delivered */
  #reading = null;
  #over;

  /** @param {Request} request */
  constructor(request) {
    this.#request = request;
    const length = request.headers.get('content-length');
    this.#declared = length === null ? Number.POSITIVE_INFINITY : Number(length);
    // Where the length is known the body itself is not asked for: that makes a stream object.
    this.#over = length === null ? request.body === null : this.#declared === 0;
  }

  /** Whether so much may be unread that a reply has to wait for `discard`. */
  get unread() {
    return !this.#over && this.#declared > UNREAD_BYTES_MAX;
  }

  /**
   * Resolves when the body is complete or one byte more than `bytesMax` was delivered, with the last bytes of
   * it if they were not; rejects if the client broke off.
   *
   * @param {number} bytesMax
   * @param {(bytes: Uint8Array) => void} deliver the bytes are valid during the call only
   * @returns {Promise<Uint8Array | null>}
   */
  async read(bytesMax, deliver) {
    this.#wanted = bytesMax + 1;
    this.#deliver = deliver;
    if (this.#over) return null;
    this.#reading ??= this.#declared <= SMALL_BYTES_MAX ? this.#request.arrayBuffer() : this.#readPieces();
    try {
      const whole = await this.#reading;
      if (whole === null) return null;
      this.#over = true;
      if (this.#deliver !== deliver) return null; // Somebody else has taken over.
      return new Uint8Array(whole).subarray(0, this.#wanted);
    } catch (error) {
      this.#over = true;
      throw error;
    } finally {
      this.#reading = null;
    }
  }

  /** Reads what is left, within bounds, also of a read that is under way. Never rejects. */
  async discard() {
    let timer;
    const deadline = new Promise((resolve) => {
      timer = setTimeout(resolve, DISCARD_MS_MAX);
    });
    const discarded = this.read(DISCARD_BYTES_MAX, () => {}).catch(() => {});
    await Promise.race([discarded, deadline]);
    clearTimeout(timer);
  }

  async #readPieces() {
    let buffer = new ArrayBuffer(PIECE_BYTES);
    while (!this.#over && this.#wanted > 0) {
      this.#reader ??= this.#request.body.getReader({ mode: 'byob' });
      const bytes = Math.min(this.#wanted, PIECE_BYTES);
      const { done, value } = await this.#reader.readAtLeast(bytes, new Uint8Array(buffer, 0, bytes));
      if (done) this.#over = true;
      if (value === undefined) return null;
      buffer = value.buffer;
      this.#wanted -= value.byteLength;
      if (value.byteLength > 0) this.#deliver(value);
    }
    return null;
  }
}
