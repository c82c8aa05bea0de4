// Expands a compressed request body.
//
// Rule: the bytes go in by small steps, each when all that the last one gave was read. A step may become a thousand
// times as long, and DecompressionStream keeps what is not read, however much it is.

const STEP_BYTES = 4 * 1024;

/** The body is not in the format that it should be in: something else, cut, damaged, or with more behind it. */
export class BrokenCoding extends Error {}

/** What is there to be read is read by then. */
const tick = () => new Promise((resolve) => setTimeout(resolve, 0));

export class Expansion {
  #reader;
  #reading = false;
  #reads = 0;
  /** Resolves when a read waits. */
  #wanted = Promise.withResolvers();
  #feeding;
  /** What the client sent is only dropped, from now on at most so many bytes. */
  #dropping = Promise.withResolvers();
  #drops = false;
  #dropMax = Number.POSITIVE_INFINITY;
  /** The client stopped sending. */
  #lost = false;
  /** All that the client sent was read. */
  over = false;

  /** @param {ReadableStream} body @param {string} coding */
  constructor(body, coding) {
    const { readable, writable } = new DecompressionStream(coding);
    this.#reader = readable.getReader({ mode: 'byob' });
    this.#feeding = this.#feed(body.getReader(), writable.getWriter());
  }

  /** As of a ReadableStreamBYOBReader. @param {number} min @param {Uint8Array} view */
  async readAtLeast(min, view) {
    this.#reading = true;
    this.#wanted.resolve();
    try {
      return await this.#reader.readAtLeast(min, view);
    } finally {
      this.#reading = false;
      this.#reads++;
      this.#wanted = Promise.withResolvers();
    }
  }

  /** Why reading failed: the client stopped sending, or the body is broken. */
  reason(error) {
    return this.#lost ? error : new BrokenCoding('the body cannot be expanded', { cause: error });
  }

  /** Reads and drops the rest of what the client sends, without expanding it. @param {number} bytesMax */
  discard(bytesMax) {
    this.#dropMax = bytesMax;
    this.#drop();
    this.#reader.cancel().catch(() => {}); // Frees what was expanded.
    return this.#feeding;
  }

  #drop() {
    this.#drops = true;
    this.#dropping.resolve();
  }

  /** Never rejects. */
  async #feed(reader, writer) {
    writer.closed.catch(() => {});
    try {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) break;
        if (this.#drops) this.#dropMax -= value.byteLength;
        else await this.#write(writer, value);
        if (this.#dropMax < 0) return await reader.cancel();
      }
      this.over = true;
      if (!this.#drops) await writer.close();
    } catch (error) {
      this.#lost = !this.over;
      await writer.abort(error).catch(() => {});
    }
  }

  /** What is wrong with the format ends the readable side; the rest of the body is dropped. */
  async #write(writer, chunk) {
    try {
      for (let at = 0; at < chunk.byteLength; at += STEP_BYTES) {
        await Promise.race([this.#emptied(), this.#dropping.promise]);
        if (this.#drops) return;
        await writer.write(chunk.subarray(at, at + STEP_BYTES));
      }
    } catch {
      this.#drop();
    }
  }

  /** Resolves when a read waits for more than there is. */
  async #emptied() {
    for (;;) {
      await this.#wanted.promise;
      const before = this.#reads;
      await tick();
      if (this.#reading && this.#reads === before) return;
    }
  }
}
