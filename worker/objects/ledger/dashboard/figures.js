// The sums of some rows as JavaScript adds them up: read from rows of SQL, added to others, written for the core.
import { exactly, highSum, lowSum, plainSum, roughly } from '../amounts.js';
import { ALL_SUMS, isMoney } from '../columns.js';
import { addCounts, addText, newCounts, toJson } from '../latencies.js';

const MONEY = ALL_SUMS.filter(isMoney);
const PLAIN = ALL_SUMS.filter((sum) => !isMoney(sum));

/** SQL for the values of one Figures, in the order that `Figures.addRow` takes them. */
export const FIGURES = [
  ...PLAIN.map((sum) => `total(${sum})`),
  ...MONEY.map(highSum),
  ...MONEY.map(lowSum),
  "group_concat(latencies, '')",
].join(', ');

const HIGH = PLAIN.length;
const LOW = HIGH + MONEY.length;
const VALUES = LOW + MONEY.length;

const REQUESTS = PLAIN.indexOf('requests');
const COST = MONEY.indexOf('cost_pico_usd');
const TOGETHER_CALLS = PLAIN.indexOf('together_calls');

/** Of the values of FIGURES, which stand in a raw row from place `at` on, those that names are sorted by. */
export const requestsIn = (row, at) => row[at + REQUESTS];
export const costIn = (row, at) => roughly(row[at + HIGH + COST], row[at + LOW + COST]);

export class Figures {
  #values = new Array(VALUES).fill(0);
  #latencies = newCounts();

  /** @param {any[]} row a raw row with the values of FIGURES from place `at` on */
  addRow(row, at) {
    for (let i = 0; i < VALUES; i++) this.#values[i] += row[at + i];
    addText(row[at + VALUES], this.#latencies);
  }

  /** @param {Figures} other */
  add(other) {
    for (let i = 0; i < VALUES; i++) this.#values[i] += other.#values[i];
    addCounts(this.#latencies, other.#latencies);
  }

  /** To compare; it may be rounded. */
  get cost() {
    return costIn(this.#values, 0);
  }
  get requests() {
    return requestsIn(this.#values, 0);
  }
  get togetherCalls() {
    return this.#values[TOGETHER_CALLS];
  }

  /** A sum for the core. */
  sum(name) {
    if (!isMoney(name)) return plainSum(this.#values[PLAIN.indexOf(name)]);
    const i = MONEY.indexOf(name);
    return exactly(this.#values[HIGH + i], this.#values[LOW + i]);
  }

  toJSON() {
    const sums = Object.fromEntries(ALL_SUMS.map((name) => [name, this.sum(name)]));
    return { ...sums, latencies: toJson(this.#latencies) };
  }
}
