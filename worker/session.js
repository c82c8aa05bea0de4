// One client request: sends events to the core and executes the commands that come back, until the reply is
// complete or the client is gone.
//
// Rule: no policy. The session knows how to execute a command; the core decides when.
import { callObject, readKv, tellObject, writeDataPoint, writeKv } from './bindings.js';
import { join } from './bytes.js';
import { ClientStream } from './client_stream.js';
import { failureEvents, failureResponse } from './failure.js';
import { namedHeaders, parseHead, requestHead } from './head.js';
import { flushLedger } from './ledger_outbox.js';
import { BROKEN_BODY, CLIENT_BODY, CommandKind, EventKind } from './protocol.js';
import { BrokenCoding, RequestBody } from './request_body.js';
import { Timer } from './timer.js';
import { Upstream } from './upstream.js';

const NULL_BODY_STATUSES = new Set([204, 205, 304]);

/** Of what a failed call of an object says, the core gets so much. */
const FAILURE_CHARACTERS_MAX = 512;

/** Time for upstreams to send data again after the client was slow. */
const READ_ON_MS = 1000;

/** The console method for the number of a Log command. Workers Logs and `wrangler tail` filter by it. */
const LOG_METHODS = ['log', 'error', 'warn', 'log', 'debug'];

/** No client sees this status: it is used after the client has left. */
const CLIENT_GONE_STATUS = 499;

export class Session {
  #core;
  #request;
  #env;
  #context;
  #body;
  #handle = 0;
  /** @type {Map<number, Upstream>} */
  #upstreams = new Map();
  #timer = new Timer(() => this.#onTime());
  #response = Promise.withResolvers();
  /** Resolves when all work is done, also work after the reply. Made only if there is such work. */
  #finished = /** @type {PromiseWithResolvers<void> | null} */ (null);
  #responded = false;
  /** @type {{ firstLine: string, headers: Record<string, string> } | null} */
  #head = null;
  /** @type {Uint8Array[]} bytes to send, while there is no stream yet */
  #pieces = [];
  /** More of the reply waits in the core until the client has taken the bytes sent so far. */
  #more = false;
  /** This session is waiting for the client to take those bytes. */
  #takingMore = false;
  #relayed = false;
  #ended = false;
  #aborted = false;
  /** The client does not read, so closing does not wait for it. */
  #unread = false;
  #closed = false;
  /** Connects the client's signal to this session until the session is closed. */
  #link = { session: /** @type {Session | null} */ (this) };
  /** @type {ClientStream | null} */
  client = null;

  /**
   * @param {import('./instance.js').Instance} core
   * @param {Request} request
   * @param {Record<string, any>} env
   * @param {ExecutionContext} context
   */
  constructor(core, request, env, context) {
    this.#core = core;
    this.#request = request;
    this.#env = env;
    this.#context = context;
    this.#body = new RequestBody(request);
  }

  get replyHeaders() {
    return this.#core.replyHeaders;
  }

