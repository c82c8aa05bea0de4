// What this machine has, and how commands are run on it. Everything that setup.mjs does to a machine
// goes through such an object, so a test can hand it another one.
//
// Rule: a command's own output is shown only if it fails, and then its end.

import { spawn, spawnSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Failure } from './failure.mjs';

export const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const shownLinesOfFailure = 40;

// The Node that wrangler and Miniflare need comes as an npm package; its folder is named too because
// npm links it into .bin only when it ran the package's install script itself. CMake, Ninja
// and clang-tidy may have come as Python packages (setup.mjs).
const toolFolders = [
  'node_modules/.bin',
  'node_modules/node/bin',
  '.cache/python/cmake/data/bin',
  '.cache/python/clang_tidy/data/bin',
  '.cache/python/bin',
];

/** The environment of every command: the project's own tools before the machine's. */
export function environment(extra = {}) {
  const folders = toolFolders.map((folder) => path.join(root, folder));
  return {
    ...process.env,
    PATH: [...folders, process.env.PATH].join(path.delimiter),
    PYTHONPATH: [path.join(root, '.cache/python'), process.env.PYTHONPATH]
      .filter(Boolean)
      .join(path.delimiter),
    ...extra,
  };
}

/** Where `name` lies on the PATH of environment(), or ''. */
export function find(name) {
  for (const folder of environment().PATH.split(path.delimiter)) {
    const file = path.join(folder, name);
    try {
      fs.accessSync(file, fs.constants.X_OK);
      if (fs.statSync(file).isFile()) return file;
    } catch {
      // Not in this folder.
    }
  }
  return '';
}

/**
 * Runs a command to its end, silently.
 * @param {string} command
 * @param {string[]} args
 * @param {{ env?: object, cwd?: string, what?: string }} [options] what: how a failure names it
 * @returns {Promise<string>} its output
 * @throws {Failure} after the end of the output was shown
 */
export function run(command, args, { env = {}, cwd = root, what = [command, ...args].join(' ') } = {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd, env: environment(env), stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    child.stdout.on('data', (data) => (output += data));
    child.stderr.on('data', (data) => (output += data));
    child.on('error', (error) => reject(new Failure(`${what} could not be started (${error.message})`)));
    child.on('close', (code, signal) => {
      if (code === 0) return resolve(output);
      console.error(output.trimEnd().split('\n').slice(-shownLinesOfFailure).join('\n'));
      reject(new Failure(`${what} failed (${signal ?? `exit code ${code}`})`));
    });
  });
}

/** Runs a command with this terminal; its exit code. */
export function runShown(command, args, env = {}) {
  const done = spawnSync(command, args, { cwd: root, env: environment(env), stdio: 'inherit' });
  if (done.error) throw new Failure(`${command} could not be started (${done.error.message})`);
  return done.status ?? 1;
}

/** What a command prints, or '' if it cannot be run. */
export function ask(command, args) {
  const done = spawnSync(command, args, { cwd: root, env: environment(), encoding: 'utf8' });
  return done.status === 0 ? done.stdout.trim() : '';
}

/** The machine that this process runs on. */
export const machine = {
  find,
  run,
  ask,
  exists: (file) => fs.existsSync(path.resolve(root, file)),
  list: (folder) => (fs.existsSync(folder) ? fs.readdirSync(folder) : []),
  isRoot: () => process.getuid?.() === 0,
  say: (line) => console.log(line),
};
