// The replies for a failure of the gateway itself.
//
// Rule: nothing here comes from the core, which may be broken.

export const FAILURE_STATUS = 500;

const FAILURE_TEXT = JSON.stringify({
  error: {
    message: 'The gateway failed while it worked on this request. Please try again.',
    type: 'server_error',
    param: null,
    code: 'internal_error',
  },
});

const FAILURE_LINES = `data: ${FAILURE_TEXT}\n\ndata: [DONE]\n\n`;

/** The events that end a stream with an error. */
export const FAILURE_EVENTS = new TextEncoder().encode(FAILURE_LINES);

/** The same for a stream that may have stopped inside an event: they end that event first. */
export const FAILURE_EVENTS_ANYWHERE = new TextEncoder().encode(`\n\n${FAILURE_LINES}`);

/** The reply for a request whose reply has not begun. */
export function failureResponse() {
  return new Response(FAILURE_TEXT, {
    status: FAILURE_STATUS,
    headers: {
      'content-type': 'application/json',
      'access-control-allow-origin': '*',
      'x-request-id': `req_${crypto.randomUUID().replaceAll('-', '')}`,
    },
  });
}
