// Delivers rows from the core to the ledger object. A batch that could not be delivered is retried, in this
// flush and in later ones, with the same id: so the object adds it once. All state here is plain data, so
// that any request of the isolate may deliver the batches of another one.
//
// Rule: no batch is dropped. While a failed batch waits, later calls stay in the core, which adds them up in
// a limited number of rows.
import { callObject } from './bindings.js';

const OBJECT = 'ONELLM_LEDGER_OBJECT ledger add';

/** Most batches that wait here, each with 100 calls or those of a second. The rest stays in the core. */
const BATCHES_MAX = 64;

/** A delivery without an answer after this time was ended with its request. Then another one may deliver. */
const ANSWER_MS_MAX = 10_000;

/** Pauses between the attempts of one flush. On Cloudflare, work after a reply may take 30 seconds. */
const RETRY_MS = [500, 4000];

/**
 * @typedef {object} Batch
 * @property {string} id
 * @property {string} rows
 * @property {number} sentAt when its delivery began; 0: it is not being delivered
 * @property {boolean} failed
 */

/** @type {Batch[]} */
let waiting = [];

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Executes FlushLedger after `ms`. Never rejects: a failure of accounting must not fail a request.
 *
 * @param {import('./instance.js').Instance} core
 * @param {Record<string, any>} env
 * @param {number} ms
 */
export async function flushLedger(core, env, ms) {
  if (ms > 0) await sleep(ms);
  const heldBack = rowsStayIn(core);
  if (!heldBack) takeRows(core, ms > 0);
  let failure = await deliver(env);
  if (failure === null && !heldBack) return;
  for (const pause of RETRY_MS) {
    if (failure === null) break;
    await sleep(pause);
    failure = await deliver(env);
  }
  if (failure === null && !rowsStayIn(core)) {
    takeRows(core, true);
    failure = await deliver(env);
  }
  if (failure === null) return;
  console.error(`onellm: the ledger was not written, ${waiting.length} batches of it wait: ${failure}`);
}

/** Rows of an instance that gets no more requests are taken if possible, since it may never flush again. */
function rowsStayIn(core) {
  return (core.usable && waiting.some(({ failed }) => failed)) || waiting.length >= BATCHES_MAX;
}

function takeRows(core, timed) {
  try {
    const rows = core.takeLedger(timed);
    if (rows !== '') waiting.push({ id: crypto.randomUUID(), rows, sentAt: 0, failed: false });
  } catch (error) {
    console.error(`onellm: rows of the ledger are lost with their instance: ${error}`);
  }
}

/** @returns {Promise<unknown>} the error of the delivery; null: it succeeded, or nothing was waiting */
async function deliver(env) {
  const now = Date.now();
  const batches = waiting.filter(({ sentAt }) => now - sentAt > ANSWER_MS_MAX);
  if (batches.length === 0) return null;
  for (const batch of batches) batch.sentAt = now;
  try {
    await callObject(
      env,
      OBJECT,
      batches.map(({ id, rows }) => ({ id, rows })),
    );
    waiting = waiting.filter((batch) => !batches.includes(batch));
    return null;
  } catch (error) {
    for (const batch of batches) Object.assign(batch, { sentAt: 0, failed: true });
    return error;
  }
}
