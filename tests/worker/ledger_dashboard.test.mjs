// What the ledger object keeps for the dashboard, and what it answers: compared with plain JavaScript over random rows.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startGateway } from './support/gateway.mjs';
import {
  batch,
  DAY,
  DAYS_ASKED,
  dashboard,
  HOUR,
  HOURS_ASKED,
  row,
  session,
} from './support/ledger_calls.mjs';
import { expectedDashboard } from './support/ledger_model.mjs';

let gateway, objects;

before(async () => {
  gateway = await startGateway({
    workers: { main: {} },
    ledger: true,
    entry: 'tests/worker/support/troubled_ledger.js',
  });
  objects = (await gateway.bindings('main')).ONELLM_LEDGER_OBJECT;
});
after(() => gateway?.stop());

const object = (name) => objects.get(objects.idFromName(name));

/** A small generator, so that a failure comes again. https://en.wikipedia.org/wiki/Linear_congruential_generator */
function randomNumbers(seed) {
  let state = seed;
  return (below) => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return Math.floor((state / 2_147_483_648) * below);
  };
}

const MODELS = [
  'a',
  'b',
  'c',
  'd',
  'e',
  'f',
  'g',
  'h',
  '(other)',
  '',
  "o'hara",
  '"quoted"',
  '__proto__',
  '模型🙂',
];
const KEYS = ['master', 'key_1', 'key_2', '(none)', '%', ''];
const PROVIDERS = ['openai', 'anthropic', '; DROP TABLE usage'];
/** Beyond 2^53 already in one row, and no row of a day comes to 2^63. */
const MONEY = 40_000_000_000_000_000n;

function randomRow(random) {
  const pick = (list) => list[random(list.length)];
  const together = random(3) === 0 ? 1 + random(4) : 0;
  return {
    hour: HOUR - random(random(2) === 0 ? 96 : 21 * 24),
    key: pick(KEYS),
    model: pick(MODELS),
    provider: pick(PROVIDERS),
    last_ms: HOUR * 3_600_000 + random(1000),
    requests: 1 + random(5),
    calls: 1 + random(5),
    errors: random(2),
    prompt_tokens: random(1_000_000),
    cost_pico_usd: (MONEY * BigInt(random(1000))) / 1000n + BigInt(random(1000)),
    cache_saved_pico_usd: -(MONEY / 7n) + (MONEY * BigInt(random(1000))) / 1000n,
    timed_tokens: random(1000),
    timed_ms: random(1000),
    together_calls: together,
    together_first: together > 0 ? random(2) : 0,
    together_failed: together > 0 ? random(2) : 0,
    together_cost_pico_usd: together > 0 ? MONEY + BigInt(random(1000)) : 0n,
    latencies:
      random(4) === 0
        ? undefined
        : [
            [random(32), 1 + random(300)],
            [random(32), 1],
          ],
  };
}

async function filled(name, count) {
  const random = randomNumbers(count);
  const rows = Array.from({ length: count }, () => randomRow(random));
  const ledger = object(name);
  for (let at = 0; at < count; at += 100) {
    await ledger.add([batch(`${at}`, { rows: rows.slice(at, at + 100) })]);
  }
  return { ledger, rows };
}

async function expectDashboard(ledger, rows, asked) {
  const { sessions, ...answer } = await dashboard(ledger, asked);
  assert.deepEqual(sessions, []);
  assert.deepEqual(answer, expectedDashboard(rows, asked));
}

test('the dashboard is the sum of its rows, by hours and by days, for each filter and series', async () => {
  const { ledger, rows } = await filled('random', 3000);
  const questions = [
    {},
    { series: 'provider' },
    { series: 'key', series_max: 2 },
    { series_max: 3, models_max: 4, together_max: 2, names_max: 3 },
    ...MODELS.map((model) => ({ model })),
    ...KEYS.map((key) => ({ key, names_key: key })),
    { provider: PROVIDERS[2], key: '', model: '__proto__' },
    { model: 'unknown' },
  ];
  for (const question of questions) {
    await expectDashboard(ledger, rows, { ...DAYS_ASKED, ...question });
    await expectDashboard(ledger, rows, { ...HOURS_ASKED, ...question });
  }
});

