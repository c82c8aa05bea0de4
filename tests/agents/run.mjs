// npm run agents [-- NAME…]: real coding agents, headless, with Anthropic's provider pointed at the gateway: each makes
// a file through a model of each provider. Not part of `npm test`: it installs some hundred megabytes into
// build/agents. The providers are imitated, and the agents can reach nothing but this machine.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { Failure, main } from '../../scripts/lib/failure.mjs';
import { root, run } from '../../scripts/lib/machine.mjs';
import { buildWasm } from '../../scripts/lib/wasm.mjs';
import { AGENTS } from './clients.mjs';
import { CONTENT, FILE, LAST_WORDS, MODELS } from './models.mjs';

const TIMEOUT_MS = 120_000;
const PROMPT = `Make the file ${FILE} in this folder. Say "${LAST_WORDS}" when it is there.`;

await main(async () => {
  const names = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(AGENTS);
  const unknown = names.find((name) => !(name in AGENTS));
  if (unknown)
    throw new Failure(`there is no agent "${unknown}"; there are ${Object.keys(AGENTS).join(', ')}`);
  await buildWasm();
  // Only now: they import packages and the built module.
  const { startWithProviders } = await import('../worker/support/providers.mjs');
  const { startUpstream } = await import('../worker/support/mock_upstream.mjs');
  const { MASTER_KEY } = await import('../worker/support/gateway.mjs');
  const host = await startUpstream();
  const {
    upstream,
    main: gateway,
    stop,
  } = await startWithProviders({
    ONELLM_PROVIDERS: { host: { base: `${host.url}/v1`, models: ['host-model', 'down'] } },
  });
  for (const { scripts } of Object.values(MODELS)) {
    for (const [model, script] of Object.entries(scripts))
      for (const one of [upstream, host]) one.script(model, script);
  }
  let failed = 0;
  try {
    for (const name of names) {
      const program = await install(name);
      for (const [provider, { model }] of Object.entries(MODELS)) {
        const problem = await problemOf(name, program, { url: gateway.url, key: MASTER_KEY, model });
        if (problem) failed++;
        console.log(`${problem ? 'FAIL' : 'ok  '} ${name} with ${provider}${problem ? `: ${problem}` : ''}`);
      }
    }
  } finally {
    await stop();
    await host.close();
  }
  if (failed > 0) throw new Failure(`${failed} failed`);
});

async function install(name) {
  const { package: wanted, program } = AGENTS[name];
  const folder = path.join(root, 'build/agents', program);
  if (installedVersion(folder, wanted) === wanted.split('@').at(-1))
    return path.join(folder, 'node_modules/.bin', program);
  fs.mkdirSync(folder, { recursive: true });
  console.log(`Installing ${wanted} …`);
  await run('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error', '--prefix', folder, wanted], {
    what: `npm install ${wanted}`,
  });
  return path.join(folder, 'node_modules/.bin', program);
}

function installedVersion(folder, wanted) {
  const name = wanted.slice(0, wanted.lastIndexOf('@'));
  const file = path.join(folder, 'node_modules', name, 'package.json');
  return fs.existsSync(file) ? JSON.parse(fs.readFileSync(file, 'utf8')).version : '';
}

/** What went wrong; '' where the file was made and the agent said so. */
async function problemOf(name, program, task) {
  const home = fs.mkdtempSync(path.join(os.tmpdir(), 'onellm-agent-'));
  const cwd = path.join(home, 'work');
  fs.mkdirSync(cwd);
  try {
    let output = '';
    for (const { args, env } of AGENTS[name].commands({ ...task, prompt: PROMPT, home })) {
      const ended = await start(program, args, cwd, { PATH: process.env.PATH, HOME: home, ...env });
      output = ended.output;
      if (ended.code !== 0) return `it ended with ${ended.code}: ${output.trim().slice(-400)}`;
    }
    const file = path.join(cwd, FILE);
    if (!fs.existsSync(file)) return `it made no file: ${output.trim().slice(-400)}`;
    if (fs.readFileSync(file, 'utf8').trim() !== CONTENT) return 'the file is not as the model wrote it';
    return output.includes(LAST_WORDS) ? '' : `it does not show the answer: ${output.trim().slice(-400)}`;
  } finally {
    fs.rmSync(home, { recursive: true, force: true });
  }
}

/** @returns {Promise<{ code: number | string, output: string }>} */
function start(program, args, cwd, env) {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    const timer = setTimeout(() => process.kill(-child.pid, 'SIGKILL'), TIMEOUT_MS);
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      resolve({ code: code ?? signal, output });
    });
  });
}
