// The commands of docs/keys.md, run as a reader runs them: one shell, from the top to the bottom. What the page shows
// below a command is what the command prints.
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { after, before, test } from 'node:test';
import { MASTER_KEY, standardSettings, startGateway } from '../support/gateway.mjs';
import { startUpstream } from '../support/mock_upstream.mjs';
import { speak } from '../support/openai_wire.mjs';

const page = fs.readFileSync(new URL('../../../docs/keys.md', import.meta.url), 'utf8');
const ADDRESS = 'http://127.0.0.1:8787';
const MARK = '=== next command ===';

/** Commands, each with what it prints. The start of the gateway is not among them. */
const steps = [...page.matchAll(/```(sh|text)\n([\s\S]*?)```/g)]
  .map(([, kind, text]) => ({ kind, text }))
  .filter(({ text }) => !text.startsWith('npm '))
  .reduce((found, { kind, text }) => {
    if (kind === 'text') found.at(-1).prints = text;
    else found.push({ command: text, prints: '' });
    return found;
  }, []);

let upstream, gateway, folder;
before(async () => {
  upstream = await startUpstream();
  for (const model of ['gpt-4o', 'gpt-4o-mini']) upstream.script(model, speak('Yes.'));
  gateway = await startGateway({
    workers: { main: standardSettings(upstream, { ONELLM_LEDGER: '1' }) },
    keys: true,
    ledger: true,
  });
  folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onellm-docs-'));
  fs.writeFileSync(path.join(folder, '.dev.vars'), `ONELLM_API_KEY=${MASTER_KEY}\n`);
});
after(async () => {
  await gateway?.stop();
  await upstream?.close();
  fs.rmSync(folder, { recursive: true, force: true });
});

test('the commands of docs/keys.md print what it shows', async () => {
  assert.ok(steps.length > 10);
  assert.ok(page.includes(`BASE=${ADDRESS}\n`));
  const commands = steps.map(({ command }) => `${command}\necho '${MARK}'\n`).join('');
  const script = `set -e -o pipefail\n${commands.replaceAll(ADDRESS, gateway.clients.main.url)}`;
  const output = await new Promise((resolve, reject) => {
    execFile('bash', ['-c', script], { cwd: folder, timeout: 60_000 }, (error, stdout, stderr) =>
      error ? reject(new Error(`${error.message}\n${stdout}\n${stderr}`)) : resolve(stdout),
    );
  });
  const printed = output.split(`${MARK}\n`);
  for (const [i, { command, prints }] of steps.entries()) assert.equal(printed[i], prints, command);
});
