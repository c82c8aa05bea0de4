// A model for tests of agents, the same in three wire formats: it looks into a picture, calls two tools at once, and
// thinks with a signature that it wants back. What it says depends on the request alone.
import { answer as answerAsClaude, refuse as refuseAsClaude } from './anthropic_wire.mjs';
import { answer as answerAsGemini } from './google_wire.mjs';
import {
  DONE,
  USAGE,
  completion,
  finish,
  role,
  sse,
  chunk,
  text,
  toolCall,
  usageChunk,
  words,
} from './openai_wire.mjs';

/**
 * What a request asks.
 * @typedef {{ said: string, results: string[], picture: boolean, tools: boolean, thoughts: string[] }} View
 */

/** @param {View} view */
function think({ said, results, picture, tools, thoughts }) {
  if (results.length > 0) return { text: `The tools said ${results.join(' and ')}.` };
  if (picture) return { text: 'I see a picture.' };
  if (tools) {
    return {
      text: 'Let me look.',
      calls: [
        { id: 'call_a', name: 'weather', input: { city: 'Oslo' } },
        { id: 'call_b', name: 'weather', input: { city: 'Rome' } },
      ],
    };
  }
  if (!said.includes('think')) return { text: `You said: ${said}` };
  const turn = thoughts.length + 1;
  return { thought: `thought ${turn}`, signature: `c2lnbmF0dXJl${turn}`, text: `Answer ${turn} to ${said}` };
}

const textOf = (content) =>
  typeof content === 'string' ? content : content.map((part) => part.text ?? '').join('');

function viewOfChat({ messages, tools }) {
  const last = messages.at(-1);
  const isResult = ({ role: who }) => who === 'tool';
  return {
    said: textOf(messages.findLast((message) => message.role === 'user').content),
    results: last.role === 'tool' ? messages.filter(isResult).map(({ content }) => textOf(content)) : [],
    picture: JSON.stringify(messages).includes('"image_url"'),
    tools: tools?.length > 0,
    thoughts: messages.flatMap((message) => message.reasoning_content ?? []),
  };
}

/** A model behind OpenAI's chat API. */
export async function chatBrain(call) {
  const { thought, text: said, calls = [] } = think(viewOfChat(call.json));
  const reason = calls.length > 0 ? 'tool_calls' : 'stop';
  if (!call.json.stream) {
    const tool_calls = calls.map(({ id, name, input }) => ({
      id,
      type: 'function',
      function: { name, arguments: JSON.stringify(input) },
    }));
    const message = {
      ...(thought && { reasoning_content: thought }),
      ...(calls.length > 0 && { tool_calls }),
    };
    return call.send(200, completion(said, { finish_reason: reason, message }));
  }
  await call.play([
    role(),
    ...(thought ? [sse(chunk({ reasoning_content: thought }))] : []),
    ...words(said).map((word) => text(word)),
    ...calls.flatMap(({ id, name, input }, i) =>
      toolCall(i, id, name, JSON.stringify(input).match(/.{1,5}/g)),
    ),
    finish(reason),
    ...(call.json.stream_options?.include_usage ? [usageChunk(USAGE)] : []),
    DONE,
  ]);
}

function viewOfMessages({ messages, tools }) {
  const blocks = messages.flatMap(({ content }) =>
    typeof content === 'string' ? [{ type: 'text', text: content }] : content,
  );
  const of = (type) => blocks.filter((block) => block.type === type);
  return {
    said: textOf(messages.at(-1).content),
    results: of('tool_result').map(({ content }) => textOf(content)),
    picture: of('image').length > 0,
    tools: tools?.length > 0,
    thoughts: of('thinking').map(({ signature }) => signature),
  };
}

/** A Claude. It refuses thoughts whose signature is not its own. */
export function claudeBrain(call) {
  const view = viewOfMessages(call.json);
  if (view.thoughts.some((signature) => !signature.startsWith('c2lnbmF0dXJl'))) {
    return refuseAsClaude(call, 'messages.1.content.0: Invalid `signature` in `thinking` block');
  }
  const { thought, signature, text: said, calls = [] } = think(view);
  const content = [
    ...(thought ? [{ type: 'thinking', thinking: thought, signature }] : []),
    { type: 'text', text: said },
    ...calls.map((one) => ({ type: 'tool_use', ...one })),
  ];
  return answerAsClaude(call, content, { stopReason: calls.length > 0 ? 'tool_use' : 'end_turn' });
}

function viewOfContents({ contents, tools }) {
  const parts = contents.flatMap((content) => content.parts);
  const last = contents.at(-1).parts;
  return {
    said: last.map((part) => part.text ?? '').join(''),
    results: last
      .filter((part) => part.functionResponse)
      .map(({ functionResponse: { response } }) => response.output ?? response.error),
    picture: parts.some((part) => part.inlineData),
    tools: tools?.length > 0,
    thoughts: parts.flatMap(({ text: said, thoughtSignature }) => (said && thoughtSignature) ?? []),
  };
}

/** A Gemini. */
export function geminiBrain(call) {
  const { thought, signature, text: said, calls = [] } = think(viewOfContents(call.json));
  return answerAsGemini(call, [
    ...(thought ? [{ text: thought, thought: true }] : []),
    { text: said, ...(signature && { thoughtSignature: signature }) },
    ...calls.map(({ name, input }, i) => ({
      functionCall: { name, args: input },
      ...(i === 0 && { thoughtSignature: 'c2lnbmF0dXJl' }),
    })),
  ]);
}
