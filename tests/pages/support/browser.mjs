// Debian's Chromium, driven by playwright-core.
import { chromium } from 'playwright-core';
import { find } from '../../../scripts/lib/machine.mjs';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome'];

export function launch() {
  const executablePath = COMMANDS.map(find).find(Boolean);
  // As root, Chromium's sandbox does not start; what is loaded here is our own.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** Opens a page of the gateway in a fresh profile, with a key as if it had been typed in. */
export async function openPage(
  browser,
  address,
  { key = 'sk-plain', theme = 'light', width = 1440, height = 900, ...more } = {},
) {
  const context = await browser.newContext({
    viewport: { width, height },
    colorScheme: theme,
    timezoneId: 'Europe/Berlin',
    locale: 'en-US',
    reducedMotion: 'reduce',
    ...more,
  });
  if (key) await context.addInitScript((value) => sessionStorage.setItem('onellm_key', value), key);
  const page = await context.newPage();
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      page.problems.push(message.text());
  });
  await page.goto(address);
  return page;
}
