// What a process has used, from /proc (proc(5)).

import { execFileSync } from 'node:child_process';
import fs from 'node:fs';

const ticksPerSecond = Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));

/** The fields of /proc/PID/stat after the command, whose name may hold anything: `state ppid …`. */
function fieldsOf(pid) {
  const text = fs.readFileSync(`/proc/${pid}/stat`, 'utf8');
  return text.slice(text.lastIndexOf(')') + 2).split(' ');
}

/** CPU time of all its threads so far, user and system. */
export function cpuSeconds(pid) {
  const [user, system] = fieldsOf(pid).slice(11, 13).map(Number);
  return (user + system) / ticksPerSecond;
}

export function residentMegabytes(pid) {
  const status = fs.readFileSync(`/proc/${pid}/status`, 'utf8');
  return Number(/^VmRSS:\s+(\d+) kB/m.exec(status)[1]) / 1024;
}

/** The pid of the one process that `pid` has started. */
export function childOf(pid) {
  const children = fs.readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  if (children.length !== 1 || children[0] === '') throw new Error(`process ${pid} has not one child`);
  return Number(children[0]);
}
