// Sums that may be larger than JavaScript's numbers, and larger than SQLite's integers.
//
// Rule: SQLite adds up the two halves of a number's bits. Each sum of halves fits SQLite's integers and
// JavaScript's numbers, and together they are exact, also where the numbers are negative.
import { INTEGER_MAX } from './columns.js';

const HALF = 4_294_967_296;

/** SQL for the two sums of a column's halves. */
export const highSum = (column) => `coalesce(sum(${column} >> 32), 0)`;
export const lowSum = (column) => `coalesce(sum(${column} & ${HALF - 1}), 0)`;

/** SQL for the sum of a column that has no negative numbers, at most SQLite's largest integer. */
export function boundedSum(column) {
  const high = `(${highSum(column)} + (${lowSum(column)} >> 32))`;
  return `CASE WHEN ${high} >= ${HALF / 2} THEN ${INTEGER_MAX} ELSE (${high} << 32) | (${lowSum(column)} & ${HALF - 1}) END`;
}

/** @param {number} high the sum of high halves @param {number} low of low halves @returns {string} decimal digits */
export function exactly(high, low) {
  const sum = high * HALF + low;
  return String(Number.isSafeInteger(sum) ? sum : BigInt(high) * BigInt(HALF) + BigInt(low));
}

/** The same as a JavaScript number, which is close enough to compare. */
export const roughly = (high, low) => high * HALF + low;

/** A sum of money as the core's integers can hold it. */
export function boundedAmount(high, low) {
  const text = exactly(high, low);
  return BigInt(text) > BigInt(INTEGER_MAX) ? INTEGER_MAX : text;
}

/** A sum that was added up in JavaScript: a number, or a text where JavaScript's numbers are not exact. */
export function plainSum(sum) {
  if (Number.isSafeInteger(sum)) return sum;
  const text = String(BigInt(Math.round(sum)));
  return BigInt(text) > BigInt(INTEGER_MAX) ? INTEGER_MAX : text;
}
