// Tables as files. A cell that a spreadsheet would take for a formula gets a ' before it.
import type { Cell, Column } from './columns.ts';

const FORMULA = /^[=+\-@\t\r]/;
const QUOTED = /[",\n\r]/;

function csvCell(value: Cell): string {
  if (value === null) return '';
  if (typeof value === 'number') return String(value);
  const safe = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

export function toCsv<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const lines = [
    columns.map(({ id }) => csvCell(id)),
    ...rows.map((row) => columns.map((each) => csvCell(each.value(row)))),
  ];
  return `${lines.map((cells) => cells.join(',')).join('\r\n')}\r\n`;
}

export function toJson<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const objects = rows.map((row) => Object.fromEntries(columns.map((each) => [each.id, each.value(row)])));
  return `${JSON.stringify(objects, null, 2)}\n`;
}

export function download(name: string, type: string, content: string) {
  const url = URL.createObjectURL(new Blob([content], { type }));
  const link = document.createElement('a');
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}
