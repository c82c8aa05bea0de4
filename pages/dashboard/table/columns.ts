// What a column of a table is: how its cells read, sort and export.
import type { ComponentChildren } from 'preact';

export type Cell = string | number | null;

export interface Column<Row> {
  /** The name in exports. */
  id: string;
  title: string;
  value: (row: Row) => Cell;
  /** Without it the value is shown as it stands. */
  show?: (row: Row) => ComponentChildren;
  /** The whole figure. */
  whole?: (row: Row) => string;
  isText?: boolean;
  /** Not shown on a phone. */
  isMinor?: boolean;
}

export function classOf<Row>({ isText, isMinor }: Column<Row>): string {
  return [isText ? '' : 'number', isMinor ? 'is-minor' : ''].filter(Boolean).join(' ');
}

export interface Order {
  column: string;
  isDescending: boolean;
}

/** A sorted copy. What is not known comes last in both directions. */
export function sorted<Row>(rows: readonly Row[], columns: readonly Column<Row>[], order: Order): Row[] {
  const column = columns.find(({ id }) => id === order.column);
  if (!column) return [...rows];
  const sign = order.isDescending ? -1 : 1;
  return [...rows].sort((a, b) => {
    const [left, right] = [column.value(a), column.value(b)];
    if (left === null || right === null) return Number(left === null) - Number(right === null);
    if (typeof left === 'number' && typeof right === 'number') return sign * (left - right);
    return sign * String(left).localeCompare(String(right));
  });
}
