// No secret of a key, whole or in part, and no hash of one in any form, in anything that is kept or said: logs, data
// points, the ledger, replies, what goes to providers. Everything that a key meets is provoked here, with bodies logged.
import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { after, before, test } from 'node:test';
import { ask, askStream } from '../support/client.mjs';
import { from, newSecret, soon, startKeys, usesAll } from '../support/keys_world.mjs';
import { adminOf } from '../support/keys_admin.mjs';
import { startUpstream } from '../support/mock_upstream.mjs';
import { DONE, finish, role, text } from '../support/openai_wire.mjs';

let upstream, gateway, admin;
/** Replies of all requests but those that hand out a secret or an export. */
const told = [];
const secrets = [];

before(async () => {
  upstream = await startUpstream();
  for (const model of ['flat', 'cheap']) upstream.script(model, usesAll);
  upstream.script('slow', (call) => call.play([role(), text('well'), finish(), DONE]));
  const settings = { ONELLM_LEDGER: '1', ONELLM_LOG_LEVEL: 'debug', ONELLM_LOG_BODIES: '1' };
  gateway = await startKeys(upstream, settings, { ledger: true });
  admin = adminOf(gateway.main);
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

const note = (reply) => {
  told.push(JSON.stringify(reply.headers) + reply.text);
  return reply;
};
const use = async (key, body, more) => note(await gateway.chat(key, body, { headers: from(), ...more }));
const get = async (key, path) => note(await gateway.main.get(path, { key, headers: from() }));

async function handedOut(reply) {
  const { key, ...record } = (await reply).json;
  assert.match(key, /^sk-onellm-/);
  secrets.push(key);
  return { secret: key, ...record };
}
const make = (fields) => handedOut(admin.ask('POST', '', fields));
const rotate = (id, grace_seconds) => handedOut(admin.ask('POST', `/${id}/rotate`, { grace_seconds }));

test('everything that a key meets is met', async () => {
  const free = await make({ key_alias: 'the free one' });
  const full = { max_budget: 1, rpm_limit: 500, tpm_limit: 100_000, max_parallel_requests: 5 };
  const limited = await make({ key_alias: 'the limited one', models: ['flat', 'slow'], ...full });
  const spent = await make({ max_budget: 0 });
  const blocked = await make({ blocked: true });

  for (const key of [free, limited, spent, blocked]) {
    await use(key, ask('flat', { max_tokens: 5 }));
    await use(key, askStream('slow', { max_tokens: 5 }));
    await use(key, ask('cheap', { max_tokens: 5 }));
    note(await gateway.messages(key, { model: 'flat', messages: [{ role: 'user', content: 'hi' }] }));
    for (const path of ['/v1/key', '/v1/usage', '/v1/models', '/v1/admin/keys', '/v1/admin/keys/export'])
      await get(key.secret, path);
    note(await admin.ask('GET', `/${key.id}`));
    note(await admin.ask('PATCH', `/${key.id}`, { metadata: { a: 'b' } }));
  }
  note(await admin.ask('GET', '?limit=100'));

  // People paste their key where it does not belong.
  for (const { secret } of [free, limited]) {
    for (const body of [
      ask('flat', { messages: [{ role: 'user', content: `my key is ${secret}` }], max_tokens: 5 }),
      ask('flat', { user: secret, max_tokens: 5 }),
      ask(secret, { max_tokens: 5 }),
      ask(`openai/${secret}`, { max_tokens: 5 }),
      ask(`flat,${secret}|${secret}`, { max_tokens: 5 }),
      `{"model":"flat","key":"${secret}"`,
    ])
      await gateway.main.chat(body, { key: secret, headers: from() });
  }

  const second = await rotate(limited.id, 600);
  const third = await rotate(free.id, 0);
  for (const secret of [limited.secret, second.secret, free.secret, third.secret])
    await use(secret, ask('flat', { max_tokens: 5 }));

  for (const wrong of [newSecret(), newSecret()]) {
    secrets.push(wrong);
    assert.equal((await use(wrong, ask('flat'))).status, 401);
  }

  // Objects that fail write into the log.
  const broken = { kind: 'throws' };
  await gateway.trouble({ 'Registry.find': broken, 'Limiter.admit': broken, 'Limiter.settle': broken });
  const fresh = await make();
  assert.equal((await use(fresh, ask('flat'))).status, 503);
  assert.equal((await use(second, ask('flat', { max_tokens: 5 }))).status, 503);
  await gateway.trouble();

  await admin.ask('DELETE', `/${spent.id}`);
  await use(spent, ask('flat'));
});

/** What nobody may see: every secret, its parts, and its hash as anybody may write it. */
function forbidden() {
  const texts = new Map();
  for (const secret of secrets) {
    texts.set(secret.slice(12, 36), 'a secret');
    texts.set(secret.slice(30, 54), 'the end of a secret');
    const hash = createHash('sha256').update(secret).digest();
    for (const form of ['hex', 'base64', 'base64url', 'latin1']) {
      texts.set(hash.toString(form).slice(0, 32), `a hash in ${form}`);
    }
    texts.set(hash.toString('hex').toUpperCase(), 'a hash in capitals');
  }
  return texts;
}

function expectNone(where, said, has = []) {
  assert.ok(said.length > 0, where);
  for (const text of has) assert.ok(said.includes(text), `${where} has ${text}`);
  for (const [text, what] of forbidden()) {
    const at = said.indexOf(text);
    assert.equal(at, -1, `${what} in ${where}: ${said.slice(Math.max(0, at - 200), at + 80)}`);
  }
}

test('logs have the alias and the id of a key, and no secret', async () => {
  await soon(async () => assert.match(gateway.logs.join('\n'), /Limiter|ONELLM_LIMITER_OBJECT/));
  expectNone('the logs', gateway.logs.join('\n'), ['the free one', 'the limited one', 'key_']);
});

test('data points have no secret', async () => {
  const { points } = await gateway.doors();
  expectNone('the data points', JSON.stringify(points), ['key_']);
});

test('the ledger has no secret', async () => {
  let said;
  await soon(async () => {
    const groups = await Promise.all(
      ['key', 'model', 'provider', 'key,model'].map((group) =>
        gateway.main.get(`/v1/admin/usage?group_by=${group}`),
      ),
    );
    said = groups.map((reply) => reply.text).join('\n');
    assert.match(said, /key_/);
  });
  expectNone('the ledger', said);
});

test('replies have no secret and no hash', () =>
  expectNone('the replies', told.join('\n'), ['the limited one']));

test('nothing of a key goes to a provider', () => {
  const pasted = upstream.calls.filter(({ text }) => !text.includes('sk-onellm-'));
  const said = pasted.map((call) => JSON.stringify(call.headers) + call.path + call.text).join('\n');
  expectNone('what goes up', said);
  assert.doesNotMatch(said, /key_\w{22}|the limited one/);
});
