// Works out anew what the usage objects of tests/fixtures/prices/usage.json must cost, with the price
// package: node scripts/price_fixture.mjs. To be run when that package's version changes.

import fs from 'node:fs';
import path from 'node:path';
import { main } from './lib/failure.mjs';
import { root } from './lib/machine.mjs';
import { expectedUsd } from './lib/price_expectation.mjs';

await main(async () => {
  const file = path.join(root, 'tests/fixtures/prices/usage.json');
  const cases = JSON.parse(fs.readFileSync(file, 'utf8'));
  const lines = cases.map((one) => `  ${JSON.stringify({ ...one, usd: expectedUsd(one) })}`);
  fs.writeFileSync(file, `[\n${lines.join(',\n')}\n]\n`);
});
