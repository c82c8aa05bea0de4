// The playground: columns with a history each, one request where all have the same, and everything beside it.

import assert from 'node:assert/strict';
import test from 'node:test';
import { pageSuite } from './support/suite.mjs';

const { visit, apiRequests, received } = pageSuite();

async function choose(page, model) {
  await page.getByRole('button', { name: 'Model', exact: true }).click();
  await page.getByRole('combobox', { name: 'Search models' }).fill(model);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await page.locator('.column-head', { hasText: model }).last().waitFor();
}

async function ask(page, text) {
  await page.getByLabel('Prompt', { exact: true }).fill(text);
  await page.keyboard.press('Enter');
}

const allAnswered = (page) => page.getByRole('button', { name: 'Send' }).waitFor({ timeout: 20_000 });
const column = (page, model) =>
  page.locator('.column', { has: page.locator('.column-head', { hasText: model }) });

test('columns with the same history share one request, others have one each', async () => {
  await visit('/playground', {}, async (page) => {
    await page.locator('.column').nth(1).waitFor();
    assert.deepEqual(apiRequests(), ['GET /v1/models']);
    await ask(page, 'First');
    await allAnswered(page);
    assert.equal(received.length, 1);
    assert.equal(received[0].model, 'claude-sonnet-5,gpt-5.6');
    assert.deepEqual(received[0].onellm, { merge: 'choices' });
    await ask(page, 'Second');
    await allAnswered(page);
    assert.equal(received.length, 3);
    const [claude, gpt] = received.slice(1);
    assert.deepEqual([claude.model, gpt.model], ['claude-sonnet-5', 'gpt-5.6']);
    assert.equal(claude.onellm, undefined);
    assert.deepEqual(
      claude.messages.map(({ role }) => role),
      ['user', 'assistant', 'user'],
    );
    assert.deepEqual(claude.messages[1].thinking_blocks[0].signature, 'signed-by-claude-sonnet-5');
    assert.equal(gpt.messages[1].thinking_blocks, undefined);
  });
});

test('an answer shows its figures, its reasoning and its Markdown', async () => {
  await visit('/playground', {}, async (page) => {
    await page.locator('.column').nth(1).waitFor();
    await ask(page, 'Hello');
    await allAnswered(page);
    const claude = column(page, 'claude-sonnet-5');
    for (const part of ['first', 'whole', 't/s', 'tokens', '$'])
      await claude.locator('.figures', { hasText: part }).waitFor();
    await claude.locator('.markdown table').waitFor();
    await claude.locator('.reasoning summary').click();
    await claude.getByText('The question is about flow control.').waitFor();
    await claude.locator('.code-block button').click();
    await claude.getByText('Copied').waitFor();
  });
});

test('Retry asks one column anew, alone', async () => {
  await visit('/playground', {}, async (page) => {
    await page.locator('.column').nth(1).waitFor();
    await ask(page, 'Hello');
    await allAnswered(page);
    await column(page, 'gpt-5.6').getByRole('button', { name: 'Retry' }).click();
    await allAnswered(page);
    assert.equal(received.length, 2);
    assert.equal(received[1].model, 'gpt-5.6');
    assert.deepEqual(received[1].messages, [{ role: 'user', content: 'Hello' }]);
  });
});

test('Stop ends all columns, and keeps what they said', async () => {
  await visit('/playground', {}, async (page) => {
    await page.locator('.column').nth(1).waitFor();
    await ask(page, 'Hello');
    await page.locator('.column .markdown').nth(1).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await allAnswered(page);
    assert.equal(await page.locator('.tag', { hasText: 'stopped' }).count(), 2);
  });
});

