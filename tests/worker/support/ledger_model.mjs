// What the ledger's dashboard must say about rows, in plain JavaScript: every sum is a BigInt, and every row is looked
// at for every figure.
const SUMS = [
  'requests',
  'calls',
  'errors',
  'refused',
  'cancelled',
  'prompt_tokens',
  'completion_tokens',
  'cached_tokens',
  'cache_write_tokens',
  'reasoning_tokens',
  'web_searches',
  'cost_pico_usd',
  'unpriced_calls',
  'estimated_calls',
  'total_ms',
  'cache_saved_pico_usd',
  'timed_tokens',
  'timed_ms',
  'together_calls',
  'together_first',
  'together_failed',
  'together_cost_pico_usd',
];
const isMoney = (sum) => sum.endsWith('_pico_usd');

const sumOf = (rows, sum) => rows.reduce((all, row) => all + BigInt(row[sum] ?? 0), 0n);
const shown = (rows, sum) => (isMoney(sum) ? String(sumOf(rows, sum)) : Number(sumOf(rows, sum)));

function latenciesOf(rows) {
  const counts = Array(32).fill(0);
  for (const row of rows) for (const [bucket, count] of row.latencies ?? []) counts[bucket] += count;
  return counts.some((count) => count > 0) ? counts : null;
}

const figures = (rows) => ({
  ...Object.fromEntries(SUMS.map((sum) => [sum, shown(rows, sum)])),
  latencies: latenciesOf(rows),
});

function groupsOf(rows, nameOf) {
  const groups = new Map();
  for (const row of rows) groups.set(nameOf(row), [...(groups.get(nameOf(row)) ?? []), row]);
  return [...groups];
}

const descending = (a, b) => (a < b ? 1 : a > b ? -1 : 0);
const dearestFirst = ([a, rows], [b, more]) =>
  descending(sumOf(rows, 'cost_pico_usd'), sumOf(more, 'cost_pico_usd')) ||
  descending(sumOf(rows, 'requests'), sumOf(more, 'requests')) ||
  -descending(a, b);
const dearest = (rows, nameOf) => groupsOf(rows, nameOf).sort(dearestFirst);

/** @returns what the method `dashboard` of the object must answer, without sessions */
export function expectedDashboard(rows, asked) {
  const timeOf = ({ hour }) => (asked.step === 'day' ? Math.floor(hour / 24) : hour);
  const within = (from, to) => rows.filter((row) => timeOf(row) >= from && timeOf(row) < to);
  const fits = (row) =>
    ['key', 'model', 'provider'].every((name) => (asked[name] ?? row[name]) === row[name]);
  const range = within(asked.from, asked.to);
  const own = range.filter(fits);
  const pairs = dearest(own, ({ model, provider }) => JSON.stringify([model, provider]));
  return {
    total: figures(own),
    previous: figures(within(asked.previous_from, asked.from).filter(fits)),
    times: timesOf(own, timeOf),
    series: seriesOf(own, asked, timeOf),
    models: pairs
      .slice(0, asked.models_max)
      .map(([, group]) => ({ model: group[0].model, provider: group[0].provider, ...figures(group) })),
    models_left_off: Math.max(0, pairs.length - asked.models_max),
    together: togetherOf(own).slice(0, asked.together_max),
    names: namesOf(
      range.filter(({ key }) => (asked.names_key ?? key) === key),
      asked.names_max,
    ),
  };
}

const inTime = (rows, timeOf) => groupsOf(rows, timeOf).sort(([a], [b]) => a - b);

const timesOf = (rows, timeOf) =>
  inTime(rows, timeOf).map(([time, group]) => ({
    time,
    requests: shown(group, 'requests'),
    errors: shown(group, 'errors'),
    latencies: latenciesOf(group),
  }));

function seriesOf(rows, { series, series_max }, timeOf) {
  const all = dearest(rows, (row) => row[series]).filter(([name]) => name !== '(other)');
  const named = all.slice(0, series_max).map(([name]) => name);
  const rest = rows.filter((row) => !named.includes(row[series]));
  const points = (group) =>
    inTime(group, timeOf).map(([time, at]) => [time, shown(at, 'cost_pico_usd'), shown(at, 'requests')]);
  const lines = named.map((name) => ({ name, times: points(rows.filter((row) => row[series] === name)) }));
  return rest.length > 0 ? [...lines, { name: '(other)', times: points(rest) }] : lines;
}

function togetherOf(rows) {
  const lines = groupsOf(rows, ({ model }) => model).map(([model, group]) => ({
    model,
    asked: shown(group, 'together_calls'),
    first: shown(group, 'together_first'),
    failed: shown(group, 'together_failed'),
    cost_pico_usd: shown(group, 'together_cost_pico_usd'),
  }));
  const asked = lines.filter((line) => line.asked > 0);
  return asked.sort((a, b) => b.asked - a.asked || -descending(a.model, b.model));
}

const namesOf = (rows, count) =>
  Object.fromEntries(
    ['model', 'provider', 'key'].map((kind) => [
      `${kind}s`,
      dearest(rows, (row) => row[kind])
        .map(([name]) => name)
        .slice(0, count),
    ]),
  );
