// A client that goes away: every call upstream for it is cancelled, wherever the answer stood.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, askStream } from './support/client.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { hang, play, role, speak, text } from './support/openai_wire.mjs';

const SOON_MS = 1000;
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

async function cancelled(call) {
  const leftAt = performance.now();
  const took = (await call.letGo()) - leftAt;
  assert.ok(took < SOON_MS, `the call for ${call.model} was let go after ${Math.round(took)} ms`);
}

// Sends a request and leaves as soon as the upstream has it.
async function leaveBeforeHead(body, models) {
  const controller = new AbortController();
  const request = main.openChat(body, { signal: controller.signal }).catch((error) => error);
  const calls = await Promise.all(models.map((model) => upstream.called(model)));
  await sleep(50);
  controller.abort();
  for (const call of calls) await cancelled(call);
  await request;
}

for (const lane of ['native', 'translated']) {
  const more = {
    stream_options: { include_usage: true },
    ...(lane === 'translated' ? { onellm: { lane } } : {}),
  };

  describe(`on the ${lane} lane`, () => {
    test('a client that leaves before the head', async () => {
      const model = `gpt-no-head-${lane}`;
      upstream.script(model, hang());
      await leaveBeforeHead(askStream(model, more), [model]);
    });

    test('a client that leaves before the first event', async () => {
      const model = `gpt-no-event-${lane}`;
      upstream.script(model, play([], { ending: 'hang' }));
      await leaveBeforeHead(askStream(model, more), [model]);
    });

    test('a client that leaves a silent stream', async () => {
      const model = `gpt-silent-${lane}`;
      upstream.script(model, play([role(), text('one')], { ending: 'hang' }));
      const reply = await main.openChat(askStream(model, more));
      assert.ok(await reply.until('one'));
      reply.leave();
      await cancelled(await upstream.called(model));
    });

    test('a client that leaves a busy stream', async () => {
      const model = `gpt-busy-${lane}`;
      upstream.script(
        model,
        play([role(), ...Array.from({ length: 500 }, (_, i) => text(`w${i} `))], { gapMs: 10 }),
      );
      const reply = await main.openChat(askStream(model, more));
      assert.ok(await reply.until('w5 '));
      reply.leave();
      await cancelled(await upstream.called(model));
    });

    test('a client that leaves before a whole reply', async () => {
      const model = `gpt-whole-${lane}`;
      upstream.script(model, hang());
      await leaveBeforeHead(ask(model, lane === 'translated' ? { onellm: { lane } } : {}), [model]);
    });
  });
}

describe('with several legs', () => {
  test('all are cancelled in the middle of a stream', async () => {
    const models = ['gpt-leg-1', 'gpt-leg-2', 'gpt-leg-3', 'gpt-leg-4', 'gpt-leg-5'];
    for (const merge of ['concat', 'choices']) {
      for (const model of models)
        upstream.script(model, play([role(), text(`${model} speaks`)], { ending: 'hang' }));
      const before = upstream.callsOf(models[0]).length;
      const reply = await main.openChat(askStream(models.join(','), { onellm: { merge } }));
      assert.ok(await reply.until('gpt-leg-1 speaks'));
      const calls = await Promise.all(models.map((model) => upstream.called(model, before + 1)));
      reply.leave();
      await Promise.all(calls.map((call) => cancelled(call)));
    }
  });

  test('all are cancelled before the head', async () => {
    const models = ['gpt-mute-1', 'gpt-mute-2', 'gpt-mute-3'];
    for (const model of models) upstream.script(model, hang());
    await leaveBeforeHead(askStream(models.join(',')), models);
  });

  test('all are cancelled before whole replies', async () => {
    const models = ['gpt-still-1', 'gpt-still-2'];
    for (const model of models) upstream.script(model, hang());
    await leaveBeforeHead(ask(models.join(',')), models);
  });

  test('a leg that is held back is cancelled too', async () => {
    upstream.script('gpt-ahead', play([role(), text('ahead')], { ending: 'hang' }));
    upstream.script(
      'gpt-held',
      play([role(), ...Array.from({ length: 500 }, () => text('z'.repeat(2000)))], { ending: 'hang' }),
    );
    const reply = await main.openChat(askStream('gpt-ahead,gpt-held'));
    assert.ok(await reply.until('ahead'));
    await sleep(100);
    reply.leave();
    await cancelled(await upstream.called('gpt-held'));
  });
});

test('no fallback is tried for a client that has gone', async () => {
  upstream.script('gpt-gone-1', hang());
  upstream.script('gpt-gone-2', speak('nobody hears'));
  await leaveBeforeHead(askStream('gpt-gone-1|gpt-gone-2'), ['gpt-gone-1']);
  await sleep(200);
  assert.equal(upstream.callsOf('gpt-gone-2').length, 0);
});

test('clients that left cost the next ones nothing', async () => {
  upstream.script('gpt-next', speak('still here'));
  const reply = await main.chat(ask('gpt-next'));
  assert.equal(reply.json.choices[0].message.content, 'still here');
  assert.deepEqual(
    gateway.logs.filter((line) => /trap|unreachable|RuntimeError/.test(line)),
    [],
  );
});
