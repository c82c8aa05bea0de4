// The start page: health, next steps, providers, and set-up for clients.

import assert from 'node:assert/strict';
import test from 'node:test';
import { pageSuite } from './support/suite.mjs';

const { visit, apiRequests } = pageSuite();

test('without a key it shows health and what to do next, by one request', async () => {
  await visit('/', { key: '' }, async (page) => {
    await page.getByText('Healthy').waitFor();
    assert.deepEqual(apiRequests(), ['GET /healthz']);
    await page.getByRole('heading', { name: 'Add a provider' }).waitFor();
    await page.getByText('npx wrangler secret put OPENAI_API_KEY').waitFor();
  });
});

test('with a key it shows providers and parts, by one request', async () => {
  await visit('/', { key: '' }, async (page) => {
    await page.getByText('Healthy').waitFor();
    await page.getByLabel('Key, to see').fill('sk-plain');
    await page.keyboard.press('Enter');
    await page.locator('.tag', { hasText: 'anthropic' }).waitFor();
    assert.deepEqual(apiRequests(), ['GET /healthz', 'GET /v1/status']);
    assert.equal(await page.locator('.step.is-done').count(), 2);
  });
});

test('a deployment with nothing but echo is told to add a provider', async () => {
  await visit('/', { key: 'sk-empty' }, async (page) => {
    await page.getByText('None yet, only').waitFor();
    assert.deepEqual(apiRequests(), ['GET /v1/status']);
    assert.equal(await page.locator('.step.is-done').count(), 1);
  });
});

test('a wrong key is told, and health shows all the same', async () => {
  await visit('/', { key: 'sk-wrong' }, async (page) => {
    await page.getByRole('alert').getByText('The API key is wrong.').waitFor();
    await page.getByText('Healthy').waitFor();
  });
});

test('every client has a block with this address in it, reached by arrow keys', async () => {
  await visit('/', {}, async (page) => {
    const tabs = page.getByRole('tab');
    const names = await tabs.allInnerTexts();
    assert.deepEqual(names, [
      'OpenAI Python',
      'OpenAI JavaScript',
      'Claude Code',
      'opencode',
      'Open WebUI',
      'curl',
    ]);
    await tabs.first().focus();
    for (const name of names) {
      assert.equal(await page.locator('[role=tab]:focus').innerText(), name);
      assert.ok(
        (await page.locator('#client-panel pre').innerText()).includes(new URL(page.url()).origin),
        name,
      );
      await page.keyboard.press('ArrowRight');
    }
  });
});
