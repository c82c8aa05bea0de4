// npm test: every test, from a bare clone on. The units natively, under the sanitizers and as
// WebAssembly; then the repository's own rules and the Worker end to end, on Node's test runner.
//
//   npm test                      all of it
//   npm test -- native repo       only these parts: native, asan, wasm, repo, worker, selfhost, pages

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { build } from './lib/cmake.mjs';
import { Failure, main } from './lib/failure.mjs';
import { root, runShown } from './lib/machine.mjs';
import { installPackages } from './lib/packages.mjs';
import { buildPages, reportSizes } from './lib/pages.mjs';
import { Results } from './lib/results.mjs';
import { installTools } from './lib/setup.mjs';

const parts = {
  native: () => unitTests('native', 'native'),
  asan: () => unitTests('asan', 'asan'),
  wasm: () => unitTests('wasm-tests', 'wasm'),
  // Before the Worker's, and one at a time: two of them build the module, which the others load.
  repo: () => nodeTests('repo', 1),
  worker: () => nodeTests('worker', 2),
  selfhost: selfhostTests,
  pages: pageTests,
};

await main(async () => {
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(parts);
  const unknown = wanted.find((part) => !parts[part]);
  if (unknown) throw new Failure(`there is no part "${unknown}"; there are ${Object.keys(parts).join(', ')}`);

  await installPackages();
  await installTools([
    'native',
    'wasm',
    ...(wanted.includes('asan') ? ['asan'] : []),
    ...(wanted.includes('pages') ? ['pages'] : []),
  ]);
  const results = new Results();
  for (const part of wanted) {
    const started = Date.now();
    const counts = await parts[part]();
    results.add(counts);
    console.log(
      `${part}: ${counts.passed} passed, ${counts.failed} failed (${Math.round((Date.now() - started) / 1000)} s)\n`,
    );
  }
  results.close('test');
});

/** Builds a preset and runs its unit tests; a program that crashed counts as one failure. */
async function unitTests(preset, folder) {
  await build(preset);
  const reports = path.join(root, 'build', folder, 'gtest');
  fs.rmSync(reports, { recursive: true, force: true });
  const code = runShown('ctest', ['--preset', preset, '--progress', '--parallel', String(os.cpus().length)]);
  const counts = { passed: 0, failed: 0 };
  for (const name of fs.existsSync(reports) ? fs.readdirSync(reports) : []) {
    const { tests, failures } = JSON.parse(fs.readFileSync(path.join(reports, name), 'utf8'));
    counts.passed += tests - failures;
    counts.failed += failures;
  }
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}

/** The server in plain workerd, as people start it. */
async function selfhostTests() {
  await build('wasm');
  return nodeTests('selfhost', 2);
}

/** In Chromium: one at a time, since some measure times. */
async function pageTests() {
  await build('wasm');
  reportSizes(await buildPages());
  return nodeTests('pages', 1);
}

async function nodeTests(folder, concurrency) {
  await build('wasm-tests');
  const report = path.join(root, 'build/results', `${folder}.tap`);
  fs.mkdirSync(path.dirname(report), { recursive: true });
  const reporters = ['spec', 'stdout', 'tap', report].map(
    (value, index) => `--test-reporter${index % 2 ? '-destination' : ''}=${value}`,
  );
  const files = `tests/${folder}/**/*.test.mjs`;
  const code = runShown('node', ['--test', `--test-concurrency=${concurrency}`, ...reporters, files]);
  const tap = fs.readFileSync(report, 'utf8');
  const count = (name) => Number(new RegExp(`^# ${name} (\\d+)$`, 'm').exec(tap)?.[1] ?? 0);
  const counts = { passed: count('pass'), failed: count('fail') + count('cancelled') };
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  return counts;
}
