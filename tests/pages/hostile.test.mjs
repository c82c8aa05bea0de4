// Texts from outside are texts: names of models, aliases, ids of sessions, errors, what models write. None of them
// becomes an element or a request (pageSuite checks that no other host is asked and no script ran).

import assert from 'node:assert/strict';
import test from 'node:test';
import { pageSuite } from './support/suite.mjs';

const { visit } = pageSuite();

const madeOfText = (page) =>
  page.locator('main').locator('img, script, iframe, style, [onerror], [onclick]').count();

test('hostile names on the dashboard are shown as they are', async () => {
  for (const group of ['model', 'provider', 'key']) {
    await visit(`/dashboard?group=${group}`, { key: 'sk-hostile' }, async (page) => {
      await page.waitForSelector('.figure-value');
      await page.locator('.chart').first().press('End');
      await page.locator('.reading').waitFor();
      await page.waitForLoadState('networkidle');
      assert.equal(await madeOfText(page), 0);
      await page.locator('.session-id').first().waitFor();
      await page.locator('td', { hasText: '<img src="https://evil.test/x.png"' }).first().waitFor();
    });
  }
});

test('a hostile address is only a filter', async () => {
  const text = encodeURIComponent('"><img src=https://evil.test/x onerror=window.hacked=1>');
  await visit(`/dashboard?model=${text}&range=${text}&group=${text}&from=${text}`, {}, async (page) => {
    await page.getByRole('heading', { name: 'Nothing matches these filters' }).waitFor();
    assert.equal(await madeOfText(page), 0);
  });
});

test('hostile settings and providers on the start page are shown as they are', async () => {
  await visit('/', { key: 'sk-hostile' }, async (page) => {
    await page.getByText('Works, but settings are wrong').waitFor();
    assert.equal(await madeOfText(page), 0);
  });
});

test('what a model writes becomes no picture, no script and no link but to the web', async () => {
  await visit('/playground', { key: 'sk-hostile' }, async (page) => {
    await page.waitForLoadState('networkidle');
    await page.getByLabel('Prompt').fill('<img src=x onerror="window.hacked=1">');
    await page.keyboard.press('Enter');
    await page.locator('.column .answer-tasks').nth(1).waitFor();
    await page.locator('.reasoning summary').first().click();
    await page.waitForTimeout(300);
    assert.equal(await madeOfText(page), 0);
    const links = await page
      .locator('.column')
      .first()
      .locator('.markdown a')
      .evaluateAll((all) => all.map((a) => [a.getAttribute('href'), a.rel]));
    assert.deepEqual(links, [
      ['https://evil.test/pixel.png', 'noopener noreferrer'],
      [null, 'noopener noreferrer'],
      [null, 'noopener noreferrer'],
      ['https://ok.test/', 'noopener noreferrer'],
      ['https://auto.test/link', 'noopener noreferrer'],
    ]);
    await page.getByText('<script>window.hacked = 1</script>').first().waitFor();
  });
});

test('an answer that nests deeper than Markdown can be read is shown as it is, also after a reload', async () => {
  for (const answer of [
    `${'>'.repeat(2500)}a`,
    `${'- '.repeat(3000)}a`,
    `${'*'.repeat(3000)}a${'*'.repeat(3000)}`,
  ]) {
    await visit('/playground', {}, async (page) => {
      const event = (body) => `data: ${JSON.stringify(body)}\n\n`;
      await page.route('**/v1/chat/completions', (route) => {
        const { model } = route.request().postDataJSON();
        const said = model.split(',').map((_, index) => {
          const start = event({ choices: [{ index, delta: { content: answer } }] });
          return start + event({ choices: [{ index, delta: {}, finish_reason: 'stop' }] });
        });
        const headers = { 'content-type': 'text/event-stream' };
        route.fulfill({ headers, body: `${said.join('')}data: [DONE]\n\n` });
      });
      await page.waitForLoadState('networkidle');
      await page.getByLabel('Prompt').fill('Hello');
      await page.keyboard.press('Enter');
      const shown = page.locator('.markdown-part', { hasText: answer.slice(-20) }).first();
      await shown.waitFor();
      await page.reload();
      await shown.waitFor();
    });
  }
});
