// Several models, one answer: every way to join them, and what a leg that fails does to the others.
import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { ask, askStream } from './support/client.mjs';
import {
  expectAnswer,
  expectError,
  expectErrorObject,
  expectStreamError,
  readStream,
} from './support/expect.mjs';
import { standardSettings, startGateway } from './support/gateway.mjs';
import { closedPort, startUpstream } from './support/mock_upstream.mjs';
import {
  DONE,
  USAGE,
  chunk,
  completion,
  finish,
  hang,
  play,
  refuse,
  role,
  speak,
  sse,
  text,
  toolCall,
  usageChunk,
} from './support/openai_wire.mjs';

let upstream, gateway, main, hasty;
const withUsage = { stream_options: { include_usage: true } };
const merge = (name) => ({ onellm: { merge: name } });

before(async () => {
  upstream = await startUpstream();
  const settings = standardSettings(upstream, {
    AZURE_OPENAI_API_KEYS: 'east:hush-east',
    AZURE_OPENAI_DEPLOYMENTS: 'dep',
    AZURE_OPENAI_API_BASE: `${upstream.url}/azure/{resource}`,
    ONELLM_ALIASES: { nick: 'gpt-a' },
    ONELLM_PROVIDERS: {
      dead: { base: `http://127.0.0.1:${await closedPort()}/v1`, models: ['dead-model'] },
    },
  });
  gateway = await startGateway({
    workers: {
      main: settings,
      hasty: { ...settings, ONELLM_FIRST_TOKEN_TIMEOUT_MS: '700', ONELLM_IDLE_TIMEOUT_MS: '700' },
    },
  });
  ({ main, hasty } = gateway.clients);
  upstream.script('gpt-a', speak('Alpha speaks.'));
  upstream.script('gpt-b', speak('Beta answers.'));
  upstream.script('gpt-c', speak('Gamma ends.'));
  upstream.script('dep', speak('Delta of Azure.'));
  upstream.script('gpt-late', speak('Late but here.', { delayMs: 150, gapMs: 20 }));
  upstream.script('gpt-503', refuse(503, { message: 'Come back.' }, { 'retry-after': '3' }));
  upstream.script(
    'gpt-429',
    refuse(429, { message: 'Slow down.', type: 'requests', code: 'rate_limit_exceeded' }),
  );
  upstream.script('gpt-400', refuse(400, { message: 'Not so.', type: 'invalid_request_error' }));
  upstream.script('gpt-half', play([role(), text('Half a'), text(' word')], { ending: 'reset' }));
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
});

function expectLegs(onellm, expected) {
  assert.ok(onellm, 'no onellm object');
  assert.equal(onellm.legs.length, expected.length);
  for (const [i, leg] of onellm.legs.entries()) {
    for (const [name, value] of Object.entries(expected[i]))
      assert.equal(leg[name], value, `legs[${i}].${name} of ${JSON.stringify(leg)}`);
    for (const name of ['model', 'provider', 'status', 'upstream_status', 'finish_reason', 'usage', 'cost']) {
      assert.ok(name in leg, `legs[${i}].${name} is missing of ${JSON.stringify(leg)}`);
    }
    assert.ok(leg.total_ms >= 0, `legs[${i}].total_ms of ${JSON.stringify(leg)}`);
    if (leg.status === 200) assert.ok(leg.ms_to_first_token <= leg.total_ms, `legs[${i}].ms_to_first_token`);
  }
}

