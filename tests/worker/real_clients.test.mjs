// What real clients send beside what chat documents, end to end: Cursor's forms, files of tools, tools that OpenAI
// runs itself, and the cache marks that the gateway adds for Claude.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { faultOf, refuse, speakAsClaude } from './support/anthropic_wire.mjs';
import { askStream } from './support/client.mjs';
import { expectAnswer, expectError } from './support/expect.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { startUpstream } from './support/mock_upstream.mjs';
import { speak } from './support/openai_wire.mjs';
import { answer, textItem } from './support/responses_wire.mjs';

const CLAUDE = 'claude-sonnet-4-6';
const MARK = { type: 'ephemeral' };

let upstream, gateway, main, unmarked;

before(async () => {
  upstream = await startUpstream();
  const settings = (more) =>
    standardSettings(upstream, {
      ANTHROPIC_API_KEY: 'hush-anthropic',
      ANTHROPIC_API_BASE: `${upstream.url}/anthropic/v1`,
      ...more,
    });
  gateway = await startGateway({
    workers: { main: settings(), unmarked: settings({ ONELLM_AUTO_CACHE: '0' }) },
  });
  ({ main, unmarked } = gateway.clients);
  upstream.script(CLAUDE, (call) => {
    const fault = faultOf(call);
    return fault ? refuse(call, fault) : speakAsClaude('Done.')(call);
  });
  upstream.script('gpt-plain', speak('So it is.'));
  upstream.script('gpt-4o', (call) => {
    assert.equal(call.path, '/openai/v1/responses');
    return answer(call, [textItem('Found.')]);
  });
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

const cursor = {
  messages: [
    { role: 'user', content: [{ type: 'text', text: 'Read a.txt' }] },
    {
      role: 'assistant',
      content: [{ type: 'tool_use', id: 'toolu_1', name: 'read_file', input: { path: 'a.txt' } }],
    },
    {
      role: 'user',
      content: [{ type: 'tool_result', tool_use_id: 'toolu_1', content: [{ type: 'text', text: 'alpha' }] }],
    },
  ],
  tools: [{ name: 'read_file', description: 'Reads.', input_schema: { type: 'object' } }],
  tool_choice: { type: 'auto' },
};

const sentBy = async (client, body) => {
  const calls = upstream.calls.length;
  const reply = await client.chat(body);
  return { reply, sent: upstream.calls[calls]?.json };
};

describe('Real clients', () => {
  test("Cursor's tools, calls and results reach Claude and hosts of OpenAI's format", async () => {
    const { reply, sent } = await sentBy(main, askStream(CLAUDE, cursor));
    expectAnswer(reply, { text: 'Done.' });
    assert.equal(sent.tools[0].name, 'read_file');
    assert.equal(sent.messages.at(-1).content[0].tool_use_id, 'toolu_1');
    const plain = await sentBy(main, askStream('gpt-plain', cursor));
    expectAnswer(plain.reply, { text: 'So it is.' });
    assert.equal(plain.sent.messages[1].tool_calls[0].function.arguments, '{"path":"a.txt"}');
    assert.equal(plain.sent.messages[2].role, 'tool');
    assert.equal(plain.sent.tools[0].function.name, 'read_file');
    assert.equal(plain.sent.tool_choice, 'auto');
  });

  test('a tool that OpenAI runs itself takes the request to the Responses API', async () => {
    const { reply, sent } = await sentBy(main, askStream('gpt-4o', { tools: [{ type: 'web_search' }] }));
    expectAnswer(reply, { text: 'Found.' });
    assert.deepEqual(sent.tools, [{ type: 'web_search' }]);
    const refused = await main.chat(
      askStream(CLAUDE, { tools: [{ type: 'file_search', vector_store_ids: ['v'] }] }),
    );
    expectError(refused, { status: 400, param: 'tools[0].type' });
  });

  test('an agent at Claude gets a cache mark unless somebody says no', async () => {
    const marked = await sentBy(main, askStream(CLAUDE, cursor));
    assert.deepEqual(marked.sent.messages.at(-1).content.at(-1).cache_control, MARK);
    for (const [client, onellm] of [
      [unmarked, {}],
      [main, { auto_cache: false }],
    ]) {
      const { reply, sent } = await sentBy(client, askStream(CLAUDE, { ...cursor, onellm }));
      expectAnswer(reply, { text: 'Done.' });
      assert.equal(JSON.stringify(sent).includes('cache_control'), false);
    }
    const wrong = await main.chat(askStream(CLAUDE, { ...cursor, onellm: { auto_cache: 'off' } }));
    expectError(wrong, { status: 400, param: 'onellm.auto_cache' });
  });

  test('large bodies in another form never end the instance', async () => {
    const large = (letter, bytes) => ({
      ...cursor,
      messages: [
        ...cursor.messages.slice(0, 2),
        {
          role: 'user',
          content: [
            {
              type: 'tool_result',
              tool_use_id: 'toolu_1',
              content: [
                {
                  type: 'image',
                  source: { type: 'base64', media_type: 'image/png', data: letter.repeat(bytes) },
                },
              ],
            },
          ],
        },
      ],
    });
    const alone = await main.chat(askStream(CLAUDE, large('A', 7 << 20)));
    expectAnswer(alone, { text: 'Done.' });
    const statuses = await Promise.all(
      Array.from({ length: 12 }, async (_, i) => {
        const reply = await main.chat(askStream(i % 2 ? CLAUDE : 'gpt-plain', large('B', (i + 1) << 19)));
        return reply.status;
      }),
    );
    assert.deepEqual(
      statuses.filter((status) => status !== 200 && status !== 503),
      [],
    );
    expectAnswer(await main.chat(askStream(CLAUDE, cursor)), { text: 'Done.' });
    // What grows past the limit by being written as a text is refused.
    const quotes = {
      role: 'assistant',
      content: [{ type: 'tool_use', id: 'a', name: 'f', input: { q: '"'.repeat(3 << 20) } }],
    };
    const grown = await main.chat(askStream(CLAUDE, { messages: [...cursor.messages, quotes] }));
    expectError(grown, { status: 413 });
  });
});
