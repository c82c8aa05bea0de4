// Requests that were lost while nothing ran: each counts for the time at which its lease ended.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startObjects } from '../support/key_objects.mjs';

const DOLLAR = 1_000_000_000_000;
const HOUR_MS = 3_600_000;
const LOST = 120;

let objects;

before(async () => {
  objects = await startObjects();
});
after(() => objects?.stop());

const aheadOf = (time) => time - Date.now();
const tomorrow = () => Math.ceil(Date.now() / (24 * HOUR_MS)) * 24 * HOUR_MS;

test('lost requests of yesterday take nothing from the budget of today, however many they are', async () => {
  const evening = tomorrow() + 23 * HOUR_MS;
  await objects.setAhead(aheadOf(evening));
  const key = await objects.make({ max_budget: LOST, budget_duration: '1d' });
  const verdicts = new Set(await objects.admit(key, DOLLAR, LOST));
  assert.deepEqual([...verdicts], ['admitted']);
  await objects.setAhead(aheadOf(evening + 9 * HOUR_MS));
  assert.deepEqual(await objects.admit(key, LOST * DOLLAR), ['admitted'], 'all of the budget is there');
  const { usage } = await objects.limit(key, 'read');
  assert.equal(usage.spent, '0');
  assert.equal(usage.reserved, String(LOST * DOLLAR));
  assert.equal(usage.total, String(LOST * DOLLAR), 'they were spent');
  assert.equal(usage.day, '0');
  assert.equal(usage.week !== '0' || new Date(evening + 9 * HOUR_MS).getUTCDay() === 1, true);
});

test('the first look at a key shows all that was lost', async () => {
  const noon = tomorrow() + 3 * 24 * HOUR_MS + 12 * HOUR_MS;
  await objects.setAhead(aheadOf(noon));
  const key = await objects.make({ max_budget: 2 * LOST });
  await objects.admit(key, DOLLAR, LOST);
  await objects.setAhead(aheadOf(noon + HOUR_MS));
  const { usage } = await objects.limit(key, 'read');
  const all = String(LOST * DOLLAR);
  assert.deepEqual([usage.spent, usage.reserved, usage.total, usage.day], [all, '0', all, all]);
});
