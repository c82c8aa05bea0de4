// Keys on the dashboard: made, changed, rotated, blocked and deleted by dialogs that ask first.

import assert from 'node:assert/strict';
import test from 'node:test';
import { pageSuite } from './support/suite.mjs';

const { visit, apiRequests } = pageSuite();

const rowOf = (page, name) => page.locator('.key', { hasText: name });
const dialogOf = (page) => page.getByRole('dialog');

test('a new key shows its secret once, to copy', async () => {
  await visit('/dashboard', { permissions: ['clipboard-read', 'clipboard-write'] }, async (page) => {
    await page.getByRole('button', { name: 'New key' }).click();
    const dialog = dialogOf(page);
    await dialog.getByLabel('Name').fill('Carla');
    await dialog.getByLabel('Models').fill('gpt-4o*\ngroq/*');
    await dialog.getByLabel('Budget in US dollars').fill('12.5');
    await dialog.getByLabel('Requests a minute').fill('30');
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    await dialog.getByText(/^sk-onellm-/).waitFor();
    await dialog.getByRole('button', { name: 'Copy' }).click();
    assert.match(await page.evaluate(() => navigator.clipboard.readText()), /^sk-onellm-[0-9A-Za-z]{49}$/);
    await dialog.getByRole('button', { name: 'Done' }).click();
    await rowOf(page, 'Carla').getByText('$0 of $12.50 a month').waitFor();
    assert.ok(!(await page.content()).includes('sk-onellm-'));
  });
});

test('an alias that is taken is told in the dialog, which keeps what was typed', async () => {
  await visit('/dashboard', {}, async (page) => {
    await page.getByRole('button', { name: 'New key' }).click();
    await dialogOf(page).getByLabel('Name').fill('Ben');
    await dialogOf(page).getByRole('button', { name: 'Make the key' }).click();
    await dialogOf(page).getByRole('alert').getByText('Another key has the alias Ben.').waitFor();
    assert.equal(await dialogOf(page).getByLabel('Name').inputValue(), 'Ben');
  });
});

test('a change sends only what was changed', async () => {
  await visit('/dashboard', {}, async (page) => {
    await page.getByRole('button', { name: 'Change: Ben' }).click();
    const sent = page.waitForRequest((request) => request.method() === 'PATCH');
    await dialogOf(page).getByLabel('Budget in US dollars').fill('4');
    await dialogOf(page).getByLabel('Requests a minute').fill('');
    await dialogOf(page).getByRole('button', { name: 'Save' }).click();
    assert.deepEqual((await sent).postDataJSON(), { max_budget: '4', rpm_limit: null });
    await rowOf(page, 'Ben').getByText('$1.84 of $4.00 a day').waitFor();
  });
});

test('a rotation asks how long the old secret stays, and shows the new one', async () => {
  await visit('/dashboard', {}, async (page) => {
    await page.getByRole('button', { name: 'Rotate: Anna' }).click();
    const sent = page.waitForRequest((request) => request.url().endsWith('/rotate'));
    await dialogOf(page).getByLabel('The old secret ends').selectOption('after 10 minutes');
    await dialogOf(page).getByRole('button', { name: 'Make a new secret' }).click();
    assert.deepEqual((await sent).postDataJSON(), { grace_seconds: 600 });
    await dialogOf(page)
      .getByText(/^sk-onellm-/)
      .waitFor();
  });
});

test('blocking and deleting happen only after a confirmation', async () => {
  await visit('/dashboard', {}, async (page) => {
    await page.getByRole('button', { name: 'Delete: Ben' }).click();
    await dialogOf(page).getByRole('button', { name: 'Cancel' }).click();
    assert.ok(!apiRequests().some((each) => each.startsWith('DELETE')));
    await page.getByRole('button', { name: 'Block: Ben' }).click();
    await dialogOf(page).getByRole('button', { name: 'Block' }).click();
    await rowOf(page, 'Ben').getByText('Blocked').waitFor();
    await page.getByRole('button', { name: 'Delete: Ben' }).click();
    await dialogOf(page).getByRole('button', { name: 'Delete' }).click();
    await rowOf(page, 'Ben').waitFor({ state: 'detached' });
    assert.ok(apiRequests().includes('DELETE /v1/admin/keys/key_91bc'));
  });
});

test('keys are found by a part of their alias', async () => {
  await visit('/dashboard', {}, async (page) => {
    await page.getByLabel('Search keys').fill('summ');
    await page.waitForFunction(() => document.querySelectorAll('.key').length === 1);
    await rowOf(page, 'night summaries').waitFor();
  });
});
