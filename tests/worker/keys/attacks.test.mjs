// Attacks of somebody who has a key, in workerd: on its models, on its limits, and on what is stored at the providers.
// What is refused never goes up.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask } from '../support/client.mjs';
import { CENT, from, startKeys, usesAll, whole } from '../support/keys_world.mjs';
import { startUpstream } from '../support/mock_upstream.mjs';

let upstream, gateway;
before(async () => {
  upstream = await startUpstream();
  for (const model of ['flat', 'cheap']) upstream.script(model, usesAll);
  upstream.script('gpt-4o', (call) => call.send(200, whole('gpt-4o', 1)));
  gateway = await startKeys(upstream);
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

const raw = (key, body, more) =>
  gateway.chat(key, typeof body === 'string' ? body : JSON.stringify(body), more);

async function expectRefused(key, body, statuses, what = body) {
  const calls = upstream.calls.length;
  const reply = await raw(key, body);
  assert.ok(
    [statuses].flat().includes(reply.status),
    `${JSON.stringify(what)}: ${reply.status} ${reply.text}`,
  );
  assert.equal(upstream.calls.length, calls, `${JSON.stringify(what)} went up`);
  return reply;
}

describe('models that a key may not use', () => {
  const keyFor = (...models) => gateway.make({ models });

  test('are refused beside one that it may use, as a fallback and behind an alias', async () => {
    const key = await keyFor('flat', 'safely');
    for (const model of [
      'flat|cheap',
      'cheap|flat',
      'flat,cheap',
      'flat, cheap',
      'flat,flat|cheap',
      'host/cheap',
      'quickly', // No pattern has its name.
      'safely', // One of those that it stands for is forbidden.
      'flat,safely',
    ]) {
      const reply = await expectRefused(key, ask(model), 403);
      assert.equal(reply.json.error.code, 'model_not_allowed');
    }
    assert.equal((await raw(key, ask('host/flat', { max_tokens: 1 }))).status, 200);
  });

  test('are not reached by another spelling', async () => {
    const key = await keyFor('cheap', 'host/cheap');
    for (const model of [
      'Flat',
      'FLAT',
      'fl\u0430t', // A Cyrillic letter.
      'ﬂat', // A ligature.
      'flat\u200b',
      ' flat',
      'flat ',
      'flat\u0000',
      'cheap\u0000|flat',
      'cheap/../flat',
      'host/cheap/../flat',
      'HOST/flat',
      'host//flat',
      'cheap%7Cflat',
      'cheap%2Cflat',
      'cheap\n|flat',
    ])
      await expectRefused(key, ask(model), [400, 403, 404]);
  });

  test('a pattern ends where it says', async () => {
    const key = await keyFor('fla', 'lat', 'other/*', 'hos/flat', 'flat/', '/flat', 'fla?');
    await expectRefused(key, ask('flat'), 403);
    assert.equal((await raw(await keyFor('fl*'), ask('flat', { max_tokens: 1 }))).status, 200);
  });

  test('are not named a second time', async () => {
    const key = await keyFor('cheap');
    const rest = '"messages":[{"role":"user","content":"hi"}],"max_tokens":1';
    for (const body of [
      `{"model":"cheap","model":"flat",${rest}}`,
      `{"model":"flat","model":"cheap",${rest}}`,
      `{"model":"cheap","mod\\u0065l":"flat",${rest}}`,
      `{"model":"cheap","models":["flat"],${rest}}`,
      `{"model":"cheap","fallbacks":["flat"],${rest}}`,
      `{"model":["cheap","flat"],${rest}}`,
      `{"model":{"cheap":"flat"},${rest}}`,
    ])
      await expectRefused(key, body, [400, 403]);
  });

  test('are not listed', async () => {
    const key = await keyFor('cheap');
    const { json } = await gateway.main.get('/v1/models?providers=host', {
      key: key.secret,
      headers: from(),
    });
    assert.deepEqual(
      json.data.map(({ id }) => id).filter((id) => /flat|slow|safely|quickly/.test(id)),
      [],
    );
    const one = await gateway.main.get('/v1/models/flat', { key: key.secret, headers: from() });
    assert.equal(one.status, 404);
  });
});

describe('limits of the output', () => {
  test('that are no such number are refused by name', async () => {
    const key = await gateway.make({ max_budget: 100 });
    const values = ['-1', '1e30', '1e3', '"100"', '1.5', '0', 'true', '[]', '{}', '10000001', '-0', '1e400'];
    for (const name of ['max_tokens', 'max_completion_tokens', 'max_output_tokens']) {
      for (const value of values) {
        const body = `{"model":"flat","messages":[{"role":"user","content":"hi"}],"${name}":${value}}`;
        await expectRefused(key, body, 400);
      }
    }
  });

  test('of which there are two count with the larger one', async () => {
    const key = await gateway.make({ max_budget: 0.05 });
    const messages = '"messages":[{"role":"user","content":"hi"}]';
    for (const limits of [
      '"max_tokens":1,"max_completion_tokens":100',
      '"max_completion_tokens":100,"max_tokens":1',
      '"max_tokens":1,"max_tokens":100',
      '"max_tokens":100,"max_tokens":1',
      '"max_tokens":1,"max\\u005ftokens":100',
    ])
      await expectRefused(key, `{"model":"flat",${messages},${limits}}`, [400, 429]);
  });

  test('count for each answer that is asked for', async () => {
    const key = await gateway.make({ max_budget: 0.1 });
    for (const n of ['128', '11', '"11"', '1e1', '11.0', '1000000000000', '-1'])
      await expectRefused(
        key,
        `{"model":"flat","messages":[{"role":"user","content":"hi"}],"max_tokens":10,"n":${n}}`,
        [400, 429],
        n,
      );
    const several = ask(Array(11).fill('flat').join(','), { max_tokens: 100 });
    await expectRefused(key, several, [400, 429]);
    upstream.script('slow', (call) => call.send(200, whole('slow', 100)));
    assert.equal((await raw(key, ask('slow', { max_tokens: 10, n: 10 }))).status, 200);
    await gateway.settled(key, 10n * CENT);
  });

  test('are not widened by the options of the gateway', async () => {
    const key = await gateway.make({ max_budget: 0.01 });
    for (const onellm of [
      { max_tokens: 1000 },
      { extra_body: { max_tokens: 1000 } },
      { params: { n: 100 } },
    ]) {
      const calls = upstream.calls.length;
      const reply = await raw(key, ask('flat', { max_tokens: 1, onellm }));
      const sent = upstream.calls.slice(calls);
      assert.ok(
        reply.status === 400 || sent.every(({ json }) => json.max_tokens === 1 && json.n === undefined),
      );
    }
  });
});

const envelope = (content) => `onellm1.${Buffer.from(JSON.stringify(content)).toString('base64url')}`;

test('an envelope carries no members to a provider', async () => {
  const key = await gateway.make();
  const thought = { type: 'thinking', thinking: 'hm', signature: 'c2ln' };
  const claude = { p: 'anthropic', m: 'claude-sonnet-4-5', k: 'thinking' };
  let body;
  upstream.script('claude-sonnet-4-5', (call) => {
    body = call.text;
    const usage = { input_tokens: 1, output_tokens: 1 };
    const content = [{ type: 'text', text: 'well' }];
    call.send(200, {
      id: 'msg',
      type: 'message',
      role: 'assistant',
      content,
      stop_reason: 'end_turn',
      usage,
    });
  });
  for (const more of [
    { container: 'container_stolen' },
    { file_id: 'file_stolen' },
    { source: { type: 'file', file_id: 'file_stolen' } },
    { type: 'container_upload', file_id: 'file_stolen' },
    { max_tokens: 100_000 },
    { 'signature":"x","file_id': 'file_stolen' },
  ]) {
    const signature = envelope({ ...claude, v: { ...thought, ...more } });
    const messages = [
      { role: 'user', content: 'hi' },
      {
        role: 'assistant',
        content: 'well',
        thinking_blocks: [{ type: 'thinking', thinking: 'hm', signature }],
      },
      { role: 'user', content: 'on' },
    ];
    body = '';
    const { status } = await raw(key, { model: 'claude-sonnet-4-5', max_tokens: 9, messages });
    assert.ok([200, 400].includes(status));
    assert.doesNotMatch(body, /stolen|100000/, JSON.stringify(more));
  }
});

test('headers of a client choose no account, and its key never goes up', async () => {
  const key = await gateway.make();
  const headers = {
    ...from(),
    'openai-organization': 'org-other',
    'openai-project': 'proj-other',
    'anthropic-workspace-id': 'wrkspc_other',
    'anthropic-user-profile-id': 'other',
  };
  const calls = upstream.calls.length;
  assert.equal((await raw(key, ask('gpt-4o'), { headers })).status, 200);
  const sent = JSON.stringify([upstream.calls[calls].headers, upstream.calls[calls].text]);
  assert.doesNotMatch(sent, /other/);
  for (const text of [key.secret, key.hash, key.id]) assert.ok(!sent.includes(text));
});

test('alias and metadata of a key get into no header of a reply', async () => {
  const metadata = { 'x\r\nset-cookie: a': 'b\r\nset-cookie: c' };
  const key = await gateway.make({ key_alias: 'Team: Ü', metadata, rpm_limit: 100, max_budget: 1 });
  const reply = await raw(key, ask('flat', { max_tokens: 1 }));
  assert.equal(reply.status, 200);
  assert.equal(reply.headers['set-cookie'], undefined);
  assert.doesNotMatch(JSON.stringify(reply.headers), /Team|key_\d/);
});
