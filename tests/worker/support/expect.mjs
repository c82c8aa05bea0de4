// What a right reply looks like: errors in OpenAI's shape, streams by OpenAI's grammar. Shares no code with
// the gateway or the mock, so that a mistake there does not hide itself here.
import assert from 'node:assert/strict';

// Asserts an error object: its four keys, and the expected values among them.
export function expectErrorObject(error, expected = {}) {
  assert.ok(error && typeof error === 'object', `no error object: ${JSON.stringify(error)}`);
  for (const key of ['message', 'type', 'param', 'code']) assert.ok(key in error, `error.${key} is missing`);
  assert.equal(typeof error.message, 'string');
  assert.notEqual(error.message, '');
  assert.equal(typeof error.type, 'string');
  for (const key of ['param', 'code'])
    assert.ok(error[key] === null || typeof error[key] === 'string', `error.${key}`);
  for (const [key, value] of Object.entries(expected)) {
    if (value instanceof RegExp) assert.match(String(error[key]), value, `error.${key}`);
    else assert.equal(error[key], value, `error.${key} of ${JSON.stringify(error)}`);
  }
}

// Asserts an HTTP error in OpenAI's shape; values may be patterns. Gives the error object.
export function expectError(reply, { status, ...expected }) {
  assert.equal(reply.status, status, `status, with body ${reply.text.slice(0, 300)}`);
  assert.match(reply.headers['content-type'] ?? '', /^application\/json/);
  expectErrorObject(reply.json.error, expected);
  return reply.json.error;
}

// The frames of a stream in the order they came: { data } or { comment }. Every line that we write is
// `data: …` or `: …`, and a blank line ends each frame.
export function framesOf(text) {
  assert.ok(
    text.endsWith('\n\n'),
    `the stream does not end with a blank line: ${JSON.stringify(text.slice(-80))}`,
  );
  return text
    .slice(0, -2)
    .split('\n\n')
    .map((frame) => {
      assert.doesNotMatch(frame, /[\r\n]/, `a frame of more than one line: ${JSON.stringify(frame)}`);
      if (frame.startsWith(':')) return { comment: frame };
      assert.ok(frame.startsWith('data: '), `a frame without data: ${JSON.stringify(frame)}`);
      return { data: frame.slice(6) };
    });
}

// The JSON values of a stream: one [DONE], and it is last.
export function valuesOf(text) {
  const data = framesOf(text)
    .filter((frame) => frame.data !== undefined)
    .map((frame) => frame.data);
  assert.equal(
    data.at(-1),
    '[DONE]',
    `the stream does not end with [DONE]: ${JSON.stringify(text.slice(-200))}`,
  );
  assert.equal(data.filter((value) => value === '[DONE]').length, 1, 'more than one [DONE]');
  return data.slice(0, -1).map((value) => JSON.parse(value));
}

// Reads a whole stream by the grammar: what each choice said, and what stood beside it.
export function readStream(text) {
  const values = valuesOf(text);
  const chunks = values.filter((value) => !value.error);
  const result = {
    chunks,
    error: values.find((value) => value.error)?.error,
    choices: [],
    usage: undefined,
    order: [],
  };
  if (result.error) assert.ok(values.at(-1).error, 'something follows the error line');
  for (const chunk of chunks) {
    assert.equal(chunk.object, 'chat.completion.chunk');
    assert.equal(chunk.id, chunks[0].id, 'the id changes');
    assert.equal(chunk.created, chunks[0].created, 'created changes');
    assert.ok(
      Number.isInteger(chunk.created) && chunk.created > 1e9 && chunk.created < 1e10,
      'created is in seconds',
    );
    assert.equal(typeof chunk.model, 'string');
    if (chunk.choices.length === 0)
      assert.ok(chunk.usage, `a chunk of no choices and no usage: ${JSON.stringify(chunk)}`);
    if (chunk.usage) result.usage = chunk.usage;
    if (chunk.onellm) result.onellm = chunk.onellm;
    for (const choice of chunk.choices) readChoice(result, chunk, choice);
  }
  return result;
}

function readChoice(result, chunk, { index, delta, finish_reason, error }) {
  const choice = (result.choices[index] ??= {
    text: '',
    reasoning: '',
    refusal: '',
    tool_calls: [],
    roles: 0,
    models: new Set(),
  });
  assert.equal(choice.finish_reason, undefined, `choice ${index} goes on after its finish_reason`);
  choice.models.add(chunk.model);
  if (delta.role) {
    choice.roles += 1;
    assert.equal(choice.roles, 1, `choice ${index} has a second role`);
  }
  assert.equal(choice.roles, 1, `choice ${index} begins without a role`);
  if (delta.content) result.order.push([index, chunk.model, delta.content]);
  choice.text += delta.content ?? '';
  choice.reasoning += delta.reasoning_content ?? '';
  choice.refusal += delta.refusal ?? '';
  for (const call of delta.tool_calls ?? []) {
    const known = choice.tool_calls[call.index];
    const { name, arguments: part } = call.custom
      ? { name: call.custom.name, arguments: call.custom.input }
      : call.function;
    if (!known) {
      assert.equal(call.index, choice.tool_calls.length, 'tool call indexes are not dense');
      choice.tool_calls.push({ id: call.id, name, arguments: part ?? '' });
    } else {
      assert.equal(name, undefined, 'a later fragment repeats the name');
      assert.equal(call.type, undefined, 'a later fragment repeats the type');
      known.arguments += part;
    }
  }
  if (finish_reason) Object.assign(choice, { finish_reason, error });
}

// Asserts that a stream ended well, and gives its only choice with the whole.
export function expectAnswer(reply, { text, finish_reason = 'stop' }) {
  assert.equal(reply.status, 200, reply.text.slice(0, 300));
  assert.match(reply.headers['content-type'], /^text\/event-stream/);
  assert.equal(reply.broken, false, 'the reply broke');
  const stream = readStream(reply.text);
  assert.equal(stream.error, undefined);
  assert.equal(stream.choices.length, 1);
  if (text !== undefined) assert.equal(stream.choices[0].text, text);
  assert.equal(stream.choices[0].finish_reason, finish_reason);
  return stream;
}

// Asserts a stream that was cut: an error line, then [DONE], and no finish_reason. Gives the stream.
export function expectStreamError(reply, expected = {}) {
  assert.equal(reply.status, 200, reply.text.slice(0, 300));
  assert.equal(reply.broken, false, 'the connection broke instead of an error line');
  const stream = readStream(reply.text);
  expectErrorObject(stream.error, expected);
  return stream;
}
