// A time: relative, with the absolute in a tooltip.
import { ago, wholeTime } from './format.ts';

export function Time({ at }: { at: string }) {
  const date = new Date(at);
  if (Number.isNaN(date.getTime())) return <span>{at}</span>;
  return (
    <time dateTime={at} title={wholeTime(date)}>
      {ago(date)}
    </time>
  );
}
