// A change against the range before. Coloured only where one direction is better.
import { percent } from '../common/format.ts';

type Better = 'more' | 'less';

interface Props {
  now: number | null;
  before: number | null;
  better?: Better;
}

const MANY = 10;
const SAME = 0.0005;

export function Change({ now, before, better }: Props) {
  if (now === null || before === null || before === 0) return <Unknown />;
  const change = now / before - 1;
  const text = change >= MANY ? `×${Math.round(change + 1)}` : percent(Math.abs(change));
  return <Shown change={change} text={text} better={better} />;
}

/** Of shares: the difference in points. */
export function PointsChange({
  now,
  before,
  better,
  known,
}: Props & { now: number; before: number; known: boolean }) {
  if (!known) return <Unknown />;
  const change = now - before;
  return <Shown change={change} text={`${(Math.abs(change) * 100).toFixed(1)} pt`} better={better} />;
}

function Unknown() {
  return <span title="Nothing to compare with in the range before">–</span>;
}

function Shown({ change, text, better }: { change: number; text: string; better: Better | undefined }) {
  if (Math.abs(change) < SAME) return <span title="Against the range before">unchanged</span>;
  const isMore = change > 0;
  const tone = better === undefined ? undefined : isMore === (better === 'more') ? 'good' : 'bad';
  return (
    <span class={tone} title="Against the range before">
      <span aria-hidden="true">{isMore ? '↑' : '↓'} </span>
      <span class="visually-hidden">{isMore ? 'up' : 'down'} </span>
      {text}
    </span>
  );
}
