// The Translate tab: the gateway's own module in the browser, and nothing that leaves it.

import assert from 'node:assert/strict';
import test from 'node:test';
import { seriousFindings } from './support/axe.mjs';
import { overflows, pageSuite } from './support/suite.mjs';

const { visit, apiRequests } = pageSuite();

const requestTo = (page, name) => page.getByLabel(`Request to ${name}`, { exact: true });

/** The APIs of clients that the module knows. */
const offered = (page) =>
  page
    .getByLabel('API of the client')
    .locator('option')
    .evaluateAll((all) => all.map(({ value }) => value));

async function openStream(page) {
  await page.getByRole('tab', { name: 'A stream' }).click();
  return page.getByLabel('Bytes that the client gets');
}

test('the module is loaded by the first click on the tab, and by nothing before', async () => {
  await visit('/playground', { key: '' }, async (page) => {
    const files = [];
    page.on('request', (request) => files.push(request.url()));
    await page.waitForLoadState('networkidle');
    assert.ok(!files.some((url) => url.endsWith('.wasm')));
    await page.getByRole('tab', { name: 'Translate' }).click();
    await requestTo(page, 'Claude').waitFor();
    assert.equal(files.filter((url) => url.endsWith('.wasm')).length, 1);
    assert.deepEqual(apiRequests(), []);
  });
});

test('a request shows what each kind of provider would get, and what is left out and why', async () => {
  await visit('/playground?tab=translate', { key: '' }, async (page) => {
    assert.match(
      await requestTo(page, 'Claude').innerText(),
      /^POST https:\/\/api\.anthropic\.com\/v1\/messages\n[\s\S]*"stop_sequences": \[\n\s+"END"/,
    );
    assert.match(
      await requestTo(page, 'Gemini').innerText(),
      /:streamGenerateContent\?alt=sse[\s\S]*"systemInstruction"/,
    );
    assert.match(
      await requestTo(page, 'Azure OpenAI').innerText(),
      /^POST https:\/\/resource\.openai\.azure\.com\/openai\/deployments\/gpt-4o\/chat\/completions/,
    );
    await page.getByRole('region', { name: 'PaLM' }).getByText('PaLM has no tools.').waitFor();
    assert.match(
      await requestTo(page, 'Compatible host').innerText(),
      /^POST https:\/\/compatible\.invalid\/v1\/chat\/completions/,
    );
    const claude = page.getByRole('region', { name: 'Claude' });
    await claude.locator('.dropped code', { hasText: 'seed' }).waitFor();
    const reasons = await claude.locator('.dropped li').allInnerTexts();
    assert.ok(reasons.length >= 2);
    for (const each of reasons) {
      const [name, why] = each.split('\n');
      assert.ok(why.includes(` ${name}`), each);
      assert.doesNotMatch(why, /strict/);
    }
    assert.deepEqual(apiRequests(), []);
  });
});

test('the API of a pasted request is recognised, and a mistake in it is told', async () => {
  await visit('/playground?tab=translate', { key: '' }, async (page) => {
    const editor = page.getByLabel('Request', { exact: true });
    await editor.fill(
      '{"model":"x","system":"Be brief.","max_tokens":5,"messages":[{"role":"user","content":"Hi"}]}',
    );
    assert.equal(await page.getByLabel('API of the client').inputValue(), 'messages');
    assert.match(await requestTo(page, 'OpenAI').innerText(), /"content": "Be brief\."/);
    assert.match(
      await requestTo(page, 'PaLM').innerText(),
      /^POST https:\/\/generativelanguage\.googleapis\.com\/\S+chat-bison-001:generateMessage/,
    );
    await editor.fill('{"model":"x","input":"Hi"}');
    assert.equal(await page.getByLabel('API of the client').inputValue(), 'responses');
    // A core without that API says so, one that has it translates.
    await page
      .getByText('This version of the gateway has no Responses API')
      .or(requestTo(page, 'OpenAI'))
      .first()
      .waitFor();
    await editor.fill('{"messages": 3}');
    await page.getByText('Refused, nothing is sent:').first().waitFor();
    await editor.fill('{"messages": [');
    await page.getByRole('alert').waitFor();
  });
});

test('a stream is cut at any byte, and shows what the client has got by then', async () => {
  await visit('/playground?tab=translate', { key: '' }, async (page) => {
    const output = await openStream(page);
    assert.match(await output.innerText(), /"content":"Grüß "[\s\S]*"content":"Gott!"[\s\S]*data: \[DONE\]/);
    const slider = page.getByLabel('Bytes sent');
    await slider.fill('0');
    assert.equal(await output.innerText(), '');
    // Inside the two bytes of "ü": the client gets whole characters.
    const text = await page.getByLabel('Recorded stream').inputValue();
    const inside = Buffer.from(text.slice(0, text.indexOf('ü'))).length + 1;
    await slider.fill(String(inside));
    assert.doesNotMatch(await output.innerText(), /\ufffd|Gr/);
    await page.getByRole('button', { name: 'Next event' }).click();
    assert.match(await output.innerText(), /Grüß/);
    await page.getByRole('combobox', { name: 'Then' }).selectOption('break');
    assert.match(await output.innerText(), /"error"/);
  });
});

test('a recorded stream is dropped as a file', async () => {
  await visit('/playground?tab=translate', { key: '' }, async (page) => {
    const output = await openStream(page);
    const stream = await page.getByLabel('Recorded stream').inputValue();
    const dropped = await page.evaluateHandle(
      (text) => {
        const transfer = new DataTransfer();
        transfer.items.add(new File([text], 'recorded.sse'));
        return transfer;
      },
      stream.replace('Gott!', 'dich!'),
    );
    await page.getByLabel('Recorded stream').dispatchEvent('drop', { dataTransfer: dropped });
    await output.getByText('dich!').waitFor();
  });
});

test('every provider’s stream comes out in every API of clients', async () => {
  await visit('/playground?tab=translate', { key: '' }, async (page) => {
    const output = await openStream(page);
    // Gemini marks no end but that of the connection.
    await page.getByRole('combobox', { name: 'Then' }).selectOption('end');
    assert.deepEqual((await offered(page)).slice(0, 2), ['chat', 'messages']);
    for (const provider of ['openai', 'azure', 'anthropic', 'google', 'compatible']) {
      await page.getByLabel('Provider', { exact: true }).selectOption(provider);
      for (const client of await offered(page)) {
        await page.getByLabel('API of the client').selectOption(client);
        const text = await output.innerText();
        assert.match(text, /Gott!/, `${provider} to ${client}`);
        assert.match(text, /\[DONE\]|message_stop|response\.completed/, `${provider} to ${client}`);
      }
    }
  });
});

test('hostile text in a stream stays text, and the tab is accessible', async () => {
  for (const [theme, width] of [
    ['light', 1440],
    ['dark', 360],
  ]) {
    await visit('/playground?tab=translate', { key: '', theme, width }, async (page) => {
      await requestTo(page, 'Claude').waitFor();
      assert.deepEqual(await seriousFindings(page), []);
      const output = await openStream(page);
      const stream = await page.getByLabel('Recorded stream').inputValue();
      await page
        .getByLabel('Recorded stream')
        .fill(stream.replace('Gott!', '<img src=x onerror=window.hacked=1>'));
      assert.match(await output.innerText(), /<img src=x/);
      assert.equal(await page.locator('main img').count(), 0);
      assert.deepEqual(await seriousFindings(page), []);
      assert.equal(await overflows(page), false);
    });
  }
});
