// How many checks passed and failed, over all parts of a command.

import fs from 'node:fs';
import path from 'node:path';
import { root } from './machine.mjs';

const folder = path.join(root, 'build/results');

export class Results {
  passed = 0;
  failed = 0;

  add({ passed, failed }) {
    this.passed += passed;
    this.failed += failed;
  }

  /** Prints the closing line, keeps it for the summary of CI, and sets the exit code. */
  close(name) {
    fs.mkdirSync(folder, { recursive: true });
    fs.writeFileSync(
      path.join(folder, `${name}.json`),
      JSON.stringify({ passed: this.passed, failed: this.failed }),
    );
    console.log(`${this.passed} passed, ${this.failed} failed`);
    if (this.failed > 0 || this.passed === 0) process.exitCode = 1;
  }
}
