// The dashboard and the start page with the real Worker, whose ledger holds 400 days.
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { KEY, realSuite } from './support/real_gateway.mjs';

const suite = realSuite(() => ({ OPENAI_API_KEY: 'sk-any' }), {
  entry: 'tests/pages/support/ledger_entry.js',
});
const { visit } = suite;

const day = (age) => new Date(Date.now() - age * 86_400_000).toISOString().slice(0, 10);

/** The paths of the API that the page asks for while `use` runs. */
async function asked(page, use) {
  const paths = [];
  page.on('request', (request) => {
    const { pathname, host } = new URL(request.url());
    assert.equal(`http://${host}`, suite.address, 'nobody else is asked');
    if (pathname.startsWith('/v1/')) paths.push(pathname);
  });
  await use();
  return paths;
}

test('400 days are loaded in one request, and all is shown', async () => {
  await visit('/dashboard', KEY, async (page) => {
    const paths = await asked(page, async () => {
      await page.goto(`${suite.address}/dashboard?range=custom&from=${day(399)}&to=${day(0)}`);
      await page.locator('table').getByText('model-1', { exact: true }).first().waitFor();
    });
    assert.deepEqual(paths, ['/v1/admin/usage']);
    const text = (await page.locator('main').innerText()).replace(/\s/g, ' ');
    for (const words of ['$840', '80 k', '9.1%', 'work-1', 'claude-code', '<i>agent</i>', '<img src='])
      assert.ok(text.includes(words), `${words} is missing in\n${text}`);
    assert.equal(await page.evaluate(() => window.hacked), undefined);
  });
});

test('a key of its own is made, shown once, and sees its own usage alone', async () => {
  let secret;
  await visit('/dashboard', KEY, async (page) => {
    await page.getByRole('button', { name: 'New key' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByLabel('Name').fill('Anna');
    await dialog.getByRole('button', { name: 'Make the key' }).click();
    const shown = dialog.getByText(/^sk-onellm-/);
    await shown.waitFor();
    secret = (await shown.innerText()).trim();
    await dialog.getByRole('button', { name: 'Done' }).click();
    await page.locator('.key', { hasText: 'Anna' }).waitFor();
  });
  await visit('/dashboard', secret, async (page) => {
    await page.getByText('No requests in this range').waitFor();
    const text = await page.locator('main').innerText();
    assert.ok(!text.includes('model-1') && !text.includes('work-1'), text);
  });
});

test('the start page knows this deployment', async () => {
  await visit('/', KEY, async (page) => {
    await page.getByText('openai').first().waitFor();
    const text = await page.locator('main').innerText();
    assert.ok(!text.includes('Turn the ledger on'), text);
  });
});