  /** @returns {Promise<Response>} */
  start() {
    // A breakdown may happen in another request, which may not use the streams of this one. A promise made
    // here continues in this request.
    const breakdown = Promise.withResolvers();
    breakdown.promise.then((error) => this.fail(error));
    this.#handle = this.#core.open(breakdown.resolve);
    callWhenGone(this.#request.signal, this.#link);
    this.event(EventKind.Request, 0, requestHead(this.#request, this.#core.requestHeaders));
    return this.#response.promise;
  }

  /**
   * @param {number} kind one of EventKind
   * @param {number} id
   * @param {Uint8Array | string | null} payload
   */
  event(kind, id, payload) {
    if (this.#closed) return;
    try {
      let command = this.#core.send(this.#handle, kind, id, payload);
      for (; command !== null; command = this.#core.next(this.#handle)) this.#carryOut(command);
      this.#settle();
      if (this.#more) this.#takeMore();
    } catch (error) {
      this.fail(error);
    }
  }

  /** Ends the request after an error of the gateway itself. */
  fail(error) {
    if (this.#closed) return;
    const reply = this.#responded ? null : failureResponse(this.#request);
    const id = reply === null ? this.#head?.headers['x-request-id'] : reply.headers.get('x-request-id');
    console.error(`onellm: request ${id} failed, and may be counted nowhere:`, error?.stack ?? error);
    if (reply !== null) this.#respond(reply);
    else if (this.client !== null) this.#sendFailure();
    this.#close();
  }

  #sendFailure() {
    const events = failureEvents(this.#request, this.#head.headers, this.#relayed);
    if (events === null) this.#aborted = true;
    else this.client.write(events);
  }

  /** @param {import('./instance.js').Command} command */
  #carryOut({ kind, id, number, head, body }) {
    switch (kind) {
      case CommandKind.ReadRequest:
        return void this.#readRequest(number, head);
      case CommandKind.Fetch:
        return this.#fetch(id, head, body, number === 1);
      case CommandKind.ReadStream:
        return void this.#upstreams.get(id)?.readStream();
      case CommandKind.ReadWhole:
        return void this.#upstreams.get(id)?.readWhole(number);
      case CommandKind.Relay:
        this.#relayed = true;
        return this.#upstreams.get(id)?.relay();
      case CommandKind.Pause:
        return id === CLIENT_BODY ? this.#body.pause() : this.#upstreams.get(id)?.pause();
      case CommandKind.Resume:
        return id === CLIENT_BODY ? this.#body.resume() : this.#upstreams.get(id)?.resume();
      case CommandKind.AbortFetch:
        return number === 1 ? this.#upstreams.get(id)?.stop() : this.#upstreams.get(id)?.abort();
      case CommandKind.ReadKv:
        return void this.#readKv(id, head);
      case CommandKind.SendHead:
        this.#head = parseHead(head);
        return;
      case CommandKind.SendBytes:
        this.#more = number === 1;
        return this.#send(body);
      case CommandKind.SendFetched:
        return this.#send(this.#upstreams.get(id)?.whole);
      case CommandKind.SendEnd:
        this.#ended = true;
        return;
      case CommandKind.SendAbort:
        this.#aborted = true;
        this.#unread = number === 1;
        return;
      case CommandKind.SetTimer:
        return this.#timer.set(number);
      case CommandKind.WriteRecord:
        return writeDataPoint(this.#env, head);
      case CommandKind.Log:
        return console[LOG_METHODS[number]](head);
      case CommandKind.WriteKv:
        return this.#context.waitUntil(writeKv(this.#env, head, body, number));
      case CommandKind.FlushLedger:
        return this.#context.waitUntil(flushLedger(this.#core, this.#env, number));
      case CommandKind.CallObject:
        return void this.#callObject(id, head, body);
      case CommandKind.ReadRandom:
        return void this.#readRandom(id, number);
      case CommandKind.ReadHeaders:
        return void this.#readHeaders(id, head);
      case CommandKind.TellObject:
        return this.#context.waitUntil(tellObject(this.#env, head, new TextDecoder().decode(body), number));
      default:
        throw new Error(`the core gave the unknown command ${kind}`);
    }
  }

  /**
   * While the client is too slow, upstreams are not read, so their silence must not count as a timeout. The
   * core gets no timer event until they had time to send again. This does not apply while the core itself
   * waits for the client.
   */
  async #onTime() {
    if (this.client?.full && !this.#takingMore) {
      await this.client.room();
      return this.#closed ? undefined : this.#timer.set(READ_ON_MS);
    }
    this.event(EventKind.Timer, 0, null);
  }

  async #readRequest(bytesMax, coding) {
    let last;
    try {
      const deliver = (bytes) => this.event(EventKind.RequestBytes, 0, bytes);
      last = await this.#body.read(bytesMax, deliver, coding);
    } catch (error) {
      if (error instanceof BrokenCoding) return this.event(EventKind.RequestEnd, BROKEN_BODY, null);
      return this.gone();
    }
    this.event(EventKind.RequestEnd, 0, last);
  }

  #fetch(id, head, body, isLast) {
    const upstream = new Upstream(id, this, isLast);
    this.#upstreams.set(id, upstream);
    upstream.start(head, body);
  }

  async #readKv(id, key) {
    const value = await readKv(this.#env, key);
    if (value === null) this.event(EventKind.KvMissing, id, null);
    else this.event(EventKind.KvValue, id, value);
  }

  async #callObject(id, head, body) {
    let reply = null;
    let failure = null;
    try {
      reply = await callObject(this.#env, head, new TextDecoder().decode(body));
    } catch (error) {
      console.error(`onellm: ${head} failed:`, error);
      failure = String(error?.message ?? '').slice(0, FAILURE_CHARACTERS_MAX);
    }
    if (typeof reply === 'string') this.event(EventKind.ObjectReply, id, reply);
    else this.event(EventKind.ObjectFailed, id, failure);
  }

  /** The event must not come while the commands of another one are taken. */
  async #readRandom(id, number) {
    await null;
    this.event(EventKind.RandomBytes, id, crypto.getRandomValues(new Uint8Array(number)));
  }

  /** As #readRandom. */
  async #readHeaders(id, names) {
    await null;
    this.event(EventKind.Headers, id, namedHeaders(this.#request, names.split('\n')));
  }

  #send(bytes) {
    if (!bytes) return;
    if (this.client !== null) this.client.write(bytes);
    else this.#pieces.push(bytes);
  }

  async #takeMore() {
    this.#more = false;
    this.#takingMore = true;
    await this.client.room();
    this.#takingMore = false;
    this.event(EventKind.ClientReady, 0, null);
  }

  /** Runs after each batch of commands: sends the reply, whole if it is complete, else as a stream. */
  #settle() {
    if (!this.#responded && this.#head !== null) {
      if (this.#ended) this.#respondWhole();
      else this.#respondStream();
    } else if (!this.#responded && this.#aborted) {
      this.#respond(failureResponse(this.#request));
    }
    if (this.#ended || this.#aborted) this.#close({ complete: !this.#aborted });
  }

  #respondWhole() {
    const { firstLine, headers } = this.#head;
    const status = Number(firstLine);
    const hasBody = this.#pieces.length > 0 && !NULL_BODY_STATUSES.has(status);
    this.#respond(new Response(hasBody ? join(this.#pieces) : null, { status, headers }));
  }

  #respondStream() {
    const { firstLine, headers } = this.#head;
    this.client = new ClientStream(() => this.gone());
    this.#outliveReply();
    this.#respond(new Response(this.client.readable, { status: Number(firstLine), headers }));
    for (const piece of this.#pieces) this.client.write(piece);
    this.#pieces = [];
  }

  #respond(response) {
    this.#responded = true;
    if (!this.#body.unread) return this.#response.resolve(response);
    this.#body.discard().then(() => this.#response.resolve(response));
  }

  /** The client has left. */
  gone() {
    if (this.#closed) return;
    this.event(EventKind.ClientGone, 0, null);
    if (!this.#responded) this.#respond(new Response(null, { status: CLIENT_GONE_STATUS }));
    this.#close();
  }

  #close({ complete = false } = {}) {
    if (this.#closed) return;
    this.#closed = true;
    this.#link.session = null;
    this.#timer.set(0);
    const calls = [...this.#upstreams.values()];
    const lingering = calls
      .map((upstream) => (complete ? upstream.linger() : upstream.abort()))
      .filter(Boolean);
    if (lingering.length > 0) this.#outliveReply();
    const sent = this.#aborted ? this.client?.abort(this.#unread) : this.client?.end();
    if (this.#finished !== null) Promise.all([sent, ...lingering]).then(this.#finished.resolve);
    this.#core.close(this.#handle);
  }

  /** Keeps the request alive after its reply. Called only if needed: it costs 4 % of a small request. */
  #outliveReply() {
    if (this.#finished !== null) return;
    this.#finished = Promise.withResolvers();
    this.#context.waitUntil(this.#finished.promise);
  }
}

/**
 * A listener of a signal lives until the next major garbage collection, with all objects that it can reach.
 * So it must not reach the session: that would double the memory in use, and a small request would cost 6 %
 * more CPU. It is set as `onabort`, since there is no other listener and addEventListener costs 3 % more.
 *
 * @param {AbortSignal} signal
 * @param {{ session: Session | null }} link
 */
function callWhenGone(signal, link) {
  signal.onabort = () => link.session?.gone();
}
