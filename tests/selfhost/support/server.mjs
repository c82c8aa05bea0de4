// The server in plain workerd, started as a person starts it, on a free port.
import { spawn } from 'node:child_process';
import { environment, root } from '../../../scripts/lib/machine.mjs';

const KEY = 'sk-selfhost';
const headers = { authorization: `Bearer ${KEY}`, 'content-type': 'application/json' };

/** @param {string[]} args further flags of scripts/serve_workerd.mjs */
export async function startServer(args) {
  const child = spawn(
    process.execPath,
    ['scripts/serve_workerd.mjs', '--port=0', `--var=ONELLM_API_KEY=${KEY}`, ...args],
    { cwd: root, env: environment(), stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = new Promise((resolve) => child.on('close', resolve));
  const address = await addressOf(child);
  return {
    request: (path, options = {}) => fetch(address + path, { headers, ...options }),
    chat: (model) =>
      fetch(`${address}/v1/chat/completions`, {
        method: 'POST',
        headers,
        body: JSON.stringify({ model, messages: [{ role: 'user', content: 'Hello' }] }),
      }),
    stop() {
      child.kill('SIGTERM');
      return ended;
    },
  };
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
