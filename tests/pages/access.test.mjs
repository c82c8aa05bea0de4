// The pages for everybody: axe-core without a serious finding in both themes, at every width, and by keyboard alone.

import assert from 'node:assert/strict';
import test from 'node:test';
import { seriousFindings } from './support/axe.mjs';
import { OWN_KEY } from './support/fixture_api.mjs';
import { overflows, pageSuite } from './support/suite.mjs';

const { visit } = pageSuite();

const settled = (page) => page.waitForLoadState('networkidle');

async function answered(page) {
  await settled(page);
  await page.getByLabel('Prompt').fill('Hello');
  await page.keyboard.press('Enter');
  await page.locator('.column .answer-tasks').nth(1).waitFor();
  await page.getByRole('button', { name: 'Send' }).waitFor();
}

/** What is looked at: a name, a path, a key, and what is done before. */
const VIEWS = [
  ['the start page', '/', 'sk-plain', settled],
  ['the start page without a key', '/', '', settled],
  ['the start page of a bare deployment', '/', 'sk-bare', settled],
  ['the start page with hostile texts', '/', 'sk-hostile', settled],
  ['the dashboard', '/dashboard', 'sk-plain', settled],
  ['the dashboard of a key', '/dashboard', OWN_KEY, settled],
  ['the dashboard with hostile texts', '/dashboard', 'sk-hostile', settled],
  ['the empty dashboard', '/dashboard', 'sk-empty', settled],
  ['the dashboard with an error', '/dashboard', 'sk-error', settled],
  ['the dashboard with the ledger off', '/dashboard', 'sk-off', settled],
  ['the form for the key', '/dashboard', '', settled],
  [
    'the form of a key',
    '/dashboard',
    'sk-plain',
    (page) => page.getByRole('button', { name: 'New key' }).click(),
  ],
  [
    'the question before a deletion',
    '/dashboard',
    'sk-plain',
    (page) => page.getByRole('button', { name: 'Delete: Ben' }).click(),
  ],
  ['the playground', '/playground', 'sk-plain', answered],
  ['the playground with hostile texts', '/playground', 'sk-hostile', answered],
  [
    'the settings of the playground',
    '/playground',
    'sk-plain',
    (page) => page.getByRole('button', { name: 'Settings' }).click(),
  ],
  [
    'the choice of a model',
    '/playground',
    'sk-many',
    (page) => page.getByRole('button', { name: 'Model', exact: true }).click(),
  ],
  [
    'the request as code',
    '/playground',
    'sk-plain',
    (page) => page.getByRole('button', { name: 'Code' }).click(),
  ],
];

for (const [name, path, key, act] of VIEWS) {
  test(`${name} has no serious finding of axe-core, and nothing beside the screen`, async () => {
    for (const [theme, width] of [
      ['light', 1440],
      ['dark', 360],
    ]) {
      await visit(path, { key, theme, width, height: 740 }, async (page) => {
        await act(page);
        assert.deepEqual(await seriousFindings(page), [], `${theme}, ${width} px`);
        assert.equal(await overflows(page), false, `${width} px`);
      });
    }
  });
}

test('the dashboard is used by keyboard alone: chart, table, filter, dialog', async () => {
  await visit('/dashboard', {}, async (page) => {
    await page.waitForSelector('.figure-value');
    const reach = async (wanted) => {
      for (let times = 0; times < 80; times++) {
        await page.keyboard.press('Tab');
        if (await page.evaluate((selector) => document.activeElement?.matches(selector), wanted)) return;
      }
      assert.fail(`Tab does not reach ${wanted}`);
    };
    await reach('.chart');
    await page.keyboard.press('End');
    await page.keyboard.press('ArrowLeft');
    await page.locator('.reading').waitFor();
    await page.locator('[aria-live]', { hasText: /\$/ }).first().waitFor({ state: 'attached' });
    await page.keyboard.press('+');
    await page.getByRole('button', { name: 'Show all' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('button', { name: 'Show all' }).waitFor({ state: 'detached' });
    await reach('.legend-entry');
    await page.keyboard.press('Enter');
    await page.waitForURL(/model=/);
    await page.getByRole('button', { name: 'No filters' }).focus();
    await page.keyboard.press('Enter');
    await page.waitForFunction(
      () => document.querySelectorAll('section:has(#models-title) tbody tr').length === 9,
    );
    await reach('thead button');
    await page.keyboard.press('Enter');
    await page.locator('th[aria-sort]').first().waitFor();
    await page.getByRole('button', { name: 'Rotate: Anna' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('dialog').waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('dialog').waitFor({ state: 'detached' });
    assert.equal(
      await page.evaluate(() => document.activeElement?.getAttribute('aria-label')),
      'Rotate: Anna',
    );
  });
});

test('the focus is always visible', async () => {
  await visit('/dashboard', {}, async (page) => {
    await page.waitForSelector('.figure-value');
    for (let times = 0; times < 40; times++) {
      await page.keyboard.press('Tab');
      const outline = await page.evaluate(() => {
        const { outlineStyle, outlineWidth } = getComputedStyle(document.activeElement);
        return document.activeElement === document.body
          ? 'solid'
          : outlineWidth === '0px'
            ? 'none'
            : outlineStyle;
      });
      assert.notEqual(
        outline,
        'none',
        await page.evaluate(() => document.activeElement.outerHTML.slice(0, 100)),
      );
    }
  });
});
