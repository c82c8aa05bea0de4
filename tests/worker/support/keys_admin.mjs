// Asks the admin routes of keys of a gateway, as its administrator.
import assert from 'node:assert/strict';

export function adminOf(client) {
  const ask = (method, rest = '', body, options = {}) =>
    client.send({ method, path: `/v1/admin/keys${rest}`, body, ...options });

  // Makes a key; the reply has its id and its secret.
  async function make(fields = {}) {
    const reply = await ask('POST', '', fields);
    assert.equal(reply.status, 201, reply.text);
    return reply.json;
  }
  async function read(id) {
    const reply = await ask('GET', `/${id}`);
    assert.equal(reply.status, 200, reply.text);
    return reply.json;
  }
  const ids = async (query) => (await ask('GET', query)).json.data.map(({ id }) => id);
  return { ask, make, read, ids };
}
