// The dashboard: one request loads it, the address holds its state, charts and tables can be worked with.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import test from 'node:test';
import { toCsv } from '../../pages/dashboard/table/export.ts';
import { OWN_KEY } from './support/fixture_api.mjs';
import { pageSuite } from './support/suite.mjs';

const { visit, apiRequests } = pageSuite();

const isLoaded = (page) => page.waitForSelector('.figure-value');
const columnOf = (page, index) =>
  page.locator(`section:has(#models-title) tbody tr > :nth-child(${index})`).allInnerTexts();

test('one request loads the whole dashboard', async () => {
  await visit('/dashboard', {}, async (page) => {
    await isLoaded(page);
    await page.waitForLoadState('networkidle');
    assert.equal(apiRequests().length, 1);
    assert.match(apiRequests()[0], /^GET \/v1\/admin\/usage\?view=dashboard&.*step=hour&series=model$/);
    assert.equal(await page.locator('.cards .figure').count(), 6);
    assert.equal(await page.locator('.chart canvas').count(), 4);
    for (const title of ['Models', 'Several models', 'Sessions', 'Keys'])
      await page.getByRole('heading', { name: title, exact: true }).waitFor();
  });
});

test('range, group and filters stand in the address, and Back undoes them', async () => {
  await visit('/dashboard', {}, async (page) => {
    await isLoaded(page);
    await page.getByRole('button', { name: '30 d' }).click();
    await page.getByLabel('Group').selectOption('provider');
    await page.getByRole('combobox', { name: 'Model', exact: true }).selectOption('gpt-5.6');
    await page.waitForFunction(
      () => document.querySelectorAll('section:has(#models-title) tbody tr').length === 1,
    );
    assert.equal(new URL(page.url()).search, '?range=30d&group=provider&model=gpt-5.6');
    assert.match(apiRequests().at(-1), /step=day&series=provider&model=gpt-5\.6$/);
    await page.getByText('days in UTC').waitFor();
    await page.goBack();
    await page.waitForFunction(
      () => document.querySelectorAll('section:has(#models-title) tbody tr').length === 9,
    );
  });
});

test('an address with a custom range asks for its whole days', async () => {
  await visit('/dashboard?range=custom&from=2026-10-01&to=2026-10-20', {}, async (page) => {
    await isLoaded(page);
    assert.match(apiRequests()[0], /from=2026-10-01T00%3A00%3A00Z&to=2026-10-21T00%3A00%3A00Z&step=day/);
    assert.equal(await page.getByLabel('Last day').inputValue(), '2026-10-20');
  });
});

test('a name in the legend filters by it, and a model keeps its colour', async () => {
  await visit('/dashboard', {}, async (page) => {
    await isLoaded(page);
    const entry = page.locator('.legend-entry', { hasText: 'gemini-3-pro' });
    const colour = await entry.locator('.dot').evaluate((dot) => getComputedStyle(dot).backgroundColor);
    await entry.click();
    await page.waitForFunction(() => document.querySelectorAll('.legend-entry').length === 1);
    assert.equal(new URL(page.url()).searchParams.get('model'), 'gemini-3-pro');
    const now = await page
      .locator('.legend-entry .dot')
      .evaluate((dot) => getComputedStyle(dot).backgroundColor);
    assert.equal(now, colour);
  });
});

test('a click into the cost chart filters by the part that is there', async () => {
  // Days of the past: of the current hours there may be one in which the dearest model has no cost.
  await visit('/dashboard?range=custom&from=2026-10-01&to=2026-10-20', {}, async (page) => {
    await isLoaded(page);
    const box = await page.locator('.u-over').first().boundingBox();
    await page.mouse.move(box.x + box.width / 2, box.y + box.height - 3);
    await page.locator('.reading').waitFor();
    await page.mouse.down();
    await page.mouse.up();
    await page.waitForURL(/model=claude-sonnet-5/);
  });
});

