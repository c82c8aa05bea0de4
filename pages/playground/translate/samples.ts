// Something to begin with.

export const SAMPLE_REQUEST = `{
  "model": "gpt-4o",
  "stream": true,
  "temperature": 0.4,
  "seed": 7,
  "stop": ["END"],
  "messages": [
    {"role": "system", "content": "You are brief."},
    {"role": "user", "content": "What is the weather in Ulm?"}
  ],
  "tools": [
    {"type": "function", "function": {
      "name": "weather",
      "parameters": {"type": "object", "properties": {"place": {"type": "string"}}, "required": ["place"]}
    }}
  ]
}`;

const events = (list: [string, object][]) =>
  list.map(([name, data]) => `event: ${name}\ndata: ${JSON.stringify({ type: name, ...data })}\n\n`).join('');

const data = (list: object[]) => list.map((each) => `data: ${JSON.stringify(each)}\n\n`).join('');

const CLAUDE = events([
  [
    'message_start',
    {
      message: {
        id: 'msg_1',
        type: 'message',
        role: 'assistant',
        model: 'claude-sonnet-5',
        content: [],
        stop_reason: null,
        usage: { input_tokens: 12, output_tokens: 1 },
      },
    },
  ],
  ['content_block_start', { index: 0, content_block: { type: 'thinking', thinking: '', signature: '' } }],
  ['content_block_delta', { index: 0, delta: { type: 'thinking_delta', thinking: 'A greeting.' } }],
  ['content_block_delta', { index: 0, delta: { type: 'signature_delta', signature: 'c2lnbmVk' } }],
  ['content_block_stop', { index: 0 }],
  ['content_block_start', { index: 1, content_block: { type: 'text', text: '' } }],
  ['content_block_delta', { index: 1, delta: { type: 'text_delta', text: 'Grüß ' } }],
  ['content_block_delta', { index: 1, delta: { type: 'text_delta', text: 'Gott!' } }],
  ['content_block_stop', { index: 1 }],
  ['message_delta', { delta: { stop_reason: 'end_turn', stop_sequence: null }, usage: { output_tokens: 9 } }],
  ['message_stop', {}],
]);

const chunk = (delta: object, finish: string | null = null) => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1796000000,
  model: 'gpt-4o-2024-08-06',
  choices: [{ index: 0, delta, finish_reason: finish }],
});

const CHAT = `${data([
  chunk({ role: 'assistant', content: '' }),
  chunk({ content: 'Grüß ' }),
  chunk({ content: 'Gott!' }),
  chunk({}, 'stop'),
  { ...chunk({}), choices: [], usage: { prompt_tokens: 12, completion_tokens: 4, total_tokens: 16 } },
])}data: [DONE]\n\n`;

const gemini = (text: string, more: object = {}) => ({
  candidates: [{ content: { role: 'model', parts: [{ text }] }, index: 0, ...more }],
  usageMetadata: { promptTokenCount: 12, candidatesTokenCount: 4, totalTokenCount: 16 },
  modelVersion: 'gemini-2.5-flash',
});

const GEMINI = data([gemini('Grüß '), gemini('Gott!', { finishReason: 'STOP' })]);

/** A recorded stream of each kind of provider. */
export const SAMPLE_STREAMS: Record<string, string> = {
  openai: CHAT,
  azure: CHAT,
  anthropic: CLAUDE,
  google: GEMINI,
  compatible: CHAT,
};
