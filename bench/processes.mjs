// The processes of a run: each is stopped again, however the run ends.

import { spawn } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Failure } from '../scripts/lib/failure.mjs';
import { environment, root } from '../scripts/lib/machine.mjs';

const LISTENS_WITHIN_MS = 15_000;
const ENDS_WITHIN_MS = 3_000;
const POLL_MS = 50;

/** Our own line, and the message of workerd's --control-fd. */
const addressPattern = /listening on http:\/\/127\.0\.0\.1:(\d+)|"event":"listen".*"port":(\d+)/;

/** @type {Set<Process>} */
const running = new Set();
let closed = false;

/** Output goes to files: a reader woken by each line that a gateway logs would be measured with it. */
const folder = newFolder(os.tmpdir());
let files = 0;

/** @param {string} parent @returns {string} a new folder, which is gone when this process ends */
export function newFolder(parent) {
  const made = fs.mkdtempSync(path.join(parent, 'onellm-bench-'));
  process.once('exit', () => fs.rmSync(made, { recursive: true, force: true }));
  return made;
}

class Process {
  #child;
  #file = path.join(folder, String(files++));

  constructor(command, args, env = {}) {
    if (closed) throw new Failure('nothing more is started');
    const output = fs.openSync(this.#file, 'a');
    this.#child = spawn(command, args, {
      cwd: root,
      env: environment(env),
      stdio: ['ignore', output, output],
    });
    fs.closeSync(output);
    /** Resolves when it is gone, however that came about. */
    this.ended = new Promise((resolve) => this.#child.once('close', resolve).once('error', resolve));
    this.ended.then(() => running.delete(this));
    running.add(this);
  }

  get output() {
    return fs.readFileSync(this.#file, 'utf8');
  }

  get pid() {
    return this.#child.pid;
  }

  /** @returns {Promise<string | undefined>} the port that it says it listens on; nothing if it says none in time */
  async port() {
    for (const late = Date.now() + LISTENS_WITHIN_MS; Date.now() < late && running.has(this); ) {
      const match = addressPattern.exec(this.output);
      if (match) return match[1] ?? match[2];
      await sleep(POLL_MS);
    }
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
  const port = await server.port();
  if (port !== undefined) return { pid: server.pid, origin: `http://127.0.0.1:${port}` };
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
