// What this deployment has: for whoever has a key.
import { useState } from 'preact/hooks';
import { key, useKey } from '../common/key.ts';
import { failure, isClosed, providers, status } from './load.ts';
import { PARTS } from './missing_parts.ts';

export function StatusCard() {
  return (
    <section class="card" aria-labelledby="status-title">
      <div class="card-head">
        <h2 id="status-title">This deployment</h2>
      </div>
      <div class="card-body">{status.value === null ? <AskForKey /> : <Facts />}</div>
    </section>
  );
}

function AskForKey() {
  const [value, setValue] = useState('');
  const isWrong = key.value !== '' && failure.value?.kind === 'wrong_key';
  if (key.value !== '' && failure.value === null) return <p class="muted">Looking …</p>;
  const submit = (event: Event) => {
    event.preventDefault();
    if (value.trim() !== '') useKey(value);
  };
  return (
    <form class="status-form" onSubmit={submit}>
      {failure.value !== null && key.value !== '' && (
        <p class="bad" role="alert">
          {failure.value.message}
        </p>
      )}
      <label class="field">
        <span>Key, to see which providers are configured</span>
        <input
          class="input code"
          type="password"
          autocomplete="off"
          spellcheck={false}
          placeholder="sk-…"
          disabled={isClosed.value}
          value={value}
          aria-invalid={isWrong}
          onInput={(event) => setValue(event.currentTarget.value)}
        />
      </label>
      <p class="label">
        {isClosed.value
          ? 'Set the master key first, then check again.'
          : 'It stays in this tab until you close it.'}
      </p>
      <div>
        <button type="submit" class="button main" disabled={value.trim() === ''}>
          Show
        </button>
      </div>
    </form>
  );
}

function Facts() {
  return (
    <div class="status-facts">
      <div>
        <h3 class="label">Providers</h3>
        {providers.value.length === 0 ? (
          <p>
            None yet, only <code>echo</code>, which repeats what you say.
          </p>
        ) : (
          <ul class="tags">
            {providers.value.map(({ name, dialect }) => (
              <li key={name} class="tag" title={`speaks ${dialect}`}>
                {name}
              </li>
            ))}
          </ul>
        )}
      </div>
      <ul class="parts">
        {PARTS.map(({ id, name, about }) => (
          <li key={id}>
            <span>
              {name} <span class="label">{about}</span>
            </span>
            <span class={status.value?.[id] ? 'good' : 'muted'}>{status.value?.[id] ? 'on' : 'off'}</span>
          </li>
        ))}
      </ul>
    </div>
  );
}
