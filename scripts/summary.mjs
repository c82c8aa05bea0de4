// The closing line of CI: the counts of all steps (build/results/*.json) together. Its argument is the
// number of steps that failed, since a step can fail without having counted anything.

import fs from 'node:fs';
import path from 'node:path';
import { root } from './lib/machine.mjs';

const failedSteps = Number(process.argv[2]);
const folder = path.join(root, 'build/results');
let [passed, failed] = [0, 0];
for (const name of fs.existsSync(folder) ? fs.readdirSync(folder) : []) {
  if (!name.endsWith('.json')) continue;
  const counts = JSON.parse(fs.readFileSync(path.join(folder, name), 'utf8'));
  passed += counts.passed;
  failed += counts.failed;
}
console.log(`${passed} passed, ${Math.max(failed, failedSteps)} failed`);
process.exitCode = failed > 0 || failedSteps > 0 || passed === 0 ? 1 : 0;
