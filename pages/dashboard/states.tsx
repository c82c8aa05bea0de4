// The states in which there is nothing to draw: what is wrong, and the next step.
import type { Failure } from '../common/api.ts';
import { Copyable } from '../common/copy_button.tsx';
import { changeQuery } from '../common/url.ts';
import { load, view } from './load.ts';

const firstRequest = () => `curl ${location.origin}/v1/chat/completions \\
  -H "Authorization: Bearer $KEY" -H "Content-Type: application/json" \\
  -d '{"model": "echo", "messages": [{"role": "user", "content": "Hello"}]}'`;

export function EmptyState() {
  const isFiltered = Object.keys(view.value.filters).length > 0;
  if (isFiltered) {
    return (
      <section class="card empty">
        <h2>Nothing matches these filters</h2>
        <p class="muted">In this range nothing was used that they let through.</p>
        <div>
          <button
            type="button"
            class="button"
            onClick={() => changeQuery({ model: null, provider: null, key: null })}
          >
            Remove the filters
          </button>
        </div>
      </section>
    );
  }
  return (
    <section class="card empty">
      <h2>No requests in this range</h2>
      <p class="muted">
        Choose a longer range, or send a first request. It appears here about two seconds later. The model{' '}
        <code>echo</code> needs no provider.
      </p>
      <Copyable text={firstRequest()} label="A first request" />
    </section>
  );
}

const LEDGER_ON = 'npx wrangler deploy --var ONELLM_LEDGER:1';

export function FailureState({ failure }: { failure: Failure }) {
  if (failure.kind === 'not_configured') {
    return (
      <section class="card empty">
        <h2>The ledger is off</h2>
        <p class="muted">
          It adds up usage and cost, and this page shows what it holds. It is on where its binding{' '}
          <code>ONELLM_LEDGER_OBJECT</code> exists, unless <code>ONELLM_LEDGER</code> is <code>0</code>: under{' '}
          <code>[vars]</code> in wrangler.toml, or in <code>.dev.vars</code> for npm start. Or deploy with:
        </p>
        <Copyable text={LEDGER_ON} label="The command that turns the ledger on" />
        <p class="label">{failure.message}</p>
        <Retry />
      </section>
    );
  }
  const title = failure.kind === 'forbidden' ? 'This key may not see usage' : 'The ledger could not be read';
  return (
    <section class="notice is-bad" role="alert">
      <h2>{title}</h2>
      <p>{failure.message}</p>
      {failure.requestId !== '' && (
        <p class="label">
          Request <code>{failure.requestId}</code>
        </p>
      )}
      <Retry />
    </section>
  );
}

function Retry() {
  return (
    <div>
      <button type="button" class="button" onClick={load}>
        Try again
      </button>
    </div>
  );
}
