// The objects of keys in workerd, without the gateway (keys_entry.js). Calls of one turn are sent together, so that they
// reach the objects at once.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { startGateway } from './gateway.mjs';
import { newDataFolder } from './keys_world.mjs';

export const newHash = () => createHash('sha256').update(randomBytes(8)).digest('hex');
export const newId = () => `key_${randomBytes(9).toString('hex')}`;

/** @param {string} data the folder in which they are kept */
export async function startObjects(data = newDataFolder()) {
  const entry = 'tests/worker/support/keys_entry.js';
  const gateway = await startGateway({ workers: { main: {} }, keys: true, entry, data });

  let waiting = [];
  function call(binding, name, method, argument) {
    if (waiting.length === 0) setImmediate(send);
    return new Promise((resolve, reject) => {
      waiting.push({ call: [binding, name, method, JSON.stringify(argument)], resolve, reject });
    });
  }

  async function send() {
    const sent = waiting;
    waiting = [];
    try {
      const { json } = await gateway.clients.main.send({ body: sent.map((each) => each.call) });
      for (const [i, { resolve }] of sent.entries()) resolve(JSON.parse(json[i] ?? '{}'));
    } catch (error) {
      for (const { reject } of sent) reject(error);
    }
  }

  const ask = (method, argument) => call('ONELLM_KEYS_OBJECT', 'keys', method, argument);
  const limit = (key, method, argument = {}) =>
    call('ONELLM_LIMITER_OBJECT', key.id, method, { key: key.id, ...argument });

  async function make(fields = {}, id = newId()) {
    const hash = newHash();
    const { records, problem, refusal } = await ask('create', { body: JSON.stringify(fields), id, hash });
    assert.deepEqual({ problem, refusal }, { problem: undefined, refusal: undefined });
    return { id, hash, record: JSON.parse(records[0]) };
  }
  return { ask, limit, make, stop: gateway.stop };
}
