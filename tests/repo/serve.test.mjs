// `npm run serve:workerd` keeps the ledger in the folder that it is given, beyond its own end.

import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { environment, root } from '../../scripts/lib/machine.mjs';

const KEY = 'sk-serve';
const FLUSHED_WITHIN_MS = 8000;

/** Serves on a free port until `use` is done with its address. */
async function serve(args, use) {
  const child = spawn(
    process.execPath,
    ['scripts/serve_workerd.mjs', '--port=0', `--var=ONELLM_API_KEY=${KEY}`, ...args],
    { cwd: root, env: environment(), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise((resolve) => child.on('close', resolve));
  try {
    return await use(await addressOf(child));
  } finally {
    child.kill('SIGTERM');
    await ended;
  }
}

function addressOf(child) {
  return new Promise((resolve, reject) => {
    let output = '';
    child.stdout.on('data', (data) => {
      output += data;
      const address = /listening on (\S+)/.exec(output)?.[1];
      if (address !== undefined) resolve(address);
    });
    child.on('close', () => reject(new Error(`it ended:\n${output}`)));
  });
}

const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };
const usageAt = async (address) => (await fetch(`${address}/v1/admin/usage`, { headers })).json();

test('the ledger is kept from one start to the next', async (context) => {
  const data = fs.mkdtempSync(path.join(os.tmpdir(), 'onellm-data-'));
  context.after(() => fs.rmSync(data, { recursive: true, force: true }));
  await serve([`--data=${data}`], async (address) => {
    const body = JSON.stringify({ model: 'echo', messages: [{ role: 'user', content: 'Hello' }] });
    const reply = await fetch(`${address}/v1/chat/completions`, { method: 'POST', headers, body });
    assert.equal(reply.status, 200);
    await reply.text();
    for (const deadline = Date.now() + FLUSHED_WITHIN_MS; (await usageAt(address)).total.requests === 0; ) {
      assert.ok(Date.now() < deadline, 'nothing came to the ledger');
      await sleep(100);
    }
  });
  const { source, total } = await serve([`--data=${data}`], usageAt);
  assert.equal(source, 'ledger');
  assert.equal(total.requests, 1);
});

test('a ledger that is turned off keeps nothing', async () => {
  const { error } = await serve(['--var=ONELLM_LEDGER=0'], usageAt);
  assert.equal(error.code, 'not_configured');
});

test('it listens where it is told to', { skip: process.platform !== 'linux' }, async () => {
  await serve(['--host=127.0.0.2'], async (address) => {
    assert.match(address, /^http:\/\/127\.0\.0\.2:\d+$/);
    assert.equal((await fetch(`${address}/healthz`)).status, 200);
    await assert.rejects(fetch(`${address.replace('127.0.0.2', '127.0.0.1')}/healthz`));
  });
});