describe('concat, the default of streams', () => {
  test('legs come in the order asked, joined by two newlines, as one choice', async () => {
    const stream = expectAnswer(await main.chat(askStream('gpt-a,gpt-b,gpt-c')), {
      text: 'Alpha speaks.\n\nBeta answers.\n\nGamma ends.',
    });
    assert.ok(
      stream.chunks.every((value) => value.choices.length === 1),
      'usage that was not asked for',
    );
  });

  test('the order asked holds where a later leg is quicker', async () => {
    expectAnswer(await main.chat(askStream('gpt-late,gpt-b')), { text: 'Late but here.\n\nBeta answers.' });
  });

  test('OpenAI and Azure stream as one', async () => {
    expectAnswer(await main.chat(askStream('gpt-a,azure/dep')), {
      text: 'Alpha speaks.\n\nDelta of Azure.',
    });
  });

  test('the same model twice is two legs', async () => {
    expectAnswer(await main.chat(askStream('echo,echo')), { text: 'Say it.\n\nSay it.' });
    expectAnswer(await main.chat(askStream('gpt-a,gpt-a')), { text: 'Alpha speaks.\n\nAlpha speaks.' });
  });

  test("each chunk carries its leg's name as asked", async () => {
    const stream = expectAnswer(await main.chat(askStream(' openai/gpt-a , nick,dep')), {});
    const byModel = new Map();
    for (const [, model, part] of stream.order)
      byModel.set(model, (byModel.get(model) ?? '') + part.replaceAll('\n', ''));
    assert.deepEqual(
      [...byModel],
      [
        ['openai/gpt-a', 'Alpha speaks.'],
        ['nick', 'Alpha speaks.'],
        ['dep', 'Delta of Azure.'],
      ],
    );
  });

  test('all legs start at once', async () => {
    for (const name of ['x', 'y']) upstream.script(`gpt-start-${name}`, speak(name, { delayMs: 300 }));
    await main.chat(askStream('gpt-start-x,gpt-start-y'));
    const [[x], [y]] = [upstream.callsOf('gpt-start-x'), upstream.callsOf('gpt-start-y')];
    assert.ok(Math.abs(x.arrivedAt - y.arrivedAt) < 200, 'the second leg waited for the first');
  });

  test('five legs at once are answered', async () => {
    expectAnswer(await main.chat(askStream('gpt-a,gpt-b,gpt-c,azure/dep,gpt-late')), {
      text: 'Alpha speaks.\n\nBeta answers.\n\nGamma ends.\n\nDelta of Azure.\n\nLate but here.',
    });
  });

  test('six legs are refused, and nothing is sent', async () => {
    const calls = upstream.calls.length;
    for (const stream of [true, false]) {
      expectError(await main.chat(ask('gpt-a,gpt-a,gpt-a,gpt-a,gpt-a,gpt-a', { stream })), {
        status: 400,
        param: 'model',
      });
    }
    assert.equal(upstream.calls.length, calls);
  });

  test('the finish chunk tells of each leg, and usage is the sum', async () => {
    const stream = expectAnswer(await main.chat(askStream('gpt-a,azure/dep', withUsage)), {});
    assert.equal(stream.usage.prompt_tokens, 2 * USAGE.prompt_tokens);
    assert.equal(stream.usage.completion_tokens, 2 * USAGE.completion_tokens);
    assert.equal(stream.usage.total_tokens, 2 * USAGE.total_tokens);
    assert.deepEqual(stream.chunks.at(-1).choices, []);
    const carriers = stream.chunks.filter((value) => value.onellm);
    assert.equal(carriers.length, 1);
    assert.equal(carriers[0].choices[0].finish_reason, 'stop');
    expectLegs(stream.onellm, [
      { model: 'gpt-a', provider: 'openai', status: 200, upstream_status: 200, finish_reason: 'stop' },
      { model: 'azure/dep', provider: 'azure', status: 200, upstream_status: 200, finish_reason: 'stop' },
    ]);
    for (const leg of stream.onellm.legs) assert.equal(leg.usage.total_tokens, USAGE.total_tokens);
  });

  test('tool calls are renumbered and their ids made unique', async () => {
    for (const name of ['t', 'u']) {
      upstream.script(
        `gpt-tool-${name}`,
        play([
          role(),
          ...toolCall(0, 'call_1', `do_${name}`, ['{"a":', '1}']),
          ...toolCall(1, 'call_2', `undo_${name}`, ['{}']),
          finish('tool_calls'),
          DONE,
        ]),
      );
    }
    const stream = expectAnswer(await main.chat(askStream('gpt-tool-t,gpt-a,gpt-tool-u')), {
      finish_reason: 'tool_calls',
    });
    const calls = stream.choices[0].tool_calls;
    assert.deepEqual(
      calls.map((call) => [call.name, call.arguments]),
      [
        ['do_t', '{"a":1}'],
        ['undo_t', '{}'],
        ['do_u', '{"a":1}'],
        ['undo_u', '{}'],
      ],
    );
    assert.equal(new Set(calls.map((call) => call.id)).size, 4, 'ids are not unique');
  });

  test('the weightiest finish_reason wins', async () => {
    for (const reason of ['stop', 'length', 'content_filter'])
      upstream.script(`gpt-${reason}`, speak('x', { finish_reason: reason }));
    upstream.script(
      'gpt-calls',
      play([role(), ...toolCall(0, 'call_1', 'do', ['{}']), finish('tool_calls'), DONE]),
    );
    for (const [model, finish_reason] of [
      ['gpt-stop,gpt-content_filter', 'content_filter'],
      ['gpt-length,gpt-content_filter', 'length'],
      ['gpt-length,gpt-stop', 'length'],
      ['gpt-calls,gpt-length', 'tool_calls'],
      ['gpt-503,gpt-stop', 'stop'],
      ['gpt-503,gpt-length', 'length'],
    ]) {
      expectAnswer(await main.chat(askStream(model)), { finish_reason });
    }
  });

  test('a leg that fails before content is a visible delta, and the next leg goes on', async () => {
    for (const [model, pattern] of [
      ['gpt-a,gpt-503', /^Alpha speaks\.\n\n\[gpt-503: .+ \(503\)\]$/],
      ['gpt-503,gpt-a', /^\[gpt-503: .+ \(503\)\]\n\nAlpha speaks\.$/],
      ['gpt-a,dead-model,gpt-b', /^Alpha speaks\.\n\n\[dead-model: .+ \(502\)\]\n\nBeta answers\.$/],
      ['gpt-400,gpt-a', /^\[gpt-400: .+ \(400\)\]\n\nAlpha speaks\.$/],
    ]) {
      const stream = expectAnswer(await main.chat(askStream(model)), {});
      assert.match(stream.choices[0].text, pattern);
      assert.ok(stream.chunks.every((value) => !('error' in value)));
    }
  });

  test('a leg that fails after content says so, and the next leg goes on', async () => {
    const stream = expectAnswer(await main.chat(askStream('gpt-half,gpt-a')), {});
    assert.match(stream.choices[0].text, /^Half a word[\s]*\[gpt-half: .+ \(502\)\]\n\nAlpha speaks\.$/);
    expectLegs(stream.onellm, [
      { model: 'gpt-half', status: 502, finish_reason: 'error' },
      { model: 'gpt-a', status: 200, finish_reason: 'stop' },
    ]);
  });

  test('when all legs fail after content there is an error line, then [DONE]', async () => {
    const stream = expectStreamError(await main.chat(askStream('gpt-half,gpt-503')));
    assert.match(stream.choices[0].text, /^Half a word/);
  });

  test('the texts of replies are joined too', async () => {
    const reply = await main.chat(ask('gpt-late,gpt-b'));
    assert.equal(reply.status, 200);
    assert.equal(reply.json.object, 'chat.completion');
    assert.equal(reply.json.choices.length, 1);
    assert.equal(reply.json.choices[0].message.content, 'Late but here.\n\nBeta answers.');
    assert.equal(reply.json.choices[0].finish_reason, 'stop');
    assert.equal(reply.json.usage.total_tokens, 2 * USAGE.total_tokens);
    expectLegs(reply.json.onellm, [{ model: 'gpt-late' }, { model: 'gpt-b' }]);
  });

  test('a leg that fails is visible in a joined reply', async () => {
    const reply = await main.chat(ask('gpt-503,gpt-b'));
    assert.match(reply.json.choices[0].message.content, /^\[gpt-503: .+ \(503\)\]\n\nBeta answers\.$/);
  });
});

