// The pages as the real Worker serves them, in plain workerd: nothing of the fixtures is here.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import test, { after, before } from 'node:test';
import { environment, root } from '../../scripts/lib/machine.mjs';
import { launch, openPage } from './support/browser.mjs';

const KEY = 'sk-served';

let child;
let address;
let browser;

before(async () => {
  child = spawn(process.execPath, ['scripts/serve_workerd.mjs', '--port=0', `--var=ONELLM_API_KEY=${KEY}`], {
    cwd: root,
    env: environment(),
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  address = await new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
      const found = /listening on (\S+)/.exec(output)?.[1];
      if (found) resolve(found);
    });
    child.on('close', () => reject(new Error(`it ended:\n${output}`)));
  });
  browser = await launch();
});

after(async () => {
  await browser?.close();
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.on('close', resolve));
  child.kill('SIGTERM');
  await ended;
});

async function visit(path, key, use) {
  const page = await openPage(browser, address + path, { key });
  await use(page);
  assert.deepEqual(page.problems, []);
  await page.context().close();
}

test('the start page shows the health of this deployment', async () => {
  await visit('/', '', (page) => page.getByText('Healthy').waitFor());
});

test('the root answers a client that wants no HTML with a sentence', async () => {
  const reply = await fetch(address);
  assert.match(await reply.text(), /^This is One-LLM-API/);
  assert.equal((await fetch(address, { method: 'HEAD' })).status, 200);
});

test('the playground streams from the real gateway, joined in one request', async () => {
  await visit('/playground', KEY, async (page) => {
    await page.locator('.column').waitFor();
    await page.getByRole('button', { name: 'Model', exact: true }).click();
    await page.getByRole('combobox', { name: 'Search models' }).fill('echo');
    await page.keyboard.press('Enter');
    await page.locator('.column').nth(1).waitFor();
    await page.getByLabel('Prompt').fill('Hello **both** of you');
    const sent = page.waitForRequest((request) => request.method() === 'POST');
    await page.keyboard.press('Enter');
    assert.equal((await sent).postDataJSON().model, 'echo,echo');
    await page.locator('.answer strong', { hasText: 'both' }).nth(1).waitFor();
    await page.locator('.figures', { hasText: '4 → 4 tokens' }).nth(1).waitFor();
  });
});

test('a wrong key is refused by the real gateway and told', async () => {
  await visit('/dashboard', 'sk-wrong', (page) => page.getByRole('alert').waitFor());
});

test('the module runs in the browser under the policy of the real Worker', async () => {
  await visit('/playground?tab=translate', '', (page) => page.getByLabel('Request to Claude').waitFor());
});
