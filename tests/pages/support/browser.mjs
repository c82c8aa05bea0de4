// Debian's Chromium, driven by playwright-core.
import { chromium } from 'playwright-core';
import { find } from '../../../scripts/lib/machine.mjs';

const COMMANDS = ['chromium', 'chromium-browser', 'google-chrome'];

export function launch() {
  const executablePath = COMMANDS.map(find).find(Boolean);
  // As root, Chromium's sandbox does not start; what is loaded here is our own.
  return chromium.launch({ executablePath, args: ['--no-sandbox'] });
}

/** A page in a fresh profile, with a key as if it had been typed in. `problems` gets what went wrong in it. */
export async function newPage(
  browser,
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
  page.setDefaultTimeout(15_000);
  page.problems = [];
  page.on('pageerror', (error) => page.problems.push(error.message));
  page.on('console', (message) => {
    if (message.type() === 'error' && !/Failed to load resource/.test(message.text()))
      page.problems.push(message.text());
  });
  return page;
}

export async function openPage(browser, address, options) {
  const page = await newPage(browser, options);
  await page.goto(address);
  return page;
}
