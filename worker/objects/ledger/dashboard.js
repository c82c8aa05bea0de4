// What the dashboard shows, read from the rows of hours or of days.
//
// Rule: JavaScript sees groups, never rows; and a statement over all rows of the range is not run twice, since the
// statements are what a dashboard costs.
import { exactly, halves, plainSum, roughly } from './amounts.js';
import { ALL_SUMS, DAY_MS, DAYS, groupSum, HOUR_MS, HOURS, isMoney, OTHER } from './columns.js';
import { addText, newCounts, toJson } from './latencies.js';
import { lastSessions } from './sessions.js';

const STEPS = { hour: { ...HOURS, ms: HOUR_MS }, day: { ...DAYS, ms: DAY_MS } };
const NAMES = { model: 'model', provider: 'provider', key: '"key"' };

const SUMS = `${ALL_SUMS.map(groupSum).join(', ')}, group_concat(latencies, '') AS latencies`;
const BY_COST = 'total(cost_pico_usd) DESC, total(requests) DESC, total(calls) DESC';

/**
 * @param {SqlStorage} sql
 * @param {Record<string, any>} asked src/gateway/usage/dashboard/query.h
 * @returns {object} src/gateway/usage/dashboard/figures.h
 */
export function readDashboard(sql, asked) {
  const view = new View(sql, asked);
  const { models, models_left_off, total } = view.models();
  return {
    total,
    previous: view.total(asked.previous_from, asked.from),
    ...view.overTime(),
    models,
    models_left_off,
    together: view.together(),
    sessions: view.sessions(),
    names: view.names(),
  };
}

class View {
  #sql;
  #asked;
  #step;
  /** The groups of models(), if they are all there are. */
  #allModels = null;

  constructor(sql, asked) {
    this.#sql = sql;
    this.#asked = asked;
    this.#step = STEPS[asked.step];
  }

  /** The sums of all rows from a time to another. */
  total(from, to) {
    const [row] = this.#groups({ select: SUMS, from, to });
    return sumsToJson(withCounts(row));
  }

  models() {
    const { from, to, models_max } = this.#asked;
    const rows = this.#groups({
      select: `model, provider, ${SUMS}`,
      from,
      to,
      rest: `GROUP BY model, provider ORDER BY ${BY_COST}, model, provider LIMIT ?`,
      values: [models_max + 1],
    }).map(withCounts);
    const isAll = rows.length <= models_max;
    if (isAll) this.#allModels = rows;
    const shown = rows.slice(0, models_max);
    return {
      models: shown.map((row) => ({ model: row.model, provider: row.provider, ...sumsToJson(row) })),
      models_left_off: isAll ? 0 : this.#countModels() - models_max,
      total: isAll ? sumsToJson(addRows(rows)) : this.total(from, to),
    };
  }

  #countModels() {
    const { from, to } = this.#asked;
    const [{ count }] = this.#groups({
      select: "count(DISTINCT length(model) || ':' || model || provider) AS count",
      from,
      to,
    });
    return count;
  }

  /** What goes on in each step, and the cost of each series. */
  overTime() {
    const { from, to, series } = this.#asked;
    const [dearest, hasMore] = this.#dearest();
    const { time } = this.#step;
    const sums = `total(requests) AS requests, ${halves('cost_pico_usd', 'cost')}`;
    const times = this.#groups({
      select: `${time} AS time, total(errors) AS errors, ${sums}, group_concat(latencies, '') AS latencies`,
      from,
      to,
      rest: 'GROUP BY 1 ORDER BY 1',
    });
    const points = this.#groups({
      select: `${time} AS time, ${NAMES[series]} AS name, ${sums}`,
      from,
      to,
      where: `AND ${NAMES[series]} IN (SELECT value FROM json_each(?))`,
      rest: 'GROUP BY 1, 2 ORDER BY 1',
      values: [JSON.stringify(dearest)],
    });
    const named = dearest.map((name) => ({ name, points: points.filter((each) => each.name === name) }));
    const others = { name: OTHER, points: withoutPoints(times, points) };
    return {
      times: times.map(timeToJson),
      series: [...named, ...(hasMore ? [others] : [])].map(seriesToJson),
    };
  }

  together() {
    const { from, to, together_max } = this.#asked;
    const isKnown = this.#allModels !== null;
    if (isKnown && this.#allModels.every(({ together_calls }) => together_calls === 0)) return [];
    const rows = this.#groups({
      select: `model, total(together_calls) AS asked, total(together_first) AS first,
        total(together_failed) AS failed, ${halves('together_cost_pico_usd', 'cost')}`,
      from,
      to,
      where: 'AND together_calls > 0',
      rest: 'GROUP BY model ORDER BY 2 DESC, 1 LIMIT ?',
      values: [together_max],
    });
    return rows.map(({ model, asked, first, failed, cost, cost_low }) => ({
      model,
      asked: plainSum(asked),
      first: plainSum(first),
      failed: plainSum(failed),
      cost_pico_usd: exactly(cost, cost_low),
    }));
  }

  sessions() {
    const { from, to, key, sessions_max } = this.#asked;
    const { ms } = this.#step;
    return lastSessions(this.#sql, { from_ms: from * ms, to_ms: to * ms, key, limit: sessions_max });
  }

  /** The names that a filter may choose, whatever the filters are now: all by name, else the dearest. */
  names() {
    const { names_key: key, names_max } = this.#asked;
    const filters = { model: null, provider: null, key };
    const some = (kind) => {
      const names = this.#distinctNames(kind, filters, names_max);
      return names.length <= names_max ? names.sort() : this.#namesByCost(kind, names_max, filters);
    };
    const withoutOther = (names) => names.filter((name) => name !== OTHER);
    return {
      models: withoutOther(some('model')),
      providers: withoutOther(some('provider')),
      keys: withoutOther(some('key')),
    };
  }

  /** @returns {string[]} in no order, and if there are more than `limit` one more than that */
  #distinctNames(kind, filters, limit) {
    const { from, to } = this.#asked;
    const select = `DISTINCT ${NAMES[kind]} AS name`;
    return this.#groups({ select, from, to, filters, rest: 'LIMIT ?', values: [limit + 1] }).map(toName);
  }

  /** @returns {string[]} the dearest first */
  #namesByCost(kind, limit, filters = this.#asked) {
    const { from, to } = this.#asked;
    const select = `${NAMES[kind]} AS name`;
    const rest = `GROUP BY 1 ORDER BY ${BY_COST}, 1 LIMIT ?`;
    return this.#groups({ select, from, to, filters, rest, values: [limit] }).map(toName);
  }

  /** @returns {[string[], boolean]} the dearest names of the series, and whether there are more; OTHER counts as more */
  #dearest() {
    const { series, series_max } = this.#asked;
    const isKnown = this.#allModels !== null && series !== 'key';
    const names = isKnown ? namesByCost(this.#allModels, series) : this.#namesByCost(series, series_max + 2);
    const some = names.filter((name) => name !== OTHER).slice(0, series_max);
    return [some, some.length < names.length];
  }

  #groups({ select, from, to, filters = this.#asked, where = '', rest = '', values = [] }) {
    const { rows, time } = this.#step;
    const chosen = Object.keys(NAMES).filter((name) => filters[name] !== null);
    const conditions = chosen.map((name) => `AND ${NAMES[name]} = ?`).join(' ');
    return this.#sql
      .exec(
        `SELECT ${select} FROM ${rows} WHERE ${time} >= ? AND ${time} < ? ${conditions} ${where} ${rest}`,
        from,
        to,
        ...chosen.map((name) => filters[name]),
        ...values,
      )
      .toArray();
  }
}

