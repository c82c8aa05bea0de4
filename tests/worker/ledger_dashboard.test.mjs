// What the ledger's object tells the dashboard: the same as a plain model of it adds up from the same rows. And what it
// keeps of days and sessions.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startGateway } from './support/gateway.mjs';

const DAY = 20_400;
const HOUR = DAY * 24;
const LIMITS = {
  keep_hours: 9600,
  rows_max: 500_000,
  hour_rows_max: 1000,
  day_rows_max: 2000,
  all_day_rows_max: 200_000,
  sessions_max: 10_000,
  key_sessions_max: 500,
};
const ASKED = {
  step: 'day',
  from: DAY - 10,
  to: DAY + 1,
  previous_from: DAY - 21,
  series: 'model',
  model: null,
  provider: null,
  key: null,
  names_key: null,
  series_max: 7,
  models_max: 1000,
  together_max: 200,
  sessions_max: 50,
  names_max: 200,
};

let gateway, objects;

before(async () => {
  gateway = await startGateway({
    ledger: true,
    workers: { main: {}, hourly: { TROUBLE: 'hourly' } },
    entry: 'tests/worker/support/troubled_ledger.js',
  });
  objects = (await gateway.bindings('main')).ONELLM_LEDGER_OBJECT;
});
after(() => gateway?.stop());

const object = (name) => objects.get(objects.idFromName(name));
const batch = (id, { rows = [], sessions, limits = {} }) => ({
  id,
  rows: JSON.stringify({ ...LIMITS, ...limits, ...(sessions && { sessions }), rows }),
});
const row = (model, more = {}) => ({
  hour: HOUR,
  key: 'master',
  model,
  provider: 'openai',
  calls: 1,
  ...more,
});
const session = (id, last_ms, more = {}) => ({
  key: 'k1',
  id,
  requests: 1,
  prompt_tokens: 2,
  completion_tokens: 3,
  cached_tokens: 1,
  cost_pico_usd: 5,
  first_ms: last_ms - 10,
  last_ms,
  agents: [],
  ...more,
});
const dashboard = async (ledger, asked = {}) =>
  JSON.parse(await ledger.dashboard(JSON.stringify({ ...ASKED, ...asked })));

