// A model that waits for its turn in `concat`: 256 KB of its text are kept, so its provider is done when it is done
// and every report shows that time; beyond them its provider is held back. What waited arrives as it was said.
import assert from 'node:assert/strict';
import fs from 'node:fs';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { askStream } from './support/client.mjs';
import { expectAnswer } from './support/expect.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { DONE, chunk, finish, play, role, sse, text, usageChunk } from './support/openai_wire.mjs';

const KB = 1024;
/** How long the first model takes, and what the other one's time must be well under. */
const FIRST_MS = 2500;
const QUICK_MS = 1500;
const WRITTEN_WITHIN_MS = 8000;
const concat = { onellm: { merge: 'concat' } };

let upstream, gateway, main;

before(async () => {
  upstream = await startUpstream();
  gateway = await startGateway({
    workers: { main: standardSettings(upstream, { ONELLM_LEDGER: '1' }) },
    entry: 'tests/worker/support/recording_entry.js',
    ledger: true,
  });
  main = gateway.clients.main;
  upstream.script('gpt-first', async (call) => {
    await call.play([role(), text('First.')], { ending: 'hang' });
    await sleep(FIRST_MS);
    await call.play([finish(), DONE]);
  });
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

/** `bytes` of text in words of five bytes. */
const wordsOf = (bytes) =>
  Array.from({ length: bytes / 5 }, (_, i) => `${String(i % 10_000).padStart(4, '0')} `);
/** The events of these words, as short as a provider's can be. */
const lean = (words) =>
  words.map((content) => sse({ id: 'c', choices: [{ index: 0, delta: { content } }] })).join('');

/** A column of the data points of a request, by model. The columns are read from the page, as people do. */
async function columnOf(requestId, column, count) {
  const page = fs.readFileSync(new URL('../../docs/analytics.md', import.meta.url), 'utf8');
  const placeOf = (name) => {
    const [, kind, number] = page.match(new RegExp(`^\\| \`(blob|double)(\\d+)\` \\| ${name} \\|`, 'm'));
    return ({ blobs, doubles }) => (kind === 'blob' ? blobs : doubles)[number - 1];
  };
  const [id, model, value] = ['request_id', 'model_asked', column].map(placeOf);
  for (const deadline = Date.now() + WRITTEN_WITHIN_MS; ; await sleep(50)) {
    const { points } = (await main.get('/debug/points')).json;
    const own = points.filter((point) => id(point) === requestId);
    if (own.length === count) return Object.fromEntries(own.map((point) => [model(point), value(point)]));
    assert.ok(Date.now() < deadline, `${own.length} data points, not ${count}`);
  }
}

async function ledgerOf(model) {
  for (const deadline = Date.now() + WRITTEN_WITHIN_MS; ; await sleep(100)) {
    const { data } = (await main.get('/v1/admin/usage?group_by=model')).json;
    const row = data.find((group) => group.model === model);
    if (row) return row;
    assert.ok(Date.now() < deadline, `${model} is not in the ledger`);
  }
}

test('200 KB of text in words of five bytes wait here, and every report shows when their provider was done', async () => {
  const words = wordsOf(200 * KB);
  const all = [role(), lean(words), finish(), usageChunk(), DONE].join('');
  upstream.script('gpt-quick', play([all.replaceAll('up-snapshot', 'gpt-quick')]));
  const reply = await main.chat(askStream('gpt-first,gpt-quick', concat));
  const stream = expectAnswer(reply, { text: `First.\n\n${words.join('')}` });
  const [first, quick] = stream.onellm.legs;
  assert.ok(first.total_ms >= FIRST_MS - 50, `${first.total_ms} ms`);
  assert.ok(quick.total_ms < QUICK_MS, `${quick.total_ms} ms in onellm.legs`);
  const points = await columnOf(reply.headers['x-request-id'], 'total_ms', 2);
  assert.ok(points['gpt-first'] >= FIRST_MS - 50, `${points['gpt-first']} ms in the data point`);
  assert.ok(points['gpt-quick'] < QUICK_MS, `${points['gpt-quick']} ms in the data point`);
  const row = await ledgerOf('gpt-quick');
  assert.equal(row.calls, 1);
  assert.ok(row.total_ms < QUICK_MS, `${row.total_ms} ms in the ledger`);
});

test('each of four models that wait has room for that', async () => {
  const words = wordsOf(200 * KB);
  const models = [1, 2, 3, 4].map((i) => `gpt-quick-${i}`);
  const all = [role(), lean(words), finish(), DONE].join('');
  for (const model of models) upstream.script(model, play([all]));
  const reply = await main.chat(askStream(['gpt-first', ...models].join(','), concat));
  const { onellm } = expectAnswer(reply, {
    text: ['First.', ...models.map(() => words.join(''))].join('\n\n'),
  });
  // Five connections share the cores of this machine with four times as much to read.
  for (const leg of onellm.legs.slice(1)) assert.ok(leg.total_ms < FIRST_MS, `${leg.total_ms} ms`);
});

test('reasoning that waits takes nothing of the room for text', async () => {
  const words = wordsOf(200 * KB);
  const thoughts = wordsOf(100 * KB).map((part) => sse(chunk({ reasoning_content: part })));
  upstream.script('gpt-thinks', play([role(), thoughts.join(''), lean(words), finish(), DONE]));
  const reply = await main.chat(askStream('gpt-first,gpt-thinks', concat));
  const { onellm, choices } = expectAnswer(reply, { text: `First.\n\n${words.join('')}` });
  assert.equal(choices[0].reasoning.length, 100 * KB);
  assert.ok(onellm.legs[1].total_ms < FIRST_MS, `${onellm.legs[1].total_ms} ms`);
});

test('more than 256 KB of text in short words are held back at their provider, and arrive whole', async () => {
  const batch = wordsOf(10 * KB); // 10 KB of text in 140 KB of events
  const bytes = batch.map((content) => text(content)).join('');
  const batches = 80;
  let sent = 0;
  upstream.script('gpt-flood', async (call) => {
    call.startStream();
    call.reply.write(role());
    for (; sent < batches && !call.closed; sent += 1) {
      if (!call.reply.write(bytes)) await new Promise((resolve) => call.reply.once('drain', resolve));
    }
    call.reply.end(finish() + DONE);
  });
  let sentWhileWaiting;
  upstream.script('gpt-slow', async (call) => {
    await call.play([role(), text('First.')], { ending: 'hang' });
    await sleep(2000);
    sentWhileWaiting = sent;
    await call.play([finish(), DONE]);
  });
  const reply = await main.chat(askStream('gpt-slow,gpt-flood', concat), { deadlineMs: 60_000 });
  const stream = expectAnswer(reply, { text: `First.\n\n${batch.join('').repeat(batches)}` });
  assert.ok(sentWhileWaiting >= 25, `held back after ${sentWhileWaiting * 10} KB of text`);
  assert.ok(sentWhileWaiting < batches * 0.8, `${sentWhileWaiting} of ${batches} parts were taken`);
  assert.ok(stream.onellm.legs[1].total_ms < 1900, "that it was held back is not its provider's time");
});

test('what waited arrives as it was said: order, thoughts, refusals, logprobs, halves of an emoji', async () => {
  const rounds = Array.from({ length: 50 }, (_, i) => i);
  const events = rounds.flatMap((i) => [
    sse(chunk({ reasoning_content: `think ${i} ` })),
    sse(chunk({ reasoning_content: 'more. ' })),
    text(`word${i} `),
    text('joined '),
    'data: {"id":"c","choices":[{"index":0,"delta":{"content":"\\ud83d"}}]}\n\n',
    'data: {"id":"c","choices":[{"index":0,"delta":{"content":"\\ude00"}}]}\n\n',
    sse({
      id: 'c',
      choices: [
        {
          index: 0,
          delta: { content: 'sure ' },
          logprobs: { content: [{ token: `sure${i}`, logprob: -0.5, bytes: null, top_logprobs: [] }] },
        },
      ],
    }),
  ]);
  upstream.script(
    'gpt-mixed',
    play([[role(), ...events, sse(chunk({ refusal: 'No.' })), finish(), DONE].join('')]),
  );
  const stream = expectAnswer(await main.chat(askStream('gpt-first,gpt-mixed', concat)), {
    text: `First.\n\n${rounds.map((i) => `word${i} joined 😀sure `).join('')}`,
  });
  const [choice] = stream.choices;
  assert.equal(choice.reasoning, rounds.map((i) => `think ${i} more. `).join(''));
  assert.equal(choice.refusal.trim(), 'No.');
  const deltas = stream.chunks.flatMap(({ choices }) => choices);
  const tokens = deltas.flatMap(({ logprobs }) => logprobs?.content ?? []).map(({ token }) => token);
  assert.deepEqual(
    tokens,
    rounds.map((i) => `sure${i}`),
  );
  const order = deltas.map(({ delta }) => delta.reasoning_content ?? delta.content ?? '').join('');
  const tail = order.slice(order.indexOf('think 0')).replace('\n\n', '');
  assert.equal(tail, rounds.map((i) => `think ${i} more. word${i} joined 😀sure `).join(''));
  for (const { model, choices } of stream.chunks) {
    if (choices[0]?.delta.reasoning_content) assert.equal(model, 'gpt-mixed');
  }
});
