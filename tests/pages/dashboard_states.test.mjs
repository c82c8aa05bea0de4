// The states of the dashboard in which there is nothing to draw: each says what to do next.

import assert from 'node:assert/strict';
import test from 'node:test';
import { pageSuite } from './support/suite.mjs';

const { visit, apiRequests } = pageSuite();

test('without a key nothing is asked, and a form asks for one', async () => {
  await visit('/dashboard', { key: '' }, async (page) => {
    await page.getByLabel('Key').fill('sk-plain');
    assert.deepEqual(apiRequests(), []);
    await page.keyboard.press('Enter');
    await page.waitForSelector('.figure-value');
    assert.equal(await page.evaluate(() => sessionStorage.getItem('onellm_key')), 'sk-plain');
    assert.equal(await page.evaluate(() => document.cookie + location.href.includes('sk-')), 'false');
    await page.getByRole('button', { name: 'Forget key' }).click();
    await page.getByLabel('Key').waitFor();
    assert.equal(await page.evaluate(() => sessionStorage.getItem('onellm_key')), null);
  });
});

test('a wrong key is told, and another can be typed in', async () => {
  await visit('/dashboard', { key: 'sk-wrong' }, async (page) => {
    await page.getByRole('alert').getByText('The API key is wrong.').waitFor();
    await page.getByLabel('Key').fill('sk-plain');
    await page.getByRole('button', { name: 'Continue' }).click();
    await page.waitForSelector('.figure-value');
  });
});

test('an empty ledger gives a first request to copy', async () => {
  await visit(
    '/dashboard',
    { key: 'sk-empty', permissions: ['clipboard-read', 'clipboard-write'] },
    async (page) => {
      await page.getByRole('heading', { name: 'No requests in this range' }).waitFor();
      await page.getByRole('button', { name: 'Copy' }).click();
      await page.getByText('Copied').waitFor();
      const copied = await page.evaluate(() => navigator.clipboard.readText());
      assert.match(copied, /^curl http:\/\/127\.0\.0\.1:\d+\/v1\/chat\/completions/);
      await page.getByText('None yet.').waitFor();
    },
  );
});

test('a ledger that is off tells how to turn it on', async () => {
  await visit('/dashboard', { key: 'sk-off' }, async (page) => {
    await page.getByRole('heading', { name: 'The ledger is off' }).waitFor();
    await page.getByText('ONELLM_LEDGER:1').waitFor();
  });
});

test('an error says what failed, names the request and can be tried again', async () => {
  await visit('/dashboard', { key: 'sk-error' }, async (page) => {
    const alert = page.getByRole('alert');
    await alert.getByText('The ledger did not answer.').waitFor();
    await alert.getByText('req_fixture').waitFor();
    await alert.getByRole('button', { name: 'Try again' }).click();
    await page.waitForTimeout(100);
    assert.equal(apiRequests().length, 2);
  });
});

test('a key without permission is told so, after both routes were tried', async () => {
  await visit('/dashboard', { key: 'sk-forbidden' }, async (page) => {
    await page.getByRole('heading', { name: 'This key may not see usage' }).waitFor();
    assert.deepEqual(
      apiRequests().map((each) => each.split('?')[0]),
      ['GET /v1/admin/usage', 'GET /v1/usage'],
    );
  });
});

test('while it loads there is a skeleton, and after 300 ms it says what it does', async () => {
  await visit('/dashboard', { key: 'sk-slow' }, async (page) => {
    await page.waitForSelector('.skeleton');
    await page.getByText('Reading the ledger …').waitFor({ timeout: 1200 });
    await page.waitForSelector('.figure-value');
    assert.equal(await page.locator('.skeleton').count(), 0);
  });
});
