// The last sessions of agents.
import type { AgentSession, Dashboard } from '../common/api_types.ts';
import { count, money, percent, shareOf, wholeCount, wholeMoney } from '../common/format.ts';
import { Time } from '../common/time.tsx';
import { data } from './load.ts';
import type { Column } from './table/columns.ts';
import { DataTable } from './table/data_table.tsx';

const tokens = (row: AgentSession) => row.prompt_tokens + row.completion_tokens;
const cacheHit = (row: AgentSession) => shareOf(row.cached_tokens, row.prompt_tokens);
const keyName = (row: AgentSession) =>
  row.key_alias || (row.key === 'master' ? 'Master key' : (row.key ?? ''));

const COLUMNS: Column<AgentSession>[] = [
  {
    id: 'id',
    title: 'Session',
    value: (row) => row.id,
    show: (row) => <code class="session-id">{row.id}</code>,
    whole: (row) => row.id,
    isText: true,
  },
  { id: 'agents', title: 'Agents', value: (row) => row.agents.join(', ') || '–', isText: true },
  { id: 'key', title: 'Key', value: keyName, isText: true },
  {
    id: 'requests',
    title: 'Requests',
    value: (row) => row.requests,
    show: (row) => count(row.requests),
    whole: (row) => wholeCount(row.requests),
  },
  {
    id: 'tokens',
    title: 'Tokens',
    value: tokens,
    show: (row) => count(tokens(row)),
    whole: (row) => `${wholeCount(row.prompt_tokens)} in, ${wholeCount(row.completion_tokens)} out`,
  },
  {
    id: 'cache_hit',
    title: 'Cache hit',
    value: cacheHit,
    show: (row) => percent(cacheHit(row)),
    whole: (row) => `${wholeCount(row.cached_tokens)} of ${wholeCount(row.prompt_tokens)} prompt tokens`,
  },
  {
    id: 'cost_usd',
    title: 'Cost',
    value: (row) => row.cost_usd,
    show: (row) => money(row.cost_usd),
    whole: (row) => wholeMoney(row.cost_usd),
  },
  {
    id: 'last_at',
    title: 'Last request',
    value: (row) => row.last_at,
    show: (row) => <Time at={row.last_at} />,
  },
];

export function Sessions() {
  const { sessions, scope } = data.value as Dashboard;
  const columns = scope === 'all' ? COLUMNS : COLUMNS.filter(({ id }) => id !== 'key');
  return (
    <section class="card" aria-labelledby="sessions-title">
      <div class="card-head">
        <h2 id="sessions-title">Sessions</h2>
        <span class="label">the last ones</span>
      </div>
      {sessions.length === 0 ? (
        <p class="card-body muted">
          None in this range. Agents name their session by a header: <code>x-onellm-session</code> works
          everywhere, that of Claude Code is known.
        </p>
      ) : (
        <DataTable
          label="Sessions"
          columns={columns}
          rows={sessions}
          keyOf={(row) => `${row.key ?? ''}\n${row.id}`}
        />
      )}
    </section>
  );
}
