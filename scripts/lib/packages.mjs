// Keeps node_modules as package-lock.json says, and makes sure that the Node in it runs: wrangler and
// Miniflare need a newer one than this script does.

import fs from 'node:fs';
import path from 'node:path';
import { Failure } from './failure.mjs';
import { ask, root, run } from './machine.mjs';

const nodePackage = path.join(root, 'node_modules/node');
const nodeNeeded = [22, 12];

export async function installPackages() {
  if (!isInstalled()) {
    console.log('Installing npm packages (some seconds, once) …');
    await run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel=error'], { what: 'npm ci' });
  }
  if (isNewEnough(ask('node', ['--version']))) return;
  // npm can be told to run no install scripts, and newer ones ask first: this is what the script of
  // the package `node` does, it brings the binary for this machine.
  await run(process.execPath, ['installArchSpecificPackage.js'], {
    cwd: nodePackage,
    what: 'the installation of Node 24',
  });
  if (isNewEnough(ask('node', ['--version']))) return;
  throw new Failure(`missing: Node ${nodeNeeded.join('.')} or newer. Install it and run the command again.`);
}

/** Is every package at the version that the lock file names? npm keeps a second one of what it installed. */
function isInstalled() {
  const installed = packagesOf('node_modules/.package-lock.json');
  return Object.entries(packagesOf('package-lock.json')).every(([folder, wanted]) => {
    if (folder === '' || (wanted.optional && !installed[folder])) return true;
    return installed[folder]?.version === wanted.version && fs.existsSync(path.join(root, folder));
  });
}

function packagesOf(file) {
  try {
    return JSON.parse(fs.readFileSync(path.join(root, file), 'utf8')).packages;
  } catch {
    return {};
  }
}

function isNewEnough(version) {
  const [major, minor] = version.replace('v', '').split('.').map(Number);
  return major > nodeNeeded[0] || (major === nodeNeeded[0] && minor >= nodeNeeded[1]);
}
