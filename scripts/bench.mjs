// npm run bench [-- arguments]: makes the machine ready and runs bench/bench.mjs (bench/README.md).

import { main } from './lib/failure.mjs';
import { runShown } from './lib/machine.mjs';
import { installTools } from './lib/setup.mjs';
import { buildWasm } from './lib/wasm.mjs';

await main(async () => {
  await buildWasm();
  await installTools(['bench']);
  process.exitCode = runShown('node', ['bench/bench.mjs', ...process.argv.slice(2)]);
});
