// What the gateway answers to the pages: docs/ledger.md (the dashboard's view), docs/openapi.json (keys).

export interface Sums {
  requests: number;
  calls: number;
  errors: number;
  refused: number;
  cancelled: number;
  prompt_tokens: number;
  completion_tokens: number;
  cached_tokens: number;
  cache_write_tokens: number;
  reasoning_tokens: number;
  web_searches: number;
  cost_usd: number;
  unpriced_calls: number;
  estimated_calls: number;
  total_ms: number;
  cache_saved_usd: number;
  first_token_p50_ms: number | null;
  first_token_p95_ms: number | null;
  tokens_per_second: number | null;
}

export type Step = 'hour' | 'day';
export type SeriesBy = 'model' | 'provider' | 'key';

export interface ModelRow extends Sums {
  model: string;
  provider: string;
}

export interface Together {
  model: string;
  asked: number;
  first: number;
  failed: number;
  cost_usd: number;
}

export interface AgentSession {
  id: string;
  key?: string;
  key_alias?: string;
  requests: number;
  prompt_tokens: number;
  completion_tokens: number;
  cached_tokens: number;
  cost_usd: number;
  agents: string[];
  first_at: string;
  last_at: string;
}

export interface Series {
  name: string;
  cost_usd: number[];
  requests: number[];
}

export interface Dashboard {
  object: 'usage.dashboard';
  scope: 'all' | 'key';
  from: string;
  to: string;
  step: Step;
  series_by: SeriesBy;
  total: Sums;
  previous: Sums;
  times: number[];
  over_time: {
    requests: number[];
    errors: number[];
    first_token_p50_ms: (number | null)[];
    first_token_p95_ms: (number | null)[];
  };
  series: Series[];
  models: ModelRow[];
  models_left_off: number;
  together: Together[];
  sessions: AgentSession[];
  names: { models: string[]; providers: string[]; keys: { id: string; alias: string }[] };
  keys?: KeyPage | null;
  own_key?: OwnKey | null;
}

/** What an administrator sets of a key. Money is a text with all its digits. */
export interface KeyFields {
  key_alias: string | null;
  models: string[];
  max_budget: string | null;
  budget_duration: string | null;
  rpm_limit: number | null;
  tpm_limit: number | null;
  max_parallel_requests: number | null;
  expires_at: string | null;
}

export interface Key extends KeyFields {
  id: string;
  blocked: boolean;
  metadata: Record<string, string>;
  created_at: string;
  spend: string;
  spend_total: string | null;
  last_used_at: string | null;
}

export interface NewKey extends Key {
  /** The secret. No other reply has it. */
  key: string;
}

export interface KeyPage {
  data: Key[];
  has_more: boolean;
  last_id: string | null;
}

export interface OwnKey {
  label: string;
  limit: number | null;
  limit_remaining: number | null;
  limit_reset: string | null;
  usage: number | null;
  expires_at: string | null;
  models: string[];
  rpm_limit: number | null;
  tpm_limit: number | null;
  max_parallel_requests: number | null;
}

export interface Status {
  version: string;
  scope: 'all' | 'key';
  providers: { name: string; dialect: string }[];
  ledger: boolean;
  kv: boolean;
  keys: boolean;
  analytics: boolean;
  problems?: { setting: string; message: string }[];
}

export interface Health {
  status: string;
  version: string;
  configured: boolean;
  problems: string[];
}

export interface Model {
  id: string;
  owned_by?: string;
  context_window?: number | null;
  max_output_tokens?: number | null;
}
