// npm run screenshots: pictures of the pages for the README, docs/screenshots. What they show is made up
// (tests/pages/support).

import path from 'node:path';
import { main } from './lib/failure.mjs';
import { root } from './lib/machine.mjs';
import { installPackages } from './lib/packages.mjs';
import { buildPages } from './lib/pages.mjs';
import { installTools } from './lib/setup.mjs';
import { buildWasm } from './lib/wasm.mjs';

const SIZE = { width: 1280, height: 800 };

const PICTURES = {
  start: { path: '/', act: (page) => page.locator('.tag').first().waitFor() },
  dashboard: { path: '/dashboard', act: readChart },
  playground: { path: '/playground', act: ask },
  translate: {
    path: '/playground?tab=translate',
    act: (page) => page.getByLabel('Request to Claude').waitFor(),
  },
};

async function readChart(page) {
  await page.locator('.figure-value').first().waitFor();
  const box = await page.locator('.u-over').first().boundingBox();
  await page.mouse.move(box.x + box.width * 0.62, box.y + box.height / 2);
}

async function ask(page) {
  await page.locator('.column').nth(1).waitFor();
  await page.getByLabel('Prompt').fill('When do I need a queue, and when back-pressure?');
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: 'Send' }).waitFor();
}

await main(async () => {
  await installPackages();
  await installTools(['pages']);
  await buildWasm();
  await buildPages();
  const { launch, openPage } = await import('../tests/pages/support/browser.mjs');
  const { servePages } = await import('../tests/pages/support/server.mjs');
  const server = await servePages();
  const browser = await launch();
  for (const [name, { path: address, act }] of Object.entries(PICTURES)) {
    for (const theme of ['light', 'dark']) {
      const page = await openPage(browser, server.url + address, { theme, ...SIZE });
      await act(page);
      await page.waitForTimeout(300);
      const file = path.join('docs/screenshots', `${name}_${theme}.png`);
      await page.screenshot({ path: path.join(root, file) });
      console.log(file);
      await page.context().close();
    }
  }
  await browser.close();
  await server.close();
});