test('a row that many batches add to keeps every latency', async () => {
  const ledger = object('latencies');
  const random = randomNumbers(5);
  const rows = Array.from({ length: 500 }, () => row('a', { latencies: [[random(32), 1 + random(70_000)]] }));
  await ledger.add(rows.map((each, i) => batch(`${i}`, { rows: [each] })));
  await expectDashboard(ledger, rows, DAYS_ASKED);
  await expectDashboard(ledger, rows, HOURS_ASKED);
});

test('an empty ledger has an answer', async () => {
  const ledger = object('empty');
  await expectDashboard(ledger, [], DAYS_ASKED);
  await expectDashboard(ledger, [], HOURS_ASKED);
});

test('a batch that arrives twice counts once, in its days and its sessions', async () => {
  const ledger = object('twice');
  const same = batch('one', { rows: [row('a')], sessions: [session('s')] });
  await ledger.add([same, same]);
  await ledger.add([same]);
  const { total, sessions } = await dashboard(ledger);
  assert.deepEqual([total.calls, sessions[0].requests], [1, '1']);
});

test('a batch that cannot be added leaves no day and no session', async () => {
  const ledger = object('broken');
  const broken = batch('half', { rows: [row('a')], sessions: [session('s'), { ...session('t'), id: null }] });
  await assert.rejects(async () => ledger.add([broken]));
  const { total, sessions } = await dashboard(ledger);
  assert.deepEqual([total.calls, sessions], [0, []]);
});

const callsOf = ({ models }) => Object.fromEntries(models.map(({ model, calls }) => [model, calls]));

test('a day has a bounded number of rows, and what comes beyond them is added to one', async () => {
  const ledger = object('day rows');
  const limits = { day_rows_max: 3 };
  await ledger.add([batch('one', { limits, rows: ['a', 'b', 'c'].map((model) => row(model)) })]);
  await ledger.add([batch('two', { limits, rows: ['d', 'a', 'e'].map((model) => row(model)) })]);
  await ledger.add([batch('three', { limits, rows: [row('d', { hour: HOUR - 24 })] })]);
  assert.deepEqual(callsOf(await dashboard(ledger)), { a: 2, b: 1, c: 1, d: 1, '(other)': 2 });
  assert.deepEqual(callsOf(await dashboard(ledger, HOURS_ASKED)), { a: 2, b: 1, c: 1, d: 2, e: 1 });
});

test('days go that are too old or too many, and hours stay', async () => {
  const daysAfter = async (name, limits) => {
    const ledger = object(name);
    for (const back of [5, 3, 2, 1, 0]) {
      const rows = ['a', 'b'].map((model) => row(model, { hour: HOUR - back * 24 }));
      await ledger.add([batch(`${back}`, { limits, rows })]);
    }
    const { times } = await dashboard(ledger);
    return times.map(({ time }) => DAY - time);
  };
  assert.deepEqual(await daysAfter('old days', { keep_hours: 72 }), [2, 1, 0]);
  assert.deepEqual(await daysAfter('many days', { all_day_rows_max: 5 }), [1, 0]);
});

test('a session adds up over batches, and belongs to its key', async () => {
  const ledger = object('sessions');
  const most = 9223372036854775807n;
  const at = session('s').last_ms;
  await ledger.add([
    batch('one', { sessions: [session('s', { agents: ['main', 'sub'], cost_pico_usd: most - 5n })] }),
    batch('two', {
      sessions: [
        session('s', { agents: ['x', 'sub'], cost_pico_usd: 3, first_ms: at - 5, last_ms: at + 5 }),
        session('s', { key: "key'_1", last_ms: at + 9, agents: ['"', '__proto__'] }),
      ],
    }),
  ]);
  const common = { id: 's', prompt_tokens: '20', completion_tokens: '10', cached_tokens: '4', requests: '2' };
  const [other, first] = (await dashboard(ledger)).sessions;
  assert.deepEqual(first, {
    ...common,
    key: 'master',
    cost_pico_usd: String(most - 2n),
    agents: ['main', 'sub', 'x'],
    first_ms: at - 5,
    last_ms: at + 5,
  });
  assert.deepEqual([other.key, other.requests, other.agents], ["key'_1", '1', ['"', '__proto__']]);
  const { sessions } = await dashboard(ledger, { key: 'master', model: 'none' });
  assert.deepEqual(sessions, [first], 'the filter of keys applies, that of models does not');
  await ledger.add([batch('three', { sessions: [session('s', { cost_pico_usd: 9 })] })]);
  assert.equal((await dashboard(ledger)).sessions[1].cost_pico_usd, String(most));
});

