// The kinds of providers and of clients that the gateway knows, with a model to begin with.

export interface Kind {
  /** The name of the made-up provider. */
  id: string;
  name: string;
  model: string;
  /** Its answers never stream. */
  isWhole?: boolean;
}

export const KINDS: Kind[] = [
  { id: 'openai', name: 'OpenAI', model: 'gpt-4o' },
  { id: 'azure', name: 'Azure OpenAI', model: 'gpt-4o' },
  { id: 'anthropic', name: 'Claude', model: 'claude-sonnet-5' },
  { id: 'google', name: 'Gemini', model: 'gemini-2.5-flash' },
  { id: 'compatible', name: 'Compatible host', model: 'llama-3.3-70b' },
  { id: 'palm', name: 'PaLM', model: 'chat-bison-001', isWhole: true },
];

export type DialectId = 'chat' | 'messages' | 'responses';

export interface ClientKind {
  id: DialectId;
  name: string;
  path: string;
  /** A request for a stream, to which a recorded one answers. */
  asks: (model: string) => object;
}

export const CLIENT_KINDS: ClientKind[] = [
  {
    id: 'chat',
    name: 'Chat Completions',
    path: '/v1/chat/completions',
    asks: (model) => ({
      model,
      stream: true,
      stream_options: { include_usage: true },
      messages: [{ role: 'user', content: 'Hi' }],
    }),
  },
  {
    id: 'messages',
    name: 'Messages',
    path: '/v1/messages',
    asks: (model) => ({ model, stream: true, max_tokens: 1024, messages: [{ role: 'user', content: 'Hi' }] }),
  },
  {
    id: 'responses',
    name: 'Responses',
    path: '/v1/responses',
    asks: (model) => ({ model, stream: true, input: 'Hi' }),
  },
];

export const clientKind = (id: DialectId) => CLIENT_KINDS.find((each) => each.id === id) as ClientKind;

/** Which API a pasted request is for, as far as it tells. */
export function guessDialect(body: Record<string, unknown>): DialectId {
  if ('input' in body || 'previous_response_id' in body) return 'responses';
  const tools = Array.isArray(body.tools) ? body.tools : [];
  const isAnthropic =
    'system' in body || 'stop_sequences' in body || tools.some((tool) => tool && 'input_schema' in tool);
  return isAnthropic ? 'messages' : 'chat';
}
