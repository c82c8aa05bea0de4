// The gateway in real workerd, through Miniflare: one process, one or more Workers with settings of their
// own, each reached at its own address without Miniflare's proxy between (which would buffer and add headers).
//
// The rule: modules, compatibility date and flags are those that are deployed, read from the repository.
import fs from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { Miniflare } from 'miniflare';
import { clientFor } from './client.mjs';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));
const read = (name) => fs.readFileSync(path.join(ROOT, name));

// Every secret of the tests has this word in it, so that a reply or a log line can be searched for it.
export const SECRET_MARK = 'hush';
export const MASTER_KEY = 'hush-master-key';

// Failures are not retried: the tests of retries ask for that.
export function standardSettings(upstream, more = {}) {
  return {
    ONELLM_API_KEY: MASTER_KEY,
    OPENAI_API_KEY: 'hush-openai-key-0123456789',
    OPENAI_API_BASE: `${upstream.url}/openai`,
    ONELLM_RETRIES: '0',
    ...more,
  };
}

// Date and flags of wrangler.toml: two keys, which no table header comes before.
function compatibility() {
  const toml = read('wrangler.toml').toString();
  const date = toml.match(/^compatibility_date\s*=\s*"([^"]+)"/m)?.[1];
  const flags = toml.match(/^compatibility_flags\s*=\s*\[([^\]]*)\]/m)?.[1] ?? '';
  return {
    compatibilityDate: date,
    compatibilityFlags: [...flags.matchAll(/"([^"]+)"/g)].map((match) => match[1]),
  };
}

// The modules that the entry imports, directly or not, by their path in the repository.
function modulesFrom(entry, wasm) {
  const modules = {};
  const add = (name) => {
    if (modules[name]) return;
    if (name.endsWith('.wasm')) {
      modules[name] = { type: 'wasm', contents: new Uint8Array(read(wasm)) };
      return;
    }
    const contents = read(name).toString();
    modules[name] = { type: 'esm', contents };
    for (const [, specifier] of contents.matchAll(
      /(?:^|\n)\s*(?:import|export)\b[^;'"]*?['"](\.[^'"]+)['"]/g,
    )) {
      add(path.posix.join(path.posix.dirname(name), specifier));
    }
  };
  add(entry);
  return { mainModule: entry, modules };
}

const binding = (value) => (typeof value === 'string' ? { type: 'text', value } : { type: 'json', value });

const KEY_OBJECTS = { ONELLM_KEYS_OBJECT: 'Registry', ONELLM_LIMITER_OBJECT: 'Limiter' };

function worker({ name, settings, entry, wasm, withKv, withLedger, withKeys }) {
  const env = Object.fromEntries(Object.entries(settings).map(([key, value]) => [key, binding(value)]));
  env.ONELLM_ANALYTICS = { type: 'analytics-engine-dataset', name: 'onellm' };
  if (withKv) env.ONELLM_KV = { type: 'kv', id: 'onellm' };
  const exports = {};
  if (withLedger) {
    exports.Ledger = { type: 'durable-object', storage: 'sqlite' };
    env.ONELLM_LEDGER_OBJECT = { type: 'durable-object', worker: name, exportName: 'Ledger' };
  }
  if (withKeys) {
    for (const [binding, exportName] of Object.entries(KEY_OBJECTS)) {
      if (withKeys !== true && !withKeys.includes(binding)) continue;
      exports[exportName] = { type: 'durable-object', storage: 'sqlite' };
      env[binding] = { type: 'durable-object', worker: name, exportName };
    }
  }
  return {
    config: { name, ...compatibility(), manifest: modulesFrom(entry, wasm), exports, env },
    dev: { rootPath: ROOT, unsafeDirectSockets: [{ host: '127.0.0.1', port: 0 }] },
  };
}

// Starts one Worker for each entry of `workers` (name to settings) and gives a client for each under
// `clients`. `kv` is written before the first request. With `ledger` each has a ledger object, with
// `keys` the objects of keys, or those of a list of bindings; `data` is the folder in which they are kept. `entry` and `wasm` replace what is deployed.
export async function startGateway({
  workers,
  kv,
  ledger = false,
  keys = false,
  data,
  entry = 'shim.js',
  wasm = 'build/wasm/onellm.wasm',
}) {
  const logs = [];
  const miniflare = new Miniflare({
    ...(data === undefined ? {} : { resourcePersistencePath: data }),
    handleStructuredLogs: ({ level, message }) => logs.push(`${level} ${message}`),
    workers: Object.entries(workers).map(([name, settings]) =>
      worker({ name, settings, entry, wasm, withKv: kv !== undefined, withLedger: ledger, withKeys: keys }),
    ),
  });
  await miniflare.ready;
  const clients = {};
  for (const name of Object.keys(workers))
    clients[name] = clientFor(await miniflare.unsafeGetDirectURL(name), MASTER_KEY);
  if (kv) {
    const { ONELLM_KV } = await miniflare.getBindings(Object.keys(workers)[0]);
    for (const [key, value] of Object.entries(kv)) await ONELLM_KV.put(key, value);
  }
  return { clients, logs, bindings: (name) => miniflare.getBindings(name), stop: () => miniflare.dispose() };
}
