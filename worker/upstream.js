// One call to an upstream: the fetch, then its body in the way that the core asks for: each read as it
// comes, the whole of it at once, or piped to the client natively with a copy for the core.
import { giveBuffer, takeBuffer } from './buffers.js';
import { CopyReader } from './copy_reader.js';
import { Gatherer } from './gatherer.js';
import { parseHead, replyHead } from './head.js';
import { EventKind, KEPT_BODY_BYTES_MAX } from './protocol.js';

/**
 * What an upstream needs of its session.
 * @typedef {object} Owner
 * @property {string[]} replyHeaders names of the headers that the core wants
 * @property {(kind: number, id: number, payload: Uint8Array | string | null) => void} event
 * @property {import('./client_stream.js').ClientStream | null} client
 */

/** Of a long body that is read whole. Each piece costs a turn between native code and JavaScript, some 15 µs. */
const PIECE_BYTES = 256 * 1024;

/** How long an answer that is complete waits for its upstream to end. */
const LINGER_MS = 1000;

export class Upstream {
  #id;
  /** @type {Owner} */
  #owner;
  /** @type {AbortController | null} nothing where the call may be left to end with the client's request */
  #abort;
  /** @type {Response | null} */
  #response = null;
  #ended = false;
  #relaying = false;
  #lingering = false;
  /** @type {Promise<void> | null} readStream at work. Never rejects. */
  #streaming = null;
  /** @type {{ promise: Promise<void>, resolve: () => void } | null} */
  #paused = null;
  /** @type {Gatherer | null} of readStream */
  #gatherer = null;
  /** @type {Uint8Array | null} the body, once it was read in one */
  whole = null;

  /**
   * @param {number} id
   * @param {Owner} owner
   * @param {boolean} isOwners whether the owner ends when it does: the runtime ends the call with the client's
   *   request (which a flush of the ledger holds for a second), and what could end it alone costs 4 % of a small one
   */
  constructor(id, owner, isOwners) {
    this.#id = id;
    this.#owner = owner;
    this.#abort = isOwners ? null : new AbortController();
  }

  /** @param {string} head @param {Uint8Array | null} body */
  async start(head, body) {
    await null; // The batch of commands may end it again.
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

  /** Delivers the body as it comes, until it ends or `relay` is called. */
  readStream() {
    this.#streaming = this.#readOut().catch(() => this.#fail());
  }

  async #readOut() {
    await null; // The batch of commands may end it again, or relay at once.
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

  /** @param {number} bytesMax one more byte is delivered of a longer body */
  async readWhole(bytesMax) {
    try {
      // Asking for the body itself makes a stream object, so that is done only where pieces have to be read.
      if (isShort(this.#response, bytesMax)) this.whole = new Uint8Array(await this.#response.arrayBuffer());
      else await this.#readPieces(bytesMax + 1);
    } catch {
      return this.#fail();
    }
    this.#end(EventKind.FetchEnd, this.whole);
  }

  /** Leaves a body that turns out short to `whole`; of a long one JavaScript never has more than a piece. */
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

  /** The rest of the body goes to the client as it is; takes effect with the next turn of readStream. */
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

  /** Cancels the call; no event of it follows. */
  abort() {
    if (this.#ended) return;
    this.#ended = true;
    this.#gatherer?.stop();
    this.resume();
    this.#abort?.abort();
  }

  /** Cancels a relayed call. The copies of what the client got of it are delivered all the same, then FetchFailed. */
  stop() {
    this.#abort?.abort();
  }

  /**
   * The answer is complete without the rest. A stream is read on for a moment, for nobody: the connection
   * of one that was read to its end is used again.
   *
   * @returns {Promise<void> | undefined} resolves when the call is over; nothing where it is over already
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

  /** One branch goes to the client natively, the other is read now and then for the core. */
  async #relay(body) {
    const [live, copy] = body.tee();
    const copies = new CopyReader(copy, (bytes) => this.#event(EventKind.FetchBytes, bytes));
    const piped = this.#owner.client.pipe(live);
    piped.catch(() => {}).then(() => copies.hurry());
    await copies.done;
    await piped;
    this.#end();
  }

  /** Waits while the core or the client cannot take more of what they want. */
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

  /** Whatever the network throws is one event. */
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

/** Fills the buffer, unless the body ends before. @param {ReadableStreamBYOBReader} reader @param {ArrayBuffer} buffer */
function readPiece(reader, buffer) {
  return reader.readAtLeast(buffer.byteLength, new Uint8Array(buffer));
}
