// The data points and log lines of real requests, read back for each way in which one can end. What stands in
// which column is read from docs/analytics.md, as people do.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { ask, askStream } from './support/client.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { completion, hang, play, refuse, role, speak, text, usageChunk } from './support/openai_wire.mjs';

const WRITTEN_WITHIN_MS = 3000;
const PROMPT = 'marked-prompt';
const ANSWER = 'marked-answer';
const withUsage = { stream_options: { include_usage: true } };
const translated = { onellm: { lane: 'translated' } };
const said = (more) => ({ messages: [{ role: 'user', content: PROMPT }], ...more });

const page = fs.readFileSync(new URL('../../docs/analytics.md', import.meta.url), 'utf8');
const columns = [...page.matchAll(/^\| `(index|blob|double)(\d+)` \| (\w+) \|/gm)].map(
  ([, kind, number, name]) => ({ kind: kind === 'index' ? 'indexes' : `${kind}s`, at: number - 1, name }),
);

let upstream, gateway, main, retrying;

before(async () => {
  upstream = await startUpstream();
  gateway = await startGateway({
    workers: {
      main: standardSettings(upstream),
      retrying: standardSettings(upstream, { ONELLM_RETRIES: '1' }),
    },
    entry: 'tests/worker/support/recording_entry.js',
  });
  ({ main, retrying } = gateway.clients);
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

const recorded = async (client) => (await client.get('/debug/points')).json;

/** The points of one request, by the names of their columns, as soon as there are so many. */
async function pointsOf(reply, count = 1, client = main) {
  const deadline = Date.now() + WRITTEN_WITHIN_MS;
  for (;;) {
    const { points } = await recorded(client);
    const found = points
      .map((point) => Object.fromEntries(columns.map(({ kind, at, name }) => [name, point[kind][at]])))
      .filter(({ request_id }) => request_id === reply.headers['x-request-id']);
    if (found.length >= count || Date.now() > deadline) {
      assert.equal(found.length, count, JSON.stringify(found));
      assert.equal(found.filter(({ first }) => first === 'yes').length, 1);
      return found;
    }
    await sleep(20);
  }
}

/** The line of the log of one request. */
function lineOf(reply) {
  const lines = gateway.logs
    .filter((line) => line.includes(reply.headers['x-request-id']))
    .map((line) => JSON.parse(line.slice(line.indexOf('{'))));
  assert.equal(lines.length, 1);
  return lines[0];
}

for (const [lane, more] of Object.entries({ native: {}, translated })) {
  for (const stream of [true, false]) {
    test(`an answer of the ${lane} lane, ${stream ? 'streamed' : 'whole'}`, async () => {
      const model = `gpt-4o-${lane}-${stream}`;
      const usage = { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 };
      upstream.script(model, speak(ANSWER, { usage, delayMs: 30 }));
      const body = said({ ...more, ...(stream ? { stream, ...withUsage } : {}) });
      const reply = await main.chat(ask(model, body), {
        headers: { 'cf-ipcountry': 'CH', 'cf-ray': '8f0a1b2c3d4e5f60-ZRH' },
      });
      const [point] = await pointsOf(reply);
      assert.equal(point.key_id, 'master');
      assert.equal(point.model_asked, model);
      assert.equal(point.model_served, 'up-snapshot');
      assert.equal(point.provider, 'openai');
      assert.equal(point.route, '/v1/chat/completions');
      assert.equal(point.outcome, 'ok');
      assert.equal(point.usage, 'reported');
      assert.deepEqual([point.prompt_tokens, point.completion_tokens], [1000, 200]);
      assert.equal(point.status, 200);
      assert.ok(point.total_ms >= 25 && point.first_token_ms >= 25, JSON.stringify(point));
      assert.deepEqual([point.attempt, point.legs], [1, 1]);
      assert.ok(point.bytes_in > 50 && point.bytes_out > 50);
      const line = lineOf(reply);
      assert.equal(line.level, 'info');
      assert.equal(line.legs[0].prompt_tokens, 1000);
      assert.match(reply.headers['server-timing'], /^upstream;dur=\d+, gateway;dur=\d+$/);
    });
  }
}

test('what an answer cost is the same in the reply, the point and the log', async () => {
  const usage = { prompt_tokens: 1000, completion_tokens: 200, total_tokens: 1200 };
  upstream.script('gpt-4o', (call) =>
    call.send(200, completion('Well.', { usage, model: 'gpt-4o-2024-08-06' })),
  );
  const reply = await main.chat(ask('gpt-4o', translated));
  // 1000 tokens at $2.50 and 200 at $10 for a million.
  assert.equal(reply.headers['x-onellm-cost'], '0.0045');
  assert.equal(reply.json.usage.cost, 0.0045);
  const [point] = await pointsOf(reply);
  assert.deepEqual([point.cost_usd, point.price_known], [0.0045, 'yes']);
  assert.equal(lineOf(reply).legs[0].cost, 0.0045);
});

test('a refusal of the upstream', async () => {
  upstream.script('gpt-slow', refuse(429, { code: 'rate_limit_exceeded' }));
  const reply = await main.chat(ask('gpt-slow'));
  const [point] = await pointsOf(reply);
  assert.deepEqual(
    [point.outcome, point.error_code, point.status, point.usage],
    ['error', 'rate_limit_exceeded', 429, 'none'],
  );
  assert.equal(lineOf(reply).level, 'warn');
});

test('a retry', async () => {
  let calls = 0;
  upstream.script('gpt-again', (call) => (++calls === 1 ? refuse(503, {})(call) : speak(ANSWER)(call)));
  const reply = await retrying.chat(ask('gpt-again'));
  assert.equal(reply.status, 200);
  const points = await pointsOf(reply, 2, retrying);
  assert.deepEqual(
    points.map(({ outcome, attempt }) => [outcome, attempt]),
    [
      ['error', 1],
      ['ok', 2],
    ],
  );
});

test('a fallback', async () => {
  upstream.script('gpt-gone', refuse(404, { code: 'model_not_found' }));
  upstream.script('gpt-there', speak(ANSWER));
  const reply = await main.chat(ask('gpt-gone|gpt-there'));
  const points = await pointsOf(reply, 2);
  assert.deepEqual(
    points.map(({ outcome }) => outcome),
    ['error', 'ok'],
  );
});

for (const [lane, more] of Object.entries({ native: {}, translated })) {
  test(`a client that leaves in the middle of a stream on the ${lane} lane`, async () => {
    const model = `gpt-left-${lane}`;
    upstream.script(model, play([role(), text(`${ANSWER} `.repeat(10))], { ending: 'hang' }));
    const reply = await main.openChat(askStream(model, said({ ...withUsage, ...more })));
    assert.ok(await reply.until(ANSWER));
    await sleep(400); // The copies of a relayed stream come every so often.
    reply.leave();
    const [point] = await pointsOf(reply);
    assert.deepEqual([point.outcome, point.usage], ['client_gone', 'estimated']);
    assert.ok(point.completion_tokens >= 30 && point.completion_tokens < 60, JSON.stringify(point));
    assert.ok(point.prompt_tokens > 0);
  });

  test(`a client that leaves after a report on the ${lane} lane`, async () => {
    const model = `gpt-left-late-${lane}`;
    const usage = { prompt_tokens: 40, completion_tokens: 90, total_tokens: 130 };
    upstream.script(model, play([role(), text(ANSWER), usageChunk(usage)], { ending: 'hang' }));
    const reply = await main.openChat(askStream(model, said({ ...withUsage, ...more })));
    assert.ok(await reply.until(ANSWER));
    await sleep(400);
    reply.leave();
    const [point] = await pointsOf(reply);
    assert.deepEqual(
      [point.outcome, point.usage, point.prompt_tokens, point.completion_tokens],
      ['client_gone', 'reported', 40, 90],
    );
  });

  test(`a stream that is cut on the ${lane} lane`, async () => {
    const model = `gpt-cut-${lane}`;
    upstream.script(model, play([role(), text(ANSWER)], { ending: 'reset' }));
    const reply = await main.chat(askStream(model, said({ ...withUsage, ...more })));
    const [point] = await pointsOf(reply);
    assert.deepEqual([point.outcome, point.error_code, point.usage], ['error', 'upstream_cut', 'estimated']);
  });
}

test('a race and its loser', async () => {
  upstream.script('gpt-fast', speak(ANSWER));
  upstream.script('gpt-late', hang());
  const reply = await main.chat(askStream('gpt-late,gpt-fast', { onellm: { merge: 'race' } }));
  const points = await pointsOf(reply, 2);
  assert.deepEqual(Object.fromEntries(points.map(({ model_asked, outcome }) => [model_asked, outcome])), {
    'gpt-late': 'lost',
    'gpt-fast': 'ok',
  });
  assert.ok(points.every(({ merge, legs }) => merge === 'race' && legs === 2));
});

test('requests that reach nobody', async () => {
  const outcomes = [];
  for (const [body, options] of [
    [ask('no-such-model')],
    [ask('gpt-any'), { key: 'wrong' }],
    ['{'],
    [ask('echo')],
  ]) {
    const [point] = await pointsOf(await main.chat(body, options));
    outcomes.push([point.outcome, point.error_code, point.key_id, point.provider]);
  }
  assert.deepEqual(outcomes, [
    ['refused', 'model_not_found', 'master', ''],
    ['refused', 'invalid_api_key', '', ''],
    ['refused', outcomes[2][1], 'master', ''],
    ['ok', '', 'master', 'echo'],
  ]);
});

test('no point breaks a limit, and none tells what was said', async () => {
  const { points, refused } = await recorded(main);
  assert.ok(points.length > 15);
  assert.deepEqual(refused, []);
  const kept = JSON.stringify(points) + gateway.logs.join('\n');
  assert.doesNotMatch(kept, /marked-prompt|marked-answer|hush/);
});
