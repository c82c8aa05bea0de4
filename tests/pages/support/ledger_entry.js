// The Worker as it is deployed, with a ledger that holds 400 days of calls when it is made.
import { Ledger as RealLedger } from '../../../worker/objects/ledger/ledger.js';

export { default, Limiter, Registry } from '../../../shim.js';

const DAYS = 400;
const MODELS = 20;
const KEYS = ['master', 'key_0123456789abcdef01', '<b>"key"</b>'];
const LIMITS = {
  keep_hours: 24 * DAYS,
  rows_max: 500_000,
  hour_rows_max: 1000,
  day_rows_max: 2000,
  all_day_rows_max: 200_000,
  sessions_max: 10_000,
  key_sessions_max: 500,
};

const row = (hour, index) => ({
  hour,
  key: KEYS[index % KEYS.length],
  model: index === 0 ? '<img src="https://evil.test/x.png" onerror="window.hacked=1">' : `model-${index}`,
  provider: index % 2 ? 'openai' : 'anthropic',
  requests: 10,
  calls: 11,
  errors: 1,
  prompt_tokens: 1000,
  completion_tokens: 100,
  cached_tokens: 500,
  cost_pico_usd: 10_000_000_000 * (MODELS - index),
  cache_saved_pico_usd: 1_000_000_000,
  latencies: [
    [10, 9],
    [14, 1],
  ],
  together_calls: index < 2 ? 4 : 0,
  together_first: index === 1 ? 3 : 0,
  last_ms: hour * 3_600_000,
});

const session = (id, agents, last_ms) => ({
  key: 'master',
  id,
  agents,
  requests: 3,
  prompt_tokens: 4,
  completion_tokens: 5,
  cached_tokens: 2,
  cost_pico_usd: 7_000_000_000,
  first_ms: last_ms - 60_000,
  last_ms,
});

export class Ledger extends RealLedger {
  constructor(context, env) {
    super(context, env);
    const now = Date.now();
    const today = Math.floor(now / 86_400_000);
    const batches = Array.from({ length: DAYS }, (_, age) => {
      const rows = Array.from({ length: MODELS }, (_, index) => row((today - age) * 24, index));
      const sessions = age === 0 ? [session('work-1', ['<i>agent</i>', 'claude-code'], now)] : [];
      return { id: `filled ${today - age}`, rows: JSON.stringify({ ...LIMITS, sessions, rows }) };
    });
    this.add(batches.reverse());
  }
}
