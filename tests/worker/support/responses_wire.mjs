// OpenAI's Responses API as an upstream speaks it. https://platform.openai.com/docs/api-reference/responses

const USAGE = {
  input_tokens: 20,
  input_tokens_details: { cached_tokens: 4 },
  output_tokens: 9,
  output_tokens_details: { reasoning_tokens: 5 },
  total_tokens: 29,
};

const responseOf = (model, output, status, more = {}) => ({
  id: 'resp_up',
  object: 'response',
  created_at: 1700000000,
  status,
  error: null,
  incomplete_details: null,
  model,
  output,
  usage: status === 'completed' ? USAGE : null,
  ...more,
});

const deltasOf = {
  message: (item, place) => [
    ['response.output_text.delta', { ...place, content_index: 0, delta: item.content[0].text }],
  ],
  function_call: (item, place) =>
    item.arguments
      .match(/.{1,6}/g)
      .map((delta) => ['response.function_call_arguments.delta', { ...place, delta }]),
  reasoning: () => [],
};
const emptied = { message: { content: [] }, function_call: { arguments: '' }, reasoning: {} };

/** The events of a streamed answer of these items. */
export function eventsOf(model, output, more) {
  const events = [['response.created', { response: responseOf(model, [], 'in_progress') }]];
  for (const [output_index, item] of output.entries()) {
    const place = { item_id: item.id, output_index };
    events.push(
      ['response.output_item.added', { output_index, item: { ...item, ...emptied[item.type] } }],
      ...deltasOf[item.type](item, place),
      ['response.output_item.done', { output_index, item }],
    );
  }
  events.push(['response.completed', { response: responseOf(model, output, 'completed', more) }]);
  return events.map(([type, rest], sequence_number) => event(type, { sequence_number, ...rest }));
}

export const event = (type, rest) => `event: ${type}\ndata: ${JSON.stringify({ type, ...rest })}\n\n`;

/** A response that met its limit of tokens. */
export const incompleteOf = (model, output) =>
  responseOf(model, output, 'incomplete', {
    incomplete_details: { reason: 'max_output_tokens' },
    usage: USAGE,
  });

export const textItem = (text) => ({
  id: 'msg_1',
  type: 'message',
  role: 'assistant',
  content: [{ type: 'output_text', text, annotations: [] }],
});

/** Answers a call with these items, streamed if it asks for that. The finished response has `more` members. */
export async function answer(call, output, more) {
  const { model, stream } = call.json;
  if (!stream) return call.send(200, responseOf(model, output, 'completed', more));
  await call.play(eventsOf(model, output, more));
}
