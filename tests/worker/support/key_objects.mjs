// The registry and the limiters in workerd, called directly (key_objects_entry.js).
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { startGateway } from './gateway.mjs';

export const newHash = () => createHash('sha256').update(randomBytes(8)).digest('hex');
export const newId = () => `key_${randomBytes(9).toString('hex')}`;

export async function startObjects() {
  const gateway = await startGateway({
    workers: { main: {} },
    keys: true,
    entry: 'tests/worker/support/key_objects_entry.js',
  });
  let requests = 0;
  const objects = {
    stop: () => gateway.stop(),

    /** @param {any[][]} calls binding, name, method, argument */
    async callAll(calls, headers = {}) {
      const body = calls.map(([binding, name, method, argument]) => [
        binding,
        name,
        method,
        JSON.stringify(argument),
      ]);
      const { json } = await gateway.clients.main.send({ body, headers });
      return json.map((text) => JSON.parse(text ?? '{}'));
    },
    setAhead: (ms) => objects.callAll([], { 'x-ahead-ms': String(ms) }),
    ask: async (method, argument) =>
      (await objects.callAll([['ONELLM_KEYS_OBJECT', 'keys', method, argument]]))[0],

    async make(fields = {}, id = newId()) {
      const hash = newHash();
      const { records } = await objects.ask('create', { body: JSON.stringify(fields), id, hash });
      assert.equal(records?.length, 1, JSON.stringify(fields));
      return { id, hash, record: JSON.parse(records[0]) };
    },
    limit: async (key, method, argument = {}) =>
      (await objects.callAll([['ONELLM_LIMITER_OBJECT', key.id, method, { key: key.id, ...argument }]]))[0],
    /** Admits `count` requests of this cost at once. @returns {Promise<string[]>} their verdicts */
    async admit(key, money, count = 1) {
      const targets = [{ fixed: String(money), per_output_token: '0' }];
      const asks = Array.from({ length: count }, () => ({
        kind: 'request',
        id: `r${++requests}`,
        version: key.record.version,
        legs: [{ targets }],
        tokens: 10,
      }));
      const answers = await objects.callAll(
        asks.map((ask) => ['ONELLM_LIMITER_OBJECT', key.id, 'admit', { key: key.id, ask }]),
      );
      return answers.map(({ verdict }) => verdict);
    },
  };
  return objects;
}