test('a session has at most eight agents', async () => {
  const ledger = object('agents');
  const agents = (from) => Array.from({ length: 6 }, (_, i) => `agent ${from + i}`);
  for (const from of [0, 4])
    await ledger.add([batch(`${from}`, { sessions: [session('s', { agents: agents(from) })] })]);
  const [{ agents: kept }] = (await dashboard(ledger)).sessions;
  assert.deepEqual(
    kept,
    [0, 1, 2, 3, 4, 5, 6, 7].map((i) => `agent ${i}`),
  );
});

test('sessions are bounded for each key and in all, and the least recently used ones go', async () => {
  const ledger = object('many sessions');
  const limits = { sessions_max: 5, key_sessions_max: 3 };
  const start = session('s').last_ms;
  let clock = 0;
  const use = (key, ...ids) =>
    ledger.add(
      ids.map((id) =>
        batch(`${++clock}`, { limits, sessions: [session(id, { key, last_ms: start + clock })] }),
      ),
    );
  const kept = async () => (await dashboard(ledger)).sessions.map(({ key, id }) => `${key}/${id}`);
  await use('k', 'a', 'b', 'c', 'a', 'd');
  assert.deepEqual(await kept(), ['k/d', 'k/a', 'k/c']);
  const failing = batch('fails', { limits, rows: [row(null)], sessions: [session('x'), session('y')] });
  await assert.rejects(async () => ledger.add([failing]));
  const half = batch('half', { limits, sessions: [session('x'), session(null)] });
  await assert.rejects(async () => ledger.add([half]));
  await use('l', 'a', 'b');
  await use('k', 'c');
  await use('m', 'a');
  assert.deepEqual(await kept(), ['m/a', 'k/c', 'l/b', 'l/a', 'k/d']);
});

test('sessions of other times and beyond a number are not shown', async () => {
  const ledger = object('session times');
  const ms = (hour) => hour * 3_600_000;
  const sessions = [HOUR + 1, HOUR, HOUR - 1, HOUR - 47, HOUR - 48].map((hour) =>
    session(`h${HOUR - hour}`, { last_ms: ms(hour) }),
  );
  await ledger.add([batch('one', { sessions })]);
  const ids = async (more) =>
    (await dashboard(ledger, { ...HOURS_ASKED, ...more })).sessions.map(({ id }) => id);
  assert.deepEqual(await ids(), ['h0', 'h1', 'h47']);
  assert.deepEqual(await ids({ sessions_max: 2 }), ['h0', 'h1']);
});

test('a gateway of the version before sends no limits of days and no sessions', async () => {
  const ledger = object('old gateway');
  const rows = JSON.stringify({ keep_hours: 100, rows_max: 100, hour_rows_max: 100, rows: [row('a')] });
  await ledger.add([{ id: 'one', rows }]);
  assert.deepEqual(callsOf(await dashboard(ledger)), { a: 1 });
});

test('a ledger of the version before gets its days from its hours, once and exactly', async (context) => {
  const earlier = await startGateway({
    workers: { main: { TROUBLE: 'before days' } },
    ledger: true,
    entry: 'tests/worker/support/troubled_ledger.js',
  });
  context.after(() => earlier.stop());
  const { ONELLM_LEDGER_OBJECT: namespace } = await earlier.bindings('main');
  const ledger = namespace.get(namespace.idFromName('ledger'));
  const most = 9223372036854775807n;
  const hours = [0, 1, 23, 24, 47, 48].map((back) => HOUR - back);
  const old = hours.flatMap((hour) => [
    row('a', { hour, cost_pico_usd: 9007199254740993n, total_ms: 7 }),
    row('b', { hour, key: 'key_1', requests: 0, errors: 1 }),
  ]);
  await expectDashboard(ledger, old, DAYS_ASKED);
  const more = row('a', { latencies: [[3, 2]], cache_saved_pico_usd: -5 });
  await ledger.add([batch('one', { rows: [more] })]);
  await expectDashboard(ledger, [...old, more], DAYS_ASKED);
  await expectDashboard(ledger, [...old, more], HOURS_ASKED);
  await ledger.add([batch('two', { rows: [row('a', { cost_pico_usd: most })] })]);
  assert.ok(
    BigInt((await dashboard(ledger)).total.cost_pico_usd) > most,
    'other days add to a row that is full',
  );
});