test('dragging in one chart zooms all, and Show all undoes it', async () => {
  await visit('/dashboard', {}, async (page) => {
    await isLoaded(page);
    const ink = () =>
      page.locator('.chart canvas').evaluateAll((all) => all.map((canvas) => canvas.toDataURL().length));
    const before = await ink();
    const box = await page.locator('.u-over').nth(1).boundingBox();
    await page.mouse.move(box.x + 50, box.y + 40);
    await page.mouse.down();
    await page.mouse.move(box.x + 150, box.y + 40, { steps: 4 });
    await page.mouse.up();
    await page.getByRole('button', { name: 'Show all' }).waitFor();
    await page.waitForTimeout(100);
    const zoomed = await ink();
    for (const [index, length] of zoomed.entries()) assert.notEqual(length, before[index], `chart ${index}`);
    await page.getByRole('button', { name: 'Show all' }).click();
    assert.equal(new URL(page.url()).search, '');
  });
});

test('a column sorts by a click, the other way by a second', async () => {
  await visit('/dashboard', {}, async (page) => {
    await isLoaded(page);
    const head = page.locator('section:has(#models-title) th', { hasText: 'Errors' });
    await head.getByRole('button').click();
    assert.equal(await head.getAttribute('aria-sort'), 'descending');
    const errors = (await columnOf(page, 5)).map(Number);
    assert.deepEqual(
      errors,
      [...errors].sort((a, b) => b - a),
    );
    await head.getByRole('button').click();
    assert.deepEqual((await columnOf(page, 5)).map(Number), [...errors].reverse());
  });
});

test('exports hold the rows in the order that is seen, and no formula', async () => {
  await visit('/dashboard', { key: 'sk-hostile', acceptDownloads: true }, async (page) => {
    await isLoaded(page);
    const fileOf = async (name) => {
      const [file] = await Promise.all([
        page.waitForEvent('download'),
        page.getByRole('button', { name, exact: true }).click(),
      ]);
      return fs.readFileSync(await file.path(), 'utf8');
    };
    const csv = await fileOf('CSV');
    assert.match(csv, /^model,provider,cost_usd,requests,/);
    assert.equal(csv.trim().split('\r\n').length, 10);
    const cells = csv.split('\r\n').map((line) => line.split(',')[0]);
    assert.ok(
      cells.some((cell) => cell.startsWith('"\'=HYPERLINK(""https://evil.test/""')),
      csv,
    );
    assert.deepEqual(
      cells.filter((cell) => /^"?[=+\-@\t]/.test(cell)),
      [],
    );
    const json = JSON.parse(await fileOf('JSON'));
    const costs = json.map((row) => row.cost_usd);
    assert.deepEqual(
      costs,
      [...costs].sort((a, b) => b - a),
    );
  });
});

test('what an export would give a spreadsheet to run begins with an apostrophe', () => {
  const columns = [{ id: 'cell', value: (text) => text }];
  const texts = ['=1', '+1', '-1', '@a', '\ta', '\ra', 'a=1', 'a,b', 'a"b'];
  const lines = toCsv(texts, columns).split('\r\n').slice(1, -1);
  assert.deepEqual(lines, ["'=1", "'+1", "'-1", "'@a", "'\ta", '"\'\ra"', 'a=1', '"a,b"', '"a""b"']);
  assert.equal(toCsv([-1], columns), 'cell\r\n-1\r\n');
});

test('200 models are all in the table, which scrolls in itself', async () => {
  await visit('/dashboard', { key: 'sk-many' }, async (page) => {
    await isLoaded(page);
    assert.equal(await page.locator('section:has(#models-title) tbody tr').count(), 200);
    assert.ok((await page.locator('section:has(#models-title)').boundingBox()).height < 700);
    assert.equal(await page.locator('.legend-entry').count(), 8);
    await page.locator('.legend-entry', { hasText: '(other)' }).waitFor();
  });
});

test('a key that was handed out sees its own usage and budget, by one request', async () => {
  await visit('/dashboard', { key: OWN_KEY }, async (page) => {
    await isLoaded(page);
    await page.waitForLoadState('networkidle');
    assert.equal(apiRequests().length, 1);
    assert.match(apiRequests()[0], /^GET \/v1\/usage\?/);
    await page.getByRole('heading', { name: 'Your key' }).waitFor();
    await page.getByText('$6.31 of $20.00').waitFor();
    assert.equal(await page.getByRole('heading', { name: 'Keys', exact: true }).count(), 0);
    assert.deepEqual(await page.getByLabel('Group').locator('option').allInnerTexts(), [
      'By model',
      'By provider',
    ]);
  });
});
