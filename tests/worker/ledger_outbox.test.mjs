// What the shim does with the ledger's rows while the object cannot be reached: played with a core that counts
// and an object that fails as long as it is told to, on a clock that the test moves.
import assert from 'node:assert/strict';
import { afterEach, beforeEach, mock, test } from 'node:test';

const SECOND = 1000;

let core, object, errors, flushLedger;

/** As the core does it: calls add up until they are taken. */
function countingCore() {
  let calls = 0;
  return {
    usable: true,
    taken: 0,
    call: () => calls++,
    takeLedger() {
      if (calls === 0) return '';
      this.taken++;
      const rows = String(calls);
      calls = 0;
      return rows;
    },
  };
}

function failingObject() {
  const seen = new Map();
  return {
    fails: false,
    calls: () => [...seen.values()].reduce((sum, rows) => sum + Number(rows), 0),
    async add(batches) {
      if (this.fails) throw new Error('nobody is there');
      for (const { id, rows } of batches) seen.set(id, rows);
    },
  };
}

beforeEach(async () => {
  mock.timers.enable({ apis: ['setTimeout', 'Date'], now: 1_700_000_000_000 });
  core = countingCore();
  object = failingObject();
  errors = [];
  mock.method(console, 'error', (line) => errors.push(line));
  ({ flushLedger } = await import(`../../worker/ledger_outbox.js?${Math.random()}`));
});

afterEach(() => {
  mock.timers.reset();
  mock.restoreAll();
});

const env = { ONELLM_LEDGER_OBJECT: { idFromName: (name) => name, get: () => object } };
const flush = (ms) => flushLedger(core, env, ms);

/** Lets time pass, and what waits for it go on. */
async function pass(ms) {
  for (let rest = ms; rest > 0; rest -= 100) {
    mock.timers.tick(Math.min(rest, 100));
    for (let i = 0; i < 20; i++) await Promise.resolve();
  }
}

/** A call every 200 ms, and a flush for each second of them. */
async function calls(seconds) {
  for (let i = 0; i < 5 * seconds; i++) {
    if (i % 5 === 0) flush(SECOND);
    core.call();
    await pass(200);
  }
  return 5 * seconds;
}

test('an outage of minutes loses no call, however many there are', async () => {
  object.fails = true;
  const sent = await calls(200);
  assert.equal(object.calls(), 0);
  assert.equal(core.taken, 1, 'what comes later waits in the core');
  object.fails = false;
  flush(0);
  await pass(SECOND);
  assert.equal(object.calls(), sent);
});

test('the first flush after an outage takes all: what failed, then what waits in the core', async () => {
  object.fails = true;
  core.call();
  const flushed = flush(0);
  await pass(300);
  core.call();
  object.fails = false;
  await pass(300);
  await flushed;
  assert.equal(object.calls(), 2);
});

test('a flush that fails leaves one line, with its cause and without a stack', async () => {
  object.fails = true;
  core.call();
  const flushed = flush(0);
  await pass(6 * SECOND);
  await flushed;
  assert.deepEqual(errors, [
    'onellm: the ledger was not written, 1 batches of it wait: Error: nobody is there',
  ]);
});

test('an instance that gets no more requests is emptied all the same', async () => {
  object.fails = true;
  core.call();
  flush(0);
  await pass(6 * SECOND);
  core.usable = false;
  core.call();
  flush(0);
  await pass(6 * SECOND);
  assert.equal(core.taken, 2);
  object.fails = false;
  flush(0);
  await pass(SECOND);
  assert.equal(object.calls(), 2);
});

test('while the object is slow, flushes go on beside each other up to a bound, and nothing is lost', async () => {
  let open;
  const gate = new Promise((resolve) => (open = resolve));
  const { add } = object;
  object.add = async function (batches) {
    await gate;
    return add.call(this, batches);
  };
  for (let i = 0; i < 200; i++) {
    core.call();
    flush(0);
    await pass(20);
  }
  assert.equal(core.taken, 64);
  open();
  await pass(SECOND);
  flush(0);
  await pass(SECOND);
  assert.equal(object.calls(), 200);
});
