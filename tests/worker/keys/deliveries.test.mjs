// A change of a key reaches its limiter, whatever is wrong with the limiters of other keys.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { newHash, newId, startObjects } from '../support/key_objects.mjs';
import { soon } from '../support/keys_world.mjs';

let objects;

before(async () => {
  objects = await startObjects();
});
after(() => objects?.stop());

const patch = (key, fields) => objects.ask('patch', { id: key.id, body: JSON.stringify(fields) });

/** The limiter knows a newer record than the one that the key was made with. */
const reaches = (key, withinMs) =>
  soon(async () => assert.deepEqual(await objects.admit(key, 0), ['stale']), withinMs);

async function importKeys(count, fields) {
  const created_at = '2026-01-01T00:00:00Z';
  const data = Array.from({ length: count }, () => ({ id: newId(), hash: newHash(), created_at, ...fields }));
  const { imported } = await objects.ask('importPage', { body: JSON.stringify({ data }) });
  assert.equal(imported, count);
  return data.map(({ id }) => id);
}

async function makeUsed(fields) {
  const key = await objects.make(fields);
  assert.deepEqual(await objects.admit(key, 0), ['admitted']);
  return key;
}

test('a limiter that takes long holds up no other key', async () => {
  const slow = await makeUsed({ rpm_limit: 1000 });
  const other = await makeUsed({ rpm_limit: 1000 });
  await patch(slow, { rpm_limit: 777 });
  await patch(other, { blocked: true });
  await reaches(other, 2000);
});

test('limiters that fail hold up no other key', async () => {
  await importKeys(60, { rpm_limit: 778 });
  for (let i = 0; i < 3; i++) {
    const other = await makeUsed({ rpm_limit: 1000 });
    await patch(other, { blocked: true });
    await reaches(other, 2000);
  }
});

test('a limiter that failed is told again', async () => {
  const key = await makeUsed({ rpm_limit: 1000 });
  await patch(key, { rpm_limit: 778 });
  assert.deepEqual(await objects.admit(key, 0), ['admitted'], 'it has not heard of the change');
  const { records } = await patch(key, { rpm_limit: 999 });
  await reaches(key, 2000);
  assert.equal(JSON.parse(records[0]).rpm_limit, 999);
});

test('many changes at once reach all limiters', async () => {
  const ids = await importKeys(60, { rpm_limit: 5 });
  const reads = ids.map((id) => ['ONELLM_LIMITER_OBJECT', id, 'read', { key: id }]);
  await soon(async () => {
    const knowing = (await objects.callAll(reads)).filter(({ usage }) => usage.version > 0);
    assert.equal(knowing.length, ids.length);
  });
});
