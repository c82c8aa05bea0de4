// Parts of a deployment that may be off, and how each is turned on.
import type { Status } from '../common/api_types.ts';
import { type Place, place } from './place.ts';

export interface Part {
  id: 'ledger' | 'keys' | 'kv' | 'analytics';
  name: string;
  about: string;
  /** What to do where it is off. */
  title: string;
  why: string;
  /** Lines of wrangler.toml. */
  config: string;
  /** The same on Cloudflare’s dashboard, behind the Worker's Settings. */
  dashboard: string;
}

export const PARTS: Part[] = [
  {
    id: 'ledger',
    name: 'Ledger',
    about: 'usage and cost, for the dashboard',
    title: 'Turn the ledger on',
    why: 'Without it the dashboard has nothing to show. It needs this binding, and ONELLM_LEDGER must not be 0:',
    config: `[[durable_objects.bindings]]
name = "ONELLM_LEDGER_OBJECT"
class_name = "Ledger"`,
    dashboard: 'Bindings, Add, Durable Object: ONELLM_LEDGER_OBJECT (Ledger)',
  },
  {
    id: 'keys',
    name: 'Keys',
    about: 'keys for other people',
    title: 'Turn keys for other people on',
    why: 'Without these bindings the master key is the only key.',
    config: `[[durable_objects.bindings]]
name = "ONELLM_KEYS_OBJECT"
class_name = "Registry"

[[durable_objects.bindings]]
name = "ONELLM_LIMITER_OBJECT"
class_name = "Limiter"`,
    dashboard:
      'Bindings, Add, Durable Object: ONELLM_KEYS_OBJECT (Registry) and ONELLM_LIMITER_OBJECT (Limiter)',
  },
  {
    id: 'kv',
    name: 'KV',
    about: 'long settings, lists of models',
    title: 'Bind a KV namespace',
    why: 'Without it each list of models asks all providers anew, and settings must fit into variables.',
    config: `[[kv_namespaces]]
binding = "ONELLM_KV"`,
    dashboard: 'Bindings, Add, KV namespace, variable name ONELLM_KV',
  },
  {
    id: 'analytics',
    name: 'Analytics',
    about: 'a data point for every call',
    title: 'Bind Analytics Engine',
    why: 'Only for queries of your own: the pages do not need it.',
    config: `[[analytics_engine_datasets]]
binding = "ONELLM_ANALYTICS"
dataset = "one_llm_api"`,
    dashboard: 'Bindings, Add, Analytics Engine, variable name ONELLM_ANALYTICS',
  },
];

/** The parts that are off. Only the master key's owner can change that. */
export function missingParts(status: Status | null): Part[] {
  return status?.scope === 'all' ? PARTS.filter(({ id }) => !status[id]) : [];
}

export function otherwise(part: Part, { isLocal, worker }: Place = place): string {
  return isLocal
    ? 'These lines stand in wrangler.toml as it comes with the project. After a change, start the gateway again.'
    : `These lines stand in wrangler.toml of your copy of the repository; then push, or run npm run deploy. Or in Cloudflare’s dashboard: Workers & Pages, ${worker}, Settings, ${part.dashboard}.`;
}
