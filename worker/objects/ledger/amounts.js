// Sums that may be larger than JavaScript's numbers, and larger than SQLite's integers.
//
// Rule: SQLite adds up the two halves of a number's bits. Each sum of halves fits SQLite's integers and
// JavaScript's numbers, and together they are exact, also where the numbers are negative.

/** SQLite's largest integer. A sum beyond it would turn into a float, or sum() would fail. */
export const INTEGER_MAX = '9223372036854775807';

const HALF = 4_294_967_296;
const HALF_BITS = 32;

/** @param {string} column @returns {string} SQL for its two sums, `name` and `name_low` */
export const halves = (column, name = column) =>
  `coalesce(sum(${column} >> ${HALF_BITS}), 0) AS "${name}", ` +
  `coalesce(sum(${column} & ${HALF - 1}), 0) AS "${name}_low"`;

/** SQL for the sum of a column without negative numbers: at most INTEGER_MAX. */
export const boundedSum = (column) => {
  const high = `sum(${column} >> ${HALF_BITS}) + (sum(${column} & ${HALF - 1}) >> ${HALF_BITS})`;
  return `CASE WHEN ${high} >= ${HALF / 2} THEN ${INTEGER_MAX}
    ELSE (sum(${column} >> ${HALF_BITS}) << ${HALF_BITS}) + sum(${column} & ${HALF - 1}) END`;
};

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

/** A sum of SQLite's total(): a number, or as text where it is too large for the core's readers of numbers. */
export function plainSum(total) {
  if (Number.isSafeInteger(total)) return total;
  const sum = BigInt(Math.round(total));
  return sum > BigInt(INTEGER_MAX) ? INTEGER_MAX : String(sum);
}
