// Asks for the key.
import { useState } from 'preact/hooks';
import { useKey } from './key.ts';

interface Props {
  title: string;
  /** Why the key before did not work; '' if there was none. */
  problem: string;
}

export function KeyForm({ title, problem }: Props) {
  const [value, setValue] = useState('');
  const submit = (event: Event) => {
    event.preventDefault();
    if (value.trim() !== '') useKey(value);
  };
  return (
    <form class="card key-form" onSubmit={submit}>
      <h1>{title}</h1>
      {problem !== '' && (
        <p class="notice is-bad" role="alert">
          {problem}
        </p>
      )}
      <label class="field">
        <span>Key</span>
        <input
          class="input code"
          type="password"
          autocomplete="off"
          spellcheck={false}
          placeholder="sk-…"
          value={value}
          aria-invalid={problem !== '' && value === ''}
          onInput={(event) => setValue(event.currentTarget.value)}
        />
      </label>
      <p class="label">
        The master key (the secret <code>ONELLM_API_KEY</code>) or a key that you were given. It stays in this
        tab until you close it, and goes to this gateway alone.
      </p>
      <button type="submit" class="button main" disabled={value.trim() === ''}>
        Continue
      </button>
    </form>
  );
}
