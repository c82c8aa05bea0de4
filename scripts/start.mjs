// npm start [-- arguments to wrangler dev]: from a bare clone to a gateway on this machine. Builds the
// module, writes .dev.vars with a random key if there is none, starts `wrangler dev`, and prints a
// command that gets a streamed answer from it. Usage is kept in the ledger unless .dev.vars says
// ONELLM_LEDGER=0: `wrangler dev` drops what is written to Analytics Engine.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { readSetting, writeDevVars } from './lib/dev_vars.mjs';
import { Failure, main } from './lib/failure.mjs';
import { environment, root } from './lib/machine.mjs';
import { buildPages } from './lib/pages.mjs';
import { buildWasm } from './lib/wasm.mjs';

const defaults = { '--ip': '127.0.0.1', '--port': '8787' };
const healthTries = 50;

await main(async () => {
  await buildWasm();
  await buildPages();
  const devVars = path.join(root, '.dev.vars');
  if (!fs.existsSync(devVars)) {
    writeDevVars(devVars);
    console.log('Wrote .dev.vars with a random ONELLM_API_KEY.');
  }
  console.log('Starting wrangler dev (some seconds) …');
  const setting = (name) => readSetting(fs.readFileSync(devVars, 'utf8'), name);
  const ledger = setting('ONELLM_LEDGER') === '' ? ['--var=ONELLM_LEDGER:1'] : [];
  process.exitCode = await serve(wranglerArguments(ledger, process.argv.slice(2)), (address) =>
    greet(address, setting('ONELLM_API_KEY')),
  );
});

/** What the person gave, and our defaults for what they did not. Their own --var wins over ours. */
function wranglerArguments(ours, given) {
  const isGiven = (name) => given.some((each) => each === name || each.startsWith(`${name}=`));
  const added = Object.entries(defaults).filter(([name]) => !isGiven(name));
  return ['dev', ...ours, '--show-interactive-dev-session=false', ...added.flat(), ...given];
}

/** Runs wrangler until it ends or a signal ends it; its exit code. `onReady` gets the address once. */
function serve(args, onReady) {
  return new Promise((resolve, reject) => {
    const child = spawn('wrangler', args, {
      cwd: root,
      env: environment({ WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' }),
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    let seen = '';
    child.stdout.on('data', (data) => {
      process.stdout.write(data);
      if (seen === undefined) return;
      seen += data;
      const ready = /Ready on (https?:\/\/\S+)/.exec(seen);
      if (!ready) return;
      seen = undefined;
      onReady(ready[1]).catch(reject);
    });

    // Ctrl-C reaches wrangler as well, which then ends by itself; what comes to us alone is passed on.
    let stopping = false;
    const stop = (signal) => {
      stopping = true;
      child.kill(signal);
    };
    process.on('SIGINT', stop);
    process.on('SIGTERM', stop);
    process.on('SIGHUP', stop);
    child.on('error', (error) => reject(new Failure(`wrangler could not be started (${error.message})`)));
    child.on('close', (code) => resolve(stopping ? 0 : (code ?? 1)));
  });
}

async function greet(address, key) {
  const base = address.replace(/\/\/(0\.0\.0\.0|\[::\]|\*)(?=[:/]|$)/, '//127.0.0.1').replace(/\/$/, '');
  await waitUntilHealthy(base);
  if (!key) {
    console.log(
      `\n.dev.vars sets no ONELLM_API_KEY, so every request is answered with 503. Add one, for example:`,
    );
    console.log('  echo "ONELLM_API_KEY=sk-$(openssl rand -hex 24)" >> .dev.vars\n');
    return;
  }
  const body = {
    model: 'echo',
    stream: true,
    messages: [{ role: 'user', content: 'Hello from One-LLM-API' }],
  };
  console.log(`\nThe gateway is ready. Try it (model "echo" needs no provider and no key of one):\n`);
  console.log(
    `curl -N ${base}/v1/chat/completions -H 'Authorization: Bearer ${key}' ` +
      `-H 'Content-Type: application/json' -d '${JSON.stringify(body)}'\n`,
  );
}

async function waitUntilHealthy(base) {
  for (let tries = 0; tries < healthTries; tries++) {
    try {
      const reply = await fetch(`${base}/healthz`);
      await reply.arrayBuffer();
      if (reply.ok) return;
    } catch {
      // Not listening yet.
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  console.error(`${base}/healthz does not answer as it should; wrangler's messages above may say why.`);
}
