// What it cost over time, stacked by model, provider or key. A click on a part or on its name filters.
import { useMemo, useState } from 'preact/hooks';
import type { Dashboard } from '../../common/api_types.ts';
import { colourClass, colourNumber, OTHER, seriesColour, theme } from '../../common/colours.ts';
import { money, wholeMoney } from '../../common/format.ts';
import { changeQuery } from '../../common/url.ts';
import { data, zoom } from '../load.ts';
import { nameOf } from '../names.ts';
import { Chart } from './chart.tsx';
import { CostReading } from './cost_reading.tsx';
import type { PlotInput } from './plot.ts';
import { seriesAt, stacked } from './stack.ts';
import { bucketName, zoneName } from './times.ts';

const HEIGHT = 260;

export const sum = (values: readonly number[]) => values.reduce((all, each) => all + each, 0);

export function CostOverTime() {
  const shown = data.value as Dashboard;
  const { times, step, series, series_by: by } = shown;
  const names = series.map(({ name }) => name);
  const colours = names.map((name) => colourNumber(name, names));
  const sums = useMemo(() => stacked(series.map((each) => each.cost_usd)), [shown]);
  const input = useMemo<PlotInput>(() => {
    const bars = sums.map((values, index) => ({
      values,
      colour: seriesColour(colours[index] ?? -1),
      kind: 'bar' as const,
    }));
    return { times, step, series: bars.reverse(), format: money };
  }, [shown, theme.value]);
  const [reading, setReading] = useState<{ index: number; left: number } | null>(null);
  const filter = (name: string | undefined) => {
    if (name !== undefined && name !== OTHER) changeQuery({ [by]: name });
  };
  return (
    <section class="card" aria-labelledby="cost-title">
      <div class="card-head">
        <h2 id="cost-title">Cost over time</h2>
        <span class="label">{zoneName(step)}</span>
        {zoom.value !== null && (
          <button type="button" class="button quiet" onClick={() => (zoom.value = null)}>
            Show all
          </button>
        )}
      </div>
      <div class="chart-ground">
        <Chart
          input={input}
          height={HEIGHT}
          label={`Cost over time by ${by}`}
          read={(index) => `${bucketName(times[index] ?? 0, step)}: ${money(sums.at(-1)?.[index] ?? 0)}`}
          onRead={(index, left) => setReading(index === null ? null : { index, left })}
          onPick={(index, value) => filter(names[seriesAt(sums, index, value)])}
        />
        {reading !== null && <CostReading {...reading} />}
      </div>
      <ul class="legend" aria-label={`Filter by ${by}`}>
        {series.map((each, index) => (
          <li key={each.name}>
            <button
              type="button"
              class={`legend-entry ${colourClass(colours[index] ?? -1)}`}
              disabled={each.name === OTHER}
              title={wholeMoney(sum(each.cost_usd))}
              onClick={() => filter(each.name)}
            >
              <span class="dot" />
              <span class="legend-name">{nameOf(by, each.name)}</span>
              <span class="muted">{money(sum(each.cost_usd))}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  );
}
