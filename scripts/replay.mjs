// npm run replay -- FOLDER: plays recorded provider replies through the gateway in raw workerd, to clients of each
// dialect, and compares the outcome with tests/replay/known_failures.txt. FOLDER holds recorded/ (the recordings) and the
// harnesses: replay/ for clients of Chat Completions, inbound/ for others. All are copied first, nothing in them changes.
//
// It fails if a case outside the list fails, or one on the list passes: the list only gets shorter.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { Failure, main } from './lib/failure.mjs';
import { environment, root, run } from './lib/machine.mjs';
import { Results } from './lib/results.mjs';
import { buildWasm } from './lib/wasm.mjs';

const key = 'sk-test'; // Some cases of inbound/ send it themselves.
const healthyWithinMs = 15_000;
const knownFailures = path.join(root, 'tests/replay/known_failures.txt');

// What is played: the adapter of the harness, which of its cases, and what precedes their names in the list.
const harnesses = [
  {
    name: 'replay',
    rounds: [
      {
        adapter: 'onellm',
        only: 'openai-chat,azure,openai-compatible,anthropic,gemini,palm,gateway',
        prefix: '',
      },
      { adapter: 'onellm-translated', only: 'openai-chat', prefix: 'translated:' },
    ],
  },
  { name: 'inbound', rounds: [{ adapter: 'onellm', only: 'messages', prefix: 'inbound:' }] },
];

// Sends the same requests and asks for the lane that decodes and encodes; the harness skips cases by
// the adapter's name, so it keeps that.
const translatedAdapter = `import onellm from './onellm.mjs';
export default {
  ...onellm,
  request(call) {
    const request = onellm.request(call);
    request.body = { ...request.body, onellm: { ...request.body.onellm, lane: 'translated' } };
    return request;
  },
};
`;

await main(async () => {
  const from = process.argv[2];
  if (!from) throw new Failure('say where the recordings are: npm run replay -- FOLDER');
  for (const name of ['recorded', ...harnesses.map(({ name }) => name)]) {
    if (!fs.existsSync(path.join(from, name))) throw new Failure(`${path.join(from, name)} is missing`);
  }
  await buildWasm();
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onellm-replay-'));
  try {
    await prepare(path.resolve(from), folder);
    const cases = [];
    for (const { name, rounds } of harnesses) cases.push(...(await play(folder, name, rounds)));
    judge(cases);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
});

async function prepare(from, folder) {
  const harnessFolders = harnesses.map(({ name }) => path.join(folder, name));
  for (const name of ['recorded', ...harnesses.map(({ name }) => name)]) {
    fs.cpSync(path.join(from, name), path.join(folder, name), { recursive: true });
    await run('chmod', ['-R', 'u+w', path.join(folder, name)]);
  }
  for (const cwd of harnessFolders) {
    await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], {
      cwd,
      what: `npm ci of ${path.basename(cwd)}`,
    });
  }
  fs.writeFileSync(path.join(folder, 'replay/adapters/onellm-translated.mjs'), translatedAdapter);
}

/** @returns {Promise<object[]>} all cases of a harness, with the gateway that it wants */
async function play(folder, name, rounds) {
  const harness = path.join(folder, name);
  const [port, mockPort] = [await freePort(), await freePort()];
  const common = ['run.mjs', '--target', 'onellm', '--key', key, '--mock-port', String(mockPort)];
  const settings = await run('node', [...common, '--print-env'], {
    cwd: harness,
    what: 'run.mjs --print-env',
  });
  const settingsFile = path.join(folder, `${name}.env`);
  fs.writeFileSync(settingsFile, settings);

  const gateway = await startGateway(port, settingsFile);
  const cases = [];
  try {
    for (const { adapter, only, prefix } of rounds) {
      const report = path.join(folder, `${name}-${adapter}.json`);
      const base = `http://127.0.0.1:${port}`;
      const round = ['--target', adapter, '--only', only, '--base', base, '--json', report];
      await playRound(harness, [...common, ...round]);
      for (const each of JSON.parse(fs.readFileSync(report, 'utf8')).results)
        cases.push({ ...each, id: prefix + each.id });
    }
  } finally {
    gateway.kill('SIGTERM');
  }
  return cases;
}

/** The harness exits with 1 when any case failed, which is for judge() to say; without a report it broke. */
async function playRound(harness, args) {
  const report = args.at(-1);
  const child = spawn('node', args, {
    cwd: harness,
    env: environment(),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  await new Promise((resolve) => child.on('close', resolve));
  if (!fs.existsSync(report)) throw new Failure('the replay harness ended without a report');
}

function judge(cases) {
  const known = new Set(
    fs
      .readFileSync(knownFailures, 'utf8')
      .split('\n')
      .map((line) => line.replace(/#.*/, '').trim())
      .filter(Boolean),
  );
  const results = new Results();
  for (const { id, pass, results: checks } of cases) {
    const expected = !known.has(id);
    known.delete(id);
    results.add(pass === expected ? { passed: 1, failed: 0 } : { passed: 0, failed: 1 });
    if (pass && !expected)
      console.error(`FIXED ${id}: passes now, take it off ${path.relative(root, knownFailures)}`);
    if (!pass && expected) console.error(`FAIL ${id}: ${reasons(checks)}`);
  }
  for (const id of known) {
    console.error(`UNKNOWN ${id}: on the list, but there is no such case`);
    results.add({ passed: 0, failed: 1 });
  }
  results.close('replay');
}

function reasons(checks) {
  const failed = checks.filter(({ level }) => level === 'fail').map(({ group, msg }) => `[${group}] ${msg}`);
  return [...new Set(failed)].join('; ').slice(0, 400);
}

async function startGateway(port, settingsFile) {
  const args = ['scripts/serve_workerd.mjs', '--port', String(port), '--env-file', settingsFile];
  const child = spawn('node', args, {
    cwd: root,
    env: environment(),
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const deadline = Date.now() + healthyWithinMs;
  while (Date.now() < deadline && child.exitCode === null) {
    try {
      if ((await fetch(`http://127.0.0.1:${port}/healthz`)).ok) return child;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  child.kill('SIGTERM');
  throw new Failure('the gateway did not start in raw workerd');
}

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}
