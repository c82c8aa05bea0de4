// npm run build: the WebAssembly module, build/wasm/onellm.wasm. Installs what is missing; a second
// run only compiles what has changed. wrangler runs it too, before it bundles (wrangler.toml).

import { main } from './lib/failure.mjs';
import { buildWasm } from './lib/wasm.mjs';

await main(buildWasm);
