// A loop shaped as Claude Code's completes with a model of each provider, and each gets its requests in its own form: its
// thoughts come back, pictures arrive, and the beginning of a request stays the same from turn to turn.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ADAPTIVE, BETAS, PICTURES, runLoop, SYSTEM, TOOLS } from './support/coder_client.mjs';
import {
  chatCoder,
  claudeCoder,
  geminiCoder,
  responsesCoder,
  signatureOf,
  STEPS,
} from './support/coder_brain.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { startWithProviders } from './support/providers.mjs';

const QUESTIONS = ['The button is broken.', 'Now run the tests.'];
const THINKING_STEPS = STEPS.flatMap(({ thought }, step) => (thought ? [step] : []));
const SIGNATURES = THINKING_STEPS.map(signatureOf);

const ofType = (type, items) => items.filter((item) => item.type === type);
const partsOf = ({ content }) => (Array.isArray(content) ? content : []);

/** The pictures of a chat request, as data URLs. */
const chatPictures = ({ messages }) =>
  messages.flatMap(partsOf).flatMap(({ image_url }) => (image_url ? [image_url.url] : []));
const isUrlOf = (data) => `data:image/png;base64,${data}`;

// By model: `list` is the member with the conversation; `thoughts` are what the provider wants back with its request.
const KINDS = {
  chat: {
    path: /\/chat\/completions$/,
    list: 'messages',
    system: ({ messages: [{ content }] }) => content,
    tools: ({ tools }) => tools.map((tool) => tool.function.name),
    pictures: chatPictures,
    picture: isUrlOf,
  },
  responses: {
    path: /\/v1\/responses$/,
    list: 'input',
    system: ({ instructions, input }) => instructions ?? input[0].content,
    tools: ({ tools }) => tools.map(({ name }) => name),
    pictures: ({ input }) =>
      ofType('input_image', [
        ...input,
        ...input.flatMap((item) => (Array.isArray(item.output) ? item.output : partsOf(item))),
      ]).map(({ image_url }) => image_url),
    picture: isUrlOf,
  },
  claude: {
    path: /\/v1\/messages$/,
    list: 'messages',
    system: ({ system }) => system,
    tools: ({ tools }) => tools.map(({ name }) => name),
    pictures: ({ messages }) =>
      ofType('image', ofType('tool_result', messages.flatMap(partsOf)).flatMap(partsOf)).map(
        ({ source }) => source.data,
      ),
    picture: (data) => data,
  },
  gemini: {
    path: /:streamGenerateContent$/,
    list: 'contents',
    system: ({ systemInstruction }) => systemInstruction.parts,
    tools: ({ tools }) => tools.flatMap((tool) => tool.functionDeclarations ?? []).map(({ name }) => name),
    pictures: ({ contents }) =>
      contents
        .flatMap(({ parts }) => parts.flatMap((part) => [part, ...(part.functionResponse?.parts ?? [])]))
        .flatMap(({ inlineData }) => (inlineData ? [inlineData.data] : [])),
    picture: (data) => data,
  },
};

const MODELS = {
  'OpenAI chat': { model: 'gpt-a', kind: KINDS.chat, thoughts: () => [], back: [] },
  'OpenAI Responses': {
    model: 'gpt-6.1-sol',
    kind: KINDS.responses,
    thoughts: ({ input }) => ofType('reasoning', input).map((item) => item.encrypted_content),
    back: SIGNATURES,
    shows: true,
  },
  Azure: { model: 'dep', kind: KINDS.chat, thoughts: () => [], back: [] },
  Claude: {
    model: 'claude-a',
    kind: KINDS.claude,
    thoughts: ({ messages }) =>
      ofType('thinking', messages.flatMap(partsOf)).map(({ signature }) => signature),
    back: SIGNATURES,
    shows: true,
  },
  Gemini: {
    model: 'gemini-3.1-pro-preview',
    kind: KINDS.gemini,
    thoughts: ({ contents }) =>
      contents.flatMap(({ parts }) => parts).flatMap((part) => part.thoughtSignature ?? []),
    back: SIGNATURES,
    shows: true,
  },
  'a compatible host': {
    model: 'host-model',
    kind: KINDS.chat,
    thoughts: ({ messages }) => messages.flatMap((message) => message.reasoning_content ?? []),
    back: THINKING_STEPS.map((step) => STEPS[step].thought),
    shows: true,
  },
};

let upstream, host, main, stop;

