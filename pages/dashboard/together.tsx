// Models that were asked together with others in one request: how often each was first, and how often it failed.
import { useMemo, useState } from 'preact/hooks';
import type { Dashboard, Together } from '../common/api_types.ts';
import { count, money, percent, shareOf, wholeCount, wholeMoney } from '../common/format.ts';
import { data } from './load.ts';
import { type Column, type Order, sorted } from './table/columns.ts';
import { DataTable } from './table/data_table.tsx';

function share(id: string, title: string, part: (row: Together) => number, isBar = false): Column<Together> {
  const value = (row: Together) => shareOf(part(row), row.asked);
  return {
    id,
    title,
    value,
    show: (row) => (
      <span class="share">
        {isBar && (
          <span class="share-bar" aria-hidden="true">
            <span style={{ width: `${value(row) * 100}%` }} />
          </span>
        )}
        <span class="share-value">{percent(value(row))}</span>
      </span>
    ),
    whole: (row) => `${wholeCount(part(row))} of ${wholeCount(row.asked)} requests`,
  };
}

const COLUMNS: Column<Together>[] = [
  { id: 'model', title: 'Model', value: (row) => row.model, isText: true },
  {
    id: 'asked',
    title: 'Requests',
    value: (row) => row.asked,
    show: (row) => count(row.asked),
    whole: (row) => wholeCount(row.asked),
  },
  share('first', 'First to answer', (row) => row.first, true),
  share('failed', 'Failed', (row) => row.failed),
  {
    id: 'cost_usd',
    title: 'Cost',
    value: (row) => row.cost_usd,
    show: (row) => money(row.cost_usd),
    whole: (row) => wholeMoney(row.cost_usd),
  },
];

export function TogetherTable() {
  const { together } = data.value as Dashboard;
  const [order, setOrder] = useState<Order>({ column: 'asked', isDescending: true });
  const rows = useMemo(() => sorted(together, COLUMNS, order), [together, order]);
  if (together.length === 0) return null;
  return (
    <section class="card" aria-labelledby="together-title">
      <div class="card-head">
        <h2 id="together-title">Several models</h2>
        <span class="label">asked together in one request</span>
      </div>
      <DataTable
        label="Several models"
        columns={COLUMNS}
        rows={rows}
        keyOf={(row) => row.model}
        order={order}
        onOrder={setOrder}
      />
    </section>
  );
}
