// Options of uPlot for the dashboard's charts: one look, one axis of time.
//
// A bucket is drawn in the middle between its start and its end, so that bars stand between the marks of the axis.
import uPlot from 'uplot';
import type { Step } from '../../common/api_types.ts';
import { resolved } from '../../common/colours.ts';
import { SECONDS, tickName } from './times.ts';

export interface PlotSeries {
  values: (number | null)[];
  colour: string;
  kind: 'bar' | 'line';
  isDashed?: boolean;
}

export interface PlotInput {
  times: number[];
  step: Step;
  /** Bars that stand on one another are cumulative, the highest first. */
  series: PlotSeries[];
  format: (value: number) => string;
  /** Only whole numbers make sense on the axis. */
  isWhole?: boolean;
}

const AXIS_WIDTH = 60;
const AXIS_HEIGHT = 28;
const PADDING_RIGHT = 4;
const CHARACTER_WIDTH = 6.5;
const BAR_SHARE = 0.78;
const BAR_PX_MAX = 48;
const POINTS_SHOWN_MAX = 32;
const WHOLE_INCREMENTS = [1, 2, 5].flatMap((digit) =>
  Array.from({ length: 13 }, (_, power) => digit * 10 ** power),
);

export function plotData({ times, step, series }: PlotInput): uPlot.AlignedData {
  const half = SECONDS[step] / 2;
  return [times.map((time) => time + half), ...series.map(({ values }) => values)] as uPlot.AlignedData;
}

export function fullRange({ times, step }: PlotInput): [number, number] {
  const first = times[0] ?? 0;
  return [first, (times.at(-1) ?? first) + SECONDS[step]];
}

/** @param hooks of the chart that uses the plot */
export function plotOptions(
  input: PlotInput,
  width: number,
  height: number,
  hooks: uPlot.Hooks.Arrays,
): uPlot.Options {
  const { step, format } = input;
  return {
    width,
    height,
    padding: [8, PADDING_RIGHT, 0, 0],
    legend: { show: false },
    tzDate: (seconds) =>
      step === 'day' ? uPlot.tzDate(new Date(seconds * 1000), 'Etc/UTC') : new Date(seconds * 1000),
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false, dist: 6 },
      points: { show: false },
      sync: { key: 'time', scales: ['x', null], filters: { pub: isMove, sub: isMove } },
    },
    scales: {
      x: { time: true, range: (_, min, max) => [min, max] },
      y: { range: (_, __, max) => [0, max > 0 ? max * 1.06 : 1] },
    },
    axes: [timeAxis(step), valueAxis(format, input.isWhole === true)],
    series: [{}, ...input.series.map((each) => seriesOptions(each, input.times.length))],
    hooks,
  };
}

const isMove = (type: string) => type === 'mousemove' || type === 'mouseleave';

function look(): Pick<uPlot.Axis, 'stroke' | 'font' | 'grid' | 'ticks'> {
  return {
    stroke: resolved('--muted'),
    font: `12px ${getComputedStyle(document.body).fontFamily}`,
    grid: { stroke: resolved('--line'), width: 1 },
    ticks: { show: false },
  };
}

function timeAxis(step: Step): uPlot.Axis {
  return {
    ...look(),
    grid: { show: false },
    size: AXIS_HEIGHT,
    gap: 6,
    space: 64,
    incrs:
      step === 'hour'
        ? [1, 2, 3, 6, 12, 24, 48].map((hours) => hours * 3600)
        : [1, 2, 7, 14, 30, 61, 91].map((days) => days * 86_400),
    values: (plot, splits) =>
      splits.map((split) => {
        const name = tickName(split, step);
        return fits(plot, split, name) ? name : '';
      }),
  };
}

/** A name that the right edge would cut off is left out. */
function fits({ width, scales: { x } }: uPlot, at: number, name: string): boolean {
  const from = x?.min ?? 0;
  const span = (x?.max ?? 0) - from;
  const plotted = width - AXIS_WIDTH - PADDING_RIGHT;
  const right = span > 0 ? plotted * (1 - (at - from) / span) + PADDING_RIGHT : 0;
  return right >= (name.length * CHARACTER_WIDTH) / 2;
}

function valueAxis(format: (value: number) => string, isWhole: boolean): uPlot.Axis {
  return {
    ...look(),
    size: AXIS_WIDTH,
    gap: 8,
    space: 36,
    ...(isWhole ? { incrs: WHOLE_INCREMENTS.sort((a, b) => a - b) } : {}),
    values: (_, splits) => splits.map(format),
  };
}

function seriesOptions({ colour, kind, isDashed }: PlotSeries, length: number): uPlot.Series {
  if (kind === 'bar') {
    const paths = uPlot.paths.bars?.({ size: [BAR_SHARE, BAR_PX_MAX], align: 0 });
    return { fill: colour, stroke: colour, width: 0, points: { show: false }, ...(paths ? { paths } : {}) };
  }
  return {
    stroke: colour,
    width: 2,
    spanGaps: false,
    points: { show: length <= POINTS_SHOWN_MAX, size: 5, fill: colour, stroke: colour },
    ...(isDashed ? { dash: [4, 3] } : {}),
  };
}
