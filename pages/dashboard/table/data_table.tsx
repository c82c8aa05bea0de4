// A table that a click on a column's name sorts. The first column stays in sight where the rest scrolls.
import { type Column, classOf, type Order } from './columns.ts';

interface Props<Row> {
  label: string;
  columns: Column<Row>[];
  rows: Row[];
  keyOf: (row: Row) => string;
  order?: Order;
  onOrder?: (order: Order) => void;
}

export function DataTable<Row>({ label, columns, rows, keyOf, order, onOrder }: Props<Row>) {
  return (
    <div class="table-ground" role="group" aria-label={label} tabIndex={0}>
      <table>
        <thead>
          <tr>
            {columns.map((column) => (
              <Head key={column.id} column={column} order={order} onOrder={onOrder} />
            ))}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={keyOf(row)}>
              {columns.map((column, index) => {
                const Tag = index === 0 ? 'th' : 'td';
                return (
                  <Tag
                    key={column.id}
                    scope={index === 0 ? 'row' : undefined}
                    class={classOf(column)}
                    title={column.whole?.(row)}
                  >
                    {column.show ? column.show(row) : (column.value(row) ?? '–')}
                  </Tag>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

interface HeadProps<Row> {
  column: Column<Row>;
  order: Order | undefined;
  onOrder: ((order: Order) => void) | undefined;
}

function Head<Row>({ column, order, onOrder }: HeadProps<Row>) {
  const { id, title, isText } = column;
  const isSorted = order?.column === id;
  const direction = order?.isDescending ? 'descending' : 'ascending';
  const sort = () => onOrder?.({ column: id, isDescending: isSorted ? !order.isDescending : !isText });
  return (
    <th scope="col" class={classOf(column)} aria-sort={isSorted ? direction : undefined}>
      {onOrder ? (
        <button type="button" onClick={sort}>
          {title}
          <span aria-hidden="true" class="sort-mark">
            {isSorted ? (order.isDescending ? '↓' : '↑') : ''}
          </span>
        </button>
      ) : (
        title
      )}
    </th>
  );
}