describe('choices', () => {
  test('choices[k] is leg k, with its model', async () => {
    const reply = await main.chat(ask('gpt-late,azure/dep,gpt-a', merge('choices')));
    assert.equal(reply.status, 200, reply.text);
    const { json } = reply;
    assert.equal(json.object, 'chat.completion');
    assert.deepEqual(
      json.choices.map((choice) => [
        choice.index,
        choice.model,
        choice.message.content,
        choice.finish_reason,
      ]),
      [
        [0, 'gpt-late', 'Late but here.', 'stop'],
        [1, 'azure/dep', 'Delta of Azure.', 'stop'],
        [2, 'gpt-a', 'Alpha speaks.', 'stop'],
      ],
    );
    assert.equal(json.usage.total_tokens, 3 * USAGE.total_tokens);
    assert.equal(typeof json.id, 'string');
    expectLegs(json.onellm, [
      { model: 'gpt-late', status: 200 },
      { model: 'azure/dep', provider: 'azure' },
      { model: 'gpt-a' },
    ]);
  });

  test('streamed, each leg is a choice of its own with a role and one finish_reason', async () => {
    const reply = await main.chat(
      askStream('gpt-late,gpt-a,azure/dep', { ...merge('choices'), ...withUsage }),
    );
    assert.equal(reply.status, 200, reply.text);
    const stream = readStream(reply.text);
    assert.equal(stream.error, undefined);
    assert.deepEqual(
      stream.choices.map((choice) => [choice.text, choice.finish_reason, [...choice.models]]),
      [
        ['Late but here.', 'stop', ['gpt-late']],
        ['Alpha speaks.', 'stop', ['gpt-a']],
        ['Delta of Azure.', 'stop', ['azure/dep']],
      ],
    );
    assert.equal(stream.usage.total_tokens, 3 * USAGE.total_tokens);
    assert.equal(stream.chunks.filter((value) => value.onellm).length, 1);
    expectLegs(stream.onellm, [{ model: 'gpt-late' }, { model: 'gpt-a' }, { model: 'azure/dep' }]);
  });

  test('streamed, legs interleave as they arrive', async () => {
    upstream.script('gpt-slow', speak('s1 s2 s3 s4', { gapMs: 80 }));
    upstream.script('gpt-slower', speak('t1 t2 t3 t4', { delayMs: 40, gapMs: 80 }));
    const { order } = readStream((await main.chat(askStream('gpt-slow,gpt-slower', merge('choices')))).text);
    const indexes = order.map(([index]) => index).join('');
    assert.match(indexes, /0+1+0+1+/, `one leg waited for the other: ${indexes}`);
  });

  test('streamed, a leg that fails ends its own choice with the true status and no other', async () => {
    for (const [model, index, status] of [
      ['gpt-503,gpt-a', 0, 503],
      ['gpt-a,gpt-503', 1, 503],
      ['gpt-a,gpt-half', 1, 502],
      ['dead-model,gpt-a', 0, 502],
      ['gpt-a,gpt-429', 1, 429],
    ]) {
      const reply = await main.chat(askStream(model, merge('choices')));
      assert.equal(reply.status, 200, reply.text);
      const stream = readStream(reply.text);
      assert.equal(stream.error, undefined, 'a top-level error while another leg lives');
      assert.equal(stream.choices.length, 2);
      assert.equal(stream.choices[index].finish_reason, 'error');
      expectErrorObject(stream.choices[index].error);
      assert.equal(stream.choices[index].error.status, status, JSON.stringify(stream.choices[index].error));
      assert.equal(stream.choices[1 - index].text, 'Alpha speaks.');
      assert.equal(stream.choices[1 - index].finish_reason, 'stop');
    }
  });

  test('a leg that fails is a choice with an error, and the others stay', async () => {
    const { status, json } = await main.chat(ask('gpt-a,gpt-503,gpt-b', merge('choices')));
    assert.equal(status, 200);
    assert.deepEqual(
      json.choices.map((choice) => choice.finish_reason),
      ['stop', 'error', 'stop'],
    );
    assert.equal(json.choices[1].model, 'gpt-503');
    assert.equal(json.choices[1].message.role, 'assistant');
    expectErrorObject(json.choices[1].error, { message: /Come back/ });
    assert.equal(json.choices[1].error.status, 503);
    assert.equal(json.choices[2].message.content, 'Beta answers.');
    assert.equal(json.error, undefined);
    expectLegs(json.onellm, [
      { status: 200 },
      { status: 503, upstream_status: 503, finish_reason: 'error' },
      { status: 200 },
    ]);
  });

  test('tool calls of legs keep their own numbers', async () => {
    upstream.script(
      'gpt-tool',
      play([role(), ...toolCall(0, 'call_1', 'do', ['{}']), finish('tool_calls'), DONE]),
    );
    const stream = readStream((await main.chat(askStream('gpt-tool,gpt-tool', merge('choices')))).text);
    for (const choice of stream.choices) {
      assert.equal(choice.tool_calls.length, 1);
      assert.equal(choice.finish_reason, 'tool_calls');
    }
  });
});

