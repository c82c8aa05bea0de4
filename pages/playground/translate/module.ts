// The gateway's own module in this browser, with one made-up provider of each kind.
//
// Rule: it is the module that serves requests, run by the same worker/instance.js. Nothing that it wants to send is sent.
import { Instance } from '../../../worker/instance.js';
import wasm from '../../../build/wasm/onellm.wasm';

export const MASTER_KEY = 'browser';

const PROVIDERS = {
  compatible: { base: 'https://compatible.invalid/v1', key: 'PROVIDER-KEY' },
};

const SETTINGS = {
  ONELLM_API_KEY: MASTER_KEY,
  ONELLM_LOG_LEVEL: 'off',
  ONELLM_RETRIES: '0',
  OPENAI_API_KEY: 'PROVIDER-KEY',
  ANTHROPIC_API_KEY: 'PROVIDER-KEY',
  AZURE_OPENAI_API_KEYS: 'resource:PROVIDER-KEY',
  AZURE_OPENAI_DEPLOYMENTS: 'gpt-4o',
  GEMINI_API_KEY: 'PROVIDER-KEY',
  PALM_API_KEY: 'PROVIDER-KEY',
  ONELLM_PROVIDERS: JSON.stringify(PROVIDERS),
};

let loaded: Promise<WebAssembly.Module> | undefined;
let instance: Instance | undefined;

export function loadModule(): Promise<WebAssembly.Module> {
  loaded ??= fetch(wasm).then(async (response) => {
    if (!response.ok) throw new Error(`status ${response.status}`);
    return WebAssembly.compile(await response.arrayBuffer());
  });
  return loaded;
}

/** An instance that works: one that broke down is replaced, as in the Worker. */
export function instanceOf(module: WebAssembly.Module): Instance {
  if (!instance?.usable) instance = Instance.fromModule(module, SETTINGS);
  return instance;
}
