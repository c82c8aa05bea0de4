// Bodies that are compressed: what they expand to is bounded as other bodies are, waits for room as they do, and what
// cannot be expanded is refused for that.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import zlib from 'node:zlib';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { speak } from './support/openai_wire.mjs';
import { workerdGrowthOf } from './support/workerd_cpu.mjs';

const MB = 1024 * 1024;
const GZIP = { 'content-encoding': 'gzip' };
let upstream, gateway, main;

before(async () => {
  upstream = await startUpstream();
  gateway = await startGateway({ workers: { main: standardSettings(upstream) } });
  main = gateway.clients.main;
  upstream.script('gpt-zip', speak('read'));
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

function bodyOf(bytes) {
  const [head, tail] = ['{"model":"gpt-zip","messages":[{"role":"user","content":"', '"}]}'];
  return head + 'a word '.repeat(bytes / 7) + tail;
}
const post = (body, headers = GZIP) => main.chat(body, { headers });

test('bodies that gzip expands a thousandfold stay within memory, and small requests beside them are served', async () => {
  const bomb = zlib.gzipSync(Buffer.alloc(60 * MB, ' '), { level: 9 });
  assert.ok(bomb.length < 62 * 1024, `${bomb.length} bytes`);
  assert.equal((await post(zlib.gzipSync(bodyOf(MB)))).status, 200); // The first request needs memory of its own.
  let replies, small;
  const grown = await workerdGrowthOf(async () => {
    const bombs = Promise.all(Array.from({ length: 12 }, () => post(bomb)));
    small = await Promise.all(Array.from({ length: 5 }, () => post(bodyOf(1000), {})));
    replies = await bombs;
  });
  for (const { status } of small) assert.equal(status, 200);
  for (const { status, text } of replies) assert.ok([413, 503].includes(status), text);
  assert.ok(replies.some(({ status }) => status === 413));
  assert.ok(grown === null || grown <= 120, `workerd grew by ${grown?.toFixed(0)} MB`);
  assert.equal((await post(zlib.gzipSync(bodyOf(6 * MB)))).status, 200);
});

test('six bodies that are together too large for the room wait for each other', async () => {
  const text = bodyOf(3 * MB);
  const packed = zlib.gzipSync(text);
  const replies = await Promise.all(Array.from({ length: 6 }, () => post(packed)));
  assert.deepEqual(
    replies.map(({ status }) => status),
    [200, 200, 200, 200, 200, 200],
  );
  for (const call of upstream.callsOf('gpt-zip').slice(-6)) assert.equal(call.text.length, text.length);
  const chunked = await Promise.all(
    Array.from({ length: 6 }, () => post(text, { 'transfer-encoding': 'chunked' })),
  );
  for (const reply of chunked) assert.equal(reply.status, 200, reply.text);
});

const whole = zlib.gzipSync(bodyOf(200_000));
const wrongSum = Buffer.from(whole);
wrongSum[wrongSum.length - 6] ^= 1;
for (const [what, body] of [
  ['a body that is cut', whole.subarray(0, 200)],
  ['a body without its checksum', whole.subarray(0, whole.length - 8)],
  ['a wrong checksum', wrongSum],
  ['something behind the end', Buffer.concat([whole, Buffer.from('more')])],
  ['a plain body that is said to be compressed', Buffer.from(bodyOf(1000))],
  ['a long plain body that is said to be compressed', Buffer.from(bodyOf(3 * MB))],
  ['no body', Buffer.alloc(0)],
]) {
  test(`${what} is a 400 that says what is wrong`, async () => {
    const reply = await post(body);
    assert.equal(reply.status, 400, reply.text);
    const said = what === 'no body' ? /JSON/ : /cannot be expanded.*gzip/;
    assert.match(reply.json.error.message, said);
    const messages = await main.send({ path: '/v1/messages', body, headers: GZIP });
    assert.equal(messages.status, 400, messages.text);
    assert.equal(messages.json.error.type, 'invalid_request_error');
    assert.match(messages.json.error.message, said);
  });
}

test('a long body that is refused in its middle is a reply that its client gets to read', async () => {
  const noise = Buffer.alloc(9 * MB);
  for (let at = 0; at < noise.length; at += 4) noise.writeUInt32LE((at * 2654435761) >>> 0, at);
  const long = zlib.gzipSync(noise);
  assert.ok(long.length > MB);
  for (let i = 0; i < 3; ++i) assert.equal((await post(long)).status, 413);
  assert.equal((await post(zlib.gzipSync(bodyOf(1000)))).status, 200);
});
