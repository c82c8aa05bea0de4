// Values that stand on one another.

/** Sums from the first series up: the last is the height of the whole. */
export function stacked(series: readonly number[][]): number[][] {
  const sums: number[][] = [];
  for (const values of series) {
    const below = sums.at(-1);
    sums.push(values.map((value, index) => value + (below?.[index] ?? 0)));
  }
  return sums;
}

/** Which series of a stack lies at this height; -1: above all. */
export function seriesAt(sums: readonly number[][], index: number, value: number): number {
  return value < 0 ? -1 : sums.findIndex((each) => value <= (each[index] ?? 0));
}
