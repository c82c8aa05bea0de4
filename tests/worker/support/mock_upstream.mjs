// An upstream that tests script: one HTTP server in place of every provider. What it does is chosen by
// the model of the request (for Azure and Google it stands in the path), so that tests running side by
// side do not meet. It keeps every request as it came, byte for byte.
//
// The rule: it has no behaviour of its own. A model without a script is a failed test, not a default answer.
import http from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';

const parsed = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};

// One request that reached the upstream, and the means to answer it.
class Call {
  constructor(request, reply, text) {
    const url = new URL(request.url, 'http://upstream');
    this.method = request.method;
    this.path = url.pathname;
    this.query = Object.fromEntries(url.searchParams);
    this.headers = request.headers;
    this.text = text;
    this.json = parsed(text);
    this.modelInPath = url.pathname.match(/\/(?:deployments|models)\/([^/:]+)[/:]/)?.[1];
    this.reply = reply;
    this.arrivedAt = performance.now();
    this.sent = []; // One { at, event } for each event played.
    this.abandoned = new Promise((resolve) => {
      reply.on('close', () => {
        this.closed = true;
        if (!reply.writableFinished) resolve(performance.now());
      });
    });
  }

  // The time at which the caller went before the answer was complete. Throws where it stays.
  async letGo(withinMs = 3000) {
    const goneAt = await Promise.race([this.abandoned, sleep(withinMs)]);
    if (goneAt === undefined) throw new Error(`the call for ${this.model} was not let go in ${withinMs} ms`);
    return goneAt;
  }

  get model() {
    return this.modelInPath ?? this.json?.model;
  }

  send(status, body, headers = {}) {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    this.reply.writeHead(status, { 'content-type': 'application/json', ...headers });
    this.reply.end(text);
  }

  startStream(headers = {}) {
    this.reply.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8', ...headers });
    this.reply.flushHeaders();
  }

  async play(events, { gapMs = 0, ending = 'end', headers } = {}) {
    if (!this.reply.headersSent) this.startStream(headers);
    for (const [i, event] of events.entries()) {
      if (gapMs && i > 0) await sleep(gapMs);
      if (this.closed) return;
      this.sent.push({ at: performance.now(), event });
      this.reply.write(event);
    }
    if (ending === 'end') this.reply.end();
    if (ending === 'reset') {
      await sleep(30); // What was written goes out first.
      this.reply.socket?.resetAndDestroy();
    }
  }

  hangUp() {
    this.reply.socket?.resetAndDestroy();
  }
}

export async function startUpstream() {
  const scripts = new Map();
  const calls = [];
  const unexpected = [];
  const waiting = [];
  const listings = new Map(); // By path: what GET …/models answers.

  const server = http.createServer(async (request, reply) => {
    const pieces = [];
    try {
      for await (const piece of request) pieces.push(piece);
    } catch {
      return; // The caller went in the middle of its request.
    }
    const call = new Call(request, reply, Buffer.concat(pieces).toString('utf8'));
    calls.push(call);
    const script = request.method === 'GET' ? listings.get(call.path) : scripts.get(call.model);
    if (!script) unexpected.push(`${call.method} ${call.path} for model ${call.model}`);
    for (const waiter of waiting) waiter();
    try {
      await (script ?? ((c) => c.send(418, { error: { message: 'no script for this model' } })))(call);
    } catch (error) {
      unexpected.push(String(error));
      call.hangUp();
    }
  });
  server.keepAliveTimeout = 60_000;
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));

  const callsOf = (model) => calls.filter((call) => call.method === 'POST' && call.model === model);
  return {
    url: `http://127.0.0.1:${server.address().port}`,
    calls,
    callsOf,
    unexpected,
    script: (model, script) => scripts.set(model, script),
    // Answers the model listing at `path`, such as /openai/v1/models.
    list: (path, script) => listings.set(path, script),
    // The `number`th call for a model, as soon as it is there.
    async called(model, number = 1, withinMs = 3000) {
      const deadline = performance.now() + withinMs;
      while (callsOf(model).length < number) {
        const left = deadline - performance.now();
        if (left <= 0)
          throw new Error(`upstream saw ${callsOf(model).length} calls for ${model}, not ${number}`);
        await Promise.race([new Promise((resolve) => waiting.push(resolve)), sleep(left)]);
      }
      return callsOf(model)[number - 1];
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

// An address of this machine where nobody listens.
export async function closedPort() {
  const server = http.createServer();
  await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address();
  await new Promise((resolve) => server.close(resolve));
  return port;
}
