// The registry of keys in workerd: what it stores, and that all of a change is stored or nothing. What records hold is
// tested natively (tests/keys).
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newHash, newId, startObjects } from '../support/keys_objects.mjs';

let objects;
before(async () => {
  objects = await startObjects();
});
after(() => objects?.stop());

const ask = (...given) => objects.ask(...given);
const make = (...given) => objects.make(...given);

test('a key is found by its secret and by its id, and by nothing else', async () => {
  const key = await make({ key_alias: 'found', rpm_limit: 5 });
  assert.equal(JSON.parse((await ask('find', { hash: key.hash })).record).id, key.id);
  assert.equal(JSON.parse((await ask('read', { id: key.id })).record).alias, 'found');
  assert.deepEqual(await ask('find', { hash: newHash() }), {});
  assert.deepEqual(await ask('read', { id: 'key_unknown' }), { problem: 'key_not_found' });
});

test('a wrong body changes nothing, and names the field', async () => {
  const id = newId();
  const { refusal } = await ask('create', { body: '{"rpm_limit":0}', id, hash: newHash() });
  assert.equal(refusal.param, 'rpm_limit');
  assert.deepEqual(await ask('read', { id }), { problem: 'key_not_found' });
});

test('an alias belongs to one key, until that is deleted', async () => {
  const a = await make({ key_alias: 'taken' });
  const b = await make({ key_alias: 'free' });
  const taken = { problem: 'key_alias_taken' };
  assert.deepEqual(
    await ask('create', { body: '{"key_alias":"taken"}', id: newId(), hash: newHash() }),
    taken,
  );
  assert.deepEqual(await ask('patch', { id: b.id, body: '{"key_alias":"taken"}' }), taken);
  assert.equal(JSON.parse((await ask('read', { id: b.id })).record).alias, 'free');
  assert.equal((await ask('patch', { id: a.id, body: '{"key_alias":"taken"}' })).records.length, 1);
  assert.deepEqual(await ask('remove', { id: a.id }), { records: [] });
  assert.equal((await ask('patch', { id: b.id, body: '{"key_alias":"taken"}' })).records.length, 1);
});

test('a rotated secret is found until the next rotation', async () => {
  const key = await make();
  const [second, third] = [newHash(), newHash()];
  await ask('rotate', { id: key.id, body: '{"grace_seconds":60}', hash: second });
  for (const hash of [key.hash, second]) assert.ok((await ask('find', { hash })).record);
  await ask('rotate', { id: key.id, body: '{"grace_seconds":60}', hash: third });
  assert.deepEqual(await ask('find', { hash: key.hash }), {});
  for (const hash of [second, third]) assert.ok((await ask('find', { hash })).record);
});

test('pages are newest first, and a search is literal', async () => {
  const made = [];
  for (let i = 0; i < 5; i++) made.unshift((await make({ key_alias: `pa%ge_${i}`, blocked: i === 2 })).id);
  const ids = async (argument) => {
    const { records, has_more } = await ask('list', { limit: 100, ...argument });
    return { ids: records.map((record) => JSON.parse(record).id), has_more };
  };
  assert.deepEqual(await ids({ search: 'a%ge_', limit: 3 }), { ids: made.slice(0, 3), has_more: true });
  assert.deepEqual(await ids({ search: 'a%ge_', after: made[2] }), { ids: made.slice(3), has_more: false });
  assert.deepEqual(await ids({ search: 'a%ge_', blocked: true }), { ids: [made[2]], has_more: false });
  assert.deepEqual(await ids({ search: made[1].slice(4) }), { ids: [made[1]], has_more: false });
  assert.deepEqual((await ids({ search: 'a_ge' })).ids, []);
});

test('a page of an export ends before it is too long to be imported', async () => {
  const models = Array.from({ length: 100 }, (_, i) => `${'m'.repeat(120)}${i}`);
  const made = [];
  for (let i = 0; i < 170; i++) made.push(make({ models }));
  const ids = new Set((await Promise.all(made)).map(({ id }) => id));
  let after;
  let pages = 0;
  for (let more = true; more; pages++) {
    const { records, has_more } = await ask('exportPage', { after });
    for (const record of records) ids.delete(JSON.parse(record).id);
    after = JSON.parse(records.at(-1)).id;
    more = has_more;
  }
  assert.deepEqual([ids.size, pages], [0, 2]);
});

test('an import is stored as a whole or not at all', async () => {
  const other = await make({ key_alias: 'other' });
  const row = (more) => ({ id: newId(), hash: newHash(), created_at: '2026-01-01T00:00:00Z', ...more });
  const imported = (...data) => ask('importPage', { body: JSON.stringify({ object: 'list', data }) });
  const first = row();
  for (const wrong of [row({ key_alias: 'other' }), row({ hash: other.hash }), row({ hash: first.hash })]) {
    assert.deepEqual(await imported(first, wrong), { problem: 'key_alias_taken' });
    assert.deepEqual(await ask('read', { id: first.id }), { problem: 'key_not_found' });
  }
  assert.equal((await imported(first, row({ rpm_limit: 'x' }))).refusal.param, 'data[1].rpm_limit');
  assert.equal((await imported(first, { ...row(), id: other.id, key_alias: 'mine' })).imported, 2);
  assert.equal(
    JSON.parse((await ask('read', { id: other.id })).record).alias,
    'mine',
    'the same id replaces',
  );
  assert.deepEqual(await ask('find', { hash: other.hash }), {});
});
