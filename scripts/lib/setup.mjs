// Makes this machine ready for a job: looks what is missing and installs only that. With apt where
// there are root rights (or sudo that asks nothing), else Emscripten by its SDK and CMake and Ninja
// by pip, into .cache/. clang-tidy comes by pip everywhere.
//
// Rule: it says in one line what it does before it does it, and is silent when nothing is missing.

import path from 'node:path';
import { Failure } from './failure.mjs';
import { root, machine as thisMachine } from './machine.mjs';
import { jobs } from './tools.mjs';

export const emsdkVersion = '3.1.64';
const emsdkRepository = 'https://github.com/emscripten-core/emsdk';
const emsdkFolder = path.join(root, '.cache/emsdk');

/**
 * @param {(keyof typeof jobs)[]} wanted
 * @param {typeof thisMachine} machine
 */
export async function installTools(wanted, machine = thisMachine) {
  const missing = [...new Set(wanted.flatMap((job) => jobs[job]))].filter((tool) => !isThere(tool, machine));
  if (missing.length === 0) return;
  const rights = aptRights(machine);
  const byApt = rights ? missing.filter((tool) => tool.debian.length > 0) : [];
  if (byApt.length > 0) await installByApt(byApt, rights, machine);
  await installWithoutApt(
    missing.filter((tool) => !byApt.includes(tool)),
    machine,
  );
}

async function installWithoutApt(missing, machine) {
  const hopeless = missing.filter((tool) => !tool.python && !tool.emsdk && !tool.fetched);
  if (hopeless.length > 0) {
    throw new Failure(
      `missing: ${names(hopeless)}. Install it and run the command again ` +
        `(Debian, Ubuntu: sudo apt-get install ${packages(hopeless).join(' ')}).`,
    );
  }
  await installByPip(
    missing.filter((tool) => tool.python),
    machine,
  );
  if (missing.some((tool) => tool.emsdk)) await installEmsdk(machine);
}

function isThere(tool, machine) {
  if (tool.command && machine.find(tool.command)) return true;
  if (tool.ask && machine.ask(tool.ask[0], tool.ask.slice(1))) return true;
  return (tool.files ?? []).some((file) => expand(file, machine).some((each) => machine.exists(each)));
}

function expand(pattern, machine) {
  const [before, after] = pattern.split('/*/');
  if (after === undefined) return [pattern];
  return machine.list(before).map((name) => `${before}/${name}/${after}`);
}

/** The words before `apt-get`, or nothing where it cannot be used. */
function aptRights(machine) {
  if (!machine.find('apt-get')) return undefined;
  if (machine.isRoot()) return [];
  return machine.find('sudo') && machine.ask('sudo', ['-n', 'echo', 'allowed']) ? ['sudo', '-n'] : undefined;
}

async function installByApt(missing, rights, machine) {
  const wanted = packages(missing);
  const slow = missing.find((tool) => tool.slow)?.slow ?? 'a few seconds, once';
  machine.say(`Installing ${names(missing)} with apt-get (${slow}) …`);
  const apt = (...args) => {
    const [command, ...rest] = [...rights, 'env', 'DEBIAN_FRONTEND=noninteractive', 'apt-get', ...args];
    return machine.run(command, rest, { what: `apt-get ${args.at(0)}` });
  };
  await apt('update', '-qq');
  await apt('install', '-y', '-qq', '--no-install-recommends', '-o', 'DPkg::Lock::Timeout=300', ...wanted);
}

async function installByPip(missing, machine) {
  if (missing.length === 0) return;
  requirePython(names(missing), machine);
  machine.say(`Installing ${names(missing)} with pip into .cache/ (a few seconds, once) …`);
  const target = path.join(root, '.cache/python');
  const wanted = missing.map((tool) => tool.python);
  await machine.run(
    'python3',
    ['-m', 'pip', 'install', '--quiet', '--upgrade', '--target', target, ...wanted],
    {
      what: 'pip install',
    },
  );
}

async function installEmsdk(machine) {
  requirePython('the Emscripten SDK', machine);
  machine.say(`Fetching the Emscripten SDK ${emsdkVersion} into .cache/ (some minutes, once) …`);
  const emsdk = path.join(emsdkFolder, 'emsdk');
  if (!machine.exists(emsdk)) await fetchEmsdk(machine);
  await machine.run(emsdk, ['install', emsdkVersion], { cwd: emsdkFolder, what: 'emsdk install' });
  await machine.run(emsdk, ['activate', emsdkVersion], { cwd: emsdkFolder, what: 'emsdk activate' });
}

async function fetchEmsdk(machine) {
  if (machine.find('git')) {
    await machine.run(
      'git',
      ['clone', '--quiet', '--depth=1', `--branch=${emsdkVersion}`, emsdkRepository, emsdkFolder],
      {
        what: 'git clone of the Emscripten SDK',
      },
    );
    return;
  }
  if (!machine.find('curl') || !machine.find('tar')) {
    throw new Failure(
      'missing: git (or curl and tar), to fetch the Emscripten SDK. Install it and run the command again.',
    );
  }
  const archive = `${emsdkFolder}.tar.gz`;
  await machine.run('mkdir', ['-p', emsdkFolder]);
  const url = `${emsdkRepository}/archive/refs/tags/${emsdkVersion}.tar.gz`;
  await machine.run('curl', ['-fsSL', '-o', archive, url], { what: 'the download of the Emscripten SDK' });
  await machine.run('tar', ['-xzf', archive, '--strip-components=1', '-C', emsdkFolder]);
}

function requirePython(wantedFor, machine) {
  if (machine.find('python3')) return;
  throw new Failure(`missing: python3, which brings ${wantedFor}. Install it and run the command again.`);
}

function names(list) {
  return list.map((tool) => tool.name).join(', ');
}

function packages(list) {
  return list.flatMap((tool) => tool.debian);
}
