// Takes the ledger's rows from the core to the ledger object. What could not be delivered is tried again, here
// and with the next flush, under the id that it had: the object adds it once. Everything here is plain data, so
// that each request of the isolate may go on with what another one left behind.
//
// Rule: Nothing is dropped. While a batch waits that failed, later calls stay in the
// core, where they add up in a bounded number of rows however many they are.
import { callObject } from './bindings.js';

const OBJECT = 'ONELLM_LEDGER_OBJECT ledger add';

/** Those under way, each of a hundred calls or of what came in a second. The next ones stay in the core. */
const BATCHES_MAX = 64;

/** A request that does not report back in this time has been ended; its batches are another's. */
const ANSWER_MS_MAX = 10_000;

/** Pauses between the attempts of one flush. What outlives a reply may take 30 seconds on Cloudflare. */
const RETRY_MS = [500, 4000];

/**
 * @typedef {object} Batch
 * @property {string} id
 * @property {string} rows
 * @property {number} sentAt 0 where nobody is at it
 * @property {boolean} failed
 */

/** @type {Batch[]} */
let waiting = [];

const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * Carries out FlushLedger. Never rejects: accounting harms no request.
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

/** An instance that gets no more requests may never flush again: its rows are taken unless too many batches wait. */
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

/** @returns {Promise<unknown>} why what was left is still there; null: nothing is */
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
