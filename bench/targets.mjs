// The three Workers that are compared, each in its own plain workerd and led to the same upstream. They are
// started anew for each scenario, so that its memory is its own.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import workerd from 'workerd';
import { Failure } from '../scripts/lib/failure.mjs';
import { root } from '../scripts/lib/machine.mjs';
import { childOf } from './process_usage.mjs';
import { newFolder, startServer } from './processes.mjs';

/** Where the gateway is asked by a client of each API. */
const CLIENT_PATHS = { openai: '/v1/chat/completions', anthropic: '/v1/messages' };
/** Where the plain Workers find the upstream of a scenario. */
const UPSTREAM_PATHS = {
  ...CLIENT_PATHS,
  gemini: '/v1beta/models/gemini-2.5-flash:streamGenerateContent?alt=sse',
};
const KEY = 'sk-bench';

const bearer = (key) => ({ authorization: `Bearer ${key}` });
const HEADERS = { 'content-type': 'application/json', ...bearer(KEY) };

/**
 * @typedef {object} Target
 * @property {string} name
 * @property {string} url
 * @property {Record<string, string>} headers of each request
 * @property {number} pid that of its workerd
 * @property {import('./scenarios.mjs').Scenario} [scenario] what it is asked, where that is not what the others are
 */

/**
 * @param {string} upstream address of the mock with its prefix
 * @param {import('./scenarios.mjs').Scenario} scenario
 * @param {string} folder for configurations
 * @returns {Promise<Target[]>} bare, touch, gateway
 */
export async function startTargets(upstream, scenario, folder) {
  const upstreamUrl = upstream + UPSTREAM_PATHS[scenario.provider];
  return [
    await startPlainWorker('bare', upstreamUrl, folder),
    await startPlainWorker('touch', upstreamUrl, folder),
    await startGateway('gateway', upstream, scenario, root),
  ];
}

/**
 * The same gateway twice: as it stands here, and as it is in another folder.
 *
 * @param {string} upstream address of the mock with its prefix
 * @param {import('./scenarios.mjs').Scenario} scenario
 * @param {string} other a built checkout
 * @returns {Promise<Target[]>} before, gateway
 */
export async function startPair(upstream, scenario, other) {
  return [
    await startGateway('before', upstream, scenario, other),
    await startGateway('gateway', upstream, scenario, root),
  ];
}

/**
 * The gateway as it stands here, asked for another scenario: what the one that is measured is compared with.
 *
 * @param {string} upstream address of the mock with its prefix
 * @param {import('./scenarios.mjs').Scenario} scenario the other one, of as many events to each write
 * @returns {Promise<Target>} named after the scenario
 */
export async function startBeside(upstream, scenario) {
  return { ...(await startGateway(scenario.name, upstream, scenario, root)), scenario };
}

async function startGateway(name, base, { client, ledger, key }, checkout) {
  const settings = {
    ONELLM_API_KEY: KEY,
    ONELLM_LEDGER: ledger ? '1' : '0',
    ...Object.fromEntries(
      ['OPENAI', 'ANTHROPIC', 'GEMINI'].flatMap((name) => [
        [`${name}_API_KEY`, 'sk-upstream'],
        [`${name}_API_BASE`, base],
      ]),
    ),
  };
  const { pid, origin } = await startServer(name, 'node', [
    path.join(checkout, 'scripts/serve_workerd.mjs'),
    '--port=0',
    `--data=${dataFolder()}`,
    '--entry=bench/workers/gateway.js',
    ...Object.entries(settings).map(([name, value]) => `--var=${name}=${value}`),
  ]);
  const headers = key === undefined ? HEADERS : { ...HEADERS, ...bearer(await makeKey(origin, key)) };
  return { name, url: origin + CLIENT_PATHS[client], headers, pid: childOf(pid) };
}

/**
 * In memory where there is such a folder: the limiter of a key syncs every decision, and while a disk does that, the
 * process waits. That is no CPU, but with few requests in a run its code stays cold.
 */
function dataFolder() {
  const memory = '/dev/shm';
  return newFolder(fs.existsSync(memory) ? memory : os.tmpdir());
}

/** @returns {Promise<string>} the secret of a new key */
async function makeKey(origin, fields) {
  const reply = await fetch(`${origin}/v1/admin/keys`, {
    method: 'POST',
    headers: HEADERS,
    body: JSON.stringify(fields),
  });
  if (reply.status !== 201) throw new Failure(`no key was made: ${await reply.text()}`);
  return (await reply.json()).key;
}

async function startPlainWorker(name, upstreamUrl, folder) {
  fs.copyFileSync(path.join(root, `bench/workers/${name}.js`), path.join(folder, `${name}.js`));
  const file = path.join(folder, `${name}.capnp`);
  fs.writeFileSync(file, plainConfig(`${name}.js`));
  const { pid, origin } = await startServer(name, workerd.default ?? workerd, [
    'serve',
    '--control-fd=1',
    file,
  ]);
  return { name, url: origin, headers: { ...HEADERS, 'x-upstream': upstreamUrl }, pid };
}

/** workerd's configuration of a Worker that is one file, with the gateway's compatibility date. */
function plainConfig(script) {
  const wranglerToml = fs.readFileSync(path.join(root, 'wrangler.toml'), 'utf8');
  const date = /^compatibility_date\s*=\s*("[^"]+")/m.exec(wranglerToml)[1];
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (allow = ["private"])),
  ],
  sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [(name = "main", esModule = embed ${JSON.stringify(script)})],
  compatibilityDate = ${date},
);
`;
}
