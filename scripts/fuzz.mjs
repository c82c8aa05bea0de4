// npm run fuzz [-- seconds]: builds every libFuzzer program of tests/fuzz and runs each for that long
// (30 s unless told), starting from the fixtures. A finding is kept in build/fuzz/ and ends it with 1.

import fs from 'node:fs';
import path from 'node:path';
import { build } from './lib/cmake.mjs';
import { Failure, main } from './lib/failure.mjs';
import { root, run } from './lib/machine.mjs';
import { installPackages } from './lib/packages.mjs';
import { Results } from './lib/results.mjs';
import { installTools } from './lib/setup.mjs';

const seedBytesMax = 64 * 1024;

await main(async () => {
  const seconds = Number(process.argv[2] ?? 30);
  if (!(seconds > 0)) throw new Failure(`"${process.argv[2]}" is no number of seconds`);
  await installPackages();
  await installTools(['fuzz']);
  await build('fuzz');

  const seeds = gatherSeeds();
  const results = new Results();
  for (const target of targets()) {
    console.log(`${target}: ${seconds} s from ${fs.readdirSync(seeds).length} seeds …`);
    results.add(await fuzz(target, seeds, seconds));
  }
  results.close('fuzz');
});

function targets() {
  const sources = fs.readdirSync(path.join(root, 'tests/fuzz')).filter((name) => name.endsWith('_fuzz.cpp'));
  if (sources.length === 0) throw new Failure('tests/fuzz has no target');
  return sources.map((name) => path.basename(name, '.cpp')).sort();
}

/** Every fixture, under one roof: each target reads bytes, and foreign ones are only odd input to it. */
function gatherSeeds() {
  const folder = path.join(root, 'build/fuzz/seeds');
  fs.rmSync(folder, { recursive: true, force: true });
  fs.mkdirSync(folder, { recursive: true });
  const fixtures = path.join(root, 'tests/fixtures');
  for (const name of fs.readdirSync(fixtures, { recursive: true })) {
    const file = path.join(fixtures, name);
    const status = fs.statSync(file);
    if (status.isFile() && status.size <= seedBytesMax) {
      fs.copyFileSync(file, path.join(folder, name.replaceAll(path.sep, '-')));
    }
  }
  return folder;
}

async function fuzz(target, seeds, seconds) {
  const folder = path.join(root, 'build/fuzz');
  const corpus = path.join(folder, `corpus-${target}`);
  fs.mkdirSync(corpus, { recursive: true });
  const program = path.join(root, 'build/asan/tests/fuzz', target);
  const dictionary = path.join(root, 'tests/fuzz', `${target}.dict`);
  const options = [
    `-max_total_time=${seconds}`,
    `-max_len=${seedBytesMax}`,
    `-artifact_prefix=${folder}/${target}-`,
    ...(fs.existsSync(dictionary) ? [`-dict=${dictionary}`] : []),
  ];
  try {
    const output = await run(program, [...options, corpus, seeds], { what: target });
    console.log(`  ${/Done \d+ runs.*/.exec(output)?.[0] ?? 'done'}`);
    return { passed: 1, failed: 0 };
  } catch (error) {
    if (!(error instanceof Failure)) throw error;
    console.error(`  ${error.message}`);
    return { passed: 0, failed: 1 };
  }
}
