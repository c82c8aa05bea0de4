// What every test of pages begins with: the fixture server, the browser, and a page that must stay clean.
import assert from 'node:assert/strict';
import { after, before } from 'node:test';
import { launch, newPage } from './browser.mjs';
import { forgetKeys, received } from './fixture_api.mjs';
import { servePages } from './server.mjs';

/** Call it once at the top of a file. */
export function pageSuite() {
  let server;
  let browser;
  before(async () => {
    server = await servePages();
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await server?.close();
  });

  /**
   * Runs `use` with a page that is open at `path`. Fails if the page had an error, was refused something by its
   * security policy, or asked another host. With `host` the page believes to be there, as on Cloudflare.
   */
  async function visit(path, { host, ...options }, use) {
    const origin = host ? `https://${host}` : server.url;
    forgetKeys();
    received.length = 0;
    server.seen.length = 0;
    const foreign = [];
    const page = await newPage(browser, options);
    page.on('request', (request) => {
      if (!request.url().startsWith(origin) && !/^(data|blob|about):/.test(request.url()))
        foreign.push(request.url());
    });
    try {
      if (host) await serveAs(page, origin, server.url);
      await page.goto(origin + path);
      await use(page);
      assert.deepEqual(page.problems, []);
      assert.deepEqual(foreign, []);
      assert.equal(await page.evaluate(() => window.hacked), undefined);
    } finally {
      await page.context().close();
    }
  }

  /** Requests of the API so far, as `GET /v1/…`. */
  const apiRequests = () => server.seen.filter((each) => / \/(v1|healthz)/.test(each));
  return { visit, apiRequests, received };
}

/** All that the page asks of `origin` comes from `url`. */
function serveAs(page, origin, url) {
  return page.route(`${origin}/**`, async (route) => {
    const response = await route.fetch({ url: route.request().url().replace(origin, url) });
    await route.fulfill({ response });
  });
}

export const overflows = (page) =>
  page.evaluate(() => document.documentElement.scrollWidth > window.innerWidth);
