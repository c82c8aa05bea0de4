// What a key has spent in workerd: several models, fallbacks and races, clients that leave, answers of objects that get
// lost, objects and whole isolates that end in the middle. Nothing is counted twice, and nothing stays reserved.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, askStream } from '../support/client.mjs';
import { CENT, from, soon, startKeys, TOKEN, usesAll, whole } from '../support/keys_world.mjs';
import { startUpstream } from '../support/mock_upstream.mjs';
import { DONE, finish, role, text, usageChunk } from '../support/openai_wire.mjs';

let upstream, gateway, main;
before(async () => {
  upstream = await startUpstream();
  for (const model of ['flat', 'cheap']) upstream.script(model, usesAll);
  gateway = await startKeys(upstream);
  main = gateway.main;
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

const { chat } = { chat: (...given) => gateway.chat(...given) };

/** The upstream answers `slow` with this once it is let go; resolves when it is asked. */
function held(answer) {
  const go = Promise.withResolvers();
  const asked = Promise.withResolvers();
  upstream.script('slow', async (call) => {
    asked.resolve(call);
    await go.promise;
    await answer(call);
  });
  return { asked: asked.promise, go: go.resolve };
}

describe('several models', () => {
  test('several models and their fallbacks are one reservation, of the dearest of each', async () => {
    const key = await gateway.make({ max_budget: 1 });
    const slow = held((call) => call.send(200, whole('slow', 4)));
    const sent = chat(key, ask('slow,cheap|flat', { max_tokens: 10 }));
    await slow.asked;
    await gateway.settled(key, 0n, 2n * CENT); // Of `cheap|flat`, flat counts.
    slow.go();
    assert.equal((await sent).status, 200);
    await gateway.settled(key, 4n * TOKEN.slow + 10n * TOKEN.cheap);
  });

  test('a fallback that answers is settled, and the target that failed costs nothing', async () => {
    const key = await gateway.make({ max_budget: 1 });
    upstream.script('slow', (call) => call.send(500, { error: { message: 'broken' } }));
    assert.equal((await chat(key, ask('slow|cheap', { max_tokens: 10 }))).status, 200);
    await gateway.settled(key, 10n * TOKEN.cheap);
  });

  test('the loser of a race counts as what was reserved for it', async () => {
    const key = await gateway.make({ max_budget: 1 });
    upstream.script('slow', () => {}); // It never answers, so nobody knows what it has cost.
    const reply = await chat(key, ask('slow,cheap', { onellm: { merge: 'race' }, max_tokens: 10 }));
    assert.equal(reply.status, 200);
    await gateway.settled(key, 10n * TOKEN.slow + 10n * TOKEN.cheap);
  });
});

describe('clients that leave', () => {
  const LEFT = 2n * TOKEN.slow; // Two tokens for eight bytes.
  const begun = [role(), text('eight by')];

  for (const [lane, options] of [
    ['relayed', { stream_options: { include_usage: true } }],
    ['translated', {}],
  ]) {
    test(`a ${lane} stream that the client leaves counts what had come`, async () => {
      const key = await gateway.make({ max_budget: 1, max_parallel_requests: 1 });
      upstream.script('slow', (call) => call.play(begun, { ending: 'hang' }));
      const body = askStream('slow', { ...options, max_tokens: 900 });
      const reply = await main.openChat(body, { key: key.secret, headers: from() });
      assert.ok(await reply.until('eight by'));
      reply.leave();
      await gateway.settled(key, LEFT);
      assert.equal((await chat(key, ask('flat', { max_tokens: 1 }))).status, 200, 'its place is free');
    });
  }

  test('a client that leaves before the answer begins pays what was reserved', async () => {
    const key = await gateway.make({ max_budget: 1 });
    const asked = Promise.withResolvers();
    upstream.script('slow', (call) => asked.resolve(call));
    const leave = new AbortController();
    const body = ask('slow', { max_tokens: 10 });
    const sent = main
      .openChat(body, { key: key.secret, headers: from(), signal: leave.signal })
      .catch(() => {});
    await asked.promise;
    leave.abort();
    await sent;
    await gateway.settled(key, CENT);
  });

  test('of a hundred streams that are left at once nothing stays reserved', async () => {
    const key = await gateway.make({ max_budget: 100, max_parallel_requests: 100 });
    upstream.script('slow', (call) => call.play(begun, { ending: 'hang' }));
    const one = async () => {
      const body = askStream('slow', { max_tokens: 900 });
      const reply = await main.openChat(body, { key: key.secret, headers: from() });
      assert.ok(await reply.until('eight by'));
      reply.leave();
    };
    await Promise.all(Array.from({ length: 100 }, one));
    await gateway.settled(key, 100n * LEFT);
  });
});

test('a stream is settled by the usage at its end', async () => {
  const key = await gateway.make({ max_budget: 1 });
  const usage = usageChunk({ prompt_tokens: 3, completion_tokens: 7, total_tokens: 10 });
  upstream.script('slow', (call) => call.play([role(), text('well'), finish(), usage, DONE]));
  const options = { stream_options: { include_usage: true }, max_tokens: 900 };
  const reply = await chat(key, askStream('slow', options));
  assert.equal(reply.headers['x-onellm-key-remaining-usd'], '0.1');
  await gateway.settled(key, 7n * TOKEN.slow);
});

describe('objects in the middle of a request', () => {
  after(() => gateway.trouble());

  test('a settle whose answer is lost is sent again, and counts once', async () => {
    const key = await gateway.make({ max_budget: 1 });
    await gateway.doors({ troubles: { 'Limiter.settle': { kind: 'loses', times: 1 } } });
    assert.equal((await chat(key, ask('flat', { max_tokens: 10 }))).status, 200);
    let settles = 0;
    await soon(async () => {
      settles += (await gateway.doors()).calls.filter((call) => call === 'Limiter.settle').length;
      assert.equal(settles, 2);
    });
    await gateway.settled(key, CENT);
  });

  test('a settle that fails twice arrives with the third attempt', async () => {
    const key = await gateway.make({ max_budget: 1 });
    await gateway.doors({ troubles: { 'Limiter.settle': { kind: 'throws', times: 2 } } });
    assert.equal((await chat(key, ask('flat', { max_tokens: 10 }))).status, 200);
    await gateway.settled(key, CENT);
  });

  test('an admission whose answer is lost is void, and nothing stays reserved', async () => {
    const key = await gateway.make({ max_budget: 1 });
    await gateway.trouble({ 'Limiter.admit': { kind: 'loses', times: 1 } });
    const before = upstream.calls.length;
    assert.equal((await chat(key, ask('flat', { max_tokens: 10 }))).status, 503);
    assert.equal(upstream.calls.length, before);
    await gateway.settled(key, 0n);
  });

  test('a limiter that is evicted while a request is open knows it afterwards', async () => {
    const key = await gateway.make({ max_budget: 0.01, max_parallel_requests: 2 });
    const slow = held((call) => call.send(200, whole('slow', 3)));
    const sent = chat(key, ask('slow', { max_tokens: 10 }));
    await slow.asked;
    await gateway.limiter(key, 'evict').catch(() => {});
    const { json } = await chat(key, ask('slow', { max_tokens: 1 }));
    assert.equal(json.error.code, 'budget_reserved');
    slow.go();
    assert.equal((await sent).status, 200);
    await gateway.settled(key, 3n * TOKEN.slow);
  });
});
