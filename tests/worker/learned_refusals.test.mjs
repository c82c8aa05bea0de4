// A parameter that a provider refuses is left out: of the same request at once, and of the next ones from the start.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { refuse as refuseAsClaude, speakAsClaude } from './support/anthropic_wire.mjs';
import { ask, askStream } from './support/client.mjs';
import { expectError } from './support/expect.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { refuse, speak } from './support/openai_wire.mjs';

const NO_SEED = "Unsupported parameter: 'seed' is not supported with this model.";
const BAD_SIGNATURE = 'messages.1.content.0: Invalid `signature` in `thinking` block';
let upstream, gateway, client;

// A model that takes no seed.
const speakWithoutSeed = (call) =>
  'seed' in call.json
    ? refuse(400, { message: NO_SEED, type: 'invalid_request_error', param: 'seed' })(call)
    : speak('well')(call);

before(async () => {
  upstream = await startUpstream();
  gateway = await startGateway({
    workers: {
      client: standardSettings(upstream, {
        ANTHROPIC_API_KEY: 'hush-anthropic',
        ANTHROPIC_API_BASE: `${upstream.url}/anthropic`,
        ONELLM_PROVIDERS: JSON.stringify({ some: { base: `${upstream.url}/hosts/some/v1` } }),
      }),
    },
  });
  ({ client } = gateway.clients);
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

test('the next request leaves out what the first one was refused', async () => {
  upstream.script('seedless', speakWithoutSeed);
  const first = await client.chat(ask('some/seedless', { seed: 7 }));
  assert.equal(first.status, 200, first.text);
  assert.equal(first.headers['x-onellm-dropped'], 'seed');
  assert.equal(first.headers['x-onellm-attempts'], '2');
  const second = await client.chat(askStream('some/seedless', { seed: 8 }));
  assert.equal(second.status, 200, second.text);
  assert.equal(second.headers['x-onellm-dropped'], 'seed');
  assert.equal(second.headers['x-onellm-attempts'], '1');
  assert.deepEqual(
    upstream.callsOf('seedless').map((call) => call.json.seed),
    [7, undefined, undefined],
  );
});

test('a strict request is refused, whatever was learned', async () => {
  upstream.script('seedless-too', speakWithoutSeed);
  await client.chat(ask('some/seedless-too', { seed: 7 }));
  const reply = await client.chat(ask('some/seedless-too', { seed: 7, onellm: { strict: true } }));
  expectError(reply, { status: 400, param: 'seed' });
});

test('a client cannot make the gateway forget a parameter by what it writes', async () => {
  upstream.script('quoting', (call) =>
    call.json.messages[0].content === NO_SEED
      ? refuse(400, { message: call.json.messages[0].content, type: 'invalid_request_error' })(call)
      : speak('well')(call),
  );
  const bad = await client.chat({
    ...ask('some/quoting', { seed: 7 }),
    messages: [{ role: 'user', content: NO_SEED }],
  });
  assert.equal(bad.status, 400);
  const good = await client.chat(ask('some/quoting', { seed: 7 }));
  assert.equal(good.status, 200);
  assert.deepEqual(
    upstream.callsOf('quoting').map((call) => call.json.seed),
    [7, 7],
  );
});

test('blocks of thinking that Claude refuses are left out of one more call', async () => {
  upstream.script('claude-opus-4-8', (call) =>
    call.text.includes('"signature"') ? refuseAsClaude(call, BAD_SIGNATURE) : speakAsClaude('well')(call),
  );
  const block = { type: 'thinking', thinking: 'Hm.', signature: 'sig', model: 'claude-opus-4-8' };
  const reply = await client.chat({
    ...ask('claude-opus-4-8', { reasoning_effort: 'high' }),
    messages: [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Wait.', thinking_blocks: [block] },
      { role: 'user', content: 'And now?' },
    ],
  });
  assert.equal(reply.status, 200, reply.text);
  assert.equal(reply.headers['x-onellm-dropped'], 'messages[].thinking_blocks');
  assert.equal(upstream.callsOf('claude-opus-4-8').length, 2);
});
