// Takes the ledger's rows from the core to the ledger object. What could not be delivered is tried again, here
// and with the next flush, under the id that it had: the object adds it once. Everything here is plain data, so
// that each request of the isolate may go on with what another one left behind.
import { callObject } from './bindings.js';

const OBJECT = 'ONELLM_LEDGER_OBJECT ledger add';

/** Of a hundred calls each, or what came in a second. More than that is dropped, the oldest first. */
const BATCHES_MAX = 64;

/** A request that does not report back in this time has been ended; its batches are another's. */
const ANSWER_MS_MAX = 10_000;

/** Pauses between the attempts of one flush. What outlives a reply may take 30 seconds on Cloudflare. */
const RETRY_MS = [500, 4000];

/** @type {{ id: string, rows: string, sentAt: number }[]} `sentAt` is 0 where nobody is at it */
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
  takeRows(core, ms > 0);
  for (const pause of [...RETRY_MS, null]) {
    if ((await deliver(env)) || pause === null) return;
    await sleep(pause);
  }
}

function takeRows(core, timed) {
  try {
    const rows = core.takeLedger(timed);
    if (rows !== '') waiting.push({ id: crypto.randomUUID(), rows, sentAt: 0 });
  } catch (error) {
    console.error('onellm: rows of the ledger are lost with their instance:', error);
  }
  const tooMany = waiting.length - BATCHES_MAX;
  if (tooMany <= 0) return;
  console.error(`onellm: the ledger cannot be written: ${tooMany} batches of it are lost`);
  waiting = waiting.slice(tooMany);
}

/** @returns {Promise<boolean>} false: something is left that should be tried again */
async function deliver(env) {
  const now = Date.now();
  const batches = waiting.filter(({ sentAt }) => now - sentAt > ANSWER_MS_MAX);
  if (batches.length === 0) return true;
  for (const batch of batches) batch.sentAt = now;
  try {
    await callObject(
      env,
      OBJECT,
      batches.map(({ id, rows }) => ({ id, rows })),
    );
    waiting = waiting.filter((batch) => !batches.includes(batch));
    return true;
  } catch (error) {
    for (const batch of batches) batch.sentAt = 0;
    console.error(`onellm: the ledger was not written, ${batches.length} batches of it wait:`, error);
    return false;
  }
}
