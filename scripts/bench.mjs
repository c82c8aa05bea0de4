// npm run bench [-- options]: makes the machine ready, builds the module and measures what the gateway
// costs (bench/README.md). Exit code 1 if a bar is missed.

import { Failure, main } from './lib/failure.mjs';
import { installTools } from './lib/setup.mjs';
import { buildWasm } from './lib/wasm.mjs';

await main(async () => {
  if (process.platform !== 'linux') throw new Failure('the bench reads /proc, so it runs on Linux only');
  await buildWasm();
  await installTools(['bench']);
  // Only now: it imports packages.
  const { bench } = await import('../bench/bench.mjs');
  await bench(process.argv.slice(2));
});
