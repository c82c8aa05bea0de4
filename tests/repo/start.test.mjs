// `npm start` as a newcomer meets it: the printed command works as it stands, and one signal ends all.

import assert from 'node:assert/strict';
import { execFileSync, spawn } from 'node:child_process';
import fs from 'node:fs';
import net from 'node:net';
import os from 'node:os';
import path from 'node:path';
import test from 'node:test';
import { readSetting, writeDevVars } from '../../scripts/lib/dev_vars.mjs';
import { root } from '../../scripts/lib/machine.mjs';

const readyWithinMs = 120_000;
const devVars = path.join(root, '.dev.vars');

function freePort() {
  return new Promise((resolve) => {
    const server = net.createServer().listen(0, '127.0.0.1', () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

const isListening = (port) =>
  new Promise((resolve) => {
    const socket = net.connect(port, '127.0.0.1', () => resolve(socket.destroy() && true));
    socket.on('error', () => resolve(false));
  });

/** Resolves with the first line of output that matches. */
function lineOf(child, pattern) {
  return new Promise((resolve, reject) => {
    let output = '';
    const timer = setTimeout(() => reject(new Error(`no ${pattern} in:\n${output}`)), readyWithinMs);
    const read = (data) => {
      output += data;
      const found = pattern.exec(output);
      if (!found) return;
      clearTimeout(timer);
      resolve(found[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('close', () => reject(new Error(`it ended:\n${output}`)));
  });
}

test('start prints a curl command that streams an answer, and one signal ends all', async (context) => {
  const hadSettings = fs.existsSync(devVars);
  context.after(() => hadSettings || fs.rmSync(devVars, { force: true }));
  const port = await freePort();
  const child = spawn('npm', ['start', '--', '--port', String(port)], { cwd: root, detached: true });
  const ended = new Promise((resolve) => child.on('close', resolve));
  context.after(() => child.exitCode ?? process.kill(-child.pid, 'SIGKILL'));

  const command = await lineOf(child, /^curl .*$/m);
  assert.ok(command.includes(`http://127.0.0.1:${port}/`));
  const answer = execFileSync('bash', ['-c', command], {
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  const events = answer.trim().split('\n\n');
  assert.ok(events.length > 3, answer);
  assert.equal(events.at(-1), 'data: [DONE]');
  const text = events
    .slice(0, -1)
    .map((event) => JSON.parse(event.slice('data: '.length)).choices[0]?.delta.content ?? '');
  assert.equal(text.join(''), 'Hello from One-LLM-API');

  const [, key] = /Bearer (\S+)'/.exec(command);
  const usage = await fetch(`http://127.0.0.1:${port}/v1/admin/usage`, {
    headers: { authorization: `Bearer ${key}` },
  });
  assert.equal((await usage.json()).source, 'ledger');

  process.kill(-child.pid, 'SIGINT');
  await ended;
  assert.equal(await isListening(port), false);
});

test('the settings that start writes have a random key and are for their owner alone', (context) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onellm-start-'));
  context.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  const keys = ['one', 'two'].map((name) => {
    const file = path.join(folder, name);
    writeDevVars(file);
    assert.equal(fs.statSync(file).mode & 0o777, 0o600);
    return readSetting(fs.readFileSync(file, 'utf8'), 'ONELLM_API_KEY');
  });
  assert.match(keys[0], /^sk-[0-9a-f]{48}$/);
  assert.notEqual(keys[0], keys[1]);
});

test('settings of a person are never overwritten', (context) => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'onellm-start-'));
  context.after(() => fs.rmSync(folder, { recursive: true, force: true }));
  const file = path.join(folder, '.dev.vars');
  fs.writeFileSync(file, 'ONELLM_API_KEY=mine\n');
  assert.throws(() => writeDevVars(file), { code: 'EEXIST' });
});

test('a setting is read as dotenv files write it', () => {
  const text =
    'A=1\nexport B = \'two # not a comment\' # a comment\nC="three"\nD=four # a comment\nA=last\nEMPTY=\n';
  const read = (name) => readSetting(text, name);
  assert.deepEqual(['A', 'B', 'C', 'D', 'EMPTY', 'NONE'].map(read), [
    'last',
    'two # not a comment',
    'three',
    'four',
    '',
    '',
  ]);
});
