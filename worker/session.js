// One client request: events go to the core, the commands that come back are carried out, until the
// reply is complete or the client is gone. It knows how each command is done and never why.
import { callObject, readKv, writeDataPoint, writeKv } from './bindings.js';
import { join } from './bytes.js';
import { ClientStream } from './client_stream.js';
import { FAILURE_EVENTS, FAILURE_EVENTS_ANYWHERE, failureResponse } from './failure.js';
import { parseHead, requestHead } from './head.js';
import { flushLedger } from './ledger_outbox.js';
import { CommandKind, EventKind } from './protocol.js';
import { RequestBody } from './request_body.js';
import { Timer } from './timer.js';
import { Upstream } from './upstream.js';

const NULL_BODY_STATUSES = new Set([204, 205, 304]);

/** For upstreams to be read again after a slow client. */
const READ_ON_MS = 1000;

/** How the console shows lines of a level: by the number of Log. Workers Logs and `wrangler tail` filter by it. */
const LOG_METHODS = ['log', 'error', 'warn', 'log', 'debug'];

/** Nobody gets to see it: the client has left. */
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
  /** Resolves when nothing is left to do, after the reply too. Made where something outlives the reply. */
  #finished = /** @type {PromiseWithResolvers<void> | null} */ (null);
  #responded = false;
  /** @type {{ firstLine: string, headers: Record<string, string> } | null} */
  #head = null;
  /** @type {Uint8Array[]} what is to be sent when there is no stream yet */
  #pieces = [];
  /** More of the reply waits in the core, until the client has taken what was sent. */
  #more = false;
  /** So it is while that is waited for. */
  #takingMore = false;
  #relayed = false;
  #ended = false;
  #aborted = false;
  /** The client does not take what is sent, so nothing waits for that. */
  #unread = false;
  #closed = false;
  /** The way from the client's signal to this session, until it is closed. */
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
    // A promise made here carries the news into this request: another one may not touch its streams.
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

  /** The gateway's own fault. */
  fail(error) {
    if (this.#closed) return;
    const reply = this.#responded ? null : failureResponse();
    const id = reply === null ? this.#head?.headers['x-request-id'] : reply.headers.get('x-request-id');
    console.error(`onellm: request ${id} failed, and may be counted nowhere:`, error?.stack ?? error);
    if (reply !== null) this.#respond(reply);
    else if (this.client !== null) this.#sendFailure();
    this.#close();
  }

  #sendFailure() {
    if (!this.#isEventStream()) this.#aborted = true;
    else this.client.write(this.#relayed ? FAILURE_EVENTS_ANYWHERE : FAILURE_EVENTS);
  }

  /** @param {import('./instance.js').Command} command */
  #carryOut({ kind, id, number, head, body }) {
    switch (kind) {
      case CommandKind.ReadRequest:
        return void this.#readRequest(number);
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
        return this.#upstreams.get(id)?.pause();
      case CommandKind.Resume:
        return this.#upstreams.get(id)?.resume();
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
      default:
        throw new Error(`the core gave the unknown command ${kind}`);
    }
  }

  /**
   * While the client is too slow to take what there is, upstreams are not read, and their silence is our
   * doing: the core's clock stands still until they had a chance to speak. Not where the core itself waits for
   * the client.
   */
  async #onTime() {
    if (this.client?.full && !this.#takingMore) {
      await this.client.room();
      return this.#closed ? undefined : this.#timer.set(READ_ON_MS);
    }
    this.event(EventKind.Timer, 0, null);
  }

  async #readRequest(bytesMax) {
    let last;
    try {
      last = await this.#body.read(bytesMax, (bytes) => this.event(EventKind.RequestBytes, 0, bytes));
    } catch {
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
    try {
      reply = await callObject(this.#env, head, new TextDecoder().decode(body));
    } catch (error) {
      console.error(`onellm: ${head} failed:`, error);
    }
    if (reply === null) this.event(EventKind.ObjectFailed, id, null);
    else this.event(EventKind.ObjectReply, id, reply);
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

  /** After each batch of commands: answers, in one go if the reply is already complete. */
  #settle() {
    if (!this.#responded && this.#head !== null) {
      if (this.#ended) this.#respondWhole();
      else this.#respondStream();
    } else if (!this.#responded && this.#aborted) {
      this.#respond(failureResponse());
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

  #isEventStream() {
    const type = this.#head.headers['content-type'] ?? '';
    return type.startsWith('text/event-stream');
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

  /** Asked for only where it is needed: it costs 4 % of a small request. */
  #outliveReply() {
    if (this.#finished !== null) return;
    this.#finished = Promise.withResolvers();
    this.#context.waitUntil(this.#finished.promise);
  }
}

/**
 * What listens to a signal lives until the next major collection, with all that its function can see: that
 * may not be the session, or twice the memory is in use and a small request costs 6 % more CPU. Nobody else
 * listens, so it is the handler: addEventListener costs 3 % more.
 *
 * @param {AbortSignal} signal
 * @param {{ session: Session | null }} link
 */
function callWhenGone(signal, link) {
  signal.onabort = () => link.session?.gone();
}
