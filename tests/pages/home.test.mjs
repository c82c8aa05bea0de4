// The start page: health, next steps, providers, and set-up for clients.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/lib/machine.mjs';
import { deployment, OWN_KEY } from './support/fixture_api.mjs';
import { pageSuite } from './support/suite.mjs';

const { visit, apiRequests } = pageSuite();

test('without a key it shows health and what to do next, by one request', async () => {
  await visit('/', { key: '' }, async (page) => {
    await page.getByText('Healthy').waitFor();
    assert.deepEqual(apiRequests(), ['GET /healthz']);
    await page.getByRole('heading', { name: 'Add a provider' }).waitFor();
    await page.getByText("echo 'OPENAI_API_KEY=<value>' >> .dev.vars").waitFor();
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

const CLOUDFLARE = { host: 'my-gateway.anna.workers.dev' };
const stepTitles = (page) => page.locator('.step:not(.is-done) h3').allInnerTexts();

test('a fresh deployment is closed, and tells its owner the command and the place for the master key', async () => {
  await visit('/', { key: '', ...CLOUDFLARE }, async (page) => {
    deployment.isConfigured = false;
    await page.reload();
    await page.getByText('Closed: no master key is set').waitFor();
    assert.deepEqual(await stepTitles(page), ['Set the master key', 'Add a provider', 'Send a request']);
    await page.getByText('npx wrangler secret put ONELLM_API_KEY --name my-gateway').waitFor();
    await page.getByText('Workers & Pages, my-gateway, Settings, Variables and Secrets').first().waitFor();
    assert.ok(await page.getByLabel('Key, to see').isDisabled());
    deployment.isConfigured = true;
    await page.getByRole('button', { name: 'Check again' }).click();
    await page.getByText('Healthy').waitFor();
    assert.deepEqual(await stepTitles(page), ['Add a provider', 'Send a request']);
  });
});

test('every part that is off has the lines that turn it on, and the way on Cloudflare’s dashboard', async () => {
  await visit('/', { key: 'sk-bare', ...CLOUDFLARE }, async (page) => {
    await page.getByText('Turn the ledger on').waitFor();
    assert.deepEqual(await stepTitles(page), [
      'Add a provider',
      'Send a request',
      'Turn the ledger on',
      'Turn keys for other people on',
      'Bind a KV namespace',
      'Bind Analytics Engine',
    ]);
    const steps = await page.locator('.steps').innerText();
    for (const words of [
      'npx wrangler secret put OPENAI_API_KEY --name my-gateway',
      'class_name = "Ledger"',
      'name = "ONELLM_LIMITER_OBJECT"',
      'binding = "ONELLM_KV"',
      'Settings, Bindings, Add, KV namespace, variable name ONELLM_KV',
      'Settings, Bindings, Add, Durable Object: ONELLM_LEDGER_OBJECT (Ledger)',
    ])
      assert.ok(steps.includes(words), words);
  });
});

test('the lines that turn parts on are those of wrangler.toml', async () => {
  const toml = fs.readFileSync(path.join(root, 'wrangler.toml'), 'utf8');
  await visit('/', { key: 'sk-bare' }, async (page) => {
    await page.getByText('Turn the ledger on').waitFor();
    const blocks = await page.locator('.step pre').allInnerTexts();
    const lines = blocks
      .flatMap((block) => block.split('\n'))
      .filter((line) => /^(name|class_name|binding|dataset) = /.test(line));
    assert.equal(lines.length, 9);
    for (const line of lines) assert.ok(toml.includes(line), line);
  });
});

test('a wrong setting is named, with the command that sets it again', async () => {
  await visit('/', { key: 'sk-hostile', ...CLOUDFLARE }, async (page) => {
    await page.getByText('Works, but settings are wrong').waitFor();
    await page.getByText('npx wrangler secret put ONELLM_PROVIDERS --name my-gateway').waitFor();
  });
});

test('who has a key of somebody else gets no steps of the owner', async () => {
  await visit('/', { key: OWN_KEY }, async (page) => {
    await page.locator('.tag').first().waitFor();
    assert.deepEqual(await stepTitles(page), ['Send a request']);
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