before(async () => {
  host = await startUpstream();
  ({ upstream, main, stop } = await startWithProviders({
    AZURE_OPENAI_API_KEYS: 'east:hush-east',
    AZURE_OPENAI_DEPLOYMENTS: 'dep',
    AZURE_OPENAI_API_BASE: `${host.url}/azure/{resource}`,
    ONELLM_PROVIDERS: { host: { base: `${host.url}/v1`, key: 'hush-host', models: ['host-model'] } },
  }));
  upstream.script('gpt-a', chatCoder({ showsThoughts: false }));
  upstream.script('gpt-6.1-sol', responsesCoder);
  upstream.script('claude-a', claudeCoder);
  upstream.script('gemini-3.1-pro-preview', geminiCoder);
  host.script('dep', chatCoder({ showsThoughts: false }));
  host.script('host-model', chatCoder({ showsThoughts: true }));
});
after(async () => {
  await stop?.();
  await host?.close();
});

/** The text up to the end of the last item of that list. */
function upToTheEndOf(list, text) {
  let at = text.indexOf(`"${list}":[`) + list.length + 4;
  let inString = false;
  for (let depth = 1; depth > 0; at++) {
    const c = text[at];
    if (inString && c === '\\') at++;
    else if (c === '"') inString = !inString;
    else if (!inString && '[{'.includes(c)) depth++;
    else if (!inString && ']}'.includes(c)) depth--;
  }
  return text.slice(0, at - 1);
}

/** The marks of the prompt cache move with each turn. */
const withoutMarks = (text) =>
  text.replaceAll(
    /,"(cache_control":\{"type":"ephemeral"|prompt_cache_breakpoint":\{"mode":"explicit")\}/g,
    '',
  );

for (const [name, { model, kind, thoughts, back, shows }] of Object.entries(MODELS)) {
  describe(`the loop with ${name}`, () => {
    let loop, calls;

    before(async () => {
      loop = await runLoop(main.url, model, QUESTIONS);
      calls = [upstream, host].flatMap((server) => server.callsOf(model));
    });

    test('completes, and every call is made as the model wrote it', () => {
      assert.deepEqual(
        loop.calls,
        STEPS.flatMap((step) => step.calls ?? []),
      );
      assert.equal(loop.answers.length, STEPS.length);
      assert.equal(calls.length, STEPS.length);
      for (const { path } of calls) assert.match(path, kind.path);
      for (const [step, { content, stop_reason, usage }] of loop.answers.entries()) {
        const { thought, text = '', calls: asked = [] } = STEPS[step];
        assert.equal(
          ofType('text', content)
            .map((block) => block.text)
            .join(''),
          text,
        );
        assert.equal(stop_reason, asked.length > 0 ? 'tool_use' : 'end_turn');
        assert.ok(usage.input_tokens > 0 && usage.output_tokens > 0);
        const thoughts = ofType('thinking', content).filter(({ thinking }) => thinking !== '');
        assert.deepEqual(
          thoughts.map(({ thinking }) => thinking),
          shows && thought ? [thought] : [],
        );
        for (const { signature } of thoughts) assert.ok(signature);
      }
      const ids = loop.answers.flatMap(({ content }) => ofType('tool_use', content)).map(({ id }) => id);
      assert.equal(new Set(ids).size, ids.length);
    });

    test('completes with adaptive thinking, too', async () => {
      const { answers, calls: made } = await runLoop(main.url, model, QUESTIONS, ADAPTIVE);
      assert.equal(answers.length, STEPS.length);
      assert.deepEqual(made, loop.calls);
    });

    test('begins each request as the one before', () => {
      for (const [i, call] of calls.slice(1).entries()) {
        const before = withoutMarks(upToTheEndOf(kind.list, calls[i].text));
        assert.equal(withoutMarks(call.text).slice(0, before.length), before);
      }
    });

    test('gives the provider its thoughts back', () => {
      assert.deepEqual(thoughts(calls.at(-1).json), back);
    });

    test('shows the pictures of the tools', () => {
      assert.deepEqual(kind.pictures(calls.at(-1).json), PICTURES.map(kind.picture));
    });

    test('sends the instructions and all tools', () => {
      const system = JSON.stringify(kind.system(calls[0].json));
      for (const words of SYSTEM) assert.ok(system.includes(words), words);
      assert.deepEqual(
        kind.tools(calls[0].json),
        TOOLS.map((tool) => tool.name),
      );
    });

    test(`sends the betas ${name === 'Claude' ? 'on' : 'nowhere'}`, () => {
      for (const { headers, text } of calls) {
        const own = Object.keys(headers).filter((header) => header.startsWith('anthropic-'));
        if (name === 'Claude') {
          assert.equal(headers['anthropic-beta'], BETAS.join(','));
        } else {
          assert.deepEqual(own, []);
          for (const beta of BETAS) assert.ok(!text.includes(beta));
        }
      }
    });

    if (name === 'Claude') {
      test('passes every request byte for byte', () => {
        assert.deepEqual(
          calls.map((call) => call.text),
          loop.sent,
        );
      });
    }
  });
}
