// What a client gets when the gateway itself failed: nothing here comes from the core.

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

/** The events that end a stream. */
export const FAILURE_EVENTS = new TextEncoder().encode(FAILURE_LINES);

/** The same for one that may have stopped inside an event: that one is ended first. */
export const FAILURE_EVENTS_ANYWHERE = new TextEncoder().encode(`\n\n${FAILURE_LINES}`);

/** The reply instead of one that was not begun. */
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
