// What the owner of a key sees of it.
import { useEffect, useState } from 'preact/hooks';
import { request } from '../../common/api.ts';
import type { OwnKey } from '../../common/api_types.ts';
import { count } from '../../common/format.ts';
import { Time } from '../../common/time.tsx';
import { data } from '../load.ts';
import { Budget } from './budget.tsx';

export function OwnKeyCard() {
  const given = data.value?.own_key;
  const [own, setOwn] = useState<OwnKey | null>(given ?? null);
  useEffect(() => {
    if (given !== undefined) return setOwn(given);
    request<{ data: OwnKey }>('/v1/key').then((result) => setOwn(result.ok ? result.value.data : null));
  }, [given]);
  if (own === null) return null;
  const spent =
    own.limit === null || own.limit_remaining === null ? (own.usage ?? 0) : own.limit - own.limit_remaining;
  return (
    <section class="card" aria-labelledby="own-title">
      <div class="card-head">
        <h2 id="own-title">Your key</h2>
        <span class="label">{own.label}</span>
      </div>
      <div class="card-body own-key">
        <Budget spent={spent} budget={own.limit} renewal="" />
        <dl class="facts">
          <Fact name="Models" value={own.models.join(', ') || 'all'} />
          <Fact name="Requests a minute" value={limit(own.rpm_limit)} />
          <Fact name="Tokens a minute" value={limit(own.tpm_limit)} />
          <Fact name="At once" value={limit(own.max_parallel_requests)} />
          {own.limit_reset !== null && (
            <Fact name="Budget begins anew" value={<Time at={own.limit_reset} />} />
          )}
          {own.expires_at !== null && <Fact name="Ends" value={<Time at={own.expires_at} />} />}
        </dl>
      </div>
    </section>
  );
}

const limit = (value: number | null) => (value === null ? 'no limit' : count(value));

function Fact({ name, value }: { name: string; value: preact.ComponentChildren }) {
  return (
    <div>
      <dt class="label">{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
