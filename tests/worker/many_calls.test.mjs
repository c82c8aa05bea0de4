// `concat` makes the ids of calls unique over all models, in time that grows with the number of calls alone.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask, askStream } from './support/client.mjs';
import { expectAnswer } from './support/expect.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { DONE, chunk, completion, finish, role, sse } from './support/openai_wire.mjs';
import { workerdSecondsOf } from './support/workerd_cpu.mjs';

const LEGS = 5;
const CALLS = 1000;
/** Some 0.3 s here; quadratic, it took 6 to 12. */
const CPU_SECONDS_MAX = 2;
const concat = { onellm: { merge: 'concat' } };

let upstream, gateway, main;

before(async () => {
  upstream = await startUpstream();
  gateway = await startGateway({ workers: { main: standardSettings(upstream) } });
  main = gateway.clients.main;
  await main.chat(ask('echo'));
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

const callsWith = (idOf) =>
  Array.from({ length: CALLS }, (_, i) => ({
    id: idOf(i),
    type: 'function',
    function: { name: 'do', arguments: `{"number":${i}}` },
  }));

/** A model that makes all these calls, each whole in a chunk of its own. */
const caller = (calls) => (call) => {
  if (!call.json.stream) {
    return call.send(200, completion(null, { finish_reason: 'tool_calls', message: { tool_calls: calls } }));
  }
  const deltas = calls.map((one, index) => sse(chunk({ tool_calls: [{ index, ...one }] })));
  return call.play([role(), deltas.join(''), finish('tool_calls'), DONE]);
};

const WAYS = {
  'all share one id': () => 'call_0',
  'have ids that look like renumbered ones': (i) => (i % 2 ? 'call_0' : `call_0_${i}`),
  'are numbered from 0 in each model': (i) => `call_${i}`,
};

for (const [way, idOf] of Object.entries(WAYS)) {
  // A whole reply that gives one id to all its calls has a test of its own.
  const kinds = way === 'all share one id' ? [true] : [true, false];
  for (const stream of kinds) {
    test(`5 000 calls that ${way} get unique ids${stream ? ', streamed' : ''}`, async () => {
      upstream.script('gpt-many', caller(callsWith(idOf)));
      const body = (stream ? askStream : ask)(Array(LEGS).fill('gpt-many').join(','), concat);
      let reply;
      const seconds = await workerdSecondsOf(async () => {
        reply = await main.chat(body);
      });
      assert.equal(reply.status, 200, reply.text.slice(0, 500));
      const calls = stream
        ? expectAnswer(reply, { finish_reason: 'tool_calls' }).choices[0].tool_calls
        : reply.json.choices[0].message.tool_calls.map(({ id, function: own }) => ({ id, ...own }));
      assert.equal(calls.length, LEGS * CALLS);
      assert.equal(new Set(calls.map(({ id }) => id)).size, LEGS * CALLS, 'an id twice');
      for (const [i, call] of calls.entries()) assert.equal(call.arguments, `{"number":${i % CALLS}}`);
      if (seconds !== null) assert.ok(seconds < CPU_SECONDS_MAX, `${seconds} s of CPU`);
    });
  }
}

test('calls of a whole reply that share an id stay apart', async () => {
  upstream.script('gpt-same', caller(callsWith(() => 'call_0').slice(0, 3)));
  const reply = await main.chat(ask('gpt-same,gpt-same', concat));
  const calls = reply.json.choices[0].message.tool_calls;
  assert.deepEqual(
    calls.map((call) => call.function.arguments),
    [0, 1, 2, 0, 1, 2].map((number) => `{"number":${number}}`),
  );
  assert.equal(new Set(calls.map(({ id }) => id)).size, 6);
});
