// A chart over time: drawn by uPlot, read with the pointer or the arrow keys, zoomed by dragging or with + and -.
// All charts of the page share the zoom and the moment that is read.
import 'uplot/dist/uPlot.min.css';
import { useSignalEffect } from '@preact/signals';
import { useEffect, useRef, useState } from 'preact/hooks';
import uPlot from 'uplot';
import { theme } from '../../common/colours.ts';
import { zoom } from '../load.ts';
import { fullRange, type PlotInput, plotData, plotOptions } from './plot.ts';
import { zoomBy } from './zoom.ts';

interface Props {
  input: PlotInput;
  height: number;
  label: string;
  /** What a bucket holds, in one sentence: for screen readers. */
  read: (index: number) => string;
  onRead: (index: number | null, left: number) => void;
  /** A click at a bucket, at this height of the scale. */
  onPick?: (index: number, value: number) => void;
}

export function Chart({ input, height, label, read, onRead, onPick }: Props) {
  const ground = useRef<HTMLDivElement>(null);
  const plot = useRef<uPlot | null>(null);
  const wasDragged = useRef(false);
  const [spoken, setSpoken] = useState('');

  useEffect(() => {
    const element = ground.current as HTMLDivElement;
    const made = new uPlot(
      plotOptions(input, element.clientWidth, height, {
        setCursor: [(self) => onRead(self.cursor.idx ?? null, self.cursor.left ?? 0)],
        setSelect: [(self) => (wasDragged.current = select(self))],
      }),
      plotData(input),
      element,
    );
    plot.current = made;
    show(made, input);
    const sized = new ResizeObserver(() => made.setSize({ width: element.clientWidth, height }));
    sized.observe(element);
    const click = () => {
      const { idx, top } = made.cursor;
      if (!wasDragged.current && idx != null && top != null) onPick?.(idx, made.posToVal(top, 'y'));
      wasDragged.current = false;
    };
    made.over.addEventListener('click', click);
    return () => {
      sized.disconnect();
      plot.current = null;
      made.destroy();
    };
  }, [input, height, theme.value]);

  useSignalEffect(() => {
    zoom.value;
    if (plot.current) show(plot.current, input);
  });

  const onKeyDown = (event: KeyboardEvent) => {
    const made = plot.current;
    if (!made || !(event.key in KEYS)) return;
    event.preventDefault();
    const index = KEYS[event.key]?.(made, input) ?? null;
    if (index !== null) setSpoken(read(index));
  };
  return (
    <>
      <div
        ref={ground}
        class="chart"
        role="group"
        tabIndex={0}
        aria-label={`${label}. Arrow keys read it, plus and minus zoom.`}
        onKeyDown={onKeyDown}
        onBlur={() => onRead(null, 0)}
      />
      <p class="visually-hidden" aria-live="polite">
        {spoken}
      </p>
    </>
  );
}

function select(self: uPlot): boolean {
  const { left, width } = self.select;
  if (width < 4) return false;
  zoom.value = [self.posToVal(left, 'x'), self.posToVal(left + width, 'x')];
  self.setSelect({ left: 0, width: 0, top: 0, height: 0 }, false);
  return true;
}

function show(plot: uPlot, input: PlotInput) {
  const [min, max] = zoom.peek() ?? fullRange(input);
  plot.setScale('x', { min, max });
}

/** What a key does; returns the bucket to read aloud. */
const KEYS: Record<string, (plot: uPlot, input: PlotInput) => number | null> = {
  ArrowLeft: (plot, input) => moveTo(plot, input, (plot.cursor.idx ?? input.times.length) - 1),
  ArrowRight: (plot, input) => moveTo(plot, input, (plot.cursor.idx ?? -1) + 1),
  Home: (plot, input) => moveTo(plot, input, 0),
  End: (plot, input) => moveTo(plot, input, input.times.length - 1),
  '+': (plot, input) => zoomBy(plot, input, 0.5),
  '=': (plot, input) => zoomBy(plot, input, 0.5),
  '-': (plot, input) => zoomBy(plot, input, 2),
  Escape: (plot, input) => zoomBy(plot, input, Number.POSITIVE_INFINITY),
};

function moveTo(plot: uPlot, input: PlotInput, wanted: number): number {
  const index = Math.min(Math.max(wanted, 0), input.times.length - 1);
  const left = plot.valToPos(plot.data[0][index] ?? 0, 'x');
  plot.setCursor({ left, top: plot.over.clientHeight / 2 });
  return index;
}