test('a model that fails has its own error, a refused request tells all', async () => {
  await visit('/playground', {}, async (page) => {
    await page.locator('.column').nth(1).waitFor();
    await choose(page, 'broken-model');
    await choose(page, 'tool-model');
    await ask(page, 'Hello');
    await column(page, 'broken-model').getByText('The provider is overloaded (503).').waitFor();
    await column(page, 'tool-model').getByText('"place": "Ulm"').waitFor();
    await allAnswered(page);
    assert.equal(await page.locator('.answer-error').count(), 1);
    await page.getByRole('button', { name: 'Clear' }).click();
    await choose(page, 'refused-model');
    await ask(page, 'Hello');
    await allAnswered(page);
    assert.equal(await page.locator('.answer-error').count(), 5);
    assert.ok(await page.getByRole('button', { name: 'Model', exact: true }).isDisabled());
  });
});

test('settings go with the request', async () => {
  await visit('/playground', {}, async (page) => {
    await page.locator('.column').nth(1).waitFor();
    await page.getByRole('button', { name: 'Settings' }).click();
    await page.getByLabel('System prompt').fill('Be short.');
    await page.getByLabel('Temperature').fill('0.4');
    await page.getByLabel('Max tokens').fill('100');
    await page.getByLabel('Effort').selectOption('low');
    await ask(page, 'Hello');
    await allAnswered(page);
    const [{ messages, temperature, max_completion_tokens: most, reasoning_effort: effort }] = received;
    assert.deepEqual(messages[0], { role: 'system', content: 'Be short.' });
    assert.deepEqual([temperature, most, effort], [0.4, 100, 'low']);
  });
});

test('drafts, settings and histories survive a reload', async () => {
  await visit('/playground', {}, async (page) => {
    await page.locator('.column').nth(1).waitFor();
    await ask(page, 'Hello');
    await allAnswered(page);
    await page.getByLabel('Prompt', { exact: true }).fill('half a thou');
    await page.reload();
    assert.equal(await page.getByLabel('Prompt', { exact: true }).inputValue(), 'half a thou');
    await page.locator('.column .markdown table').nth(1).waitFor();
    await page.locator('.figures', { hasText: 't/s' }).first().waitFor();
  });
});

test('pictures and PDFs go with the prompt, other files are refused', async () => {
  await visit('/playground', {}, async (page) => {
    await page.locator('.column').nth(1).waitFor();
    const files = [
      { name: 'dot.png', mimeType: 'image/png', buffer: Buffer.from('iVBORw0KGgo=', 'base64') },
      { name: 'paper.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.4') },
      { name: 'notes.txt', mimeType: 'text/plain', buffer: Buffer.from('no') },
    ];
    await page.getByLabel('Files').setInputFiles(files);
    await page.getByText('notes.txt is no picture and no PDF.').waitFor();
    await ask(page, 'What is this?');
    await allAnswered(page);
    const [picture, pdf, text] = received[0].messages[0].content;
    assert.equal(picture.image_url.url, 'data:image/png;base64,iVBORw0KGgo=');
    assert.deepEqual(
      [pdf.file.filename, pdf.file.file_data],
      ['paper.pdf', 'data:application/pdf;base64,JVBERi0xLjQ='],
    );
    assert.deepEqual(text, { type: 'text', text: 'What is this?' });
  });
});

test('a picture is pasted, a PDF is dropped, and each can be removed', async () => {
  await visit('/playground', {}, async (page) => {
    await page.locator('.column').nth(1).waitFor();
    const give = async (event, name, type) => {
      await page.getByLabel('Prompt', { exact: true }).evaluate(
        (prompt, [event, name, type]) => {
          const files = new DataTransfer();
          files.items.add(new File(['%'], name, { type }));
          const more = { bubbles: true, cancelable: true };
          prompt.dispatchEvent(
            event === 'paste'
              ? new ClipboardEvent(event, { clipboardData: files, ...more })
              : new DragEvent(event, { dataTransfer: files, ...more }),
          );
        },
        [event, name, type],
      );
      await page.getByRole('button', { name: `Remove ${name}` }).waitFor();
    };
    await give('paste', 'shot.png', 'image/png');
    await give('drop', 'paper.pdf', 'application/pdf');
    await page.getByRole('button', { name: 'Remove shot.png' }).click();
    await ask(page, '');
    await allAnswered(page);
    assert.deepEqual(
      received[0].messages[0].content.map((part) => part.file?.filename),
      ['paper.pdf'],
    );
  });
});

