// A plain HTTP client that hides nothing: when each byte came, and whether the reply ended or broke. What
// holds for every reply of the gateway is asserted here: a request id, and no secret.
import assert from 'node:assert/strict';
import http from 'node:http';

// No test waits for longer, unless it says so; a reply that is not over by then is taken for broken.
const DEADLINE_MS = 30_000;

// A socket that was ended closes by itself. Node cannot reset it any more, and would then keep it open for good.
function reset(socket) {
  if (!socket.writableEnded) socket.resetAndDestroy();
}

// A reply whose head has come.
class Reply {
  constructor(message) {
    this.status = message.statusCode;
    this.headers = message.headers;
    this.headAt = performance.now();
    this.arrivals = []; // One { at, text } for each read.
    this.broken = false;
    this.message = message;
    const pieces = [];
    message.on('data', (piece) => {
      pieces.push(piece);
      this.arrivals.push({ at: performance.now(), text: piece.toString('utf8') });
      for (const wake of this.waiters.splice(0)) wake();
    });
    this.waiters = [];
    this.ended = new Promise((resolve) => {
      const end = (broken) => {
        this.broken ||= broken;
        this.bytes = Buffer.concat(pieces);
        this.over = true;
        for (const wake of this.waiters.splice(0)) wake();
        resolve();
      };
      message.on('end', () => end(!message.complete));
      message.on('error', () => end(true));
      message.on('aborted', () => end(true));
      message.on('close', () => end(!message.complete));
    });
  }

  // What has come so far.
  get text() {
    return this.over ? this.bytes.toString('utf8') : this.arrivals.map(({ text }) => text).join('');
  }

  get json() {
    return JSON.parse(this.text);
  }

  // Waits until `part` has come; false where the reply ends without it.
  async until(part) {
    while (!this.text.includes(part)) {
      if (this.over) return false;
      await new Promise((resolve) => this.waiters.push(resolve));
    }
    return true;
  }

  // Reads to the end.
  async whole() {
    await this.ended;
    checkReply(this);
    return this;
  }

  // Goes away, unless the reply is over. By a reset: workerd learns of a mere FIN only with the next byte that it writes.
  leave() {
    reset(this.message.socket);
  }
}

function checkReply(reply) {
  assert.ok(
    reply.headers['x-request-id'],
    `no x-request-id on a ${reply.status}: ${reply.text.slice(0, 200)}`,
  );
  assert.doesNotMatch(JSON.stringify(reply.headers) + reply.text, /hush/, 'a secret in the reply');
}

export function clientFor(url, masterKey) {
  const base = new URL(url);

  // Sends a request; resolves when the head of the reply has come.
  function open({
    method = 'POST',
    path = '/v1/chat/completions',
    key = masterKey,
    headers = {},
    body,
    signal,
    deadlineMs = DEADLINE_MS,
  } = {}) {
    const payload =
      body === undefined || typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body);
    const all = { ...(payload === undefined ? {} : { 'content-type': 'application/json' }), ...headers };
    if (key !== null) all.authorization ??= `Bearer ${key}`;
    if (payload !== undefined && !all['transfer-encoding'])
      all['content-length'] = Buffer.byteLength(payload);
    return new Promise((resolve, reject) => {
      const options = {
        host: base.hostname,
        port: base.port,
        method,
        path,
        headers: all,
        agent: false,
      };
      let answered = false;
      const request = http.request(options, (message) => {
        answered = true;
        resolve(new Reply(message));
      });
      const noReply = () => request.destroy(new Error(`no whole reply in ${deadlineMs} ms`));
      const deadline = setTimeout(noReply, deadlineMs);
      request.on('close', () => clearTimeout(deadline));
      signal?.addEventListener('abort', () => reset(request.socket));
      request.on('error', (error) => answered || reject(error)); // A refusal may come before all is sent.
      request.end(payload);
    });
  }

  // Sends a request and reads the whole reply.
  async function send(options) {
    return (await open(options)).whole();
  }

  return {
    url: base.origin,
    open,
    send,
    get: (path, options = {}) => send({ method: 'GET', path, ...options }),
    chat: (body, options = {}) => send({ body, ...options }),
    openChat: (body, options = {}) => open({ body, ...options }),
  };
}

export const ask = (model, more = {}) => ({
  model,
  messages: [{ role: 'user', content: 'Say it.' }],
  ...more,
});
export const askStream = (model, more = {}) => ask(model, { stream: true, ...more });