describe('race', () => {
  test('the first leg with content wins and the others are cancelled', async () => {
    upstream.script('gpt-tortoise', play([role()], { ending: 'hang' }));
    const stream = expectAnswer(await main.chat(askStream('gpt-tortoise,gpt-a', merge('race'))), {
      text: 'Alpha speaks.',
    });
    assert.deepEqual([...stream.choices[0].models], ['gpt-a']);
    await (await upstream.called('gpt-tortoise')).letGo();
  });

  test('the loser is cancelled while the winner still speaks', async () => {
    upstream.script('gpt-loser', hang());
    upstream.script('gpt-winner', speak('one two three', { gapMs: 150 }));
    const reply = await main.openChat(askStream('gpt-loser,gpt-winner', merge('race')));
    await reply.until('one');
    const gone = await (await upstream.called('gpt-loser')).letGo();
    await reply.whole();
    assert.ok(gone < reply.arrivals.at(-1).at, 'cancelled only at the end');
    expectAnswer(reply, { text: 'one two three' });
  });

  test('reasoning wins no race, a tool call does, a refusal does', async () => {
    upstream.script(
      'gpt-thinker',
      play([role(), sse(chunk({ reasoning_content: 'Hm.' }))], { ending: 'hang' }),
    );
    upstream.script(
      'gpt-caller',
      play([role(), ...toolCall(0, 'call_1', 'do', ['{}']), finish('tool_calls'), DONE]),
    );
    upstream.script('gpt-refuser', play([role(), sse(chunk({ refusal: 'No.' })), finish('stop'), DONE]));
    const called = expectAnswer(await main.chat(askStream('gpt-thinker,gpt-caller', merge('race'))), {
      finish_reason: 'tool_calls',
    });
    assert.equal(called.choices[0].tool_calls.length, 1);
    const refused = expectAnswer(await main.chat(askStream('gpt-thinker,gpt-refuser', merge('race'))), {});
    assert.equal(refused.choices[0].refusal, 'No.');
  });

  test('a leg that fails does not win', async () => {
    for (const model of ['gpt-503,gpt-late', 'dead-model,gpt-late']) {
      expectAnswer(await main.chat(askStream(model, merge('race'))), { text: 'Late but here.' });
      const reply = await main.chat(ask(model, merge('race')));
      assert.equal(reply.status, 200, reply.text);
      assert.equal(reply.json.choices.length, 1);
      assert.equal(reply.json.choices[0].message.content, 'Late but here.');
    }
  });

  test('of replies the first to finish well wins and the others are cancelled', async () => {
    upstream.script('gpt-sleeper', hang());
    const reply = await main.chat(ask('gpt-sleeper,gpt-a', merge('race')));
    assert.equal(reply.json.choices.length, 1);
    assert.equal(reply.json.choices[0].index, 0);
    assert.equal(reply.json.choices[0].message.content, 'Alpha speaks.');
    await (await upstream.called('gpt-sleeper')).letGo();
  });
});

