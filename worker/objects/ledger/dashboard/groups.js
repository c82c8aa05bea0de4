// What the dashboard shows of a range as a whole: its total, the total of the range before, models and names. One scan
// of the range groups its rows by model, provider and key; the rest is added up from these groups.
//
// Rule: there may be as many groups as rows, 200 000. So the figures of a model end with its last group, and only those
// that are shown are kept.
import { costIn, FIGURES, Figures, requestsIn } from './figures.js';
import { dearestFirst, mostAskedFirst, Names, Top } from './ranking.js';

const FIRST_FIGURE = 3;

/** Groups of the same model follow one another, and so do those of the same model and provider. */
const scan = ({ rows, time }) => `
  SELECT model, provider, "key", ${FIGURES} FROM ${rows}
  WHERE ${time} >= ? AND ${time} < ? GROUP BY 1, 2, 3 ORDER BY 1, 2, 3`;

/** The rows of a range that the filters leave. Its parameters: from, to, key, model, provider. */
export const inRange = ({ rows, time }) => `
  FROM ${rows} WHERE ${time} >= ?1 AND ${time} < ?2
    AND (?3 IS NULL OR "key" = ?3) AND (?4 IS NULL OR model = ?4) AND (?5 IS NULL OR provider = ?5)`;

/** Grouped by time, since SQLite's texts are limited, and those of latencies are joined. */
export function previousTotal(sql, table, { previous_from, from, key, model, provider }) {
  const statement = `SELECT ${FIGURES} ${inRange(table)} GROUP BY ${table.time}`;
  const total = new Figures();
  for (const row of sql.exec(statement, previous_from, from, key, model, provider).raw())
    total.addRow(row, 0);
  return total;
}

export class Groups {
  total = new Figures();
  #pairs;
  #together;
  #series = new Names();
  #named = { models: new Names(), providers: new Names(), keys: new Names() };
  /** The model and provider, and the model, whose groups are being added. */
  #pair = null;
  #model = null;

  constructor(sql, table, asked) {
    this.#pairs = new Top(asked.models_max, dearestFirst);
    this.#together = new Top(asked.together_max, mostAskedFirst);
    for (const row of sql.exec(scan(table), asked.from, asked.to).raw()) this.#addGroup(row, asked);
    this.#endModel();
  }

  /** @returns models with their provider, the dearest first */
  models() {
    const shown = this.#pairs.list();
    const models = shown.map(({ model, provider, figures }) => ({ model, provider, ...figures.toJSON() }));
    return { models, models_left_off: this.#pairs.added - shown.length };
  }

  /** @returns models that were asked together with others, the most asked first */
  together() {
    return this.#together.list().map(({ name, figures }) => ({
      model: name,
      asked: figures.sum('together_calls'),
      first: figures.sum('together_first'),
      failed: figures.sum('together_failed'),
      cost_pico_usd: figures.sum('together_cost_pico_usd'),
    }));
  }

  /** @returns the names in the range, whatever the filters are: lists `models`, `providers`, `keys` */
  names(count) {
    const lists = Object.entries(this.#named).map(([kind, names]) => [kind, names.dearest().slice(0, count)]);
    return Object.fromEntries(lists);
  }

  /** @returns {string[]} the names of the series, the dearest first */
  series() {
    return this.#series.dearest();
  }

  #addGroup(row, asked) {
    const [model, provider, key] = row;
    const names = { model, provider, key };
    const cost = costIn(row, FIRST_FIGURE);
    const requests = requestsIn(row, FIRST_FIGURE);
    if (asked.names_key === null || asked.names_key === key) {
      this.#named.models.add(model, cost, requests);
      this.#named.providers.add(provider, cost, requests);
      this.#named.keys.add(key, cost, requests);
    }
    if (!fits(names, asked)) return;
    this.#series.add(names[asked.series], cost, requests);
    this.#figuresOf(names).addRow(row, FIRST_FIGURE);
  }

  #figuresOf({ model, provider }) {
    if (this.#model?.name !== model) this.#endModel();
    this.#model ??= { name: model, figures: new Figures() };
    if (this.#pair?.provider !== provider) this.#endPair();
    this.#pair ??= { model, provider, figures: new Figures() };
    return this.#pair.figures;
  }

  #endPair() {
    if (this.#pair === null) return;
    const { model, provider, figures } = this.#pair;
    this.#pair = null;
    this.#model.figures.add(figures);
    const { cost, requests } = figures;
    this.#pairs.add({ name: JSON.stringify([model, provider]), model, provider, figures, cost, requests });
  }

  #endModel() {
    this.#endPair();
    if (this.#model === null) return;
    const { name, figures } = this.#model;
    this.#model = null;
    this.total.add(figures);
    if (figures.togetherCalls > 0) this.#together.add({ name, figures, asked: figures.togetherCalls });
  }
}

const fits = (names, { model, provider, key }) =>
  (model === null || model === names.model) &&
  (provider === null || provider === names.provider) &&
  (key === null || key === names.key);
