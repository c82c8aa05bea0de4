// Models and what each was asked, used and cost. Sorted by a click; exported as it is seen.
import { useMemo, useState } from 'preact/hooks';
import type { Dashboard, ModelRow } from '../common/api_types.ts';
import { colourClass, colourNumber } from '../common/colours.ts';
import { count, duration, money, wholeCount, wholeDuration, wholeMoney } from '../common/format.ts';
import { changeQuery } from '../common/url.ts';
import { data } from './load.ts';
import { type Column, type Order, sorted } from './table/columns.ts';
import { DataTable } from './table/data_table.tsx';
import { download, toCsv, toJson } from './table/export.ts';

const PER_SECOND_UNIT = 't/s';

function counts(id: string, title: string, value: (row: ModelRow) => number): Column<ModelRow> {
  return { id, title, value, show: (row) => count(value(row)), whole: (row) => wholeCount(value(row)) };
}

function times(id: string, title: string, value: (row: ModelRow) => number | null): Column<ModelRow> {
  const shown = (row: ModelRow, form: (ms: number) => string, otherwise: string) => {
    const ms = value(row);
    return ms === null ? otherwise : form(ms);
  };
  return {
    id,
    title,
    value,
    show: (row) => shown(row, duration, '–'),
    whole: (row) => shown(row, wholeDuration, 'Not known'),
  };
}

const COLUMNS: Column<ModelRow>[] = [
  {
    id: 'model',
    title: 'Model',
    value: (row) => row.model,
    show: (row) => <ModelName row={row} />,
    isText: true,
  },
  { id: 'provider', title: 'Provider', value: (row) => row.provider, isText: true, isMinor: true },
  {
    id: 'cost_usd',
    title: 'Cost',
    value: (row) => row.cost_usd,
    show: (row) => <Cost row={row} />,
    whole: (row) => wholeMoney(row.cost_usd),
  },
  counts('requests', 'Requests', (row) => row.requests),
  counts('errors', 'Errors', (row) => row.errors),
  counts('prompt_tokens', 'In', (row) => row.prompt_tokens),
  counts('cached_tokens', 'Cached', (row) => row.cached_tokens),
  counts('completion_tokens', 'Out', (row) => row.completion_tokens),
  counts('reasoning_tokens', 'Reasoning', (row) => row.reasoning_tokens),
  times('first_token_p50_ms', 'p50', (row) => row.first_token_p50_ms),
  times('first_token_p95_ms', 'p95', (row) => row.first_token_p95_ms),
  {
    id: 'tokens_per_second',
    title: 'Speed',
    value: (row) => row.tokens_per_second,
    show: (row) =>
      row.tokens_per_second === null ? '–' : `${count(row.tokens_per_second)}\u00a0${PER_SECOND_UNIT}`,
    whole: () => 'Tokens a second, from the first token to the end',
  },
];

function ModelName({ row }: { row: ModelRow }) {
  const { series, series_by: by } = data.value as Dashboard;
  const names = by === 'model' ? series.map(({ name }) => name) : [];
  return (
    <button
      type="button"
      class={`name-button ${colourClass(names.includes(row.model) ? colourNumber(row.model, names) : -1)}`}
      title={row.model}
      onClick={() => changeQuery({ model: row.model })}
    >
      <span class="dot" />
      <span class="name-text">{row.model}</span>
    </button>
  );
}

function Cost({ row }: { row: ModelRow }) {
  if (row.cost_usd === 0 && row.unpriced_calls > 0) return <span class="warn">no price</span>;
  return <>{money(row.cost_usd)}</>;
}

export function ModelTable() {
  const { models, models_left_off: leftOff, from, to } = data.value as Dashboard;
  const [order, setOrder] = useState<Order>({ column: 'cost_usd', isDescending: true });
  const rows = useMemo(() => sorted(models, COLUMNS, order), [models, order]);
  const name = `models_${from.slice(0, 10)}_${to.slice(0, 10)}`;
  return (
    <section class="card" aria-labelledby="models-title">
      <div class="card-head">
        <h2 id="models-title">Models</h2>
        <span class="label">
          {wholeCount(models.length)}
          {leftOff > 0 && `, ${wholeCount(leftOff)} more left off`}
        </span>
        <button
          type="button"
          class="button quiet"
          onClick={() => download(`${name}.csv`, 'text/csv', toCsv(rows, COLUMNS))}
        >
          CSV
        </button>
        <button
          type="button"
          class="button quiet"
          onClick={() => download(`${name}.json`, 'application/json', toJson(rows, COLUMNS))}
        >
          JSON
        </button>
      </div>
      <DataTable
        label="Models"
        columns={COLUMNS}
        rows={rows}
        keyOf={(row) => `${row.provider}\n${row.model}`}
        order={order}
        onOrder={setOrder}
      />
    </section>
  );
}
