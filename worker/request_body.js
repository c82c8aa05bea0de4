// A client's request body. A small body is read in a single turn. A large one is read in pieces that go
// straight into the core, so that JavaScript never has a second copy of it.
//
// Rule: a long rest of the body is read and dropped before the reply is sent. Otherwise workerd closes the
// connection, and a client that is still sending sees that instead of the reply.

const SMALL_BYTES_MAX = 1024 * 1024;
const PIECE_BYTES = 64 * 1024;

/** workerd itself reads and drops this much of an unread body. */
const UNREAD_BYTES_MAX = 64 * 1024;
const DISCARD_BYTES_MAX = 100 * 1024 * 1024;
const DISCARD_MS_MAX = 30_000;

/** So little is expanded at once: it may become a thousand times as long, and no room is taken for that. */
const COMPRESSED_BYTES = 4 * 1024;

/** Never rejects: what is wrong with the body ends the stream that comes out. */
async function feed(body, writable) {
  const writer = writable.getWriter();
  try {
    for await (const chunk of body) {
      for (let at = 0; at < chunk.byteLength; at += COMPRESSED_BYTES) {
        await writer.ready;
        await writer.write(chunk.subarray(at, at + COMPRESSED_BYTES));
      }
    }
    await writer.close();
  } catch (error) {
    await writer.abort(error).catch(() => {});
  }
}

export class RequestBody {
  #request;
  /** The length that the client declared; Infinity if it is unknown. */
  #declared;
  /** @type {ReadableStreamBYOBReader | null} */
  #reader = null;
  /** How many more bytes are wanted, and the function that gets them. */
  #wanted = 0;
  #deliver = (_bytes) => {};
  /** @type {Promise<ArrayBuffer | null> | null} gives a small body; gives null if pieces are delivered */
  #reading = null;
  #over;
  /** What is read: the request's own stream, or one that expands it. @type {ReadableStream | null} */
  #stream = null;

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
    return !this.#over && this.#declared > UNREAD_BYTES_MAX;
  }

  /**
   * Resolves when the body is complete, or when one byte more than `bytesMax` has been delivered. The result
   * is the bytes not yet delivered, or null. Rejects if the client stopped sending.
   *
   * @param {number} bytesMax
   * @param {(bytes: Uint8Array) => void} deliver the bytes are valid during the call only
   * @param {string} coding the format that the body is compressed in; '' if it is not
   * @returns {Promise<Uint8Array | null>}
   */
  async read(bytesMax, deliver, coding = '') {
    this.#wanted = bytesMax + 1;
    this.#deliver = deliver;
    if (this.#over) return null;
    if (coding !== '') return this.#readExpanded(coding);
    this.#reading ??= this.#declared <= SMALL_BYTES_MAX ? this.#request.arrayBuffer() : this.#readPieces();
    try {
      const whole = await this.#reading;
      if (whole === null) return null;
      this.#over = true;
      if (this.#deliver !== deliver) return null; // A later read() has replaced this one.
      return new Uint8Array(whole).subarray(0, this.#wanted);
    } catch (error) {
      this.#over = true;
      throw error;
    } finally {
      this.#reading = null;
    }
  }

  /** Reads and drops the rest, up to limits of size and time. Replaces a read in progress. Never rejects. */
  async discard() {
    let timer;
    const deadline = new Promise((resolve) => {
      timer = setTimeout(resolve, DISCARD_MS_MAX);
    });
    const discarded = this.read(DISCARD_BYTES_MAX, () => {}).catch(() => {});
    await Promise.race([discarded, deadline]);
    clearTimeout(timer);
  }

  /** A body that is no such format ends where it breaks: what is missing then is an error of the core. */
  async #readExpanded(coding) {
    this.#declared = Number.POSITIVE_INFINITY;
    const expander = new DecompressionStream(coding);
    feed(this.#request.body, expander.writable);
    this.#stream = expander.readable;
    this.#reading = this.#readPieces();
    try {
      return await this.#reading;
    } catch (error) {
      this.#over = true;
      if (this.#request.signal.aborted) throw error;
      return null;
    } finally {
      this.#reading = null;
    }
  }

  async #readPieces() {
    let buffer = new ArrayBuffer(PIECE_BYTES);
    while (!this.#over && this.#wanted > 0) {
      this.#stream ??= this.#request.body;
      this.#reader ??= this.#stream.getReader({ mode: 'byob' });
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
