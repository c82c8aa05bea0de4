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
import { spawn } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs, parseEnv } from 'node:util';
import workerd from 'workerd';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const WASM = 'build/wasm/onellm.wasm';
const PAGES = join(ROOT, 'build/pages');
const OBJECTS = [
  { binding: 'ONELLM_LEDGER_OBJECT', className: 'Ledger', uniqueKey: 'one-llm-api-ledger' },
  { binding: 'ONELLM_KEYS_OBJECT', className: 'Registry', uniqueKey: 'one-llm-api-keys' },
  { binding: 'ONELLM_LIMITER_OBJECT', className: 'Limiter', uniqueKey: 'one-llm-api-limiter' },
];
const ENVIRONMENT_PREFIX = 'ONELLM_BINDING_';

const { values: options } = parseArgs({
  options: {
    port: { type: 'string', default: '8080' },
    host: { type: 'string', default: '127.0.0.1' },
    data: { type: 'string' },
    'env-file': { type: 'string', multiple: true, default: [] },
    var: { type: 'string', multiple: true, default: [] },
    entry: { type: 'string', default: 'shim.js' },
  },
});

function readSettings() {
  const settings = { ONELLM_LEDGER: '1', ONELLM_PLATFORM: 'workerd' };
  for (const file of options['env-file']) Object.assign(settings, parseEnv(readFileSync(file, 'utf8')));
  for (const text of options.var) {
    const equals = text.indexOf('=');
    if (equals < 1) throw new Error(`--var wants NAME=VALUE, not ${text}`);
    settings[text.slice(0, equals)] = text.slice(equals + 1);
  }
  for (const name of Object.keys(settings)) {
    if (!/^\w+$/.test(name)) throw new Error(`not a name of a setting: ${name}`);
  }
  return settings;
}

/**
 * Where the objects are kept: what the person says, else the folder for state of this user; see
 * https://specifications.freedesktop.org/basedir-spec/latest/. A server on any free port (0) is nobody's
 * lasting one: it keeps nothing.
 */
function dataFolder(temporary) {
  const make = (folder) => {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    return realpathSync(folder);
  };
  if (options.data !== undefined) return make(options.data);
  if (options.port === '0') return make(join(temporary, 'data'));
  const state = process.env.XDG_STATE_HOME || join(homedir(), '.local', 'state');
  try {
    return make(join(state, 'one-llm-api', options.port));
  } catch (error) {
    console.error(
      `the ledger and keys are kept only until this server ends, --data can change that: ${error.message}`,
    );
    return make(join(temporary, 'data'));
  }
}

function readCompatibility() {
  const toml = readFileSync(join(ROOT, 'wrangler.toml'), 'utf8');
  const date = /^compatibility_date\s*=\s*"([^"]+)"/m.exec(toml)?.[1];
  if (date === undefined) throw new Error('wrangler.toml has no compatibility_date');
  const flags = /^compatibility_flags\s*=\s*\[([^\]]*)\]/m.exec(toml)?.[1] ?? '';
  return { date, flags: [...flags.matchAll(/"([^"]+)"/g)].map((match) => match[1]) };
}

/**
 * Modules are named by their path in the repository, so that relative imports find each other. An
 * absolute path after `embed` would be looked for in the import path, so theirs are relative.
 */
function modules() {
  const source = (name) => text(relative(folder, join(ROOT, name)));
  const files = readdirSync(join(ROOT, 'worker'), { recursive: true }).filter((name) => name.endsWith('.js'));
  const paths = files.sort().map((name) => `worker/${name.replaceAll('\\', '/')}`);
  const scripts = new Set([options.entry, 'shim.js', ...paths]);
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
function objectsConfig(temporary) {
  const data = dataFolder(temporary);
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

function config(names, { date, flags }, objects) {
  const bindings = names.map(
    (name) => `(name = ${text(name)}, fromEnvironment = ${text(ENVIRONMENT_PREFIX + name)})`,
  );
  const pages = pagesConfig();
  bindings.push(...objects.bindings, ...pages.bindings);
  return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
  services = [
    (name = "main", worker = .worker),
    (name = "internet", network = (
      allow = ["public", "private"],
      tlsOptions = (trustBrowserCas = true),
    )),
    ${objects.service}
    ${pages.service}
  ],
  sockets = [(name = "http", address = ${text(`${options.host}:${Number(options.port)}`)}, http = (), service = "main")],
);
const worker :Workerd.Worker = (
  modules = [
    ${modules().join(',\n    ')},
  ],
  compatibilityDate = ${text(date)},
  compatibilityFlags = [${flags.map(text).join(', ')}],
  ${objects.worker}
  bindings = [
    ${bindings.join(',\n    ')}
  ],
);
`;
}

const settings = readSettings();
const folder = realpathSync(mkdtempSync(join(tmpdir(), 'onellm-workerd-')));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
const configFile = join(folder, 'config.capnp');
writeFileSync(configFile, config(Object.keys(settings), readCompatibility(), objectsConfig(folder)));

const environment = { ...process.env };
for (const [name, value] of Object.entries(settings)) environment[ENVIRONMENT_PREFIX + name] = value;
const child = spawn(workerd.default ?? workerd, ['serve', '--control-fd=3', configFile], {
  env: environment,
  stdio: ['ignore', 'inherit', 'inherit', 'pipe'],
});

let control = '';
child.stdio[3].on('data', (piece) => {
  control += piece;
  const lines = control.split('\n');
  control = lines.pop();
  for (const line of lines.filter(Boolean)) {
    const message = JSON.parse(line);
    if (message.event === 'listen') console.log(`listening on http://${options.host}:${message.port}`);
  }
});
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => child.kill(signal));
child.on('error', (error) => {
  console.error(`workerd could not start: ${error.message}`);
  process.exit(1);
});
child.on('exit', (code, signal) => process.exit(signal === null ? code : signal === 'SIGTERM' ? 0 : 1));