describe('which way to join', () => {
  test('the header chooses, and the body wins over it', async () => {
    const headers = { 'x-onellm-merge': 'choices' };
    assert.equal(readStream((await main.chat(askStream('gpt-a,gpt-b'), { headers })).text).choices.length, 2);
    assert.equal((await main.chat(ask('gpt-a,gpt-b'), { headers })).json.choices.length, 2);
    assert.equal(
      readStream((await main.chat(askStream('gpt-a,gpt-b', merge('concat')), { headers })).text).choices
        .length,
      1,
    );
    assert.equal((await main.chat(ask('gpt-a,gpt-b', merge('concat')), { headers })).json.choices.length, 1);
  });

  test('a model that cannot have two choices refuses all before the first call', async () => {
    const calls = upstream.calls.length;
    expectError(await main.chat(ask('gpt-a,gpt-b', { n: 2 })), { status: 400, param: 'n' });
    expectError(await main.chat(ask('gpt-a,,gpt-b')), { status: 400, param: 'model' });
    expectError(await main.chat(ask('gpt-a,nobody-knows')), {
      status: 404,
      code: 'model_not_found',
      param: 'model',
    });
    expectError(await main.chat(ask('gpt-a,echo', { onellm: { strict: true }, seed: 1 })), {
      status: 400,
      code: 'unsupported_parameter',
      param: 'seed',
    });
    assert.equal(upstream.calls.length, calls);
  });
});

