// The processes of a run: each is started, waited for, and stopped again, however the run ends.

import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../scripts/lib/failure.mjs';
import { environment, root } from '../scripts/lib/machine.mjs';

const LISTENS_WITHIN_MS = 15_000;
const ENDS_WITHIN_MS = 3_000;

/** Our own line, and the message of workerd's --control-fd. */
const addressPattern = /listening on http:\/\/127\.0\.0\.1:(\d+)|"event":"listen".*"port":(\d+)/;

/** @typedef {{ name: string, pid: number, origin: string, stop: () => Promise<void> }} Server */

/** @type {Set<Server>} */
const running = new Set();

/**
 * Resolves when the server has said on its output where it listens.
 * @param {string} name
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<Server>}
 */
export async function startServer(name, command, args) {
  const child = spawn(command, args, { cwd: root, env: environment(), stdio: ['ignore', 'pipe', 'pipe'] });
  const ended = new Promise((resolve) => child.once('close', resolve).once('error', resolve));
  const server = {
    name,
    pid: child.pid,
    origin: '',
    stop: () => stop(child, ended).then(() => running.delete(server)),
  };
  running.add(server);
  const port = await Promise.race([
    portOf(child),
    ended,
    sleep(LISTENS_WITHIN_MS, undefined, { ref: false }),
  ]);
  if (typeof port !== 'string') {
    await server.stop();
    throw new Failure(`${name} did not start: ${child.said.slice(-500)}`);
  }
  server.origin = `http://127.0.0.1:${port}`;
  return server;
}

export async function stopServers() {
  await Promise.all([...running].map((server) => server.stop()));
}

function portOf(child) {
  child.said = '';
  return new Promise((resolve) => {
    const listen = (data) => {
      // Both are read to their end: a full pipe would stop the server.
      if (child.said.length < 10_000) child.said += data;
      const match = addressPattern.exec(child.said);
      if (match) resolve(match[1] ?? match[2]);
    };
    child.stdout.on('data', listen);
    child.stderr.on('data', listen);
  });
}

async function stop(child, ended) {
  child.kill('SIGTERM');
  const late = sleep(ENDS_WITHIN_MS, 'late', { ref: false });
  if ((await Promise.race([ended, late])) !== 'late') return;
  child.kill('SIGKILL');
  await ended;
}
