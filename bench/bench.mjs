// The bench: for each scenario, starts the upstream and the three Workers, checks one answer of each, and
// then runs wrk against them in turn, so that whatever else the machine does hits all of them alike.
// Everything that was started is stopped, also after Ctrl-C.

import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Failure } from '../scripts/lib/failure.mjs';
import { root } from '../scripts/lib/machine.mjs';
import { checkAnswer } from './answer.mjs';
import { load } from './load.mjs';
import { closeProcesses, startServer, stopProcesses } from './processes.mjs';
import { barsTable, figuresTable, judge, pairsTable, resultsMarkdown } from './report.mjs';
import { scenarios } from './scenarios.mjs';
import { startBeside, startPair, startTargets } from './targets.mjs';

/** Until V8 and the module's code are compiled as well as they will be. */
const WARM_UP_SECONDS = 3;
const PAUSE_MS = 300;

/** @param {string[]} args of the command line */
export async function bench(args) {
  const options = readOptions(args);
  const folder = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'onellm-bench-')));
  const loadBefore = loadAverage();
  try {
    const all = await Promise.race([measureAll(options, folder), interruption()]);
    if (options.against !== undefined) return console.log(`\n${pairsTable(all)}`);
    const command = ['npm run bench', ...(args.length > 0 ? ['--', ...args] : [])].join(' ');
    report(all, options, command, `${loadBefore} before, ${loadAverage()} after`);
  } finally {
    await closeProcesses();
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/** Rejects when a signal asks this process to end. */
function interruption() {
  return new Promise((_, reject) => {
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) {
      process.once(signal, () => reject(new Failure(`stopped by ${signal}`)));
    }
  });
}

function readOptions(args) {
  const values = parsed(args);
  const names = values.only?.split(',') ?? scenarios.map(({ name }) => name);
  const unknown = names.find((name) => !scenarios.some((scenario) => scenario.name === name));
  if (unknown !== undefined) {
    throw new Failure(
      `--only: there is no scenario "${unknown}"; there are ${scenarios.map(({ name }) => name).join(', ')}`,
    );
  }
  return {
    seconds: wholeNumber('--seconds', values.seconds),
    repetitions: wholeNumber('--repetitions', values.repetitions),
    scenarios: scenarios.filter(({ name }) => names.includes(name)),
    against: values.against && fs.realpathSync(values.against),
    complete: values.only === undefined,
  };
}

function parsed(args) {
  const text = { type: 'string' };
  const options = {
    seconds: { ...text, default: '5' },
    repetitions: { ...text, default: '3' },
    only: text,
    against: text,
  };
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw new Failure(`${error.message} (there are --seconds, --repetitions, --only and --against)`);
  }
}

function wholeNumber(name, text) {
  if (!/^[1-9]\d*$/.test(text)) throw new Failure(`${name} wants a whole number above 0, not "${text}"`);
  return Number(text);
}

async function measureAll(options, folder) {
  const all = [];
  for (const scenario of options.scenarios) {
    all.push({ scenario, runs: await measure(scenario, options, folder) });
    await stopProcesses();
  }
  return all;
}

/** @returns {Promise<import('./report.mjs').Runs>} */
async function measure(scenario, { seconds, repetitions, against }, folder) {
  const upstream = await startServer('mock upstream', 'node', ['bench/mock_upstream.mjs']);
  const headersFile = ({ name }) => path.join(folder, `${name}.headers`);
  const bodyFile = ({ name }) => path.join(folder, `${name}.body`);
  const from = `${upstream.origin}/${scenario.eventsPerWrite}`;
  const targets = await (against === undefined
    ? startTargets(from, scenario, folder)
    : startPair(from, scenario, against));
  const beside = scenarios.find(({ name }) => name === scenario.beside);
  if (beside && against === undefined) targets.push(await startBeside(from, beside));

  const answerBytes = {};
  for (const target of targets) {
    const asked = target.scenario ?? scenario;
    fs.writeFileSync(bodyFile(target), asked.body);
    writeHeaders(headersFile(target), target.headers);
    answerBytes[target.name] = await checkAnswer(target, asked);
  }
  const loadFor = (target, seconds) => {
    const files = { body: bodyFile(target), headers: headersFile(target) };
    return load(target, files, seconds, answerBytes[target.name]);
  };
  for (const target of targets) await loadFor(target, WARM_UP_SECONDS);
  const runs = Object.fromEntries(targets.map(({ name }) => [name, []]));
  for (let repetition = 1; repetition <= repetitions; repetition++) {
    for (const target of targets) {
      await sleep(PAUSE_MS);
      const run = await loadFor(target, seconds);
      runs[target.name].push(run);
      console.log(
        `${scenario.name} ${repetition}/${repetitions} ${target.name}: ${run.cpuMs.toFixed(3)} ms CPU, ${run.requestsPerSecond.toFixed(0)} requests/s`,
      );
    }
  }
  return runs;
}

function writeHeaders(file, headers) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\n`);
  fs.writeFileSync(file, lines.join(''));
}

function report(all, { complete }, command, loads) {
  console.log(`\n${barsTable(all)}\n${figuresTable(all)}`);
  if (complete) {
    const file = path.join(root, 'bench/RESULTS.md');
    fs.writeFileSync(file, resultsMarkdown(all, command, loads));
    console.log(`Wrote ${path.relative(root, file)}.`);
  }
  if (all.some((measured) => !judge(measured).kept)) process.exitCode = 1;
}

const loadAverage = () => os.loadavg()[0].toFixed(1);
