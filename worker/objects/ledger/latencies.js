// Times to the first content: how many calls fell into each of 32 buckets. The core alone knows what time a
// bucket stands for (src/gateway/usage/latencies.h).
//
// Stored is a text of counts: a letter for the bucket, `@` to `_`, then the count in hexadecimal digits from
// `a` to `p`; without digits it is 1. A bucket may come several times. So two texts are added by joining them, which
// SQLite does within the statement that adds the sums. It has no function that adds two BLOBs: these would have to be
// read, added and written back for each row. A text that has become long is written anew.

export const BUCKETS = 32;

/** A text that is longer is written anew. Counts below 65536 in all buckets take at most 160 characters. */
export const TEXT_MAX = 256;

const FIRST_BUCKET = 64; // '@'
const FIRST_DIGIT = 97; // 'a'

/** Plain arrays are made faster than typed ones, and there may be many. @returns {number[]} */
export const newCounts = () => new Array(BUCKETS).fill(0);

/** @param {number[]} counts @returns {string} */
export function toText(counts) {
  let text = '';
  counts.forEach((count, bucket) => {
    if (count > 0) text += String.fromCharCode(FIRST_BUCKET + bucket) + (count > 1 ? digits(count) : '');
  });
  return text;
}

const digits = (count) =>
  count.toString(16).replace(/./g, (digit) => String.fromCharCode(FIRST_DIGIT + Number.parseInt(digit, 16)));

/** @param {[number, number][]} pairs bucket and count, as the core sends them @returns {string} */
export function pairsToText(pairs) {
  const counts = newCounts();
  for (const [bucket, count] of pairs) {
    if (bucket >= 0 && bucket < BUCKETS && Number.isSafeInteger(count)) counts[bucket] += count;
  }
  return toText(counts);
}

/** Adds the counts of a text to `counts`. */
export function addText(text, counts) {
  let at = 0;
  while (at < text.length) {
    const bucket = text.charCodeAt(at++) - FIRST_BUCKET;
    let count = 0;
    for (let code; at < text.length && (code = text.charCodeAt(at)) >= FIRST_DIGIT; at++) {
      count = count * 16 + code - FIRST_DIGIT;
    }
    counts[bucket] += count || 1;
  }
}

/** Adds `more` to `counts`. */
export function addCounts(counts, more) {
  for (let bucket = 0; bucket < BUCKETS; bucket++) counts[bucket] += more[bucket];
}

/** @returns {string} the shortest text of the same counts */
export function rewritten(text) {
  const counts = newCounts();
  addText(text, counts);
  return toText(counts);
}

/** @returns {number[] | null} for the core */
export const toJson = (counts) => (counts.some((count) => count > 0) ? counts : null);
