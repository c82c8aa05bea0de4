// npm run deploy [-- arguments to wrangler deploy]: builds and uploads. With --dry-run nothing is
// uploaded and the size that would be is checked.

import { Failure, main } from './lib/failure.mjs';
import { run, runShown } from './lib/machine.mjs';
import { buildPages } from './lib/pages.mjs';
import { buildWasm } from './lib/wasm.mjs';

// The core with OpenAI's dialect takes about 130, each further dialect about 20, prices with their table 18,
// accounting, ledger and its report 16, keys for other people 64, what the dashboard reads 20. Cloudflare allows 3000.
const gzipKibMax = 620;

await main(async () => {
  const args = ['deploy', ...process.argv.slice(2)];
  await buildWasm();
  await buildPages();
  if (!args.includes('--dry-run')) {
    process.exitCode = runShown('wrangler', args);
    return;
  }
  const output = await run('wrangler', args, {
    env: { WRANGLER_SEND_METRICS: 'false', WRANGLER_HIDE_BANNER: 'true' },
  });
  console.log(output.trimEnd());
  const size = /gzip: ([\d.]+) KiB/.exec(output);
  if (!size) throw new Failure('wrangler printed no size');
  if (Number(size[1]) > gzipKibMax)
    throw new Failure(`the upload is ${size[1]} KiB gzipped, more than ${gzipKibMax}`);
  console.log(`gzipped upload: ${size[1]} KiB of at most ${gzipKibMax}`);
});
