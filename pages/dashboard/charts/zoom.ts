// The zoom that all charts share.
import type uPlot from 'uplot';
import { zoom } from '../load.ts';
import { fullRange, type PlotInput } from './plot.ts';
import { SECONDS } from './times.ts';

const BUCKETS_MIN = 2;

/** Shows `factor` times as much, around the bucket that is read, else around the middle. */
export function zoomBy(plot: uPlot, input: PlotInput, factor: number): null {
  const [first, last] = fullRange(input);
  const [min, max] = zoom.peek() ?? [first, last];
  const read = plot.cursor.idx == null ? undefined : plot.data[0][plot.cursor.idx];
  const middle = read ?? (min + max) / 2;
  const width = Math.max((max - min) * factor, BUCKETS_MIN * SECONDS[input.step]);
  if (width >= last - first) {
    zoom.value = null;
    return null;
  }
  const start = Math.min(Math.max(middle - width / 2, first), last - width);
  zoom.value = [start, start + width];
  return null;
}
