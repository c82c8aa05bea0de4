// One call to an upstream: the fetch, then its body in one of three ways that the core chooses: each read as
// it comes, the whole body at once, or piped to the client natively with a copy for the core.
import { giveBuffer, takeBuffer } from './buffers.js';
import { CopyReader } from './copy_reader.js';
import { Gatherer } from './gatherer.js';
import { parseHead, replyHead } from './head.js';
import { EventKind, KEPT_BODY_BYTES_MAX } from './protocol.js';

/**
 * The parts of a session that an upstream uses.
 * @typedef {object} Owner
 * @property {string[]} replyHeaders names of the headers that the core wants
 * @property {(kind: number, id: number, payload: Uint8Array | string | null) => void} event
 * @property {import('./client_stream.js').ClientStream | null} client
 */

/** For a long body that is read whole. A piece costs a turn from native code to JavaScript, about 15 µs. */
const PIECE_BYTES = 256 * 1024;

/** How long a complete answer waits for its upstream to end. */
const LINGER_MS = 1000;

export class Upstream {
  #id;
  /** @type {Owner} */
  #owner;
  /** @type {AbortController | null} null if the runtime may end the call with the client's request */
  #abort;
  /** @type {Response | null} */
  #response = null;
  #ended = false;
  #relaying = false;
  #lingering = false;
  /** @type {Promise<void> | null} the running readStream. Never rejects. */
  #streaming = null;
  /** @type {{ promise: Promise<void>, resolve: () => void } | null} */
  #paused = null;
  /** @type {Gatherer | null} of readStream */
  #gatherer = null;
  /** @type {Uint8Array | null} the body, if it was read at once */
  whole = null;

  /**
   * @param {number} id
   * @param {Owner} owner
   * @param {boolean} isOwners whether the client's request ends with this call. Then the runtime ends the
   *   call (a flush of the ledger may delay that by a second), and there is no AbortController, which costs
   *   4 % of a small request
   */
  constructor(id, owner, isOwners) {
    this.#id = id;
    this.#owner = owner;
    this.#abort = isOwners ? null : new AbortController();
  }

  /** @param {string} head @param {Uint8Array | null} body */
  async start(head, body) {
    await null; // Later commands of the same batch may end the call.
    if (this.#ended) return;
    const { firstLine, headers } = parseHead(head);
    const space = firstLine.indexOf(' ');
    try {
      this.#response = await fetch(firstLine.slice(space + 1), {
        method: firstLine.slice(0, space),
        headers,
        body,
        redirect: 'manual',
        signal: this.#abort?.signal,
      });
    } catch {
      return this.#fail();
    }
    if (this.#ended) return void this.#response.body?.cancel().catch(() => {});
    this.#event(EventKind.FetchHead, replyHead(this.#response, this.#owner.replyHeaders));
  }

  /** Delivers the body as it comes, until it ends or relay() is called. */
  readStream() {
    this.#streaming = this.#readOut().catch(() => this.#fail());
  }

