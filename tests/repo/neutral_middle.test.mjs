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

/** The texts between quotes that look like names, comments left out. Those within a raw string count, too. */
function quotedNames(file) {
  const code = fs
    .readFileSync(path.join(root, file), 'utf8')
    .split('\n')
    .map((line) => line.replace(/(^|\s)\/\/ .*$/, ''));
  return code.flatMap((line) => [...line.matchAll(/"([A-Za-z]\w*)"/g)].map(([, name]) => name));
}

/** Names of two words or more, `max_tokens` or `maxTokens`. A single word may mean anything. */
const isCompound = (name) => /_|[a-z][A-Z]/.test(name);

/** Names that the middle has for itself, although a dialect has them too. */
const OWN_NAMES = new Set(
  [
    'model models message messages tools metadata n id status object phase', // what any API has
    'tool_calls content_filter function_call', // chat::FinishReason
    'insufficient_quota invalid_api_key model_not_found model_decommissioned rate_limit_exceeded', // Error::code
    'prompt_tokens completion_tokens cached_tokens cache_write_tokens reasoning_tokens', // columns of usage
    'input_tokens output_tokens total_ms error_code request_id', // columns and headers of the gateway
    'created_at has_more first_id last_id', // records of keys, and pages of them
    'auto_cache', // the gateway's own option
    'standard arguments', // src/chat: a tier of service; a text that comes in pieces
  ].flatMap((names) => names.split(' ')),
);

/** All compound names that dialects read or write, and every name of the tables of what a request says. */
const memberNames = new Set(
  sources(['src/dialects'], ['.h', '.cpp'])
    .flatMap((file) => {
      const isTable = /_members\.cpp$/.test(file) && !file.includes(`${path.sep}common${path.sep}`);
      return quotedNames(file).filter((name) => isTable || isCompound(name));
    })
    .filter((name) => !OWN_NAMES.has(name)),
);

test('the middle has no name of a member or tool of a dialect', () => {
  for (const known of ['max_tokens', 'maxOutputTokens', 'web_search', 'previous_response_id', 'container']) {
    assert.ok(memberNames.has(known), `${known} is a name of a dialect`);
  }
  const found = ['gateway', 'chat', 'keys']
    .flatMap((folder) => sources([`src/${folder}`], ['.h', '.cpp']))
    .flatMap((file) =>
      quotedNames(file)
        .filter((name) => memberNames.has(name))
        .map((name) => `${file}: ${name}`),
    );
  assert.deepEqual(found, []);
});

test('sse knows no dialect', () => {
  assert.deepEqual(linesWith(sources(['src/sse'], ['.h', '.cpp']), /\[DONE\]|openai|anthropic/i), []);
});
