// A stream that is complete before its upstream ends it: the connection is used again where the end comes soon,
// and given up where it does not. The client waits for neither.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { askStream } from './support/client.mjs';
import { expectAnswer } from './support/expect.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { DONE, finish, play, role, text } from './support/openai_wire.mjs';

const ANSWER = [role(), text('All is well.'), finish(), DONE];
let upstream, gateway, main;

before(async () => {
  upstream = await startUpstream();
  gateway = await startGateway({ workers: { main: standardSettings(upstream) } });
  main = gateway.clients.main;
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

const lanes = {
  translated: { onellm: { lane: 'translated' } },
  native: { stream_options: { include_usage: true } },
};

for (const [lane, options] of Object.entries(lanes)) {
  describe(`on the ${lane} lane`, () => {
    test('an end soon after [DONE] keeps the connection', async () => {
      const model = `gpt-soon-${lane}`;
      const ports = [];
      upstream.script(model, async (call) => {
        ports.push(call.reply.socket.remotePort);
        await call.play(ANSWER, { ending: 'hang' });
        await sleep(100);
        call.reply.end();
      });
      for (let i = 0; i < 4; ++i) {
        expectAnswer(await main.chat(askStream(model, options)), { text: 'All is well.' });
        await sleep(250);
      }
      assert.equal(new Set(ports).size, 1, `four requests, the ports ${ports}`);
    });

    test('an end that never comes is waited for a second, and then the upstream is let go', async () => {
      const model = `gpt-never-${lane}`;
      upstream.script(model, play(ANSWER, { ending: 'hang' }));
      expectAnswer(await main.chat(askStream(model, options)), { text: 'All is well.' });
      const call = await upstream.called(model);
      const waited = (await call.letGo()) - call.sent.at(-1).at;
      assert.ok(waited > 800 && waited < 2500, `let go after ${Math.round(waited)} ms`);
    });
  });
}

test('the client of a translated stream does not wait for the end of the upstream', async () => {
  upstream.script('gpt-late-end', play(ANSWER, { ending: 'hang' }));
  const began = performance.now();
  expectAnswer(await main.chat(askStream('gpt-late-end', lanes.translated)), { text: 'All is well.' });
  assert.ok(performance.now() - began < 700, `${Math.round(performance.now() - began)} ms`);
});

test('a leg that lost the race is let go at once', async () => {
  upstream.script('gpt-winner', play(ANSWER));
  upstream.script('gpt-loser', play([role()], { ending: 'hang' }));
  const reply = await main.chat(askStream('gpt-winner,gpt-loser', { onellm: { merge: 'race' } }));
  assert.equal(reply.status, 200);
  const overAt = performance.now();
  assert.ok((await (await upstream.called('gpt-loser')).letGo()) - overAt < 500);
});
