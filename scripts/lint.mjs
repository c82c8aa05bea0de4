// npm run lint: layout (clang-format), static analysis of the core (clang-tidy), and layout and rules
// of the JavaScript (biome), and types of the pages. Changes nothing; `npm run format` does.
//
//   npm run lint -- format biome     only these: format, biome, types, tidy

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { configure } from './lib/cmake.mjs';
import { Failure, main } from './lib/failure.mjs';
import { root, run } from './lib/machine.mjs';
import { installPackages } from './lib/packages.mjs';
import { checkPageTypes } from './lib/pages.mjs';
import { Results } from './lib/results.mjs';
import { installTools } from './lib/setup.mjs';
import { cppSources } from './lib/sources.mjs';

const checks = { format: checkFormat, biome: checkBiome, types: checkTypes, tidy: checkTidy };

await main(async () => {
  const wanted = process.argv.length > 2 ? process.argv.slice(2) : Object.keys(checks);
  await installPackages();
  await installTools(['lint']);
  const results = new Results();
  for (const name of wanted) {
    if (!checks[name])
      throw new Failure(`there is no check "${name}"; there are ${Object.keys(checks).join(', ')}`);
    results.add(await checks[name]());
  }
  results.close('lint');
});

function checkFormat() {
  console.log('clang-format …');
  return attempt(() =>
    run('clang-format', ['--dry-run', '-Werror', ...cppSources()], { what: 'clang-format' }),
  );
}

function checkBiome() {
  console.log('biome …');
  return attempt(() => run('biome', ['check', '--error-on-warnings', '.'], { what: 'biome check' }));
}

function checkTypes() {
  console.log('types of the pages …');
  return attempt(checkPageTypes);
}

async function checkTidy() {
  await configure('lint');
  const waiting = filesOfTheCore();
  console.log(`clang-tidy, ${waiting.length} files (some minutes) …`);
  const counts = { passed: 0, failed: 0 };
  const worker = async () => {
    for (let file = waiting.shift(); file; file = waiting.shift()) {
      const what = `clang-tidy ${file}`;
      const { passed, failed } = await attempt(() =>
        run('clang-tidy', ['--quiet', '-p', 'build/lint', file], { what }),
      );
      counts.passed += passed;
      counts.failed += failed;
    }
  };
  await Promise.all(os.cpus().map(worker));
  return counts;
}

/** All of the core but src/abi, which is compiled to WebAssembly alone: its pointers have 32 bits. */
function filesOfTheCore() {
  const commands = JSON.parse(fs.readFileSync(path.join(root, 'build/lint/compile_commands.json'), 'utf8'));
  const files = commands.map(({ file }) => path.relative(root, file));
  return files.filter((file) => file.startsWith(`src${path.sep}`)).sort();
}

async function attempt(check) {
  try {
    await check();
    return { passed: 1, failed: 0 };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(error.message);
    return { passed: 0, failed: 1 };
  }
}
