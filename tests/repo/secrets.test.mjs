// No key can come into the repository or out of a sample: the Deploy button pre-fills its form with
// the values of .dev.vars.example, so a key that works there would be the key of many deployments.

import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { root } from '../../scripts/lib/machine.mjs';

const git = (...args) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });

test('the example asks for the master key alone and gives it no value', () => {
  const lines = fs.readFileSync(path.join(root, '.dev.vars.example'), 'utf8').split('\n');
  assert.deepEqual(
    lines.filter((line) => line.trim() !== '' && !line.startsWith('#')),
    ['ONELLM_API_KEY='],
  );
});

test('every binding that the Deploy button asks for is described', () => {
  const { bindings } = JSON.parse(fs.readFileSync(path.join(root, 'package.json'), 'utf8')).cloudflare;
  const toml = fs.readFileSync(path.join(root, 'wrangler.toml'), 'utf8');
  const names = [...toml.matchAll(/^(?:binding = |\[\[durable_objects\.bindings\]\]\nname = )"(\w+)"/gm)].map(
    ([, name]) => name,
  );
  assert.deepEqual(Object.keys(bindings).sort(), ['ONELLM_API_KEY', ...names].sort());
});

test('files with settings of a person are kept out of git', () => {
  for (const name of ['.dev.vars', '.dev.vars.staging', 'node_modules/x', 'build/x', '.wrangler/x']) {
    assert.equal(git('check-ignore', name).trim(), name);
  }
});

test('no file of the repository holds something that looks like a real key', () => {
  const shapes = [
    /\bsk-[a-f0-9]{48}\b/,
    /\bsk-(?:proj-|ant-)[A-Za-z0-9_-]{60,}/,
    /\bAIza[A-Za-z0-9_-]{35}\b/,
    /-----BEGIN [A-Z ]*PRIVATE KEY/,
  ];
  const files = git('ls-files', '--cached', '--others', '--exclude-standard', '-z')
    .split('\0')
    .filter(Boolean);
  const suspects = files.filter((file) => {
    const full = path.join(root, file);
    if (!fs.existsSync(full) || file === 'tests/repo/secrets.test.mjs') return false;
    const text = fs.readFileSync(full, 'latin1');
    return shapes.some((shape) => shape.test(text));
  });
  assert.ok(files.length > 50);
  assert.deepEqual(suspects, []);
});
