// Attacks on the admin routes of keys: what comes in wrong is refused by name, changes nothing, and gets into no header,
// no query of the database and no log.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { gzipSync } from 'node:zlib';
import { expectError } from '../support/expect.mjs';
import { MASTER_KEY, startGateway } from '../support/gateway.mjs';
import { adminOf } from '../support/keys_admin.mjs';

let gateway, admin;
before(async () => {
  gateway = await startGateway({
    workers: { main: { ONELLM_API_KEY: MASTER_KEY, ONELLM_LOG_BODIES: '1' } },
    keys: true,
  });
  admin = adminOf(gateway.clients.main);
});
after(() => gateway?.stop());

const newest = async () => (await admin.ask('GET', '?limit=1')).json.first_id;

/** The same wrong body makes no key and changes none; the refusal names the field. */
async function expectRefused(body, param) {
  const { id, key: _, ...record } = await admin.make({ rpm_limit: 5 });
  for (const [method, rest] of [
    ['POST', ''],
    ['PATCH', `/${id}`],
  ]) {
    const reply = await admin.ask(method, rest, body);
    const error = expectError(reply, { status: 400 });
    if (param !== undefined) assert.equal(error.param, param, `${method} ${JSON.stringify(body)}`);
  }
  assert.equal(await newest(), id);
  assert.deepEqual(await admin.read(id), { id, ...record });
}

const TEXTS = ['a', '', 0, -1, 1.5, true, [], {}, ['a'], { a: 1 }];
const but = (...kept) => TEXTS.filter((value) => !kept.some((each) => Object.is(each, value)));
const WRONG = {
  key_alias: TEXTS.filter((value) => value !== 'a'),
  models: [...but(TEXTS[6], TEXTS[8]), [1], [''], [null], ['a*b'], ['**'], ['a\n'], ['x'.repeat(129)]],
  max_budget: [...but(0, 1.5), '1,5', '-0.1', '1e7', 1_000_001, 'NaN', '0x10', '0.0000000000001', ' 1'],
  budget_duration: [
    ...TEXTS,
    '0h',
    '367d',
    '8785h',
    '1w',
    '01h',
    '1mo ',
    '2mo',
    '1.5h',
    '99999999999999999999h',
  ],
  rpm_limit: [...TEXTS, '10', 1e9 + 1, 1e300, '1e3'],
  tpm_limit: [...TEXTS, '10', 1e9 + 1],
  max_parallel_requests: [...TEXTS, '10', 1e9 + 1],
  expires_at: [
    ...TEXTS,
    4_102_444_800,
    '2020-01-01T00:00:00Z',
    '2099-02-30T00:00:00Z',
    '2099-01-01',
    'tomorrow',
  ],
  blocked: [...but(true), 'true', 1],
  metadata: [...but(TEXTS[7]), { a: null }, { a: { b: 'c' } }, { a: 'x'.repeat(2100) }],
  constructor: ['a'],
  id: ['key_mine'],
  key: ['sk-onellm-mine'],
  hash: ['a'.repeat(64)],
  spend: ['0'],
  Rpm_limit: [5],
  'rpm_limit\u0000': [5],
};

for (const [field, values] of Object.entries(WRONG)) {
  test(`wrong values of ${JSON.stringify(field)} are refused by name`, async () => {
    for (const value of values) {
      const body = `{${JSON.stringify(field)}:${typeof value === 'number' && value > 1e20 ? '1e300' : JSON.stringify(value)}}`;
      await expectRefused(body, field);
    }
  });
}

test('a field that comes twice is refused, with an escape in its name too', async () => {
  await expectRefused('{"rpm_limit":5,"rpm_limit":6}', 'rpm_limit');
  await expectRefused('{"rpm_limit":5,"rpm\\u005flimit":6}', 'rpm_limit');
  await expectRefused('{"metadata":{"a":"1","a":"2"}}', 'metadata');
  await expectRefused('{"__proto__":{"blocked":false}}', '__proto__');
});