/** Numbers of 0 to 1, the same ones in each run. */
function randomFrom(seed) {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

const PLAIN = ['requests', 'calls', 'errors', 'prompt_tokens', 'timed_tokens', 'timed_ms'];
const MONEY = ['cost_pico_usd', 'cache_saved_pico_usd', 'together_cost_pico_usd'];
const HOSTILE = ["'; DROP TABLE usage; --", '"key"', '<img src=x onerror=alert(1)>', '\u202e?1', '']; // '': unknown

function randomRows(random, count) {
  const pick = (list) => list[Math.floor(random() * list.length)];
  const models = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h', 'i', '(other)', ...HOSTILE];
  return Array.from({ length: count }, () => {
    const number = (max) => Math.floor(random() * max);
    const asked = number(3);
    return {
      hour: HOUR + 23 - number(21 * 24),
      key: pick(['master', 'k1', 'k2', ...HOSTILE.slice(0, 2)]),
      model: pick(models),
      provider: pick(['openai', 'anthropic', '']),
      last_ms: number(1e12),
      ...Object.fromEntries(PLAIN.map((name) => [name, number(1e6)])),
      cost_pico_usd: number(2 ** 53),
      cache_saved_pico_usd: number(2 ** 50) - 2 ** 49,
      together_calls: asked,
      together_first: number(asked + 1),
      together_cost_pico_usd: asked ? number(2 ** 50) : 0,
      latencies: [
        [number(32), 1 + number(40)],
        [number(32), 1],
      ],
    };
  });
}

function modelOf(rows) {
  const sum = (name) => rows.reduce((all, each) => all + BigInt(each[name] ?? 0), 0n);
  const latencies = Array(32).fill(0);
  for (const each of rows) for (const [bucket, count] of each.latencies) latencies[bucket] += count;
  return {
    ...Object.fromEntries(PLAIN.map((name) => [name, Number(sum(name))])),
    ...Object.fromEntries(MONEY.map((name) => [name, String(sum(name))])),
    latencies: rows.length ? latencies : null,
  };
}
const figuresOf = (answer) =>
  Object.fromEntries([...PLAIN, ...MONEY, 'latencies'].map((name) => [name, answer[name]]));
const groupsOf = (rows, nameOf) => Map.groupBy(rows, nameOf);

function assertAnswer(answer, rows, { step, from, to, previous_from, series, ...filters }) {
  const timeOf = ({ hour }) => (step === 'hour' ? hour : Math.floor(hour / 24));
  const passes = (each) =>
    ['model', 'provider', 'key'].every((name) => filters[name] === null || filters[name] === each[name]);
  const between = (first, end) => rows.filter((each) => timeOf(each) >= first && timeOf(each) < end);
  const shown = between(from, to).filter(passes);
  assert.deepEqual(figuresOf(answer.total), modelOf(shown));
  assert.deepEqual(figuresOf(answer.previous), modelOf(between(previous_from, from).filter(passes)));

  const times = [...groupsOf(shown, timeOf)].sort(([one], [other]) => one - other);
  const plain = times.map(([time, group]) => {
    const { requests, errors, latencies } = modelOf(group);
    return { time, requests, errors, latencies };
  });
  assert.deepEqual(answer.times, plain);

  for (const { name, times: points } of answer.series) {
    const top = answer.series.map((each) => each.name);
    const own = shown.filter((each) =>
      name === '(other)' ? each[series] === name || !top.includes(each[series]) : each[series] === name,
    );
    const expected = [...groupsOf(own, timeOf)]
      .sort(([one], [other]) => one - other)
      .map(([time, group]) => [time, modelOf(group).cost_pico_usd, modelOf(group).requests]);
    const isUsed = ([, cost, requests]) => cost !== '0' || requests !== 0;
    assert.deepEqual(points.filter(isUsed), expected.filter(isUsed), name);
  }
  const models = groupsOf(shown, ({ model, provider }) => JSON.stringify([model, provider]));
  assert.equal(answer.models.length, models.size);
  for (const each of answer.models) {
    const group = models.get(JSON.stringify([each.model, each.provider]));
    assert.deepEqual(figuresOf(each), modelOf(group));
  }
  const asked = shown.filter((each) => each.together_calls > 0);
  for (const each of answer.together) {
    const group = asked.filter(({ model }) => model === each.model);
    assert.equal(
      each.asked,
      group.reduce((all, { together_calls }) => all + together_calls, 0),
    );
    assert.equal(each.cost_pico_usd, modelOf(group).together_cost_pico_usd);
  }
  const namesOf = (name) => [...new Set(between(from, to).map((each) => each[name]))].sort();
  assert.deepEqual(answer.names.keys.toSorted(), namesOf('key'));
  assert.deepEqual(
    answer.names.models.toSorted(),
    namesOf('model').filter((name) => name !== '(other)'),
  );
}

test('every view is what a plain model adds up from the same rows', async () => {
  const ledger = object('views');
  const random = randomFrom(7);
  const rows = randomRows(random, 3000);
  for (let at = 0; at < rows.length; at += 100) {
    const one = batch(`b${at}`, { rows: rows.slice(at, at + 100) });
    await ledger.add(random() < 0.2 ? [one, one] : [one]);
  }
  const hours = { step: 'hour', from: HOUR - 100, to: HOUR + 20, previous_from: HOUR - 220 };
  for (const view of [
    {},
    { series: 'provider', model: HOSTILE[0] },
    { series: 'key', model: '' },
    { key: 'k1', provider: 'openai' },
    { ...hours },
    { ...hours, series: 'key', key: HOSTILE[1] },
    { from: DAY - 3, to: DAY - 2, previous_from: DAY - 4, model: 'none such' },
  ]) {
    const asked = { ...ASKED, ...view };
    assertAnswer(await dashboard(ledger, view), rows, asked);
  }
  const some = await dashboard(ledger, { models_max: 5, series_max: 2 });
  const all = await dashboard(ledger);
  assert.deepEqual(some.models, all.models.slice(0, 5), 'the dearest');
  assert.equal(some.models_left_off, all.models.length - 5);
  assert.deepEqual(some.total, all.total);
  assert.equal(some.series.length, 3);
  assert.equal(some.series.at(-1).name, '(other)');
  const own = await dashboard(ledger, { key: 'k1', names_key: 'k1' });
  assert.deepEqual(own.names.keys, ['k1']);
});

test('sums are exact beyond 64 bits, also where they are negative', async () => {
  const ledger = object('exact');
  const text = batch('x', { rows: ['a', 'b', 'c'].map((model) => row(model, { cost_pico_usd: 1 })) });
  const largest = 9223372036854775807n;
  text.rows = text.rows.replaceAll(
    '"cost_pico_usd":1',
    `"cost_pico_usd":${largest},"cache_saved_pico_usd":-${largest}`,
  );
  await ledger.add([text]);
  const { total, models, series } = await dashboard(ledger);
  assert.equal(total.cost_pico_usd, String(3n * largest));
  assert.equal(total.cache_saved_pico_usd, String(-3n * largest));
  assert.equal(models[0].cost_pico_usd, String(largest));
  assert.equal(series[0].times[0][1], String(largest));
  await ledger.add([{ ...text, id: 'y' }]);
  const again = await dashboard(ledger);
  assert.deepEqual(again.total.cost_pico_usd, total.cost_pico_usd, 'a row stays at the largest number');
  assert.deepEqual(again.total.cache_saved_pico_usd, total.cache_saved_pico_usd);
});

test('latencies stay exact over thousands of additions to one row', async () => {
  const ledger = object('latencies');
  const rows = [
    row('a', {
      latencies: [
        [3, 1],
        [31, 2],
      ],
    }),
  ];
  const batches = Array.from({ length: 2000 }, (_, index) => batch(`b${index}`, { rows }));
  await ledger.add(batches);
  const { total } = await dashboard(ledger);
  assert.equal(total.latencies[3], 2000);
  assert.equal(total.latencies[31], 4000);
});

test('a day has a bounded number of rows, and so have all days', async () => {
  const ledger = object('days');
  const limits = { day_rows_max: 3, all_day_rows_max: 4, hour_rows_max: 100 };
  const models = ['a', 'b', 'c', 'd', 'e'];
  for (const [day, hours] of [
    [DAY - 2, [0, 1]],
    [DAY - 1, [0]],
    [DAY, [5, 6]],
  ])
    for (const hour of hours)
      for (const model of models)
        await ledger.add([
          batch(`${day} ${hour} ${model}`, { rows: [row(model, { hour: day * 24 + hour })], limits }),
        ]);
  const { models: shown, times } = await dashboard(ledger);
  assert.deepEqual(
    times.map(({ time }) => time),
    [DAY],
    'a new day with a row beside the four of the day before is too much',
  );
  assert.deepEqual(Object.fromEntries(shown.map(({ model, calls }) => [model, calls])), {
    '(other)': 4,
    a: 2,
    b: 2,
    c: 2,
  });
  const hourly = await dashboard(ledger, {
    step: 'hour',
    from: HOUR,
    to: HOUR + 24,
    previous_from: HOUR - 24,
  });
  assert.equal(hourly.models.length, 5, 'hours have bounds of their own');
});

test('days that are older than they are to be kept go with the next day', async () => {
  const ledger = object('old days');
  const limits = { keep_hours: 48 };
  for (const day of [DAY - 3, DAY - 2, DAY - 1, DAY])
    await ledger.add([batch(`of ${day}`, { rows: [row('a', { hour: day * 24 })], limits })]);
  const { times } = await dashboard(ledger);
  assert.deepEqual(
    times.map(({ time }) => time),
    [DAY - 1, DAY],
  );
});

test('a session adds up, belongs to its key, and names its agents once', async () => {
  const ledger = object('sessions');
  const at = DAY * 86_400_000;
  const id = HOSTILE[2];
  const add = (name, ...sessions) => ledger.add([batch(name, { sessions })]);
  await add('1', session(id, at, { agents: ['x', 'y'] }), session(id, at + 1, { key: 'k2' }));
  await add('2', session(id, at + 5, { first_ms: at - 50, agents: ['y', 'z'], cost_pico_usd: 7 }));
  await add('2', session(id, at + 9)); // The same batch again.
  await add('3', session('long ago', at - 40 * 86_400_000));
  const { sessions } = await dashboard(ledger);
  const sums = { requests: 2, prompt_tokens: 4, completion_tokens: 6, cached_tokens: 2, cost_pico_usd: '12' };
  assert.deepEqual(sessions[0], {
    id,
    key: 'k1',
    ...sums,
    agents: ['x', 'y', 'z'],
    first_ms: at - 50,
    last_ms: at + 5,
  });
  assert.equal(sessions.length, 2);
  assert.deepEqual(
    (await dashboard(ledger, { key: 'k2', model: 'any' })).sessions.map(({ key }) => key),
    ['k2'],
    'filters of models are not of sessions',
  );
  const many = Array.from({ length: 12 }, (_, index) => `agent${index}`);
  await add('4', session(id, at + 6, { agents: many.slice(0, 8) }));
  assert.equal((await dashboard(ledger)).sessions[0].agents.length, 8);
});

test('the sessions that were not used for longest go, of a key and of all', async () => {
  const ledger = object('lru');
  const at = DAY * 86_400_000;
  const limits = { key_sessions_max: 3, sessions_max: 5 };
  const add = (name, ...sessions) => ledger.add([batch(name, { sessions, limits })]);
  const ids = async () => (await dashboard(ledger)).sessions.map(({ key, id }) => `${key} ${id}`).sort();
  await add('1', session('a', at), session('b', at + 1), session('c', at + 2));
  await add('2', session('a', at + 10));
  await add('3', session('d', at + 11));
  assert.deepEqual(await ids(), ['k1 a', 'k1 c', 'k1 d']);
  await add('4', ...['p', 'q'].map((id) => session(id, at + 20, { key: 'k2' })));
  await add('5', session('r', at + 21, { key: 'k3' }));
  assert.deepEqual(await ids(), ['k1 a', 'k1 d', 'k2 p', 'k2 q', 'k3 r']);
  await add('6', session('c', at + 30), session('e', at + 31));
  assert.deepEqual(await ids(), ['k1 c', 'k1 e', 'k2 p', 'k2 q', 'k3 r'], 'counts follow what went');
});

test('a core of the version before adds rows without limits of days', async () => {
  const ledger = object('before');
  const { day_rows_max, all_day_rows_max, sessions_max, key_sessions_max, ...limits } = LIMITS;
  await ledger.add([{ id: 'x', rows: JSON.stringify({ ...limits, rows: [row('a')] }) }]);
  assert.equal((await dashboard(ledger)).total.calls, 1);
});

test('a ledger of the version before days is opened: its hours fill the days, once', async () => {
  const earlier = (await gateway.bindings('hourly')).ONELLM_LEDGER_OBJECT;
  const ledger = earlier.get(earlier.idFromName('ledger'));
  const known = batch('known', { rows: [row('lost')] });
  await ledger.add([known, batch('new', { rows: [row('b', { hour: 489_625, latencies: [[1, 1]] })] })]);
  const days = { from: 20_400, to: 20_402, previous_from: 20_398 };
  const { models, times, total, names } = await dashboard(ledger, days);
  const seen = models.map(({ model, calls, cost_pico_usd }) => [model, calls, cost_pico_usd]);
  // A row stays at the largest number; that of the key k1 is a row of its own.
  assert.deepEqual(seen, [
    ['a', 7, String(9223372036854775807n + 4611686018427387904n)],
    ['b', 9, '4611686018427387905'],
  ]);
  assert.deepEqual(
    times.map(({ time }) => time),
    [20_400, 20_401],
  );
  assert.equal(total.latencies[1], 1);
  assert.deepEqual(names.keys.sort(), ['k1', 'master']);
  const hours = { step: 'hour', from: 489_600, to: 489_648, previous_from: 489_552 };
  assert.deepEqual((await dashboard(ledger, hours)).total.calls, 16);
  const limits = { all_day_rows_max: 2 };
  await ledger.add([batch('next day', { rows: [row('c', { hour: 489_648 })], limits })]);
  const { times: kept } = await dashboard(ledger, { ...days, to: 20_403 });
  assert.deepEqual(
    kept.map(({ time }) => time),
    [20_401, 20_402],
    'the days that were filled are counted',
  );
});
