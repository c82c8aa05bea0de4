// What the dashboard shows, read from the rows of hours or of days.
//
// Rule: each part is one statement over the rows of its range; JavaScript sees groups, never rows.
import { exactly, halves, plainSum } from './amounts.js';
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

  constructor(sql, asked) {
    this.#sql = sql;
    this.#asked = asked;
    this.#step = STEPS[asked.step];
  }

  /** The sums of all rows from a time to another. */
  total(from, to) {
    const [row] = this.#groups({ select: SUMS, from, to });
    return sumsToJson(row);
  }

  models() {
    const { from, to, models_max } = this.#asked;
    const rows = this.#groups({
      select: `model, provider, count(*) OVER () AS groups, ${SUMS}`,
      from,
      to,
      rest: `GROUP BY model, provider ORDER BY ${BY_COST}, model, provider LIMIT ?`,
      values: [models_max],
    });
    const groups = rows[0]?.groups ?? 0;
    return {
      models: rows.map((row) => ({ model: row.model, provider: row.provider, ...sumsToJson(row) })),
      models_left_off: groups - rows.length,
      total: groups > rows.length ? this.total(from, to) : sumsToJson(addRows(rows)),
    };
  }

  /** What goes on in each step, and the cost of each series. */
  overTime() {
    const { from, to, series, series_max } = this.#asked;
    const [dearest, hasMore] = this.#dearest(NAMES[series], series_max);
    const rows = this.#groups({
      select: `${this.#step.time} AS time,
        CASE WHEN ${NAMES[series]} IN (SELECT value FROM json_each(?)) THEN ${NAMES[series]} END AS name,
        total(requests) AS requests, total(errors) AS errors, ${halves('cost_pico_usd', 'cost')},
        group_concat(latencies, '') AS latencies`,
      before: [JSON.stringify(dearest)],
      from,
      to,
      rest: 'GROUP BY 1, 2 ORDER BY 1',
    });
    const names = [...dearest, ...(hasMore ? [null] : [])];
    return {
      times: timesOf(rows),
      series: names.map((name) => ({ name: name ?? OTHER, times: pointsOf(rows, name) })),
    };
  }

  together() {
    const { from, to, together_max } = this.#asked;
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

  /** The names that a filter may choose, whatever the filters are now. */
  names() {
    const { names_key: key, names_max } = this.#asked;
    const all = (column) => this.#dearest(column, names_max, { model: null, provider: null, key })[0];
    return { models: all(NAMES.model), providers: all(NAMES.provider), keys: all(NAMES.key) };
  }

  /** @returns {[string[], boolean]} the dearest names of a column, and whether there are more; OTHER counts as more */
  #dearest(column, limit, filters = this.#asked) {
    const { from, to } = this.#asked;
    const rows = this.#groups({
      select: `${column} AS name`,
      from,
      to,
      filters,
      rest: `GROUP BY 1 ORDER BY ${BY_COST}, 1 LIMIT ?`,
      values: [limit + 2],
    });
    const names = rows.map(({ name }) => name).filter((name) => name !== OTHER);
    return [names.slice(0, limit), names.length > limit || names.length < rows.length];
  }

  #groups({ select, before = [], from, to, filters = this.#asked, where = '', rest = '', values = [] }) {
    const { rows, time } = this.#step;
    const chosen = Object.keys(NAMES).filter((name) => filters[name] !== null);
    const conditions = chosen.map((name) => `AND ${NAMES[name]} = ?`).join(' ');
    return this.#sql
      .exec(
        `SELECT ${select} FROM ${rows} WHERE ${time} >= ? AND ${time} < ? ${conditions} ${where} ${rest}`,
        ...before,
        from,
        to,
        ...chosen.map((name) => filters[name]),
        ...values,
      )
      .toArray();
  }
}

/** One row with the sums of all. */
function addRows(rows) {
  const sum = { latencies: rows.map(({ latencies }) => latencies).join('') };
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
  out.latencies = toJson(addText(row.latencies ?? ''));
  return out;
}

/** @param {any[]} rows by time */
function timesOf(rows) {
  const times = new Map();
  for (const { time, requests, errors, latencies } of rows) {
    const at = times.get(time) ?? { time, requests: 0, errors: 0, counts: newCounts() };
    at.requests += requests;
    at.errors += errors;
    addText(latencies, at.counts);
    times.set(time, at);
  }
  return [...times.values()].map(({ time, requests, errors, counts }) => ({
    time,
    requests: plainSum(requests),
    errors: plainSum(errors),
    latencies: toJson(counts),
  }));
}

const pointsOf = (rows, name) =>
  rows
    .filter((row) => row.name === name)
    .map(({ time, cost, cost_low, requests }) => [time, exactly(cost, cost_low), plainSum(requests)]);
