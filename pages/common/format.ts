// Figures as people read them: short, with the whole in a tooltip. A no-break space stands before a unit.

const NBSP = '\u00a0';
const LOCALE = 'en-US';
const UNITS: [number, string][] = [
  [1e12, 'T'],
  [1e9, 'G'],
  [1e6, 'M'],
  [1e3, 'k'],
];

const whole = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 0 });
const exact = new Intl.NumberFormat(LOCALE, { maximumFractionDigits: 12 });

/** Three digits that count: 12.4, 1.24, 124. */
function threeDigits(value: number): string {
  const digits = Math.abs(value) >= 100 ? 0 : Math.abs(value) >= 10 ? 1 : 2;
  return value.toFixed(digits).replace(/\.0+$|(\.\d)0$/, '$1');
}

export function count(value: number): string {
  const unit = UNITS.find(([size]) => Math.abs(value) >= size * 0.9995);
  return unit ? `${threeDigits(value / unit[0])}${NBSP}${unit[1]}` : threeDigits(value);
}

export const wholeCount = (value: number) => whole.format(value);

export function money(value: number): string {
  if (value < 0) return `\u2212${money(-value)}`;
  if (value === 0) return '$0';
  if (value >= 1000) return `$${count(value)}`;
  if (value >= 1) return `$${value.toFixed(2)}`;
  if (value < 0.000001) return '<$0.000001';
  const places = Math.min(6, Math.max(2, 1 - Math.floor(Math.log10(value))));
  return `$${value.toFixed(places)}`;
}

export const wholeMoney = (value: number) => `$${exact.format(value)}`;

export function duration(ms: number): string {
  if (ms < 999.5) return `${Math.round(ms)}${NBSP}ms`;
  if (ms < 59_950) return `${threeDigits(ms / 1000)}${NBSP}s`;
  return `${threeDigits(ms / 60_000)}${NBSP}min`;
}

export const wholeDuration = (ms: number) => `${whole.format(ms)}${NBSP}ms`;

/** A share of 0 to 1. */
export function percent(share: number): string {
  const value = share * 100;
  if (value > 0 && value < 0.1) return '<0.1%';
  return `${value >= 99.95 || value < 0.05 ? Math.round(value) : value.toFixed(1)}%`;
}

/** 0 where there is nothing to divide by. */
export const shareOf = (part: number, all: number) => (all > 0 ? part / all : 0);

const AGO: [number, Intl.RelativeTimeFormatUnit][] = [
  [31_536_000, 'year'],
  [5_184_000, 'month'],
  [86_400, 'day'],
  [3600, 'hour'],
  [60, 'minute'],
];
/** Two months are told by days. */
const MONTH = 2_592_000;
const relative = new Intl.RelativeTimeFormat('en', { numeric: 'auto', style: 'short' });

export function ago(at: Date, now = new Date()): string {
  const seconds = (at.getTime() - now.getTime()) / 1000;
  const unit = AGO.find(([size]) => Math.abs(seconds) >= size);
  if (!unit) return 'just now';
  const size = unit[1] === 'month' ? MONTH : unit[0];
  return relative.format(Math.trunc(seconds / size), unit[1]);
}

const absolute = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'long' });

export const wholeTime = (at: Date) => absolute.format(at);
