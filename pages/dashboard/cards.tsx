// The six figures of the range, each with its change against the range before.
import type { ComponentChildren } from 'preact';
import type { Dashboard, Sums } from '../common/api_types.ts';
import {
  count,
  duration,
  money,
  percent,
  shareOf,
  wholeCount,
  wholeDuration,
  wholeMoney,
} from '../common/format.ts';
import { Change, PointsChange } from './change.tsx';
import { data } from './load.ts';

const errorShare = (sums: Sums) => shareOf(sums.errors, sums.calls);
const cacheShare = (sums: Sums) => shareOf(sums.cached_tokens, sums.prompt_tokens);

export function Cards() {
  const { total, previous } = data.value as Dashboard;
  return (
    <section class="cards" aria-label="Sums of the range">
      <Card name="Cost" value={money(total.cost_usd)} whole={wholeMoney(total.cost_usd)}>
        <Change now={total.cost_usd} before={previous.cost_usd} />
        {total.unpriced_calls > 0 && (
          <span class="warn" title="Their price is not known: see docs/prices.md">
            {count(total.unpriced_calls)} unpriced
          </span>
        )}
      </Card>
      <Card name="Requests" value={count(total.requests)} whole={wholeCount(total.requests)}>
        <Change now={total.requests} before={previous.requests} />
        <span>{count(total.calls)} calls</span>
      </Card>
      <Card
        name="Errors"
        value={percent(errorShare(total))}
        whole={`${wholeCount(total.errors)} of ${wholeCount(total.calls)} calls`}
      >
        <PointsChange
          now={errorShare(total)}
          before={errorShare(previous)}
          better="less"
          known={previous.calls > 0}
        />
        <span>{count(total.errors)} failed</span>
      </Card>
      <Card
        name="Cache hit"
        value={percent(cacheShare(total))}
        whole={`${wholeCount(total.cached_tokens)} of ${wholeCount(total.prompt_tokens)} prompt tokens`}
      >
        <PointsChange
          now={cacheShare(total)}
          before={cacheShare(previous)}
          better="more"
          known={previous.prompt_tokens > 0}
        />
        <Saved usd={total.cache_saved_usd} />
      </Card>
      <TokensCard total={total} previous={previous} />
      <LatencyCard total={total} previous={previous} />
    </section>
  );
}

interface CardProps {
  name: string;
  value: string;
  whole: string;
  children: ComponentChildren;
}

function Card({ name, value, whole, children }: CardProps) {
  return (
    <div class="card figure">
      <h2 class="label">{name}</h2>
      <p class="figure-value" title={whole}>
        {value}
      </p>
      <p class="label figure-foot">{children}</p>
    </div>
  );
}

function Saved({ usd }: { usd: number }) {
  if (usd === 0) return null;
  return <span title={wholeMoney(usd)}>{usd > 0 ? `${money(usd)} saved` : `${money(-usd)} added`}</span>;
}

function TokensCard({ total, previous }: { total: Sums; previous: Sums }) {
  const parts: [string, number][] = [
    ['in', total.prompt_tokens],
    ['cached', total.cached_tokens],
    ['out', total.completion_tokens],
  ];
  return (
    <div class="card figure">
      <h2 class="label">Tokens</h2>
      <dl class="figure-parts">
        {parts.map(([name, value]) => (
          <div key={name}>
            <dd title={wholeCount(value)}>{count(value)}</dd>
            <dt class="label">{name}</dt>
          </div>
        ))}
      </dl>
      <p class="label figure-foot">
        <Change
          now={total.prompt_tokens + total.completion_tokens}
          before={previous.prompt_tokens + previous.completion_tokens}
        />
      </p>
    </div>
  );
}

function LatencyCard({ total, previous }: { total: Sums; previous: Sums }) {
  const parts: [string, number | null][] = [
    ['p50', total.first_token_p50_ms],
    ['p95', total.first_token_p95_ms],
  ];
  return (
    <div class="card figure">
      <h2 class="label">First token</h2>
      <dl class="figure-parts">
        {parts.map(([name, value]) => (
          <div key={name}>
            <dd title={value === null ? 'Not known' : wholeDuration(value)}>
              {value === null ? '–' : duration(value)}
            </dd>
            <dt class="label">{name}</dt>
          </div>
        ))}
      </dl>
      <p class="label figure-foot">
        <Change now={total.first_token_p50_ms} before={previous.first_token_p50_ms} better="less" />
      </p>
    </div>
  );
}
