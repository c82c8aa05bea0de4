// The middle of the core, and the shim, know no dialect: they name none, and have none of its constants.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/lib/machine.mjs';
import { sources } from '../../scripts/lib/sources.mjs';

/** These folders of src name dialects: the dialects themselves, and the tables of providers and models. */
const KNOWING = ['dialects', 'providers', 'models'];

const DIALECTS = fs
  .readdirSync(path.join(root, 'src/dialects'), { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && entry.name !== 'common')
  .map(({ name }) => name);

const middle = sources(['src'], ['.h', '.cpp']).filter((file) => !KNOWING.includes(file.split(path.sep)[1]));
const shim = ['shim.js', ...sources(['worker'], ['.js'])];

function linesWith(files, pattern) {
  return files.flatMap((file) =>
    fs
      .readFileSync(path.join(root, file), 'utf8')
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${file}:${index + 1}: ${line.trim()}`] : [])),
  );
}

test('the middle and the shim include and name no dialect', () => {
  assert.ok(DIALECTS.length >= 5);
  const names = new RegExp(DIALECTS.map((name) => `\\b${name}(::|/|\\b.*dialect)`).join('|'));
  assert.deepEqual(linesWith([...middle, ...shim], names), []);
  assert.deepEqual(linesWith([...middle, ...shim], /openai_chat|openai_responses|anthropic_messages/), []);
});

test('the middle and the shim have no id prefix, end mark or error type of a dialect', () => {
  const constants =
    /chatcmpl|msg_|\[DONE\]|message_stop|invalid_request_error|authentication_error|permission_error|rate_limit_error|server_error/;
  assert.deepEqual(linesWith([...middle, ...shim], constants), []);
});

test('the middle has no member name of a dialect in a JSON text or among its parameters', () => {
  const names =
    /"(extra_content|top_p|topP|logit_bias|reasoning_effort|output_config\.effort|thinkingConfig)"|has_extra_content|key_is\(\w+, "choices"\)/;
  assert.deepEqual(linesWith(middle, names), []);
});

test('sse knows no dialect', () => {
  assert.deepEqual(linesWith(sources(['src/sse'], ['.h', '.cpp']), /\[DONE\]|openai|anthropic/i), []);
});