test('the request is there as curl, Python and JavaScript', async () => {
  await visit('/playground', {}, async (page) => {
    await page.locator('.column').nth(1).waitFor();
    await page.getByLabel('Prompt', { exact: true }).fill("It's me");
    await page.getByRole('button', { name: 'Code' }).click();
    const code = page.locator('#code-panel pre');
    assert.match(await code.innerText(), /curl -N .*"content": "It'\\''s me"/s);
    await page.getByRole('tab', { name: 'Python' }).click();
    assert.match(await code.innerText(), /stream=True,.*extra_body=\{"onellm": \{"merge": "choices"\}\},/s);
    await page.getByRole('tab', { name: 'JavaScript' }).click();
    assert.match(await code.innerText(), /import OpenAI from 'openai'/);
    assert.doesNotMatch(await code.innerText(), /sk-plain/);
  });
});

test('blind mode hides names until the vote, and counts it', async () => {
  await visit('/playground', {}, async (page) => {
    await page.locator('.column').nth(1).waitFor();
    await page.getByRole('button', { name: 'Blind' }).click();
    await ask(page, 'Hello');
    await allAnswered(page);
    assert.deepEqual(await page.locator('.column-head .name-text').allInnerTexts(), ['Model A', 'Model B']);
    assert.equal(
      await page
        .locator('.columns')
        .getByText(/claude|gpt/)
        .count(),
      0,
    );
    await page.locator('.blind').getByRole('button', { name: 'Model B' }).click();
    const names = await page.locator('.column-head .name-text').allInnerTexts();
    assert.deepEqual([...names].sort(), ['claude-sonnet-5', 'gpt-5.6']);
    await page.locator('.standing', { hasText: `${names[1]} 100% of 1` }).waitFor();
    await page.reload();
    await page.locator('.column').nth(1).waitFor();
    await ask(page, 'Again');
    await allAnswered(page);
    assert.equal(received.length, 2);
    assert.equal(received[1].messages.length, 1);
    const next = page.locator('.blind').getByRole('button', { name: 'Model A' });
    await next.click();
    await page.locator('.standing', { hasText: 'of 2' }).waitFor();
  });
});

test('200 models are searched, and any name can be used as it is typed', async () => {
  await visit('/playground', { key: 'sk-many' }, async (page) => {
    await page.locator('.column').nth(1).waitFor();
    await choose(page, 'mistral-large-2511-variant-17');
    await choose(page, 'gpt-5.6|claude-haiku-5');
    assert.equal(await page.locator('.column').count(), 4);
  });
});

test('a choice in a dialog gives the focus back to what opened it', async () => {
  await visit('/playground', {}, async (page) => {
    await page.locator('.column').nth(1).waitFor();
    await choose(page, 'echo');
    assert.equal(await page.evaluate(() => document.activeElement.textContent), 'Model');
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
  });
});

test('five columns at 50 tokens a second drop no frame longer than 100 ms', async () => {
  await visit('/playground', {}, async (page) => {
    await page.locator('.column').nth(1).waitFor();
    for (const model of ['long-model', 'long-model', 'long-model']) await choose(page, model);
    await ask(page, 'Hello');
    await page.locator('.column .markdown').nth(4).waitFor();
    const longest = await page.evaluate(
      () =>
        new Promise((resolve) => {
          let most = 0;
          let before = performance.now();
          const end = before + 5000;
          requestAnimationFrame(function frame(now) {
            most = Math.max(most, now - before);
            before = now;
            if (now < end) requestAnimationFrame(frame);
            else resolve(most);
          });
        }),
    );
    assert.ok(longest <= 100, `the longest frame took ${Math.round(longest)} ms`);
    await page.getByRole('button', { name: 'Stop' }).click();
    await allAnswered(page);
  });
});
