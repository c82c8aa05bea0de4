// Serves the built Worker in plain workerd, without wrangler.
//
//   node scripts/serve_workerd.mjs [--port 8080] [--host 127.0.0.1] [--data FOLDER]
//     [--env-file FILE]… [--var NAME=VALUE]… [--entry FILE]
//
// Settings become text bindings; their values go through the environment of workerd and are written
// into no file. Compatibility date and flags are those of wrangler.toml. The ledger is on unless
// ONELLM_LEDGER is set to 0. ONELLM_PLATFORM is workerd: Cloudflare is not in front, so headers that it
// alone may send are not believed. The databases of ledger and keys lie in the data folder: two servers must
// not share one, so each port has its own under the person's state folder. The entry is shim.js, or a module
// around it.
// Prints the address when it listens, passes SIGINT and SIGTERM on, ends with workerd's exit code.
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { workerdConfig } from './lib/workerd/config.mjs';
import { startWorkerd } from './lib/workerd/launcher.mjs';
import { dataFolder, readOptions, readSettings } from './lib/workerd/options.mjs';

const options = readOptions();
const settings = readSettings(options);
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'onellm-workerd-')));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

const configFile = join(folder, 'config.capnp');
const config = workerdConfig({
  folder,
  data: dataFolder(options, folder),
  address: `${options.host}:${Number(options.port)}`,
  entry: options.entry,
  settings,
});
writeFileSync(configFile, config);

const child = startWorkerd(configFile, settings, (port) =>
  console.log(`listening on http://${options.host}:${port}`),
);
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`workerd could not start: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(signal === null ? code : signal === 'SIGTERM' ? 0 : 1));
