// All that the dashboard shows, from three scans of the rows of hours or of days, one of them of the range before, and the last
// sessions.
import { OTHER } from '../columns.js';
import { newestSessions } from '../sessions.js';
import { DAYS, HOURS } from '../tables.js';
import { Groups, previousTotal } from './groups.js';
import { overTime } from './times.js';

const HOUR_MS = 3_600_000;

/**
 * @param {any} asked `step` (`hour` or `day`); `from`, `to` (excluded) and `previous_from` in steps since 1970; `series`
 *   (`model`, `provider` or `key`); the filters `model`, `provider` and `key` or null; `names_key`: the key whose names
 *   are wanted, or null; `series_max`, `models_max`, `together_max`, `sessions_max`, `names_max`
 * @returns an object for the core (src/gateway/usage/dashboard/)
 */
export function dashboard(sql, asked) {
  const table = asked.step === 'day' ? DAYS : HOURS;
  const groups = new Groups(sql, table, asked);
  const stepMs = table.hours * HOUR_MS;
  return {
    total: groups.total,
    previous: previousTotal(sql, table, asked),
    ...overTime(sql, table, asked, shownSeries(groups, asked.series_max)),
    ...groups.models(),
    together: groups.together(),
    sessions: newestSessions(sql, {
      from_ms: asked.from * stepMs,
      to_ms: asked.to * stepMs,
      key: asked.key,
      count: asked.sessions_max,
    }),
    names: groups.names(asked.names_max),
  };
}

/** The dearest series. Rows that were added to `(other)` count as others here too. */
function shownSeries(groups, count) {
  const names = groups.series().filter((name) => name !== OTHER);
  return names.slice(0, count);
}
