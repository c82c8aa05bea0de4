// Runs into figures, bars and the Markdown of RESULTS.md. Every figure is the median of the repetitions;
// a ratio is the median of the ratios within each repetition, where both met the same machine.

import os from 'node:os';
import { ask } from '../scripts/lib/machine.mjs';

/** @typedef {Record<string, import('./load.mjs').Run[]>} Runs by target, in the order of repetitions */
/** @typedef {{ scenario: import('./scenarios.mjs').Scenario, runs: Runs }} Measured */

/** @param {Measured} measured */
export function judge({ scenario, runs }) {
  const ratios = ratiosOf(runs, 'gateway', scenario.bar.to);
  return {
    ratio: median(ratios),
    lowest: Math.min(...ratios),
    highest: Math.max(...ratios),
    kept: median(ratios) <= scenario.bar.ratio,
  };
}

/** @param {Measured[]} all */
export function barsTable(all) {
  return table(
    ['scenario', 'CPU as a multiple of', 'at most', 'measured', 'lowest – highest', ''],
    all.map((measured) => {
      const { name, bar } = measured.scenario;
      const { ratio, lowest, highest, kept } = judge(measured);
      const verdict = kept ? 'kept' : `**missed** by ${((ratio / bar.ratio - 1) * 100).toFixed(0)} %`;
      return [
        name,
        bar.to,
        bar.ratio.toFixed(1),
        ratio.toFixed(2),
        `${lowest.toFixed(2)} – ${highest.toFixed(2)}`,
        verdict,
      ];
    }),
  );
}

/** @param {Measured[]} all */
export function figuresTable(all) {
  return table(
    [
      'scenario',
      'target',
      'CPU ms/request',
      '× bare',
      '× touch',
      'requests/s',
      '× bare',
      'p50 ms',
      'p99 ms',
      'RSS MB',
    ],
    all.flatMap(({ scenario, runs }) =>
      Object.keys(runs).map((target) => [scenario.name, target, ...figures(runs, target)]),
    ),
  );
}

function figures(runs, target) {
  const of = (figure) => median(runs[target].map((run) => run[figure]));
  const ratio = (other, figure) => median(ratiosOf(runs, target, other, figure)).toFixed(2);
  return [
    of('cpuMs').toFixed(3),
    ratio('bare'),
    ratio('touch'),
    of('requestsPerSecond').toFixed(0),
    ratio('bare', 'requestsPerSecond'),
    of('p50Ms').toFixed(1),
    of('p99Ms').toFixed(1),
    of('rssMb').toFixed(0),
  ];
}

/**
 * What the gateway takes beside the one of another checkout, by pairs of runs that followed each other.
 * @param {Measured[]} all
 */
export function pairsTable(all) {
  return table(
    ['scenario', 'before, CPU ms/request', 'gateway', 'gateway ÷ before', 'lowest – highest'],
    all.map(({ scenario, runs }) => {
      const ratios = ratiosOf(runs, 'gateway', 'before');
      const cpu = (target) => median(runs[target].map((run) => run.cpuMs)).toFixed(3);
      const range = `${Math.min(...ratios).toFixed(3)} – ${Math.max(...ratios).toFixed(3)}`;
      return [scenario.name, cpu('before'), cpu('gateway'), median(ratios).toFixed(3), range];
    }),
  );
}

/**
 * @param {Measured[]} all
 * @param {string} command that made them
 * @param {string} loads what else the machine did
 */
export function resultsMarkdown(all, command, loads) {
  return `# What the gateway costs

CPU of the whole workerd process for one request. README.md says what is measured and how to read it.

- made by \`${command}\` on ${new Date().toISOString().slice(0, 10)}
- ${os.cpus()[0].model}, ${os.cpus().length} cores; Linux ${os.release()}; load average ${loads}
- ${versions()}

## Bars

${barsTable(all)}
## Figures

${figuresTable(all)}`;
}

function versions() {
  // wrk calls it a failure to be asked.
  const wrk = ask('sh', ['-c', 'wrk --version; true']).split(' ')[1];
  const emscripten = /\d+\.\d+\.\d+/.exec(ask('em++', ['--version']))?.[0] ?? 'unknown';
  return `${ask('workerd', ['--version'])}, Node ${ask('node', ['--version'])} (the mock), wrk ${wrk}, Emscripten ${emscripten}`;
}

function ratiosOf(runs, target, other, figure = 'cpuMs') {
  return runs[target].map((run, repetition) => run[figure] / runs[other][repetition][figure]);
}

function median(numbers) {
  const sorted = [...numbers].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

function table(head, rows) {
  const line = (cells) => `| ${cells.join(' | ')} |\n`;
  return line(head) + line(head.map(() => '---')) + rows.map(line).join('');
}
