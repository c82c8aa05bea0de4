// The replies for a breakdown of the core, as the shim finds them for a request: by its path, without the core.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { failureEvents, failureResponse, keepFailureReplies } from '../../worker/failure.js';

const REPLIES = [
  {
    path: '/one',
    status: 500,
    content_type: 'application/json',
    body: '{"one":1}',
    stream_content_type: 'text/event-stream; charset=utf-8',
    events: 'data: one\n\n',
    event_end: '\n\n',
    id_placeholder: '{id}',
    id_header: '',
  },
  {
    path: '/two',
    status: 529,
    content_type: 'application/x-two',
    body: 'two of {id}',
    stream_content_type: 'application/x-lines',
    events: 'two of {id}, {id}\n',
    event_end: '\n',
    id_placeholder: '{id}',
    id_header: 'two-id',
  },
];

const request = (path) => new Request(`https://gateway.test${path}`, { method: 'POST' });
const headersOf = (type) => ({ 'content-type': type, 'x-request-id': 'req_1' });
const text = (bytes) => new TextDecoder().decode(bytes);

// First, before the replies are known.
test('a gateway that could never start answers with a plain error', async () => {
  const reply = failureResponse(request('/one'));
  assert.equal(reply.status, 500);
  assert.equal(reply.headers.get('content-type'), 'application/json');
  assert.match(reply.headers.get('x-request-id'), /^req_\w{32}$/);
  assert.equal(typeof (await reply.json()).error.message, 'string');
  assert.equal(failureEvents(request('/one'), headersOf('text/event-stream; charset=utf-8'), false), null);
});

test('the reply is that of the request’s path', async () => {
  keepFailureReplies(JSON.stringify(REPLIES));
  for (const path of ['/two', '/two?beta=true', '/two/more']) {
    const reply = failureResponse(request(path));
    assert.equal(reply.status, 529, path);
    assert.equal(reply.headers.get('content-type'), 'application/x-two', path);
    assert.equal(reply.headers.get('access-control-allow-origin'), '*', path);
    const id = reply.headers.get('x-request-id');
    assert.match(id, /^req_\w{32}$/, path);
    assert.equal(reply.headers.get('two-id'), id, path);
    assert.equal(await reply.text(), `two of ${id}`, path);
  }
  for (const path of ['/one', '/', '/twofold', '/v1/models', '/one/two']) {
    const reply = failureResponse(request(path));
    assert.equal(reply.status, 500, path);
    assert.deepEqual(await reply.json(), { one: 1 }, path);
  }
});

test('a path of the first version is also known without it', async () => {
  keepFailureReplies(JSON.stringify([REPLIES[0], { ...REPLIES[1], path: '/v1/two' }]));
  for (const [path, status] of [
    ['/v1/two', 529],
    ['/two', 529],
    ['/two/more', 529],
    ['/v1/two/more', 529],
    ['/v1', 500],
    ['/v1/twofold', 500],
    ['/v2/two', 500],
  ]) {
    assert.equal(failureResponse(request(path)).status, status, path);
  }
});

test('a stream ends with the events of its dialect, after the end of an event that may be open', () => {
  keepFailureReplies(JSON.stringify(REPLIES));
  const lines = headersOf('application/x-lines');
  assert.equal(text(failureEvents(request('/two'), lines, false)), 'two of req_1, req_1\n');
  assert.equal(text(failureEvents(request('/two'), lines, true)), '\ntwo of req_1, req_1\n');
  const own = { ...lines, 'two-id': 'up_2' };
  assert.equal(text(failureEvents(request('/two'), own, false)), 'two of up_2, up_2\n');
  const sse = headersOf('text/event-stream; charset=utf-8');
  assert.equal(text(failureEvents(request('/one'), sse, true)), '\n\ndata: one\n\n');
});

test('a reply that is no stream of the dialect gets no events', () => {
  keepFailureReplies(JSON.stringify(REPLIES));
  for (const type of ['application/json', 'text/event-stream', undefined]) {
    assert.equal(failureEvents(request('/two'), headersOf(type), false), null);
  }
});
