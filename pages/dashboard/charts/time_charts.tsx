// Requests, errors and latency over the same time, with one zoom.
import { useMemo, useState } from 'preact/hooks';
import type { Dashboard } from '../../common/api_types.ts';
import { resolved, theme } from '../../common/colours.ts';
import { count, duration } from '../../common/format.ts';
import { data } from '../load.ts';
import { Chart } from './chart.tsx';
import type { PlotInput, PlotSeries } from './plot.ts';
import { bucketName } from './times.ts';

const HEIGHT = 160;

export function TimeCharts() {
  const { over_time: over } = data.value as Dashboard;
  return (
    <section class="time-charts" aria-label="Over time">
      <TimeChart
        name="Requests"
        lines={[{ values: over.requests, colour: '--accent', kind: 'bar' }]}
        format={count}
        isWhole
        words={(index) => count(over.requests[index] ?? 0)}
      />
      <TimeChart
        name="Errors"
        lines={[{ values: over.errors, colour: '--bad', kind: 'bar' }]}
        format={count}
        isWhole
        words={(index) => count(over.errors[index] ?? 0)}
      />
      <TimeChart
        name="First token"
        lines={[
          { values: over.first_token_p95_ms, colour: '--series-2', kind: 'line', isDashed: true },
          { values: over.first_token_p50_ms, colour: '--series-1', kind: 'line' },
        ]}
        keys={[
          { name: 'p50', className: 'series-1' },
          { name: 'p95', className: 'series-2 is-dashed' },
        ]}
        format={duration}
        words={(index) => latencyWords(over.first_token_p50_ms[index], over.first_token_p95_ms[index])}
      />
    </section>
  );
}

function latencyWords(p50: number | null | undefined, p95: number | null | undefined): string {
  if (p50 == null || p95 == null) return 'no answers';
  return `${duration(p50)} · ${duration(p95)}`;
}

interface Props {
  name: string;
  /** Their colours are custom properties. */
  lines: PlotSeries[];
  keys?: { name: string; className: string }[];
  format: (value: number) => string;
  isWhole?: boolean;
  words: (index: number) => string;
}

function TimeChart({ name, lines, keys = [], format, isWhole = false, words }: Props) {
  const shown = data.value as Dashboard;
  const { times, step } = shown;
  const [index, setIndex] = useState<number | null>(null);
  const input = useMemo<PlotInput>(() => {
    const series = lines.map((line) => ({ ...line, colour: resolved(line.colour) }));
    return { times, step, series, format, isWhole };
  }, [shown, theme.value]);
  const read = (at: number) => `${bucketName(times[at] ?? 0, step)}: ${words(at)}`;
  return (
    <div class="card">
      <div class="card-head">
        <h2>{name}</h2>
        <span class="label">
          {index !== null
            ? read(index)
            : keys.map((each) => (
                <span key={each.name} class={`line-key ${each.className}`}>
                  {each.name}
                </span>
              ))}
        </span>
      </div>
      <Chart input={input} height={HEIGHT} label={`${name} over time`} read={read} onRead={setIndex} />
    </div>
  );
}