const toName = ({ name }) => name;

/** @param {any[]} rows groups with sums */
function namesByCost(rows, kind) {
  const costs = new Map();
  for (const row of rows) {
    const cost = roughly(row.cost_pico_usd, row.cost_pico_usd_low);
    costs.set(row[kind], (costs.get(row[kind]) ?? 0) + cost);
  }
  return [...costs].sort(([, one], [, other]) => other - one).map(([name]) => name);
}

const withCounts = ({ latencies, ...row }) => ({ ...row, counts: addText(latencies ?? '') });

/** One row with the sums of all. */
function addRows(rows) {
  const counts = newCounts();
  for (const row of rows) for (const [bucket, count] of row.counts.entries()) counts[bucket] += count;
  const sum = { counts };
  const add = (name) => {
    sum[name] = rows.reduce((all, row) => all + row[name], 0);
  };
  for (const name of ALL_SUMS) {
    add(name);
    if (isMoney(name)) add(`${name}_low`);
  }
  return sum;
}

function sumsToJson(row) {
  const out = {};
  for (const name of ALL_SUMS) {
    out[name] = isMoney(name) ? exactly(row[name], row[`${name}_low`]) : plainSum(row[name]);
  }
  out.latencies = toJson(row.counts);
  return out;
}

const timeToJson = ({ time, requests, errors, latencies }) => ({
  time,
  requests: plainSum(requests),
  errors: plainSum(errors),
  latencies: toJson(addText(latencies)),
});

const seriesToJson = ({ name, points }) => ({
  name,
  times: points.map(({ time, cost, cost_low, requests }) => [
    time,
    exactly(cost, cost_low),
    plainSum(requests),
  ]),
});

/** What is left of each step without these points. */
function withoutPoints(times, points) {
  const left = new Map(times.map((each) => [each.time, { ...each }]));
  for (const { time, requests, cost, cost_low } of points) {
    const at = left.get(time);
    at.requests -= requests;
    at.cost -= cost;
    at.cost_low -= cost_low;
  }
  return [...left.values()].filter(({ requests, cost, cost_low }) => requests || cost || cost_low);
}
