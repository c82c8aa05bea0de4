// The CPU time and the memory of the workerd that this test file has started, from /proc (proc(5)).
import fs from 'node:fs';
import { cpuSeconds, residentMegabytes } from '../../../bench/process_usage.mjs';

function workerdPid() {
  const children = fs
    .readdirSync('/proc/self/task')
    .flatMap((task) => fs.readFileSync(`/proc/self/task/${task}/children`, 'utf8').split(' '))
    .filter(Boolean);
  const own = children.filter((pid) => fs.readFileSync(`/proc/${pid}/comm`, 'utf8').trim() === 'workerd');
  if (own.length !== 1) throw new Error(`${own.length} processes of workerd`);
  return own[0];
}

/** Seconds that workerd used while `work` ran, on all its threads; null on systems without /proc. */
export async function workerdSecondsOf(work) {
  if (!fs.existsSync('/proc/self/task')) return void (await work()) ?? null;
  const pid = workerdPid();
  const before = cpuSeconds(pid);
  await work();
  return cpuSeconds(pid) - before;
}

const SAMPLE_EVERY_MS = 20;

/** By how many megabytes the memory of workerd grew at most while `work` ran; null on systems without /proc. */
export async function workerdGrowthOf(work) {
  if (!fs.existsSync('/proc/self/task')) return void (await work()) ?? null;
  const pid = workerdPid();
  const before = residentMegabytes(pid);
  let most = before;
  const timer = setInterval(() => {
    most = Math.max(most, residentMegabytes(pid));
  }, SAMPLE_EVERY_MS);
  try {
    await work();
  } finally {
    clearInterval(timer);
  }
  return Math.max(most, residentMegabytes(pid)) - before;
}
