// Made-up answers of GET /v1/admin/usage?view=dashboard. The same question gets the same answer.

const HOUR = 3600;
const DAY = 24 * HOUR;

export const HOSTILE = '<img src="https://evil.test/x.png" onerror="window.hacked=1">\u202e=cmd()';

/** What a spreadsheet would run. */
export const FORMULA = '=HYPERLINK("https://evil.test/","x")';

const MODELS = [
  ['claude-sonnet-5', 'anthropic', 3],
  ['gpt-5.6', 'openai', 2],
  ['gemini-3-pro', 'google', 1.4],
  ['claude-haiku-5', 'anthropic', 0.5],
  ['deepseek-v4', 'deepseek', 0.4],
  ['gpt-4o-2024-08-06', 'azure', 0.7],
  ['llama-4-maverick', 'groq', 0.2],
  ['qwen3-coder-480b', 'openrouter', 0.3],
  ['mistral-large-2511', 'mistral', 0.25],
];

const KEYS = [
  ['master', ''],
  ['key_5f0a', 'Anna'],
  ['key_91bc', 'Ben'],
  ['key_77d2', 'night summaries'],
];

/** A number of 0 to 1 that depends on its arguments alone. */
function noise(...parts) {
  let value = 2166136261;
  for (const character of parts.join('|')) value = Math.imul(value ^ character.charCodeAt(0), 16777619);
  value ^= value >>> 15;
  value = Math.imul(value, 2246822519);
  return ((value ^ (value >>> 13)) >>> 0) / 2 ** 32;
}

function modelsOf({ models = MODELS.length, hostile = false }) {
  const list = Array.from({ length: models }, (_, index) => {
    const known = MODELS[index % MODELS.length];
    return index < MODELS.length ? known : [`${known[0]}-variant-${index}`, known[1], known[2] / (index / 4)];
  });
  return hostile
    ? list.map(([name, provider, weight], index) => [
        index === 1 ? `${FORMULA} ${name}` : `${HOSTILE} ${name}`,
        index ? provider : HOSTILE,
        weight,
      ])
    : list;
}

function sums(requests, weight, seed) {
  const calls = Math.round(requests * 1.04);
  const prompt = Math.round(requests * (2400 + 6000 * noise(seed, 'prompt')));
  const completion = Math.round(prompt * (0.08 + 0.1 * noise(seed, 'completion')));
  const cached = Math.round(prompt * 0.7 * noise(seed, 'cached'));
  return {
    requests,
    calls,
    errors: Math.round(calls * 0.03 * noise(seed, 'errors')),
    refused: Math.round(requests * 0.004),
    cancelled: Math.round(requests * 0.01),
    prompt_tokens: prompt,
    completion_tokens: completion,
    cached_tokens: cached,
    cache_write_tokens: Math.round(cached * 0.1),
    reasoning_tokens: Math.round(completion * 0.3 * noise(seed, 'reasoning')),
    web_searches: 0,
    cost_usd: (prompt * weight + completion * weight * 5) / 1e6,
    unpriced_calls: 0,
    estimated_calls: 0,
    total_ms: requests * 4200,
    cache_saved_usd: (cached * weight * 0.9) / 1e6,
    first_token_p50_ms: requests ? Math.round(300 + 500 * noise(seed, 'p50')) : null,
    first_token_p95_ms: requests ? Math.round(1400 + 2600 * noise(seed, 'p95')) : null,
    tokens_per_second: requests ? 30 + 90 * noise(seed, 'speed') : null,
  };
}

function add(all) {
  const total = sums(0, 0, 'none');
  for (const each of all)
    for (const name of Object.keys(total)) total[name] = (total[name] ?? 0) + (each[name] ?? 0);
  for (const name of ['first_token_p50_ms', 'first_token_p95_ms', 'tokens_per_second']) {
    total[name] = all.length > 0 && total.requests > 0 ? total[name] / all.length : null;
  }
  return total;
}

const busy = (time) => 0.3 + 0.7 * Math.max(0, Math.sin(((time / HOUR) % 24) / 3.82 - 1.2));

function requestsAt(time, index, step) {
  const length = step === 'day' ? 14 : busy(time);
  return Math.round(length * 60 * noise(time, index) * (1 / (1 + index * 0.35)));
}

/**
 * @param {URLSearchParams} query
 * @param {{ models?: number, hostile?: boolean, empty?: boolean, scope?: 'all' | 'key' }} world
 */
