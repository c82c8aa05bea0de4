// An upstream that answers at once, with as little work as it can, so that the measured process is the
// one in front of it. Prints its address when it listens; ends with SIGTERM.
//
//   /<events per write>/v1/chat/completions   OpenAI
//   /<events per write>/v1/messages           Anthropic, streams alone
//   /<events per write>/v1beta/models/…       Gemini, streams alone
//
// A body with "stream":true gets EVENTS events of text, so many to each write; like OpenAI's API it sends
// usage at the end only if the body asks for it. Bodies are searched, not parsed: parsing 200 KB would
// cost more than all the rest.

import http from 'node:http';
import { EVENTS, WORD, WORDS_OF_REPLY } from './answer.mjs';

const common = { id: 'chatcmpl-bench', created: 1760000000, model: 'gpt-4o-mini' };
const usage = { prompt_tokens: 25, completion_tokens: EVENTS, total_tokens: 25 + EVENTS };

const reply = JSON.stringify({
  ...common,
  object: 'chat.completion',
  choices: [
    {
      index: 0,
      message: { role: 'assistant', content: WORD.repeat(WORDS_OF_REPLY), refusal: null },
      logprobs: null,
      finish_reason: 'stop',
    },
  ],
  usage,
});

const event = (rest) =>
  `data: ${JSON.stringify({ ...common, object: 'chat.completion.chunk', system_fingerprint: 'fp_bench', ...rest })}\n\n`;
const choiceEvent = (delta, finishReason = null) =>
  event({ choices: [{ index: 0, delta, logprobs: null, finish_reason: finishReason }] });

function eventsOfOpenai(withUsage) {
  return [
    choiceEvent({ role: 'assistant', content: '' }),
    ...Array(EVENTS).fill(choiceEvent({ content: WORD })),
    choiceEvent({}, 'stop'),
    ...(withUsage ? [event({ choices: [], usage })] : []),
    'data: [DONE]\n\n',
  ];
}

const anthropicEvent = (type, rest) => `event: ${type}\ndata: ${JSON.stringify({ type, ...rest })}\n\n`;

function eventsOfAnthropic() {
  const message = {
    id: 'msg_bench',
    type: 'message',
    role: 'assistant',
    model: 'claude-sonnet-4-5',
    content: [],
  };
  const word = { index: 0, delta: { type: 'text_delta', text: WORD } };
  return [
    anthropicEvent('message_start', {
      message: {
        ...message,
        stop_reason: null,
        stop_sequence: null,
        usage: { input_tokens: 25, output_tokens: 1 },
      },
    }),
    anthropicEvent('content_block_start', { index: 0, content_block: { type: 'text', text: '' } }),
    anthropicEvent('ping', {}),
    ...Array(EVENTS).fill(anthropicEvent('content_block_delta', word)),
    anthropicEvent('content_block_stop', { index: 0 }),
    anthropicEvent('message_delta', {
      delta: { stop_reason: 'end_turn', stop_sequence: null },
      usage: { output_tokens: EVENTS },
    }),
    anthropicEvent('message_stop', {}),
  ];
}

const geminiEvent = (text, rest) => {
  const candidate = { content: { parts: [{ text }], role: 'model' }, index: 0, ...rest };
  const usageMetadata = { promptTokenCount: 25, candidatesTokenCount: EVENTS, totalTokenCount: 25 + EVENTS };
  const reply = {
    candidates: [candidate],
    usageMetadata,
    modelVersion: 'gemini-2.5-flash',
    responseId: 'bench',
  };
  return `data: ${JSON.stringify(reply)}\r\n\r\n`;
};

const eventsOfGemini = () => [
  ...Array(EVENTS).fill(geminiEvent(WORD)),
  geminiEvent('', { finishReason: 'STOP' }),
];

function eventsOfStream(path, withUsage) {
  if (path.endsWith('/messages')) return eventsOfAnthropic();
  return path.includes('/models/') ? eventsOfGemini() : eventsOfOpenai(withUsage);
}

/** @type {Map<string, Buffer[]>} */
const knownWrites = new Map();

function writesOfStream(path, eventsPerWrite, withUsage) {
  const key = `${path} ${withUsage}`;
  if (!knownWrites.has(key)) {
    const events = eventsOfStream(path, withUsage);
    const writes = [];
    while (events.length > 0) writes.push(Buffer.from(events.splice(0, eventsPerWrite).join('')));
    knownWrites.set(key, writes);
  }
  return knownWrites.get(key);
}

/** One write a turn of the event loop: Node joins those of one turn into one packet. */
function sendStream(response, writes) {
  let next = 0;
  const step = () => {
    if (response.destroyed) return;
    if (next === writes.length - 1) return response.end(writes[next]);
    if (response.write(writes[next++])) setImmediate(step);
    else response.once('drain', step);
  };
  step();
}

function answer(request, body, response) {
  const eventsPerWrite = Number(/^\/(\d+)\//.exec(request.url)?.[1]);
  if (!eventsPerWrite) return response.writeHead(404).end();
  if (body.includes('"stream":true') || request.url.includes(':stream')) {
    response.writeHead(200, { 'content-type': 'text/event-stream; charset=utf-8' });
    sendStream(response, writesOfStream(request.url, eventsPerWrite, body.includes('"include_usage":true')));
  } else {
    response.writeHead(200, {
      'content-type': 'application/json',
      'content-length': Buffer.byteLength(reply),
    });
    response.end(reply);
  }
}

const server = http.createServer((request, response) => {
  const pieces = [];
  request.on('data', (piece) => pieces.push(piece));
  request.on('end', () => answer(request, Buffer.concat(pieces), response));
});
server.keepAliveTimeout = 60_000;
server.listen(0, '127.0.0.1', () => console.log(`listening on http://127.0.0.1:${server.address().port}`));
