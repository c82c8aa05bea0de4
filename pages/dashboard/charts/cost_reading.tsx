// What the cost chart holds at the moment that the pointer or the arrow keys are at.
import type { Dashboard } from '../../common/api_types.ts';
import { colourClass, colourNumber } from '../../common/colours.ts';
import { money } from '../../common/format.ts';
import { data } from '../load.ts';
import { nameOf } from '../names.ts';
import { bucketName } from './times.ts';

const AXIS_WIDTH = 60;
const GAP = 12;

export function CostReading({ index, left }: { index: number; left: number }) {
  const { times, step, series, series_by: by } = data.value as Dashboard;
  const names = series.map(({ name }) => name);
  const parts = series
    .map(({ name, cost_usd }) => ({ name, cost: cost_usd[index] ?? 0 }))
    .filter(({ cost }) => cost > 0)
    .reverse();
  const total = parts.reduce((all, { cost }) => all + cost, 0);
  return (
    <div
      class="reading"
      ref={(element) => {
        if (element) place(element, left);
      }}
    >
      <p class="label">{bucketName(times[index] ?? 0, step)}</p>
      <p class="reading-line">
        <strong>Total</strong>
        <strong>{money(total)}</strong>
      </p>
      {parts.map(({ name, cost }) => (
        <p key={name} class={`reading-line ${colourClass(colourNumber(name, names))}`}>
          <span class="reading-name">
            <span class="dot" /> {nameOf(by, name)}
          </span>
          <span>{money(cost)}</span>
        </p>
      ))}
    </div>
  );
}

/** Beside the moment, on the side that has room. */
function place(element: HTMLElement, left: number) {
  const room = element.parentElement?.clientWidth ?? 0;
  const at = AXIS_WIDTH + left;
  const fits = at + GAP + element.offsetWidth <= room;
  element.style.left = `${Math.max(0, fits ? at + GAP : at - GAP - element.offsetWidth)}px`;
}
