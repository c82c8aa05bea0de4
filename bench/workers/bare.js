// The floor of any Worker: it hands the request on and the reply back, and no byte of either body
// reaches JavaScript. Where to is in the header x-upstream.

export default {
  fetch({ method, headers, body }) {
    return fetch(headers.get('x-upstream'), { method, headers, body });
  },
};
