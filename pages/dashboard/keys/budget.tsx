// How much of a budget is spent.
import { money, percent, shareOf, wholeMoney } from '../../common/format.ts';

const NEAR = 0.8;

interface Props {
  spent: number;
  budget: number | null;
  /** When it begins anew, in words. */
  renewal: string;
}

export function Budget({ spent, budget, renewal }: Props) {
  if (budget === null) {
    return (
      <p class="budget label" title={wholeMoney(spent)}>
        {money(spent)} spent, no budget
      </p>
    );
  }
  const share = Math.min(1, shareOf(spent, budget));
  const tone = spent >= budget ? 'is-spent' : share >= NEAR ? 'is-near' : '';
  return (
    <div class="budget" title={`${wholeMoney(spent)} of ${wholeMoney(budget)}`}>
      <div
        class={`meter ${tone}`}
        role="meter"
        aria-label="Budget spent"
        aria-valuemin={0}
        aria-valuemax={100}
        aria-valuenow={Math.round(share * 100)}
      >
        <span style={{ width: `${share * 100}%` }} />
      </div>
      <p class="label">
        {money(spent)} of {money(budget)} {renewal} · {percent(shareOf(spent, budget))}
      </p>
    </div>
  );
}
