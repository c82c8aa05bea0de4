// Pages of the registry: their order, their ends, and what an import makes of them.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newHash, newId, startObjects } from '../support/key_objects.mjs';

const IMPORT_BYTES_MAX = 4 * 1024 * 1024;

let objects;

before(async () => {
  objects = await startObjects();
});
after(() => objects?.stop());

const read = async (search) => {
  const { records } = await objects.ask('list', { limit: 100, search });
  return records.map((record) => JSON.parse(record));
};
const idsOf = async (search) => (await read(search)).map(({ id }) => id);
const asExported = ({ id, alias, hash, created_ms }) => ({
  id,
  ...(alias && { key_alias: alias }),
  hash,
  created_at: new Date(created_ms).toISOString(),
});
const importPage = (data) => objects.ask('importPage', { body: JSON.stringify({ object: 'list', data }) });

test('keys that come back by an import stand where they stood', async () => {
  const made = [];
  for (let i = 0; i < 6; i++) made.unshift(await objects.make({ key_alias: `order ${i}` }));
  const ids = made.map(({ id }) => id);
  assert.deepEqual(await idsOf('order '), ids);
  const page = (await read('order ')).map(asExported);
  for (const id of ids) await objects.ask('remove', { id });
  for (const part of [page.slice(0, 3), page.slice(3)]) {
    assert.equal((await importPage(part)).imported, 3);
  }
  assert.deepEqual(await idsOf('order '), ids);
  const newest = await objects.make({ key_alias: 'order 9' });
  assert.deepEqual(await idsOf('order '), [newest.id, ...ids]);
});

test('keys of one moment keep the order of their page', async () => {
  const created_at = '2026-01-01T00:00:00Z';
  const data = Array.from({ length: 4 }, (_, i) => ({
    id: newId(),
    key_alias: `moment ${i}`,
    hash: newHash(),
    created_at,
  }));
  await importPage(data);
  const ids = data.map(({ id }) => id);
  assert.deepEqual(await idsOf('moment '), ids);
  const { records } = await objects.ask('list', { limit: 100, search: 'moment ', after: ids[1] });
  assert.deepEqual(
    records.map((record) => JSON.parse(record).id),
    ids.slice(2),
  );
});

test('a page behind a key that is not there any more is an error, not the end', async () => {
  const key = await objects.make();
  await objects.ask('remove', { id: key.id });
  const gone = { problem: 'key_not_found' };
  assert.deepEqual(await objects.ask('list', { limit: 5, after: key.id }), gone);
  assert.deepEqual(await objects.ask('exportPage', { after: key.id }), gone);
});

test('an import may exchange the aliases and the secrets of its own keys', async () => {
  const [a, b] = [await objects.make({ key_alias: 'one' }), await objects.make({ key_alias: 'two' })];
  const [two, one] = [...(await read('one')), ...(await read('two'))].map(asExported).toReversed();
  const exchanged = [
    { ...one, key_alias: 'two', hash: b.hash },
    { ...two, key_alias: 'one', hash: a.hash },
  ];
  assert.equal((await importPage(exchanged)).imported, 2);
  assert.deepEqual(await idsOf('two'), [a.id]);
  assert.equal(JSON.parse((await objects.ask('find', { hash: a.hash })).record).id, b.id);
  assert.equal((await importPage([one, two])).imported, 2);
  assert.deepEqual(await idsOf('one'), [a.id]);
  const same = await importPage([one, { ...two, key_alias: 'one' }]);
  assert.deepEqual(same, { problem: 'key_alias_taken' });
  assert.deepEqual(await idsOf('two'), [b.id], 'nothing was changed');
});

test('a page of keys in any script fits into an import', async () => {
  const models = Array.from({ length: 100 }, (_, i) => `${'模'.repeat(40)}${i}`);
  const created_at = '2026-01-01T00:00:00Z';
  for (const half of [1, 2]) {
    const data = Array.from({ length: 165 }, () => ({ id: newId(), hash: newHash(), created_at, models }));
    assert.equal((await importPage(data)).imported, 165, `half ${half}`);
  }
  const { records, has_more } = await objects.ask('exportPage', {});
  assert.equal(has_more, true);
  const bytes = records.reduce((sum, record) => sum + Buffer.byteLength(record) + 500, 0);
  assert.ok(bytes < IMPORT_BYTES_MAX, `${bytes} bytes`);
});
