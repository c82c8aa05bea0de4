// The colours of series. The same name has the same colour in every chart, on every page and at every visit: this
// browser remembers it. There are eight; where two names in one chart have the same, the later gets another one.
//
// Rule: canvases need real colours, so they ask here for what a custom property of tokens.css stands for now.
import { signal } from '@preact/signals';
import { readStored, writeStored } from './storage.ts';

export const COLOURS = 8;
export const OTHER = '(other)';

const STORED_AS = 'onellm_colours';
const NAMES_MAX = 1000;

const known = new Map<string, number>(readStored<[string, number][]>(STORED_AS, []));

/** The number of a name's colour, 0 to 7; -1 for "(other)". `beside`: the names in the same chart, in their order. */
export function colourNumber(name: string, beside: readonly string[] = []): number {
  if (name === OTHER) return -1;
  const before = beside.slice(0, Math.max(0, beside.indexOf(name)));
  const taken = new Set(before.map((each) => colourNumber(each, before)));
  const remembered = known.get(name);
  if (remembered !== undefined && !taken.has(remembered)) return remembered;
  const later = beside.slice(before.length + 1).map((each) => known.get(each));
  const free = Array.from({ length: COLOURS }, (_, index) => index).filter((each) => !taken.has(each));
  const chosen = free.find((each) => !later.includes(each)) ?? free[0] ?? remembered ?? known.size % COLOURS;
  remember(name, chosen);
  return chosen;
}

function remember(name: string, colour: number) {
  known.delete(name);
  known.set(name, colour);
  while (known.size > NAMES_MAX) known.delete(known.keys().next().value as string);
  writeStored(STORED_AS, [...known]);
}

/** The class that gives an element this colour as its `--series`. */
export const colourClass = (number: number) => (number < 0 ? 'series-other' : `series-${number}`);

/** Changes when the theme does: who draws on a canvas draws again. */
export const theme = signal(0);
matchMedia('(prefers-color-scheme: dark)').addEventListener('change', () => (theme.value += 1));

/** The colour that a custom property stands for in the theme of now. */
export function resolved(property: string): string {
  const probe = document.createElement('span');
  probe.style.color = `var(${property})`;
  document.body.append(probe);
  const { color } = getComputedStyle(probe);
  probe.remove();
  return color;
}

export const seriesColour = (number: number) =>
  resolved(number < 0 ? '--series-other' : `--series-${number}`);