test('a refusal names every field that is wrong', async () => {
  const reply = await admin.ask('POST', '', { rpm_limit: 0, tpm_limit: 'x', nonsense: 1 });
  const { message, param } = expectError(reply, { status: 400 });
  assert.equal(param, 'rpm_limit');
  for (const name of ['rpm_limit', 'tpm_limit', 'nonsense']) assert.ok(message.includes(name), message);
});

test('what is no JSON object is refused', async () => {
  const deep = '{"metadata":'.repeat(50_000);
  for (const body of [
    '[]',
    'null',
    '"x"',
    '{',
    '{"a":1}{"b":2}',
    '{"rpm_limit":01}',
    '[['.repeat(10_000),
    deep,
  ])
    await expectRefused(body.slice(0, 60_000));
  for (const bytes of [[0xff], [0xc3, 0x28], [0xed, 0xa0, 0x80], [0xf4, 0x90, 0x80, 0x80], [0]])
    await expectRefused(
      Buffer.concat([Buffer.from('{"key_alias":"a'), Buffer.from(bytes), Buffer.from('"}')]),
    );
});

const BAD_ALIASES = {
  'a line end, for a header': 'x\r\nset-cookie: a=b',
  'a NUL': 'a\0b',
  'a delete': 'a\u007fb',
  'a C1 control': 'a\u0085b',
  'a right-to-left override': 'admin\u202etxt',
  'a zero-width space': 'ma\u200bster',
  'a byte order mark': '\ufeffmaster',
  'a line separator': 'a\u2028b',
  'a lone surrogate': '\ud800',
  'a tag character': 'a\u{e0041}',
  'a private character': '\ue000',
  'a quote': 'a"b',
  'a bracket': '<script>',
  'a formula of a table in a comma': 'a,=cmd()',
  'sixty-five characters': '🚀'.repeat(65),
  'a reserved name': '(other)',
};
for (const [what, alias] of Object.entries(BAD_ALIASES)) {
  test(`an alias with ${what} is refused`, () => expectRefused({ key_alias: alias }, 'key_alias'));
}

test('aliases of any script are shown as they were written, also in a search', async () => {
  for (const alias of ['Zoë', 'Дмитрий', '開発 🚀', 'अनुपमा', 'שלום', 'e\u0301', '%_\\', '🚀'.repeat(64)]) {
    const { id } = await admin.make({ key_alias: alias });
    assert.equal((await admin.read(id)).key_alias, alias);
    const part = [...alias].slice(0, 10).join('');
    assert.deepEqual(await admin.ids(`?search=${encodeURIComponent(part)}`), [id]);
    await admin.ask('DELETE', `/${id}`);
  }
});

test('metadata get into no header and come back as they are', async () => {
  const metadata = { 'x\r\nset-cookie: a': 'b\r\n\r\n{"error":1}', '\u2028': '"\\', __proto__x: '</script>' };
  const reply = await admin.ask('POST', '', { metadata });
  assert.equal(reply.status, 201);
  assert.deepEqual(reply.json.metadata, metadata);
  assert.equal(reply.headers['set-cookie'], undefined);
  assert.deepEqual((await admin.read(reply.json.id)).metadata, metadata);
});

test('an id that is none is not found, whatever it is', async () => {
  await admin.make();
  const sql = encodeURIComponent("key_a' OR '1'='1");
  for (const id of [
    'x',
    'key_',
    sql,
    'key_%25',
    'key_%00',
    '..%2f..%2fusage',
    '%0d%0aset-cookie:a',
    'key_é',
    'export2',
  ])
    for (const [method, body] of [
      ['GET', undefined],
      ['PATCH', { blocked: true }],
      ['DELETE', undefined],
    ]) {
      const reply = await admin.ask(method, `/${encodeURI(decodeURI(id))}`, body);
      expectError(reply, { status: 404 });
      assert.equal(reply.headers['set-cookie'], undefined);
    }
  assert.ok((await admin.ids('')).length > 0);
});

