// One run of wrk against one target, and what the target's process used for it.

import path from 'node:path';
import { Failure } from '../scripts/lib/failure.mjs';
import { root } from '../scripts/lib/machine.mjs';
import { runToEnd } from './processes.mjs';
import { cpuSeconds, residentMegabytes } from './process_usage.mjs';

const CONNECTIONS = 32;
const TIMEOUT_SECONDS = 20;

/**
 * @typedef {object} Run
 * @property {number} cpuMs CPU time of the process for one request
 * @property {number} requestsPerSecond
 * @property {number} p50Ms
 * @property {number} p99Ms
 * @property {number} rssMb after the run
 */

/**
 * @param {import('./targets.mjs').Target} target
 * @param {{ body: string, headers: string }} files what is sent
 * @param {number} seconds
 * @param {number} answerBytes of one whole answer
 * @returns {Promise<Run>}
 * @throws {Failure} if a request failed or answers were too short
 */
export async function load(target, files, seconds, answerBytes) {
  const cpuBefore = cpuSeconds(target.pid);
  const outcome = await runWrk(target.url, files, seconds);
  const cpuMs = (cpuSeconds(target.pid) - cpuBefore) * 1000;
  const { requests, microseconds, bytes, errors, p50, p99 } = outcome;
  if (requests === 0 || errors > 0)
    throw new Failure(`${target.name}: ${errors} of ${requests} requests failed`);
  if (bytes / requests < answerBytes) throw new Failure(`${target.name}: answers were cut short`);
  return {
    cpuMs: cpuMs / requests,
    requestsPerSecond: requests / (microseconds / 1e6),
    p50Ms: p50 / 1000,
    p99Ms: p99 / 1000,
    rssMb: residentMegabytes(target.pid),
  };
}

async function runWrk(url, files, seconds) {
  const args = [
    '--threads=1',
    `--connections=${CONNECTIONS}`,
    `--duration=${seconds}s`,
    `--timeout=${TIMEOUT_SECONDS}s`,
    `--script=${path.join(root, 'bench/post.lua')}`,
    url,
  ];
  const output = await runToEnd('wrk', args, { BENCH_BODY: files.body, BENCH_HEADERS: files.headers });
  const outcome = /^OUTCOME (.*)$/m.exec(output);
  if (!outcome) throw new Failure(`wrk gave no outcome: ${output}`);
  return JSON.parse(outcome[1]);
}
