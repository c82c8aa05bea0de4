// docs/analytics.md tells people what blob7 and double9 mean. It has to be what the core writes: the table there is
// compared with the columns of src/gateway/accounting/data_point.h, and every query with the table.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/lib/machine.mjs';

const read = (file) => fs.readFileSync(path.join(root, file), 'utf8');
const page = read('docs/analytics.md');
const header = read('src/gateway/accounting/data_point.h');

/** The names in an array of data_point.h, in their order. */
function columnsOf(array) {
  const body = new RegExp(`${array}\\[\\] = \\{([\\s\\S]*?)\\n\\};`).exec(header)[1];
  return [...body.matchAll(/"(\w+)"/g)].map(([, name]) => name);
}

const written = { index1: 'key_id' };
for (const [kind, array] of [
  ['blob', 'kBlobColumns'],
  ['double', 'kDoubleColumns'],
]) {
  columnsOf(array).forEach((name, at) => {
    written[`${kind}${at + 1}`] = name;
  });
}

const queries = [...page.matchAll(/```sql\n([\s\S]*?)```/g)].map(([, sql]) => sql);

test('the table of the page has the columns that the core writes', () => {
  assert.ok(Object.keys(written).length > 25);
  const told = [...page.matchAll(/^\| `((?:index|blob|double)\d+)` \| (\w+) \|/gm)];
  assert.deepEqual(Object.fromEntries(told.map(([, column, name]) => [column, name])), written);
});

test('the page answers ten questions', () => {
  assert.equal(queries.length, 10);
});

for (const [at, sql] of queries.entries()) {
  test(`query ${at + 1} reads columns that exist, calls them by their names, and honours sampling`, () => {
    const columns = sql.match(/\b(?:index|blob|double)\d+\b/g);
    for (const column of columns) assert.ok(column in written, `${column} is not written`);
    for (const [, column, name] of sql.matchAll(/\b((?:index|blob|double)\d+) AS (\w+)/g)) {
      assert.equal(name, written[column], `${column} is ${written[column]}`);
    }
    assert.match(sql, /\bFROM one_llm_api\b/);
    assert.match(sql, /\btimestamp > NOW\(\) - INTERVAL '\d+' (DAY|HOUR)\b/);
    assert.doesNotMatch(sql, /\b(count|avg|quantile)\(/i, 'counts rows, not what they stand for');
    for (const [sum] of sql.matchAll(/\bsum\([^\n]*/g)) assert.match(sum, /_sample_interval/);
  });
}

test('the queries read the dataset of wrangler.toml', () => {
  assert.match(read('wrangler.toml'), /^dataset = "one_llm_api"$/m);
});
