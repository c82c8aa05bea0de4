// The configuration of workerd that serves the built Worker, as Cap'n Proto text:
// https://github.com/cloudflare/workerd/blob/main/src/workerd/server/workerd.capnp
//
// Rule: no value of a setting stands in it. workerd reads the values from its environment.
import { existsSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from '../machine.mjs';

const WASM = 'build/wasm/onellm.wasm';
const PAGES = join(root, 'build/pages');
const OBJECTS = [
  { binding: 'ONELLM_LEDGER_OBJECT', className: 'Ledger', uniqueKey: 'one-llm-api-ledger' },
  { binding: 'ONELLM_KEYS_OBJECT', className: 'Registry', uniqueKey: 'one-llm-api-keys' },
  { binding: 'ONELLM_LIMITER_OBJECT', className: 'Limiter', uniqueKey: 'one-llm-api-limiter' },
];

/** KV is a Worker of its own, which keeps its values in the data folder too. */
const KEY_VALUES = 'worker/workerd/key_values.js';

/** Before the name of a setting: the variable of workerd's environment that holds its value. */
export const ENVIRONMENT_PREFIX = 'ONELLM_BINDING_';

/**
 * The text of the configuration.
 *
 * @param {object} server
 * @param {string} server.folder where the text will lie: paths of modules are relative to it
 * @param {string} server.data where the databases lie
 * @param {string} server.address host and port, or 0 for any free one
 * @param {string} server.entry the main module
 * @param {Record<string, string>} server.settings
 */
export function workerdConfig({ folder, data, address, entry, settings }) {
  const { date, flags } = readCompatibility();
  const objects = objectsConfig(data, settings);
  const pages = pagesConfig();
  const bindings = [
    ...Object.keys(settings).map(
      (name) => `(name = ${text(name)}, fromEnvironment = ${text(ENVIRONMENT_PREFIX + name)})`,
    ),
    ...objects.bindings,
    '(name = "ONELLM_KV", kvNamespace = "kv")',
    ...pages.bindings,
  ];
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "kv", worker = .keyValues),
    (name = "internet", network = (
      allow = ["public", "private"],
      tlsOptions = (trustBrowserCas = true),
    )),
    ${objects.service}
    ${pages.service}
  ],
  sockets = [(name = "http", address = ${text(address)}, http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [
    ${modules(folder, entry).join(',\n    ')},
  ],
  compatibilityDate = ${text(date)},
  compatibilityFlags = [${flags.map(text).join(', ')}],
  ${objects.worker}
  bindings = [
    ${bindings.join(',\n    ')}
  ],
);
const keyValues :Workerd.Worker = (
  modules = [(name = "key_values.js", esModule = embed ${text(relative(folder, join(root, KEY_VALUES)))})],
  compatibilityDate = ${text(date)},
  durableObjectNamespaces = [(className = "KeyValues", uniqueKey = "one-llm-api-kv", enableSql = true)],
  durableObjectStorage = (localDisk = "data"),
  bindings = [(name = "KEY_VALUES", durableObjectNamespace = "KeyValues")],
);
`;
}

function readCompatibility() {
  const toml = readFileSync(join(root, 'wrangler.toml'), 'utf8');
  const date = /^compatibility_date\s*=\s*"([^"]+)"/m.exec(toml)?.[1];
  if (date === undefined) throw new Error('wrangler.toml has no compatibility_date');
  const flags = /^compatibility_flags\s*=\s*\[([^\]]*)\]/m.exec(toml)?.[1] ?? '';
  return { date, flags: [...flags.matchAll(/"([^"]+)"/g)].map((match) => match[1]) };
}

/**
 * Modules are named by their path in the repository, so that relative imports find each other. An
 * absolute path after `embed` would be looked for in the import path, so theirs are relative.
 */
function modules(folder, entry) {
  const source = (name) => text(relative(folder, join(root, name)));
  const files = readdirSync(join(root, 'worker'), { recursive: true }).filter((name) => name.endsWith('.js'));
  const paths = files
    .sort()
    .map((name) => `worker/${name.replaceAll('\\', '/')}`)
    .filter((name) => name !== KEY_VALUES);
  const scripts = new Set([entry, 'shim.js', ...paths]);
  return [
    ...[...scripts].map((name) => `(name = ${text(name)}, esModule = embed ${source(name)})`),
    `(name = ${text(WASM)}, wasm = embed ${source(WASM)})`,
  ];
}

const text = (value) => JSON.stringify(value);

/**
 * The Durable Objects with their databases; the unique key is a part of a database's path. Without a binding
 * for its object the ledger is off.
 */
function objectsConfig(data, settings) {
  const bound = OBJECTS.filter(({ className }) => className !== 'Ledger' || settings.ONELLM_LEDGER !== '0');
  const classes = OBJECTS.map(
    ({ className, uniqueKey }) =>
      `(className = ${text(className)}, uniqueKey = ${text(uniqueKey)}, enableSql = true)`,
  );
  return {
    service: `(name = "data", disk = (path = ${text(data)}, writable = true)),`,
    bindings: bound.map(
      ({ binding, className }) => `(name = ${text(binding)}, durableObjectNamespace = ${text(className)})`,
    ),
    worker: `durableObjectNamespaces = [${classes.join(', ')}],
  durableObjectStorage = (localDisk = "data"),`,
  };
}

/** The files of the pages, where they are built. */
function pagesConfig() {
  if (!existsSync(PAGES)) return { service: '', bindings: [] };
  return {
    service: `(name = "pages", disk = (path = ${text(realpathSync(PAGES))})),`,
    bindings: ['(name = "ASSETS", service = "pages")'],
  };
}
