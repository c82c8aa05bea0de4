// Prices of @pydantic/genai-prices as the bytes that src/prices/price_table.cpp reads, in whole
// pico-dollars for one token, search or request.
//
//   schedule: periods, the first that the time lies in holds; the last is kAlways
//   period:   kAlways | kFromDay, day since 1970 | kTimeOfDay, first and last second; then the number of
//             steps, and the steps
//   step:     how many prompt tokens a request must have more than (the first step: none); then a mask
//             of what has a price, and the prices, from the lowest bit of the mask
//   price:    digits * 10 + zeros, so that 2500000 is 25 and five zeros
//
// All numbers are LEB128 (varints).

import { Failure } from './failure.mjs';

/** What is priced: bit of the mask = place, as in src/prices/units.h. */
export const units = [
  'input_mtok',
  'output_mtok',
  'cache_read_mtok',
  'cache_write_mtok',
  'web_searches_kcount',
  'requests_kcount',
  'input_audio_mtok',
  'output_audio_mtok',
  'output_image_mtok',
  'output_reasoning_mtok',
  'cache_write_1h_mtok',
  'cache_audio_read_mtok',
];

// What no chat completion uses, or no usage of one says; it changes nothing for all else.
const harmless = [
  'audio_hours',
  'input_audio_hours',
  'input_text_messages_kcount',
  'input_document_kpages',
  'input_annotated_document_kpages',
  'storage_searches_kcount',
];

// What may be used without our seeing how much: such a model has no known price.
const unseen = [
  'input_image_mtok',
  'cache_image_read_mtok',
  'input_video_mtok',
  'output_video_mtok',
  'output_citation_mtok',
];

const kAlways = 0;
const kFromDay = 1;
const kTimeOfDay = 2;

/**
 * The schedule of a model, in the order in which its periods are tried.
 * @param {object} model of the package
 * @param {string} where for a failure's message
 * @returns {Buffer}
 */
export function encodeSchedule(model, where) {
  const all = Array.isArray(model.prices) ? model.prices : [{ prices: model.prices }];
  const tried = [];
  for (const period of [...all].reverse()) {
    tried.push(period);
    if (period.constraint === undefined) break;
  }
  // Where none holds, the first is taken as if it had no condition.
  if (tried.at(-1).constraint !== undefined) tried.push({ prices: all[0].prices });
  return Buffer.concat(
    tried.flatMap(({ constraint, prices }) => [
      encodeConstraint(constraint, where),
      encodeSteps(prices, model, where),
    ]),
  );
}

/** Schedules that many models share stand once; a model's row says where. */
export class Schedules {
  /** @type {Buffer[]} */
  parts = [];
  #places = new Map();
  #size = 0;

  /** @param {Buffer} schedule */
  placeOf(schedule) {
    const key = schedule.toString('latin1');
    if (!this.#places.has(key)) {
      this.#places.set(key, this.#size);
      this.parts.push(schedule);
      this.#size += schedule.length;
    }
    return this.#places.get(key);
  }
}

function encodeConstraint(constraint, where) {
  if (constraint === undefined) return varint(kAlways);
  const { type, start_date: date, start_time: start, end_time: end, ...rest } = constraint;
  if (Object.keys(rest).length === 0) {
    if (type === 'start_date' && start === undefined) return concat(kFromDay, dayOf(date, where));
    if (type === 'time_of_date' && date === undefined) {
      return concat(kTimeOfDay, secondOf(start, where), secondOf(end, where));
    }
  }
  throw new Failure(`${where}: the price table does not know the condition ${JSON.stringify(constraint)}`);
}

function dayOf(date, where) {
  const day = Date.parse(`${date}T00:00:00Z`) / 86_400_000;
  if (!/^\d{4}-\d\d-\d\d$/.test(date) || !Number.isInteger(day))
    throw new Failure(`${where}: no date: ${date}`);
  return day;
}

function secondOf(time, where) {
  const match = /^([01]\d|2[0-3]):([0-5]\d):([0-5]\d)Z$/.exec(time);
  if (!match) throw new Failure(`${where}: no time of day in UTC: ${time}`);
  return Number(match[1]) * 3600 + Number(match[2]) * 60 + Number(match[3]);
}

/** Each tier becomes a step that has all prices, those that it changes and those that it does not. */
function encodeSteps(prices, model, where) {
  const known = knownPrices(prices, model, where);
  const starts = new Set(known.flatMap(([, price]) => (price.tiers ?? []).map(({ start }) => start)));
  const steps = [-1, ...[...starts].sort((a, b) => a - b)];
  return concat(
    steps.length,
    ...steps.map((start) => {
      const values = known.map(([unit, price]) => [unit, priceAt(price, start)]);
      values.sort(([a], [b]) => a - b);
      const mask = values.reduce((bits, [unit]) => bits | (1 << unit), 0);
      const coded = values.map(([unit, value]) => encodePrice(picoDollars(value, units[unit], where)));
      return concat(...(start < 0 ? [] : [start]), mask, ...coded);
    }),
  );
}

/** What has a price and can be counted, as [place in `units`, price]. */
function knownPrices(prices, model, where) {
  const keys = Object.keys(prices);
  const unknown = keys.filter((key) => ![...units, ...harmless, ...unseen].includes(key));
  if (unknown.length > 0) throw new Failure(`${where}: the price table does not know ${unknown.join(', ')}`);
  if (keys.some((key) => unseen.includes(key))) return [];
  if (keys.length === 0 && saysFree(model)) {
    return [
      [0, 0],
      [1, 0],
    ];
  }
  return keys.filter((key) => units.includes(key)).map((key) => [units.indexOf(key), prices[key]]);
}

/** A model without any price is free only if the package says so in words; else it has no known price. */
function saysFree(model) {
  return /\bfree\b/i.test([model.id, model.name, model.description, model.price_comments].join(' '));
}

function priceAt(price, start) {
  if (typeof price === 'number') return price;
  const sorted = [...price.tiers].sort((a, b) => a.start - b.start);
  return sorted.filter((tier) => tier.start <= start).at(-1)?.price ?? price.base;
}

/** The price of one, exactly: its decimal text is shifted, never multiplied. */
function picoDollars(price, unit, where) {
  const decimals = unit.endsWith('_kcount') ? 9 : 6;
  const match = /^(\d+)(?:\.(\d+))?$/.exec(String(price));
  const fraction = match?.[2] ?? '';
  if (!match || fraction.length > decimals) throw new Failure(`${where}: ${unit} has the price ${price}`);
  return BigInt(match[1] + fraction.padEnd(decimals, '0'));
}

function encodePrice(pico) {
  let zeros = 0;
  let digits = pico;
  while (digits !== 0n && zeros < 9 && digits % 10n === 0n) {
    digits /= 10n;
    zeros += 1;
  }
  return varint(digits * 10n + BigInt(zeros));
}

/** LEB128 without sign. https://en.wikipedia.org/wiki/LEB128 */
export function varint(number) {
  const bytes = [];
  let rest = BigInt(number);
  for (; rest > 0x7fn; rest >>= 7n) bytes.push(Number(rest & 0x7fn) | 0x80);
  return Buffer.from([...bytes, Number(rest)]);
}

function concat(...parts) {
  return Buffer.concat(parts.map((part) => (Buffer.isBuffer(part) ? part : varint(part))));
}