export function dashboardOf(query, world = {}) {
  const [from, to] = ['from', 'to'].map((name) => Date.parse(query.get(name)) / 1000);
  const step = query.get('step');
  const unit = step === 'day' ? DAY : HOUR;
  const times = Array.from({ length: Math.round((to - from) / unit) }, (_, index) => from + index * unit);
  const wanted = (name, value) => !query.get(name) || query.get(name) === value;
  const all = world.empty ? [] : modelsOf(world);
  const models = all.filter(([name, provider]) => wanted('model', name) && wanted('provider', provider));
  const now = Date.now() / 1000;
  const rows = models.map(([model, provider, weight], index) => {
    const requests = times.map((time) => (time > now ? 0 : requestsAt(time, index, step)));
    return { model, provider, weight, requests, all: requests.reduce((a, b) => a + b, 0) };
  });
  const by = query.get('series') ?? 'model';
  const scope = world.scope ?? 'all';
  const table = rows.map((row) => ({
    model: row.model,
    provider: row.provider,
    ...sums(row.all, row.weight, row.model),
  }));
  const total = add(table);
  const counted = times.map((_, at) => rows.reduce((sum, row) => sum + row.requests[at], 0));
  const stamp = (seconds) => new Date(seconds * 1000).toISOString().replace('.000Z', 'Z');
  return {
    object: 'usage.dashboard',
    source: 'ledger',
    scope,
    from: stamp(from),
    to: stamp(to),
    step,
    series_by: by,
    total,
    previous: add(rows.map((row) => sums(Math.round(row.all * 0.86), row.weight, `${row.model} before`))),
    times,
    over_time: {
      requests: counted,
      errors: counted.map((value, at) => Math.round(value * 0.06 * noise(times[at], 'errors') ** 3)),
      first_token_p50_ms: counted.map((value, at) => (value ? 350 + 250 * noise(times[at], 'p50') : null)),
      first_token_p95_ms: counted.map((value, at) => (value ? 1300 + 1500 * noise(times[at], 'p95') : null)),
    },
    series: seriesOf(rows, by),
    models: table.sort((a, b) => b.cost_usd - a.cost_usd),
    models_left_off: 0,
    together: rows.slice(0, 4).map(({ model }, index) => ({
      model,
      asked: 120,
      first: [61, 33, 21, 5][index],
      failed: [0, 1, 0, 4][index],
      cost_usd: 0.4 / (index + 1),
    })),
    sessions: world.empty ? [] : sessionsOf(world, scope, now),
    names: {
      models: all.map(([name]) => name),
      providers: [...new Set(all.map(([, provider]) => provider))],
      keys:
        scope === 'all'
          ? KEYS.map(([id, alias]) => ({ id, alias: world.hostile ? HOSTILE.slice(0, 60) : alias }))
          : [],
    },
  };
}

function seriesOf(rows, by) {
  const parts = new Map();
  rows.forEach((row, index) => {
    const name = by === 'key' ? KEYS[index % KEYS.length][0] : row[by];
    const part = parts.get(name) ?? {
      name,
      cost_usd: row.requests.map(() => 0),
      requests: row.requests.map(() => 0),
    };
    row.requests.forEach((value, at) => {
      part.cost_usd[at] += ((value * row.weight) / 1e6) * 9500 * (0.6 + 0.8 * noise(name, at));
      part.requests[at] += value;
    });
    parts.set(name, part);
  });
  const cost = (part) => part.cost_usd.reduce((a, b) => a + b, 0);
  const ordered = [...parts.values()].sort((a, b) => cost(b) - cost(a));
  if (ordered.length <= 7) return ordered;
  const rest = ordered.splice(7);
  const join = (name) => rest[0][name].map((_, at) => rest.reduce((sum, part) => sum + part[name][at], 0));
  return [...ordered, { name: '(other)', cost_usd: join('cost_usd'), requests: join('requests') }];
}

function sessionsOf({ hostile }, scope, now) {
  const agents = [['claude-code'], ['codex'], ['claude-code', 'opencode'], []];
  return Array.from({ length: 9 }, (_, index) => {
    const prompt = Math.round(1_400_000 * noise(index, 'session') + 4000);
    const owner = KEYS[index % KEYS.length];
    return {
      id: hostile ? `s-${index}-${'x'.repeat(120)}` : `0f3c${index}a1b-77e2-4d19-9c5${index}-5e0d1b2c3a4f`,
      ...(scope === 'all' ? { key: owner[0], key_alias: hostile ? HOSTILE.slice(0, 60) : owner[1] } : {}),
      requests: 3 + Math.round(60 * noise(index, 'requests')),
      prompt_tokens: prompt,
      completion_tokens: Math.round(prompt * 0.03),
      cached_tokens: Math.round(prompt * 0.8 * noise(index, 'cached')),
      cost_usd: prompt * 1.4e-6,
      agents: hostile ? [HOSTILE] : agents[index % 4],
      first_at: new Date((now - 9000 * (index + 1)) * 1000).toISOString(),
      last_at: new Date((now - 1300 * index ** 2 - 40) * 1000).toISOString(),
    };
  });
}
