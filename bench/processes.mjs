// The processes of a run: each is stopped again, however the run ends.

import { spawn } from 'node:child_process';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../scripts/lib/failure.mjs';
import { environment, root } from '../scripts/lib/machine.mjs';

const LISTENS_WITHIN_MS = 15_000;
const ENDS_WITHIN_MS = 3_000;

/** Our own line, and the message of workerd's --control-fd. */
const addressPattern = /listening on http:\/\/127\.0\.0\.1:(\d+)|"event":"listen".*"port":(\d+)/;

/** @type {Set<Process>} */
const running = new Set();
let closed = false;

class Process {
  output = '';
  #child;
  #onOutput = () => {};

  constructor(command, args, env = {}) {
    if (closed) throw new Failure('nothing more is started');
    this.#child = spawn(command, args, {
      cwd: root,
      env: environment(env),
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    /** Resolves when it is gone, however that came about. */
    this.ended = new Promise((resolve) => this.#child.once('close', resolve).once('error', resolve));
    this.ended.then(() => running.delete(this));
    running.add(this);
    for (const stream of [this.#child.stdout, this.#child.stderr]) {
      stream.on('data', (data) => {
        this.output += data;
        this.#onOutput();
      });
    }
  }

  get pid() {
    return this.#child.pid;
  }

  /** @returns {Promise<string>} the port that it says it listens on */
  port() {
    return new Promise((resolve) => {
      this.#onOutput = () => {
        const match = addressPattern.exec(this.output);
        if (!match) return;
        this.#onOutput = () => {};
        resolve(match[1] ?? match[2]);
      };
    });
  }

  async stop() {
    this.#child.kill('SIGTERM');
    const late = sleep(ENDS_WITHIN_MS, 'late', { ref: false });
    if ((await Promise.race([this.ended, late])) !== 'late') return;
    this.#child.kill('SIGKILL');
    await this.ended;
  }
}

/**
 * Resolves when the server listens.
 * @param {string} name
 * @param {string} command
 * @param {string[]} args
 * @returns {Promise<{ pid: number, origin: string }>}
 */
export async function startServer(name, command, args) {
  const server = new Process(command, args);
  const late = sleep(LISTENS_WITHIN_MS, undefined, { ref: false });
  const port = await Promise.race([server.port(), server.ended, late]);
  if (typeof port === 'string') return { pid: server.pid, origin: `http://127.0.0.1:${port}` };
  await server.stop();
  throw new Failure(`${name} did not start: ${server.output.slice(-500)}`);
}

/** Runs a command to its end; all that it printed. */
export async function runToEnd(command, args, env) {
  const process = new Process(command, args, env);
  await process.ended;
  return process.output;
}

export async function stopProcesses() {
  await Promise.all([...running].map((process) => process.stop()));
}

/** Stops all for good: what would be started later is refused. */
export async function closeProcesses() {
  closed = true;
  await stopProcesses();
}
