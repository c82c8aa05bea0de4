// Made-up answers of POST /v1/chat/completions: streams as the gateway writes them, at a pace.
import { setTimeout as sleep } from 'node:timers/promises';
import { refusal } from './fixture_keys.mjs';
import { HOSTILE } from './usage.mjs';

const TEXT = `Two ways, and when each fits.

1. **A queue** holds what comes in bursts. The writer goes on at once; the reader takes what it can.
2. **Back-pressure** slows the writer down. Nothing is stored, nothing is lost.

| | memory | delay |
|---|---:|---:|
| queue | grows | small at first |
| back-pressure | bounded | at the source |

\`\`\`ts
for await (const piece of source) {
  if (!sink.write(piece)) await once(sink, 'drain');
}
\`\`\`

See [the Streams Standard](https://streams.spec.whatwg.org/) for how browsers do it. In short: *bound every buffer*.
`;

const HOSTILE_TEXT = `${HOSTILE}

![a picture](https://evil.test/pixel.png) [click](javascript:window.hacked=1) [data](data:text/html,hi) [ok](https://ok.test/)

<script>window.hacked = 1</script><iframe src="https://evil.test/"></iframe><style>body{display:none}</style>

\`\`\`html
<img src=x onerror="window.hacked=1">
\`\`\`

<a href="https://evil.test/" onclick="window.hacked=1">html</a> https://auto.test/link
`;

/** Between tokens. 20 ms are 50 tokens a second. */
const PACE_MS = { 'long-model': 20, default: 4 };

function planOf(model) {
  if (model.includes('hostile') || model.includes('<img')) return { text: HOSTILE_TEXT, thought: HOSTILE };
  if (model === 'long-model') return { text: TEXT.repeat(12) };
  if (model === 'tool-model')
    return { text: '', call: { name: 'weather', args: '{"place":"Ulm","days":3}' } };
  if (model === 'broken-model') return { text: 'Half an ', error: 'The provider is overloaded (503).' };
  const thought = /claude|deepseek/.test(model)
    ? 'The question is about flow control. I compare both by memory and delay.'
    : '';
  return { text: TEXT, thought };
}

/** @returns {Response | { status: number, body: unknown }} */
export function answerChat(body, signal) {
  const models = body.model.split(',');
  if (models.includes('refused-model'))
    return refusal(404, 'model_not_found', `No configured provider serves \`${models[0]}\`.`);
  const encoder = new TextEncoder();
  const { readable, writable } = new TransformStream();
  const writer = writable.getWriter();
  const write = (chunk) =>
    writer.write(encoder.encode(`data: ${typeof chunk === 'string' ? chunk : JSON.stringify(chunk)}\n\n`));
  signal.addEventListener('abort', () => writer.abort().catch(() => {}));
  Promise.all(models.map((model, index) => writeLeg(write, model, index)))
    .then((legs) => writeEnd(write, models, legs))
    .then(() => writer.close())
    .catch(() => {});
  return new Response(readable, { headers: { 'content-type': 'text/event-stream' } });
}

async function writeLeg(write, model, index) {
  const { text, thought = '', call, error } = planOf(model);
  const pace = PACE_MS[model] ?? PACE_MS.default;
  const say = (delta, more = {}) =>
    write({ model, choices: [{ index, delta, finish_reason: null, ...more }] });
  await sleep(120 + 60 * index);
  await say({ role: 'assistant', content: '' });
  for (const word of wordsOf(thought)) {
    await say({ reasoning_content: word });
    await sleep(pace);
  }
  if (thought)
    await say({
      thinking_blocks: [{ type: 'thinking', thinking: thought, signature: `signed-by-${model}` }],
    });
  for (const word of wordsOf(text)) {
    await say({ content: word });
    await sleep(pace);
  }
  if (call) {
    await say({
      tool_calls: [
        { index: 0, id: 'call_1', type: 'function', function: { name: call.name, arguments: '' } },
      ],
    });
    await say({ tool_calls: [{ index: 0, function: { arguments: call.args } }] });
  }
  const reason = error ? 'error' : call ? 'tool_calls' : 'stop';
  await say(
    {},
    { finish_reason: reason, ...(error ? { error: { message: error, code: 'overloaded' } } : {}) },
  );
  const completion = wordsOf(text).length + wordsOf(thought).length;
  return {
    model,
    status: error ? 503 : 200,
    usage: { prompt_tokens: 812, completion_tokens: completion },
    cost: completion * 1.5e-5,
  };
}

async function writeEnd(write, models, legs) {
  if (models.length > 1) await write({ model: models[0], choices: [], onellm: { legs } });
  const sum = (name) => legs.reduce((all, { usage }) => all + usage[name], 0);
  const cost = legs.reduce((all, leg) => all + leg.cost, 0);
  const usage = { prompt_tokens: sum('prompt_tokens'), completion_tokens: sum('completion_tokens'), cost };
  await write({ model: models[0], choices: [], usage });
  await write('[DONE]');
}

/** Some four characters each, as tokens are. */
const wordsOf = (text) => text.match(/[\s\S]{1,4}/g) ?? [];
