// The dashboard: which of its states is shown, and the parts of the full one.
import { key } from '../common/key.ts';
import { KeyForm } from '../common/key_form.tsx';
import { Shell } from '../common/shell.tsx';
import { Cards } from './cards.tsx';
import { CostOverTime } from './charts/cost_over_time.tsx';
import { TimeCharts } from './charts/time_charts.tsx';
import { Filters } from './filters.tsx';
import { Keys } from './keys/keys.tsx';
import { OwnKeyCard } from './keys/own_key.tsx';
import { data, failure, isLoading } from './load.ts';
import { ModelTable } from './model_table.tsx';
import { RangeBar } from './range_bar.tsx';
import { Sessions } from './sessions.tsx';
import { Skeleton } from './skeleton.tsx';
import { EmptyState, FailureState } from './states.tsx';
import { TogetherTable } from './together.tsx';

export function DashboardPage() {
  return (
    <Shell path="/dashboard">
      <State />
    </Shell>
  );
}

function State() {
  const wrong = failure.value?.kind === 'wrong_key' ? failure.value.message : '';
  if (key.value === '' || wrong !== '')
    return <KeyForm title="What it costs" problem={key.value === '' ? '' : wrong} />;
  const keyPart = data.value?.scope === 'all' ? <Keys /> : data.value && <OwnKeyCard />;
  const isEmpty = data.value !== null && data.value.total.requests === 0 && data.value.total.calls === 0;
  return (
    <>
      <RangeBar />
      {failure.value !== null && <FailureState failure={failure.value} />}
      {data.value === null && failure.value === null && <Skeleton />}
      {data.value !== null && (
        <div class={isLoading.value ? 'content-parts is-old' : 'content-parts'} aria-busy={isLoading.value}>
          <Filters />
          {isEmpty ? <EmptyState /> : <Parts />}
          {keyPart}
        </div>
      )}
    </>
  );
}

function Parts() {
  return (
    <>
      <Cards />
      <CostOverTime />
      <TimeCharts />
      <ModelTable />
      <TogetherTable />
      <Sessions />
    </>
  );
}
