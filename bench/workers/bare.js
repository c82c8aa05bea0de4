// The floor of any Worker: it hands the request on and the reply back, and no byte of either body
// reaches JavaScript. Setting: UPSTREAM_URL.

export default {
  fetch({ method, headers, body }, { UPSTREAM_URL }) {
    return fetch(UPSTREAM_URL, { method, headers, body });
  },
};