describe('when all legs fail before content', () => {
  for (const [name, kind] of [
    ['streams', askStream],
    ['replies', ask],
  ]) {
    test(`${name} are an HTTP error with the common status and each leg's error`, async () => {
      const reply = await main.chat(kind('gpt-503,gpt-503'));
      const error = expectError(reply, { status: 503 });
      assert.equal(error.legs.length, 2);
      for (const leg of error.legs) assert.equal(leg.model, 'gpt-503');
      assert.match(JSON.stringify(error.legs), /Come back/);
    });

    test(`${name} of unlike failures are a 502`, async () => {
      const error = expectError(await main.chat(kind('gpt-503,gpt-429,dead-model')), {
        status: 502,
        type: 'server_error',
      });
      assert.deepEqual(
        error.legs.map((leg) => [leg.model, leg.status]),
        [
          ['gpt-503', 503],
          ['gpt-429', 429],
          ['dead-model', 502],
        ],
      );
    });

    for (const way of ['concat', 'choices', 'race']) {
      test(`${name} joined by ${way} are an HTTP error too`, async () => {
        const error = expectError(await main.chat(kind('gpt-429,gpt-429', merge(way))), { status: 429 });
        assert.equal(error.legs.length, 2);
      });
    }
  }

  test('the error waits for the last leg', async () => {
    upstream.script('gpt-slow-503', async (call) => {
      await new Promise((resolve) => setTimeout(resolve, 200));
      refuse(503)(call);
    });
    expectError(await main.chat(askStream('gpt-503,gpt-slow-503')), { status: 503 });
  });
});

