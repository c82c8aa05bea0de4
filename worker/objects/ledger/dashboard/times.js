// What the dashboard shows over time: requests, errors and latencies, and the cost of each series. One scan of the rows
// of the range, which SQLite groups by time and series.
import { exactly, highSum, lowSum, plainSum } from '../amounts.js';
import { OTHER } from '../columns.js';
import { addText, newCounts, toJson } from '../latencies.js';
import { inRange } from './groups.js';

const SERIES = { model: 'model', provider: 'provider', key: '"key"' };

/** A group without a name has the rows of all series that are not shown. */
const scan = (table, series) => `
  SELECT
    ${table.time}, CASE WHEN ${SERIES[series]} IN (SELECT value FROM json_each(?6)) THEN ${SERIES[series]} END,
    total(requests), total(errors), ${highSum('cost_pico_usd')}, ${lowSum('cost_pico_usd')},
    group_concat(latencies, '')
  ${inRange(table)} GROUP BY 1, 2`;

/**
 * @param {string[]} shown the names of the series that are shown, in their order
 * @returns `times` and `series`, for the core
 */
export function overTime(sql, table, asked, shown) {
  const times = new Map();
  const series = new Map(shown.map((name) => [name, []]));
  const { from, to, key, model, provider } = asked;
  const statement = scan(table, asked.series);
  for (const row of sql.exec(statement, from, to, key, model, provider, JSON.stringify(shown)).raw()) {
    const [time, name, requests, errors, high, low, latencies] = row;
    addTime(times, { time, requests, errors, latencies });
    const shownAs = name ?? OTHER;
    if (!series.has(shownAs)) series.set(shownAs, []);
    series.get(shownAs).push([time, exactly(high, low), plainSum(requests)]);
  }
  return {
    times: [...times.values()].map(({ time, requests, errors, latencies }) => ({
      time,
      requests: plainSum(requests),
      errors: plainSum(errors),
      latencies: toJson(latencies),
    })),
    series: [...series].map(([name, points]) => ({ name, times: points })),
  };
}

function addTime(times, { time, requests, errors, latencies }) {
  let known = times.get(time);
  if (known === undefined) {
    times.set(time, (known = { time, requests: 0, errors: 0, latencies: newCounts() }));
  }
  known.requests += requests;
  known.errors += errors;
  addText(latencies, known.latencies);
}