  async #readOut() {
    await null; // Later commands of the same batch may end the call, or relay it.
    if (this.#ended) return;
    const { body } = this.#response;
    if (body === null) return this.#end();
    const reader = body.getReader({ mode: 'byob' });
    const gatherer = new Gatherer((bytes) => this.#deliver(bytes));
    this.#gatherer = gatherer;
    let buffer = takeBuffer();
    while (!this.#relaying) {
      const { done, value } = await reader.read(new Uint8Array(buffer));
      if (this.#paused !== null || this.#owner.client?.full) await this.#turn();
      if (this.#ended) return;
      if (value !== undefined) buffer = value.buffer;
      if (done) break;
      if (!this.#lingering) gatherer.add(value);
    }
    giveBuffer(buffer);
    if (!this.#relaying) return this.#end();
    gatherer.flush();
    reader.releaseLock();
    await this.#relay(body);
  }

  /** @param {number} bytesMax of a longer body one byte more is delivered */
  async readWhole(bytesMax) {
    try {
      // Using `body` makes a stream object, so it is used only if pieces must be read.
      if (isShort(this.#response, bytesMax)) this.whole = new Uint8Array(await this.#response.arrayBuffer());
      else await this.#readPieces(bytesMax + 1);
    } catch {
      return this.#fail();
    }
    this.#end(EventKind.FetchEnd, this.whole);
  }

  /** Puts a short body into `whole`. Delivers a long one in pieces, so JavaScript never has all of it. */
  async #readPieces(bytesMax) {
    const { body } = this.#response;
    if (body === null) return;
    const reader = body.getReader({ mode: 'byob' });
    const first = await readPiece(reader, new ArrayBuffer(KEPT_BODY_BYTES_MAX));
    if (first.done) return;
    const hasEnded = first.value.byteLength < KEPT_BODY_BYTES_MAX;
    let piece = hasEnded ? null : await readPiece(reader, new ArrayBuffer(PIECE_BYTES));
    if (hasEnded || piece.done) {
      this.whole = first.value.subarray(0, bytesMax);
      return;
    }
    let left = bytesMax;
    this.#event(EventKind.FetchBytes, first.value.subarray(0, left));
    left -= first.value.byteLength;
    while (!piece.done && left > 0 && !this.#ended) {
      this.#event(EventKind.FetchBytes, piece.value.subarray(0, left));
      left -= piece.value.byteLength;
      piece = await readPiece(reader, piece.value.buffer);
    }
    if (!piece.done) await reader.cancel();
  }

  /** Passes the rest of the body to the client unchanged, from the next turn of readStream on. */
  relay() {
    this.#relaying = true;
  }

  pause() {
    this.#paused ??= Promise.withResolvers();
    this.#gatherer?.hold();
  }

  resume() {
    this.#paused?.resolve();
    this.#paused = null;
    this.#gatherer?.release();
  }

  /** Cancels the call. No event of it follows. */
  abort() {
    if (this.#ended) return;
    this.#ended = true;
    this.#gatherer?.stop();
    this.resume();
    this.#abort?.abort();
  }

  /** Cancels a relayed call. Copies of what the client got are still delivered, then FetchFailed. */
  stop() {
    this.#abort?.abort();
  }

  /**
   * Ends a call whose answer is complete without the rest. The rest of a stream is read and dropped for up to
   * LINGER_MS: a connection can be used again only if it was read to its end.
   *
   * @returns {Promise<void> | undefined} resolves when the call is over; undefined if it is already over
   */
  linger() {
    if (!this.#ended && this.#streaming !== null) return this.#readOn();
    this.abort();
  }

  async #readOn() {
    this.#lingering = true;
    this.#gatherer?.stop();
    this.resume();
    const timer = setTimeout(() => this.abort(), LINGER_MS);
    await this.#streaming;
    clearTimeout(timer);
  }

  /** Pipes one branch to the client natively. The other branch is read for the core from time to time. */
  async #relay(body) {
    const [live, copy] = body.tee();
    const copies = new CopyReader(copy, (bytes) => this.#event(EventKind.FetchBytes, bytes));
    const piped = this.#owner.client.pipe(live);
    piped.catch(() => {}).then(() => copies.hurry());
    await copies.done;
    await piped;
    this.#end();
  }

  /** Waits while the core has paused the call or the client is too slow. */
  async #turn() {
    while (this.#paused !== null) await this.#paused.promise;
    if (!this.#lingering && this.#owner.client?.full) await this.#owner.client.room();
  }

  #deliver(bytes) {
    if (this.#relaying) this.#owner.client.write(bytes.slice());
    this.#event(EventKind.FetchBytes, bytes);
  }

  #event(kind, payload) {
    if (!this.#ended) this.#owner.event(kind, this.#id, payload);
  }

  #end(kind = EventKind.FetchEnd, payload = null) {
    this.#gatherer?.flush();
    if (this.#ended) return;
    this.#ended = true;
    this.#gatherer?.stop();
    this.#owner.event(kind, this.#id, payload);
  }

  /** Any error of the network is reported as one event. */
  async #fail() {
    await this.#turn();
    this.#end(EventKind.FetchFailed);
  }
}

/** @param {Response} response @param {number} bytesMax */
function isShort(response, bytesMax) {
  const declared = response.headers.get('content-length');
  if (declared === null || response.headers.has('content-encoding')) return false;
  return Number(declared) <= Math.min(KEPT_BODY_BYTES_MAX, bytesMax);
}

/** May fill less at the end. @param {ReadableStreamBYOBReader} reader @param {ArrayBuffer} buffer */
function readPiece(reader, buffer) {
  return reader.readAtLeast(buffer.byteLength, new Uint8Array(buffer));
}
