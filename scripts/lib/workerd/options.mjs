// What the person asks of the server in plain workerd: flags, settings, and where the data lies.
import { mkdirSync, readFileSync, realpathSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { parseArgs, parseEnv } from 'node:util';

/** The flags of scripts/serve_workerd.mjs. Throws if one is not known. */
export function readOptions() {
  return parseArgs({
    options: {
      port: { type: 'string', default: '8080' },
      host: { type: 'string', default: '127.0.0.1' },
      data: { type: 'string' },
      'env-file': { type: 'string', multiple: true, default: [] },
      var: { type: 'string', multiple: true, default: [] },
      entry: { type: 'string', default: 'shim.js' },
    },
  }).values;
}

/**
 * The settings of the Worker by name. Throws if a name is malformed.
 *
 * @param {ReturnType<typeof readOptions>} options
 */
export function readSettings(options) {
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
 *
 * @param {ReturnType<typeof readOptions>} options
 * @param {string} temporary a folder that ends with the server
 */
export function dataFolder(options, temporary) {
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
