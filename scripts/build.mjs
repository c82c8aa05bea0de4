// npm run build: the WebAssembly module, build/wasm/onellm.wasm, and the pages, build/pages. Installs what is
// missing; a second run only compiles what has changed. wrangler runs it too, before it bundles (wrangler.toml).
//
//   npm run build -- pages     only the pages, with their types checked; needs the module

import { main } from './lib/failure.mjs';
import { buildPages, checkPageTypes, reportSizes } from './lib/pages.mjs';
import { buildWasm } from './lib/wasm.mjs';

await main(async () => {
  const isPagesAlone = process.argv.slice(2).includes('pages');
  if (isPagesAlone) await checkPageTypes();
  else await buildWasm();
  reportSizes(await buildPages());
});
