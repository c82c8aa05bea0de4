// Which names and models come first, without keeping the figures of all that come later.

const byName = (a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0);

/** For objects with `name`, `cost` and `requests`. */
export const dearestFirst = (a, b) => b.cost - a.cost || b.requests - a.requests || byName(a, b);

/** For objects with `name` and `asked`. */
export const mostAskedFirst = (a, b) => b.asked - a.asked || byName(a, b);

/** The cost of each name. */
export class Names {
  #byName = new Map();

  add(name, cost, requests) {
    const known = this.#byName.get(name);
    if (known === undefined) {
      this.#byName.set(name, { name, cost, requests });
    } else {
      known.cost += cost;
      known.requests += requests;
    }
  }

  /** @returns {string[]} */
  dearest() {
    return [...this.#byName.values()].sort(dearestFirst).map(({ name }) => name);
  }
}

/** The first ones of many in some order. Never keeps more than twice as many. */
export class Top {
  #count;
  #compare;
  #kept = [];
  added = 0;

  constructor(count, compare) {
    this.#count = count;
    this.#compare = compare;
  }

  add(item) {
    this.added++;
    this.#kept.push(item);
    if (this.#kept.length > 2 * this.#count) this.#cut();
  }

  list() {
    this.#cut();
    return this.#kept;
  }

  #cut() {
    this.#kept.sort(this.#compare).splice(this.#count);
  }
}
