// Times to the first content: how many calls fell into each of 32 buckets. The core alone knows what time a
// bucket stands for (src/gateway/usage/latencies.h).
//
// Stored is a text of counts: a letter for the bucket, `@` to `_`, then the count in hexadecimal digits from
// `a` to `p`; without digits it is 1. A bucket may come several times. So two texts are added by joining them,
// which SQLite can do, as no function of it adds BLOBs. A text is written anew now and then, so that it stays
// short.

export const BUCKETS = 32;

const FIRST_BUCKET = 64; // '@'
const FIRST_DIGIT = 97; // 'a'

/** @param {Float64Array | number[]} counts @returns {string} */
export function toText(counts) {
  let text = '';
  for (let bucket = 0; bucket < BUCKETS; bucket++) {
    const count = counts[bucket];
    if (!(count > 0)) continue;
    text += String.fromCharCode(FIRST_BUCKET + bucket);
    if (count > 1) text += digits(count);
  }
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

export const newCounts = () => new Float64Array(BUCKETS);

/** @param {string} text @param {Float64Array} [counts] what its counts are added to @returns {Float64Array} */
export function addText(text, counts = newCounts()) {
  let at = 0;
  while (at < text.length) {
    const bucket = text.charCodeAt(at++) - FIRST_BUCKET;
    let count = 0;
    let code = text.charCodeAt(at);
    while (code >= FIRST_DIGIT) {
      count = count * 16 + code - FIRST_DIGIT;
      code = text.charCodeAt(++at);
    }
    counts[bucket] += count || 1;
  }
  return counts;
}

/** @returns {string} the shortest text of the same counts */
export const rewritten = (text) => toText(addText(text));

/** @returns {number[] | null} for the core */
export const toJson = (counts) => (counts.some((count) => count > 0) ? [...counts] : null);
