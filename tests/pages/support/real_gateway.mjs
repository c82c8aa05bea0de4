// The real Worker in plain workerd, with the mock upstream of tests/worker in place of every provider. Nothing of the
// fixtures of the pages is here.
import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { after, before } from 'node:test';
import { environment, root } from '../../../scripts/lib/machine.mjs';
import { startUpstream } from '../../worker/support/mock_upstream.mjs';
import { launch, newPage } from './browser.mjs';

export const KEY = 'sk-served';

/**
 * Call it once at the top of a file.
 * @param {(upstream: { url: string }) => Record<string, string>} settings beside the master key
 * @param {{ entry?: string }} options a module around the Worker
 */
export function realSuite(settings = () => ({}), { entry = 'shim.js' } = {}) {
  const suite = { upstream: undefined, address: '', visit };
  let gateway;
  let browser;
  before(async () => {
    suite.upstream = await startUpstream();
    gateway = await startGateway({ ONELLM_API_KEY: KEY, ...settings(suite.upstream) }, entry);
    suite.address = gateway.address;
    browser = await launch();
  });
  after(async () => {
    await browser?.close();
    await gateway?.stop();
    await suite.upstream?.close();
  });

  /** Runs `use` with the page at `path`. Fails if the page had an error or was refused something by its policy. */
  async function visit(path, key, use) {
    const page = await newPage(browser, { key });
    try {
      await page.goto(suite.address + path);
      await use(page);
      assert.deepEqual(page.problems, []);
    } finally {
      await page.context().close();
    }
  }
  return suite;
}

async function startGateway(settings, entry) {
  const variables = Object.entries(settings).map(([name, value]) => `--var=${name}=${value}`);
  const child = spawn(
    process.execPath,
    ['scripts/serve_workerd.mjs', '--port=0', `--entry=${entry}`, ...variables],
    {
      cwd: root,
      env: environment(),
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const address = await new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
      const found = /listening on (\S+)/.exec(output)?.[1];
      if (found) resolve(found);
    });
    child.on('close', () => reject(new Error(`it ended:\n${output}`)));
  });
  async function stop() {
    if (child.exitCode !== null) return;
    const ended = new Promise((resolve) => child.on('close', resolve));
    child.kill('SIGTERM');
    await ended;
  }
  return { address, stop };
}
