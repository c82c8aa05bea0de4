// Buckets of time and how they are named: hours in this browser's zone, days in UTC.
import type { Step } from '../../common/api_types.ts';

export const SECONDS: Record<Step, number> = { hour: 3600, day: 86_400 };

const LOCALE = 'en-US';
const hour = new Intl.DateTimeFormat(LOCALE, {
  weekday: 'short',
  month: 'short',
  day: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});
const day = new Intl.DateTimeFormat(LOCALE, {
  weekday: 'short',
  month: 'short',
  day: 'numeric',
  year: 'numeric',
  timeZone: 'UTC',
});
const tickHour = new Intl.DateTimeFormat(LOCALE, { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const tickDay = new Intl.DateTimeFormat(LOCALE, { month: 'short', day: 'numeric' });
const tickDayUtc = new Intl.DateTimeFormat(LOCALE, { month: 'short', day: 'numeric', timeZone: 'UTC' });
const tickYearUtc = new Intl.DateTimeFormat(LOCALE, { month: 'short', year: 'numeric', timeZone: 'UTC' });

export const bucketName = (start: number, step: Step) => (step === 'hour' ? hour : day).format(start * 1000);

export const zoneName = (step: Step) =>
  step === 'day' ? 'days in UTC' : `hours in ${Intl.DateTimeFormat().resolvedOptions().timeZone}`;

/** The text under the axis at a moment. */
export function tickName(seconds: number, step: Step): string {
  const date = new Date(seconds * 1000);
  if (step === 'hour')
    return (date.getHours() === 0 && date.getMinutes() === 0 ? tickDay : tickHour).format(date);
  return (date.getUTCMonth() === 0 && date.getUTCDate() === 1 ? tickYearUtc : tickDayUtc).format(date);
}