describe('after the head', () => {
  test('all legs failing in choices are an error line, then [DONE]', async () => {
    const stream = expectStreamError(await main.chat(askStream('gpt-half,gpt-half', merge('choices'))));
    assert.ok(stream.choices.every((choice) => choice.text === 'Half a word'));
  });

  test('the winner of a race failing is an error line, then [DONE]', async () => {
    upstream.script('gpt-never', hang());
    expectStreamError(await main.chat(askStream('gpt-half,gpt-never', merge('race'))));
  });

  test('a leg that waits has no idle timer, however long the first takes', async () => {
    upstream.script('gpt-long', speak('a b c d e f', { gapMs: 250 }));
    const big = 'x'.repeat(1000);
    upstream.script(
      'gpt-big',
      play([role(), ...Array.from({ length: 1000 }, () => text(big)), finish(), DONE]),
    );
    const stream = expectAnswer(await hasty.chat(askStream('gpt-long,gpt-big')), {});
    assert.equal(stream.choices[0].text, `a b c d e f\n\n${big.repeat(1000)}`);
  });

  test('a leg that falls silent in its turn is cut, and the next goes on', async () => {
    upstream.script('gpt-stuck', play([role(), text('Stuck')], { ending: 'hang' }));
    const stream = expectAnswer(await hasty.chat(askStream('gpt-stuck,gpt-b')), {});
    assert.match(stream.choices[0].text, /^Stuck\s*\[gpt-stuck: .+ \(504\)\]\n\nBeta answers\.$/);
  });
});

test('a first leg that is slow holds back a second with very much to say', async () => {
  const line = text('y'.repeat(10_000));
  const lines = 3200; // 32 MB: far over what the sockets between hold by themselves
  let sent = 0;
  upstream.script('gpt-flood', async (call) => {
    call.startStream();
    call.reply.write(role());
    for (let i = 0; i < lines && !call.closed; ++i) {
      if (!call.reply.write(line)) await new Promise((resolve) => call.reply.once('drain', resolve));
      sent += 1;
    }
    call.reply.end(finish() + DONE);
  });
  let sentWhileWaiting;
  upstream.script('gpt-first', async (call) => {
    await call.play([role(), text('first')], { ending: 'hang' });
    await new Promise((resolve) => setTimeout(resolve, 1500));
    sentWhileWaiting = sent;
    call.reply.end(finish() + DONE);
  });
  const stream = expectAnswer(await main.chat(askStream('gpt-first,gpt-flood')), {});
  assert.equal(stream.choices[0].text.length, 'first\n\n'.length + lines * 10_000);
  assert.ok(stream.choices[0].text.startsWith('first\n\nyyy'));
  assert.ok(
    sentWhileWaiting < lines * 0.6,
    `${sentWhileWaiting} of ${lines} lines were taken while the leg waited`,
  );
});

test('a reply whose leg has more than one choice keeps to one a leg', async () => {
  upstream.script('gpt-two', (call) => {
    const body = completion('one');
    body.choices.push({ ...structuredClone(body.choices[0]), index: 1 });
    call.send(200, body);
  });
  const { json } = await main.chat(ask('gpt-two,gpt-a', merge('choices')));
  assert.deepEqual(
    json.choices.map((choice) => choice.index),
    [0, 1],
  );
});

test('usage that a leg does not report is not invented', async () => {
  upstream.script('gpt-no-usage', play([role(), text('x'), finish(), DONE]));
  const stream = expectAnswer(await main.chat(askStream('gpt-no-usage,gpt-a', withUsage)), {});
  assert.equal(stream.usage.total_tokens, USAGE.total_tokens);
  assert.ok(!stream.onellm.legs[0].usage, JSON.stringify(stream.onellm.legs[0]));
});

test('the usage chunk comes last', async () => {
  upstream.script('gpt-usage', play([role(), text('x'), finish(), usageChunk(), DONE]));
  const stream = expectAnswer(await main.chat(askStream('gpt-usage,gpt-usage', withUsage)), {});
  assert.ok(stream.chunks.at(-1).usage);
});
