// The pages as the real Worker serves them, in plain workerd, with a mock upstream: nothing of the fixtures is here.

import assert from 'node:assert/strict';
import test from 'node:test';
import { play, refuse, role, finish, text, usageChunk, DONE } from '../worker/support/openai_wire.mjs';
import { KEY, realSuite } from './support/real_gateway.mjs';

const suite = realSuite(({ url }) => ({
  OPENAI_API_KEY: 'sk-upstream',
  OPENAI_API_BASE: `${url}/openai`,
  ONELLM_RETRIES: '0',
}));
const { visit } = suite;

async function choose(page, model) {
  await page.getByRole('button', { name: 'Model', exact: true }).click();
  await page.getByRole('combobox', { name: 'Search models' }).fill(model);
  await page.keyboard.press('Enter');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
}

async function ask(page, prompt) {
  await page.getByLabel('Prompt', { exact: true }).fill(prompt);
  await page.keyboard.press('Enter');
}

const answered = (page) => page.getByRole('button', { name: 'Send' }).waitFor();
const listModels = () =>
  suite.upstream.list('/openai/v1/models', (call) =>
    call.send(200, {
      object: 'list',
      data: [{ id: 'gpt-4o', object: 'model', created: 1, owned_by: 'openai' }],
    }),
  );

test('the start page shows the health of this deployment', async () => {
  await visit('/', '', (page) => page.getByText('Healthy').waitFor());
});

test('the root answers a client that wants no HTML with a sentence', async () => {
  const reply = await fetch(suite.address);
  assert.match(await reply.text(), /^This is One-LLM-API/);
  assert.equal((await fetch(suite.address, { method: 'HEAD' })).status, 200);
});

test('the playground streams from the real gateway, joined in one request', async () => {
  listModels();
  await visit('/playground', KEY, async (page) => {
    await page.locator('.column').waitFor();
    await choose(page, 'echo');
    await choose(page, 'echo');
    await page.getByRole('button', { name: 'Remove gpt-4o' }).click();
    await page.locator('.column').nth(2).waitFor({ state: 'detached' });
    const sent = page.waitForRequest((request) => request.method() === 'POST');
    await ask(page, 'Hello **both** of you');
    assert.equal((await sent).postDataJSON().model, 'echo,echo');
    await page.locator('.answer strong', { hasText: 'both' }).nth(1).waitFor();
    await page.locator('.figures', { hasText: '4 → 4 tokens' }).nth(1).waitFor();
  });
});

test('a model of a provider and one that fails stand side by side', async () => {
  listModels();
  suite.upstream.script(
    'gpt-4o',
    play([
      role(),
      text('One **bold** word <img src=x onerror=window.hacked=1>'),
      finish(),
      usageChunk(),
      DONE,
    ]),
  );
  suite.upstream.script('gpt-4o-mini', refuse(429, { message: 'Slow down, please.' }));
  await visit('/playground', KEY, async (page) => {
    await page.locator('.column').waitFor();
    await choose(page, 'gpt-4o-mini');
    await page.locator('.column').nth(1).waitFor();
    await ask(page, 'Hello');
    await answered(page);
    await page.locator('.column', { hasText: 'gpt-4o-mini' }).locator('.answer-error').waitFor();
    await page.locator('.answer strong', { hasText: 'bold' }).waitFor();
    await page.locator('.figures', { hasText: '7 → 5 tokens' }).waitFor();
    assert.equal(await page.locator('main img').count(), 0);
    assert.equal(await page.evaluate(() => window.hacked), undefined);
    const [call] = suite.upstream.callsOf('gpt-4o');
    assert.equal(call.headers.authorization, 'Bearer sk-upstream');
  });
});

// Not of one that is silent: in plain workerd its call was still open 3 s after the browser had left.
test('Stop ends the call of a provider that speaks', async () => {
  listModels();
  const words = Array.from({ length: 400 }, () => text('Begun '));
  suite.upstream.script('gpt-long', play([role(), ...words], { gapMs: 20 }));
  await visit('/playground', KEY, async (page) => {
    await page.locator('.column').waitFor();
    await choose(page, 'gpt-long');
    await page.getByRole('button', { name: 'Remove gpt-4o' }).click();
    await ask(page, 'Hello');
    await page.locator('.answer', { hasText: 'Begun' }).waitFor();
    await page.getByRole('button', { name: 'Stop' }).click();
    await answered(page);
    const call = await suite.upstream.called('gpt-long');
    await call.letGo();
  });
});

test('a wrong key is refused by the real gateway and told', async () => {
  await visit('/dashboard', 'sk-wrong', (page) => page.getByRole('alert').waitFor());
});

test('the module runs in the browser under the policy of the real Worker', async () => {
  await visit('/playground?tab=translate', '', (page) => page.getByLabel('Request to Claude').waitFor());
});
