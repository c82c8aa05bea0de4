// Google's Gemini API as an upstream speaks it, and a Gemini that is as strict as the real one about what
// it is sent. https://ai.google.dev/api/generate-content
import assert from 'node:assert/strict';

const USAGE = {
  promptTokenCount: 8,
  cachedContentTokenCount: 3,
  candidatesTokenCount: 4,
  thoughtsTokenCount: 2,
  totalTokenCount: 14,
};

export const replyOf = (model, parts, more = {}, responseId = 'resp_up') => ({
  candidates: [{ content: { role: 'model', parts }, index: 0, ...more }],
  usageMetadata: USAGE,
  modelVersion: model,
  responseId,
});

/** The events of a streamed answer of these parts: one part each, and an empty one with the reason. */
export const eventsOf = (model, parts, finishReason = 'STOP', id = undefined) =>
  [
    ...parts.map((part) => replyOf(model, [part], {}, id)),
    replyOf(model, [{ text: '' }], { finishReason }, id),
  ].map((value) => `data: ${JSON.stringify(value)}\r\n\r\n`);

export const isStream = (call) => call.path.endsWith(':streamGenerateContent');

/** Answers a call with these parts, streamed if it asks for that. */
export async function answer(call, parts, { finishReason = 'STOP', gapMs, id } = {}) {
  if (!isStream(call)) return call.send(200, replyOf(call.model, parts, { finishReason }, id));
  await call.play(eventsOf(call.model, parts, finishReason, id), { gapMs });
}

/** A model that says one text. */
export const speakAsGemini = (text) => (call) => {
  const fault = faultOf(call);
  return fault ? refuse(call, fault) : answer(call, [{ text }]);
};

export const refuse = (call, message, code = 400, status = 'INVALID_ARGUMENT', details = []) =>
  call.send(code, { error: { code, message, status, details } });

/** What the API would refuse of a request; empty where nothing. */
export function faultOf(call) {
  try {
    checkRequest(call);
    return '';
  } catch (error) {
    return error.message;
  }
}

const KNOWN_KEYS = [
  'contents',
  'systemInstruction',
  'tools',
  'toolConfig',
  'safetySettings',
  'generationConfig',
  'cachedContent',
  'serviceTier',
  'store',
];

function checkRequest(call) {
  const { headers, json, query } = call;
  assert.ok(headers['x-goog-api-key'], 'API key not valid');
  assert.equal(query.key, undefined, 'the key does not belong into the URL');
  if (isStream(call)) assert.equal(query.alt, 'sse');
  for (const key of Object.keys(json)) {
    assert.ok(KNOWN_KEYS.includes(key), `Invalid JSON payload received. Unknown name "${key}"`);
  }
  for (const [i, { role, parts }] of json.contents.entries()) {
    assert.ok(['user', 'model'].includes(role), `Please use a valid role: user, model`);
    assert.ok(parts.length > 0, `contents[${i}].parts must not be empty`);
    if (i > 0) assert.notEqual(role, json.contents[i - 1].role, 'roles must alternate');
    checkCalls(parts, json.contents[i + 1]?.parts);
  }
  checkSignatures(json.contents);
}

/** Every call is answered in the very next content. */
function checkCalls(parts, next) {
  const names = parts.filter(({ functionCall }) => functionCall).map(({ functionCall }) => functionCall.name);
  if (names.length === 0) return;
  const answered = (next ?? []).filter((part) => part.functionResponse);
  assert.deepEqual(
    answered.map(({ functionResponse }) => functionResponse.name),
    names,
    'the number of function response parts must equal that of the function call parts',
  );
}

/** In the current turn, the first call of every step must have its signature. */
function checkSignatures(contents) {
  const isQuestion = ({ role, parts }) => role === 'user' && parts.some(({ text }) => text);
  const steps = contents.slice(contents.findLastIndex(isQuestion) + 1).filter(({ role }) => role === 'model');
  for (const { parts } of steps) {
    const first = parts.find(({ functionCall }) => functionCall);
    if (first) {
      assert.ok(
        first.thoughtSignature,
        `Function call \`${first.functionCall.name}\` is missing a \`thought_signature\``,
      );
    }
  }
}
