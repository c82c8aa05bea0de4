// Who calls, in workerd: the secrets that are keys and those that only look like one, and ten thousand wrong keys.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { ask } from '../support/client.mjs';
import { MASTER_KEY } from '../support/gateway.mjs';
import { from, newSecret, soon, startKeys, usesAll } from '../support/keys_world.mjs';
import { startUpstream } from '../support/mock_upstream.mjs';

let upstream, gateway, main;
before(async () => {
  upstream = await startUpstream();
  upstream.script('flat', usesAll);
  gateway = await startKeys(upstream);
  main = gateway.main;
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

const body = () => ask('flat', { max_tokens: 1 });
const changed = (secret, at, to) => secret.slice(0, at) + to + secret.slice(at + 1);

test('a key is taken from each of the three headers', async () => {
  const { secret } = await gateway.make();
  for (const headers of [
    { authorization: `Bearer ${secret}` },
    { authorization: `bearer ${secret}` },
    { 'x-api-key': secret },
    { 'api-key': secret },
  ])
    assert.equal((await main.chat(body(), { key: null, headers: { ...headers, ...from() } })).status, 200);
});

test('what only looks like a key is refused, without a look-up, and is not quoted', async () => {
  const { secret } = await gateway.make();
  await main.chat(body(), { key: secret, headers: from() });
  await gateway.doors();
  const other = (digit) => (digit === 'a' ? 'b' : 'a');
  const latin1 = (text) => Buffer.from(text, 'utf8').toString('latin1'); // As a header carries it.
  for (const wrong of [
    changed(secret, 20, other(secret[20])),
    changed(secret, secret.length - 1, other(secret.at(-1))),
    secret.slice(0, -1),
    `${secret}a`,
    `${secret}=`,
    `${secret} ${secret}`,
    `${secret},${secret}`,
    `${secret}%00`,
    secret.toUpperCase(),
    secret.toLowerCase(),
    secret.slice('sk-onellm-'.length),
    secret.replace('sk-onellm-', 'sk-onellm_'),
    latin1(secret.replace('o', 'о')), // Cyrillic
    latin1(secret.replace('-', '‐')),
    latin1(`\u200b${secret}`),
    'sk-onellm-',
    `sk-onellm-${'0'.repeat(49)}`,
    `sk-onellm-${'a'.repeat(7000)}`,
    `${MASTER_KEY}x`,
    MASTER_KEY.slice(0, -1),
    'null',
    'undefined',
    '*',
    "' OR '1'='1",
  ]) {
    const reply = await main.chat(body(), { key: wrong, headers: from() });
    assert.deepEqual([reply.status, reply.json.error.code], [401, 'invalid_api_key'], wrong);
    if (wrong.length > 20) assert.ok(!reply.text.includes(wrong), wrong);
  }
  assert.deepEqual((await gateway.doors()).calls, []);
});

test('a key in the address is none', async () => {
  const { secret } = await gateway.make();
  for (const name of ['key', 'api_key', 'api-key', 'apikey', 'access_token', 'authorization'])
    assert.equal(
      (await main.get(`/v1/models?${name}=${secret}`, { key: null, headers: from() })).status,
      401,
    );
  const inPath = await main.get(`/v1/${secret}/models`, { key: null, headers: from() });
  assert.ok([401, 404].includes(inPath.status));
});

test('admin routes and keys of others are closed to a key', async () => {
  const [mine, other] = [await gateway.make({ rpm_limit: 1000 }), await gateway.make({ max_budget: 1 })];
  const paths = [
    '',
    `/${other.id}`,
    `/${mine.id}`,
    '/export',
    '/import',
    `/${mine.id}/rotate`,
    '/%6bey_1',
    '/',
  ];
  for (const path of paths) {
    for (const method of ['GET', 'POST', 'PATCH', 'DELETE']) {
      const wish = method === 'GET' ? {} : { body: { max_budget: null } };
      const at = { method, path: `/v1/admin/keys${path}`, key: mine.secret, headers: from(), ...wish };
      const reply = await main.send(at);
      assert.ok([403, 404, 405].includes(reply.status), `${method} ${path}: ${reply.status}`);
      if (reply.status === 403) assert.equal(reply.json.error.code, 'permission_denied');
      assert.ok(!reply.text.includes(other.hash) && !reply.text.includes(mine.hash));
    }
  }
  const usage = await main.get('/v1/admin/usage', { key: mine.secret, headers: from() });
  assert.equal(usage.status, 403);
  const view = await main.get(`/v1/key?id=${other.id}`, { key: mine.secret, headers: from() });
  assert.ok(!view.text.includes(other.id));
});

test('an address of many wrong keys gets 429 for them, and others do not', async () => {
  const headers = { 'x-forwarded-for': '192.0.2.10' };
  const statuses = [];
  for (let i = 0; i < 15; i++)
    statuses.push((await main.chat(body(), { key: `guess ${i}`, headers })).status);
  assert.deepEqual(statuses, [...Array(10).fill(401), ...Array(5).fill(429)]);
  assert.equal((await main.chat(body(), { key: 'guess', headers: from() })).status, 401);
  assert.equal((await main.chat(body(), { headers })).status, 200, 'the master key');
});

test('a change of a limited key takes hold at once', async () => {
  const key = await gateway.make({ rpm_limit: 1000 });
  const statuses = async () => [
    (await gateway.chat(key, body())).status,
    (await main.get('/v1/key', { key: key.secret, headers: from() })).status,
  ];
  assert.deepEqual(await statuses(), [200, 200]);
  await gateway.patch(key.id, { models: ['cheap'] });
  await soon(async () => assert.equal((await gateway.chat(key, body())).status, 403), 3000);
  await gateway.patch(key.id, { blocked: true });
  await soon(async () => assert.deepEqual(await statuses(), [401, 401]), 3000);
  await gateway.patch(key.id, { blocked: false, models: null });
  await soon(async () => assert.deepEqual(await statuses(), [200, 200]), 3000);
});

const MEMORY_MORE_MAX = 4 * 1024 * 1024;

for (const [whence, headersOf] of [
  ['one address', () => ({ 'x-forwarded-for': '192.0.2.66' })],
  ['many addresses', from],
]) {
  test(`10 000 wrong keys from ${whence} stop nobody who has a right one`, async () => {
    const known = await gateway.make();
    assert.equal((await gateway.chat(known, body())).status, 200);
    const { memory } = await gateway.doors();
    const statuses = {};
    let lookUps = 0;
    const began = performance.now();
    const attack = async () => {
      const { status } = await main.get('/v1/models/echo', { key: newSecret(), headers: headersOf() });
      statuses[status] = (statuses[status] ?? 0) + 1;
    };
    for (let sent = 0; sent < 10_000; sent += 500) {
      await Promise.all(Array.from({ length: 500 }, attack));
      assert.equal((await main.chat(body(), { key: known.secret, headers: headersOf() })).status, 200);
      lookUps += (await gateway.doors()).calls.filter((call) => call === 'Registry.find').length;
    }
    const seconds = (performance.now() - began) / 1000;
    assert.deepEqual(
      Object.keys(statuses).filter((status) => !['401', '429', '503'].includes(status)),
      [],
    );
    assert.ok(lookUps <= 20 * (seconds + 1), `${lookUps} look-ups in ${seconds} s`);
    const more = (await gateway.doors()).memory - memory;
    assert.ok(more <= MEMORY_MORE_MAX, `${more} bytes more`);
    const uncached = await gateway.make();
    await soon(async () => {
      const reply = await main.chat(body(), { key: uncached.secret, headers: headersOf() });
      assert.equal(reply.status, 200);
    }, 15_000);
  });
}
