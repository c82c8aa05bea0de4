// What is measured, as data: the requests, how the upstream answers them, and the bars that the gateway
// has to keep.

const question = [
  { role: 'system', content: 'You are a careful assistant.' },
  { role: 'user', content: 'Say something pleasant in a sentence or two.' },
];

/** Escapes and characters beyond ASCII in about the measure of real text. */
const paragraph =
  'A long conversation has quotes like "this", lines\nthat end, and letters: ž, ü, 漢字. The rest of it is plain. ';

const LARGE_BYTES = 200 * 1024;

/** @returns {object[]} a conversation of so many bytes as JSON */
function longConversation(bytes) {
  const content = paragraph.repeat(40);
  const messages = [question[0]];
  for (let size = 0; size < bytes; size += Buffer.byteLength(JSON.stringify(content))) {
    messages.push({ role: messages.length % 2 === 1 ? 'user' : 'assistant', content });
  }
  return [...messages, ...question.slice(1)];
}

const body = (messages, more = {}) =>
  JSON.stringify({ model: 'gpt-4o-mini', messages, max_tokens: 1024, temperature: 0.7, ...more });
const MODELS = { anthropic: 'claude-sonnet-4-5', gemini: 'gemini-2.5-flash' };
const streamFrom = (model) => body(question, { model, stream: true });

/** The same question from a client of the Messages API. */
const messagesFrom = (model) =>
  JSON.stringify({
    model,
    max_tokens: 1024,
    system: question[0].content,
    messages: question.slice(1),
    stream: true,
  });

/** A key whose every limit is far away: each request is admitted and settled. */
const LIMITS = { max_budget: 1_000_000, rpm_limit: 1e9, tpm_limit: 1e9, max_parallel_requests: 1e9 };

const small = body(question);
const large = body(longConversation(LARGE_BYTES));
const stream = body(question, { stream: true });
const streamWithUsage = body(question, { stream: true, stream_options: { include_usage: true } });

/**
 * @typedef {object} Scenario
 * @property {string} name
 * @property {string} body
 * @property {number} eventsPerWrite
 * @property {'openai' | 'anthropic' | 'gemini'} provider whose API the upstream speaks
 * @property {'openai' | 'anthropic'} client whose API the client speaks
 * @property {boolean} ledger whether the gateway adds up usage in the ledger
 * @property {object} [key] the gateway is asked with a key that has these fields; without, with the master key
 * @property {string} [beside] another scenario that the gateway is asked in turn, so that the bar can compare with it
 * @property {{ to: string, ratio: number }} bar the most CPU the gateway may take, as a multiple of bare, touch or the
 *   scenario beside
 */

/**
 * A client that asks for usage gets the upstream's bytes as they are (relayed); without, the usage that the
 * gateway asked for must be taken out, so every event is decoded and encoded again. Other providers'
 * streams are translated; the Workers beside the gateway hand on their bytes as they are.
 * @type {Scenario[]}
 */
const table = [
  { name: 'relay-small', body: small, eventsPerWrite: 8, bar: { to: 'bare', ratio: 2.3 } },
  {
    name: 'relay-small-ledger',
    body: small,
    eventsPerWrite: 8,
    ledger: true,
    bar: { to: 'bare', ratio: 2.4 },
  },
  {
    name: 'key-unlimited',
    body: small,
    eventsPerWrite: 8,
    key: {},
    beside: 'relay-small',
    bar: { to: 'relay-small', ratio: 1.1 },
  },
  // Two calls of an object, to admit and to settle: each runs in a context of its own, decides in WebAssembly, and
  // stores its decision in a transaction that is synced. That costs 1.7 times a small request: 6.6 measured, and a tenth.
  { name: 'key-limited', body: small, eventsPerWrite: 8, key: LIMITS, bar: { to: 'bare', ratio: 7.3 } },
  { name: 'relay-200k', body: large, eventsPerWrite: 8, bar: { to: 'bare', ratio: 2.5 } },
  { name: 'relay-stream-8', body: streamWithUsage, eventsPerWrite: 8, bar: { to: 'bare', ratio: 3.2 } },
  { name: 'relay-stream-1', body: streamWithUsage, eventsPerWrite: 1, bar: { to: 'bare', ratio: 2.3 } },
  { name: 'reencoded-stream-8', body: stream, eventsPerWrite: 8, bar: { to: 'touch', ratio: 0.9 } },
  { name: 'reencoded-stream-1', body: stream, eventsPerWrite: 1, bar: { to: 'touch', ratio: 0.9 } },
  ...['anthropic', 'gemini'].flatMap((provider) =>
    [8, 1].map((eventsPerWrite) => ({
      name: `${provider}-stream-${eventsPerWrite}`,
      body: streamFrom(MODELS[provider]),
      eventsPerWrite,
      provider,
      bar: { to: 'touch', ratio: 0.9 },
    })),
  ),
  ...[8, 1].map((eventsPerWrite) => ({
    name: `messages-native-${eventsPerWrite}`,
    client: 'anthropic',
    provider: 'anthropic',
    body: messagesFrom(MODELS.anthropic),
    eventsPerWrite,
    beside: `relay-stream-${eventsPerWrite}`,
    bar: { to: `relay-stream-${eventsPerWrite}`, ratio: 1.1 },
  })),
  ...[8, 1].map((eventsPerWrite) => ({
    name: `messages-openai-${eventsPerWrite}`,
    client: 'anthropic',
    body: messagesFrom('gpt-4o-mini'),
    eventsPerWrite,
    bar: { to: 'touch', ratio: 0.9 },
  })),
];

export const scenarios = table.map((scenario) => ({
  client: 'openai',
  provider: 'openai',
  ledger: false,
  ...scenario,
}));
