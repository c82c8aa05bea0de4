// Anthropic's Messages API as an upstream speaks it, and a Claude that is as strict as the real one about
// what it is sent. https://docs.anthropic.com/en/api/messages
import assert from 'node:assert/strict';

export const USAGE = { input_tokens: 7, cache_read_input_tokens: 3, output_tokens: 5 };

export const event = (type, rest) => `event: ${type}\ndata: ${JSON.stringify({ type, ...rest })}\n\n`;

const deltasOf = (block) => {
  switch (block.type) {
    case 'text':
      return (block.text.match(/\S+\s*|\s+/g) ?? []).map((text) => ({ type: 'text_delta', text }));
    case 'thinking':
      return [
        { type: 'thinking_delta', thinking: block.thinking },
        { type: 'signature_delta', signature: block.signature },
      ];
    case 'tool_use':
      return JSON.stringify(block.input)
        .match(/.{1,7}/g)
        .map((partial_json) => ({ type: 'input_json_delta', partial_json }));
    default:
      return [];
  }
};
const emptied = {
  text: { text: '' },
  thinking: { thinking: '', signature: '' },
  tool_use: { input: {} },
};

export const messageOf = (model, content, stop_reason, usage) => ({
  id: 'msg_up',
  type: 'message',
  role: 'assistant',
  model,
  content,
  stop_reason,
  stop_sequence: null,
  usage,
});

/** The events of a streamed answer of these content blocks. */
export function eventsOf(model, content, { stopReason = 'end_turn', usage = USAGE } = {}) {
  const start = messageOf(model, [], null, { ...usage, output_tokens: 1 });
  return [
    event('message_start', { message: start }),
    event('ping', {}),
    ...content.flatMap((block, index) => [
      event('content_block_start', { index, content_block: { ...block, ...emptied[block.type] } }),
      ...deltasOf(block).map((delta) => event('content_block_delta', { index, delta })),
      event('content_block_stop', { index }),
    ]),
    event('message_delta', { delta: { stop_reason: stopReason, stop_sequence: null }, usage }),
    event('message_stop', {}),
  ];
}

/** Answers a call with these blocks, streamed if it asks for that. */
export async function answer(call, content, { stopReason = 'end_turn', usage = USAGE, gapMs } = {}) {
  const { model } = call.json;
  if (!call.json.stream) return call.send(200, messageOf(model, content, stopReason, usage));
  await call.play(eventsOf(model, content, { stopReason, usage }), { gapMs });
}

/** A model that says one text. */
export const speakAsClaude = (text, options) => (call) => {
  const fault = faultOf(call);
  return fault ? refuse(call, fault) : answer(call, [{ type: 'text', text }], options);
};

export const refuse = (call, message, status = 400, type = 'invalid_request_error') =>
  call.send(status, { type: 'error', error: { type, message }, request_id: 'req_up' });

/** What the API would refuse of a request; empty where nothing. */
export function faultOf(call) {
  try {
    checkRequest(call);
    return '';
  } catch (error) {
    return error.message;
  }
}

function checkRequest({ headers, json }) {
  assert.ok(headers['x-api-key'], 'x-api-key is missing');
  assert.ok(headers['anthropic-version'], 'anthropic-version is missing');
  assert.equal(headers.authorization, undefined, 'a credential too many');
  assert.ok(json.max_tokens > 0, 'max_tokens is required');
  assert.equal(json.onellm, undefined, 'onellm: Extra inputs are not permitted');
  const { messages } = json;
  for (const [i, { role, content }] of messages.entries()) {
    assert.equal(role, i % 2 === 0 ? 'user' : 'assistant', 'roles must alternate');
    assert.ok(content.length > 0, `messages.${i}: content must be non-empty`);
    const blocks = typeof content === 'string' ? [] : content;
    for (const block of blocks) {
      if (block.type === 'text') assert.ok(block.text.trim(), 'text content blocks must be non-empty');
    }
    checkCalls(blocks, messages[i + 1]?.content);
  }
}

/** Every call is answered in the very next message, results first. */
function checkCalls(blocks, next) {
  const ids = blocks
    .filter(({ type }) => type === 'tool_use')
    .map(({ id, input }) => {
      assert.match(id, /^[a-zA-Z0-9_-]+$/);
      assert.equal(typeof input, 'object', 'input must be an object');
      return id;
    });
  if (ids.length === 0) return;
  const answered = next?.slice(0, ids.length).map(({ tool_use_id: id }) => id);
  assert.deepEqual(answered, ids, 'tool_use ids were found without tool_result blocks immediately after');
}
