// Each dialect towards providers is in the lists of the tests that hold for all of them. A new one is not forgotten.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/lib/machine.mjs';

/** The lists, and the dialects that are not in them: what they have is tested in a file of their own. */
const LISTS = {
  'tests/support/reply_fixtures.h': [],
  'tests/dialects/foreign_source_test.cpp': ['openai_chat'], // openai_chat/request/compose/foreign_source_test.cpp
  'tests/dialects/foreign_types_test.cpp': [],
  'tests/dialects/unknown_keys_test.cpp': [],
  'tests/dialects/anthropic_messages/client/messages_support.h': [],
};

const dialects = fs
  .readdirSync(path.join(root, 'src/dialects'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'common')
  .map(({ name }) => name);

for (const [list, others] of Object.entries(LISTS)) {
  test(`${list} has every dialect`, () => {
    const text = fs.readFileSync(path.join(root, list), 'utf8');
    const missing = dialects.filter((name) => !text.includes(`#include "dialects/${name}/dialect.h"`));
    assert.deepEqual(missing, others);
  });
}

test('src/dialects/request_facts.cpp has the tables of every dialect', () => {
  const text = fs.readFileSync(path.join(root, 'src/dialects/request_facts.cpp'), 'utf8');
  const missing = dialects.flatMap((name) =>
    ['account_members', 'cost_members']
      .filter(
        (table) =>
          !text.includes(`#include "dialects/${name}/${table}.h"`) || !text.includes(`&${name}::${table}()`),
      )
      .map((table) => `${name}/${table}`),
  );
  assert.deepEqual(missing, ['palm/account_members'], 'PaLM stores nothing');
});
