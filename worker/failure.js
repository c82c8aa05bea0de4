// The replies for a failure of the gateway itself, in the dialect of the request's path.
//
// Rule: nothing here comes from a core that may be broken. The core hands over the replies when an instance starts
// (src/gateway/http/failure_replies.h); they are copied then, and read only if they are needed.

const encoder = new TextEncoder();

/**
 * @typedef {object} FailureReply
 * @property {string} path
 * @property {number} status
 * @property {string} content_type
 * @property {string} body
 * @property {string} stream_content_type the content type of a stream in this dialect
 * @property {string} events what ends such a stream
 * @property {string} event_end what must precede them in a stream that may stand inside an event
 * @property {string} id_placeholder what stands in `body` and `events` for the id of the request
 * @property {string} id_header the dialect's own header for that id, beside x-request-id; '' if it has none
 */

/** For a deployment whose first instance could not start: the dialects are not known. */
const UNKNOWN = {
  path: '',
  status: 500,
  content_type: 'application/json',
  body: '{"error":{"message":"The gateway could not start. Its log says why."}}',
  stream_content_type: '',
  events: '',
  event_end: '',
  id_placeholder: '',
  id_header: '',
};

let repliesJson = '';

/** @param {string} json an array of FailureReply; the first is also for all paths that are not in it */
export function keepFailureReplies(json) {
  repliesJson = json;
}

/** @param {Request} request @returns {FailureReply} */
function replyFor(request) {
  if (repliesJson === '') return UNKNOWN;
  const replies = JSON.parse(repliesJson);
  const { pathname } = new URL(request.url);
  return replies.find(({ path }) => isOf(path, pathname)) ?? replies[0];
}

/** A path that begins with /v1/ is also known without it, as in src/dialects/clients.cpp. */
function isOf(path, pathname) {
  const names = path.startsWith('/v1/') ? [path, path.slice(3)] : [path];
  return names.some((name) => pathname === name || pathname.startsWith(`${name}/`));
}

function withId(text, { id_placeholder }, id) {
  return id_placeholder === '' ? text : text.replaceAll(id_placeholder, id);
}

/** The reply for a request whose reply has not begun. @param {Request} request */
export function failureResponse(request) {
  const reply = replyFor(request);
  const id = `req_${crypto.randomUUID().replaceAll('-', '')}`;
  const headers = {
    'content-type': reply.content_type,
    'access-control-allow-origin': '*',
    'x-request-id': id,
  };
  if (reply.id_header !== '') headers[reply.id_header] = id;
  return new Response(withId(reply.body, reply, id), { status: reply.status, headers });
}

/**
 * The events that end a stream with an error.
 *
 * @param {Request} request
 * @param {Record<string, string>} headers of the reply that has begun
 * @param {boolean} inEvent whether the reply may have stopped inside an event
 * @returns {Uint8Array | null} null if the reply is no stream of events
 */
export function failureEvents(request, headers, inEvent) {
  const reply = replyFor(request);
  if (reply.stream_content_type === '' || headers['content-type'] !== reply.stream_content_type) return null;
  const events = withId(reply.events, reply, headers[reply.id_header] ?? headers['x-request-id']);
  return encoder.encode(inEvent ? reply.event_end + events : events);
}
