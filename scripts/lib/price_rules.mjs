// Match rules of @pydantic/genai-prices as the bytes that src/prices/model_rules.cpp reads.
//
// A row's rules are alternatives, and the first row of a list that has one that holds is the model's.
//
//   row:  one or more alternatives, the last with kLast
//   alternative: one or more rules that must all hold, each but the last with kAnd
//   rule: a byte (kind, kAnd, kLast), the length of its text in a byte, the text
//
// The rule that keeps this honest: what is not understood ends the build.

import { Failure } from './failure.mjs';

const kinds = {
  equals: 0,
  starts_with: 1,
  ends_with: 2,
  contains: 3,
  shape: 4,
  shape_begins: 5,
  lacks_word: 6,
};
const kAnd = 8;
const kLast = 16;

/**
 * @param {object} match a rule of the package
 * @param {string} where for a failure's message
 * @returns {Buffer}
 */
export function encodeRules(match, where) {
  const alternatives = alternativesOf(match).map((alternative) => rulesOf(alternative, where));
  return Buffer.concat(
    alternatives.flatMap((rules, index) =>
      rules.map(([kind, text], place) => {
        const isLast = index === alternatives.length - 1;
        const flags = (place < rules.length - 1 ? kAnd : 0) | (isLast ? kLast : 0);
        return encodeRule(kind, text, flags, where);
      }),
    ),
  );
}

function encodeRule(kind, text, flags, where) {
  const bytes = Buffer.from(text.toLowerCase());
  if (bytes.length === 0 || bytes.length > 255)
    throw new Failure(`${where}: a rule of ${bytes.length} bytes`);
  return Buffer.concat([Buffer.from([kinds[kind] | flags, bytes.length]), bytes]);
}

function alternativesOf(match) {
  return Array.isArray(match.or) ? match.or.flatMap(alternativesOf) : [match];
}

/** The rules that must all hold, as [kind, text]. */
function rulesOf(match, where) {
  const members = Object.entries(match);
  const [kind, value] = members[0] ?? [];
  if (members.length === 1) {
    if (kind === 'and') return value.flatMap((each) => rulesOf(each, where));
    if (kind === 'regex') return [fromPattern(value, where)];
    if (kind in kinds && typeof value === 'string') return [[kind, value]];
  }
  throw new Failure(`${where}: the price table has no match rule for ${JSON.stringify(match)}`);
}

/** Of the patterns only two kinds are known: names with digits in them, and `has no such word`. */
function fromPattern(pattern, where) {
  const lacking = /^\^\(\?!\.\*((?:[a-z0-9-]|\[[a-zA-Z]{2}\])+)\(\?:\$\|-\)\)$/.exec(pattern);
  if (lacking) return ['lacks_word', lacking[1].replace(/\[(\w)\w\]/g, '$1')];

  const shape = /^\^(.*?)(\$?)$/.exec(pattern)?.[1] ?? '';
  const text = shape
    .replace(/\\d(?:\{(\d+)\})?/g, (_, times) => '#'.repeat(Number(times ?? 1)))
    .replace(/\\([.[\]])/g, '$1');
  const isPlain = /^(?:[a-z0-9/-]|\\[.[\]]|\\d(?:\{\d+\})?)+$/.test(shape);
  if (!isPlain) throw new Failure(`${where}: the price table has no match rule for the pattern ${pattern}`);
  return [pattern.endsWith('$') ? 'shape' : 'shape_begins', text];
}