test('queries that are wrong are refused by name', async () => {
  const long = 'x'.repeat(49);
  for (const [query, param] of [
    ['limit=0', 'limit'],
    ['limit=101', 'limit'],
    ['limit=5&limit=5', 'limit'],
    ['limit=%205', 'limit'],
    ['blocked=1', 'blocked'],
    [`search=${long}`, 'search'],
    [`search=${encodeURIComponent('é'.repeat(25))}`, 'search'],
    ["after=key_a'--", 'after'],
    ['sort=asc', 'sort'],
    ['limit%00=5', 'limit\u0000'],
  ])
    expectError(await admin.ask('GET', `?${query}`), { status: 400, param });
  const { id } = await admin.make({ key_alias: 'stays' });
  for (const search of ["'; DROP TABLE keys; --", '%', '__', '\\', '"', '\u0000'])
    assert.deepEqual(await admin.ids(`?search=${encodeURIComponent(search)}`), [], search);
  assert.equal((await admin.read(id)).id, id);
});

test('bodies that are too large are refused, with and without their length, and compressed', async () => {
  const large = { metadata: { a: 'x'.repeat(66_000) } };
  const text = JSON.stringify(large);
  const chunked = { headers: { 'transfer-encoding': 'chunked' } };
  const zipped = { headers: { 'content-encoding': 'gzip' } };
  const bomb = gzipSync(Buffer.alloc(64 << 20, 0x20));
  for (const [method, rest] of [
    ['POST', ''],
    ['PATCH', '/key_a'],
    ['POST', '/key_a/rotate'],
  ]) {
    expectError(await admin.ask(method, rest, text), { status: 413, code: 'request_too_large' });
    expectError(await admin.ask(method, rest, text, chunked), { status: 413 });
    expectError(await admin.ask(method, rest, gzipSync(text), zipped), { status: 413 });
  }
  expectError(await admin.ask('POST', '/import', bomb, zipped), { status: 413 });
  expectError(await admin.ask('POST', '/import', ' '.repeat((4 << 20) + 1)), { status: 413 });
});

test('an import takes nothing that is no record', async () => {
  const hash = 'ab'.repeat(32);
  const record = { id: 'key_imported', hash, created_at: '2026-01-01T00:00:00Z' };
  for (const [body, param] of [
    [{}, 'data'],
    [{ data: {} }, 'data'],
    [{ data: [], more: 1 }, 'more'],
    [{ data: [1] }, 'data[0]'],
    [{ data: [{ ...record, id: 'x' }] }, 'data[0].id'],
    [{ data: [{ ...record, hash: hash.toUpperCase() }] }, 'data[0].hash'],
    [{ data: [{ ...record, key: 'sk-onellm-x' }] }, 'data[0].key'],
    [{ data: [{ ...record, version: 9 }] }, 'data[0].version'],
    [{ data: [{ ...record, spend: '-1' }] }, 'data[0].spend'],
    [{ data: [{ ...record, key_alias: 'a\r\nb' }] }, 'data[0].key_alias'],
    [{ data: [record, record] }, 'data[1].id'],
    [{ data: Array.from({ length: 1001 }, (_, i) => ({ ...record, id: `key_${i}` })) }, undefined],
  ]) {
    const error = expectError(await admin.ask('POST', '/import', body), { status: 400 });
    if (param !== undefined) assert.equal(error.param, param);
    expectError(await admin.ask('GET', '/key_imported'), { status: 404 });
  }
});

test('no body of an administrator is logged, even where bodies are', async () => {
  const hash = 'cd'.repeat(32);
  const data = [{ id: 'key_logged', hash, created_at: '2026-01-01T00:00:00Z' }];
  assert.equal((await admin.ask('POST', '/import', { data })).status, 200);
  const { key } = await admin.make({ key_alias: 'logged alias' });
  assert.ok(gateway.logs.length > 0);
  for (const line of gateway.logs)
    for (const text of [hash, key, 'logged alias']) assert.ok(!line.includes(text), line);
});
