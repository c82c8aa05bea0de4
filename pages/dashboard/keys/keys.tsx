// Keys for other people: budgets, and everything that can be done to a key.
import { useEffect, useState } from 'preact/hooks';
import { PlusIcon } from '../../common/icons.tsx';
import { data } from '../load.ts';
import { KeyDialog, type KeyTask } from './key_dialog.tsx';
import { KeyRow } from './key_row.tsx';
import { failure, hasMore, keys, loadKeys, search, take } from './store.ts';

const SEARCH_PAUSE_MS = 250;
const SEARCH_BYTES_MAX = 48;

export function Keys() {
  const [task, setTask] = useState<KeyTask | null>(null);
  const given = data.value?.keys;
  useEffect(() => {
    if (given && search.value === '') take(given);
    else if (given !== null) loadKeys();
  }, [given]);
  return (
    <section class="card" aria-labelledby="keys-title">
      <div class="card-head">
        <h2 id="keys-title">Keys</h2>
        <Search />
        <button type="button" class="button main" onClick={() => setTask({ kind: 'create' })}>
          <PlusIcon />
          New key
        </button>
      </div>
      <List isBound={given !== null} onTask={setTask} />
      {task !== null && <KeyDialog task={task} onClose={() => setTask(null)} />}
    </section>
  );
}

function Search() {
  const [timer, setTimer] = useState<ReturnType<typeof setTimeout>>();
  const change = (value: string) => {
    search.value = value;
    clearTimeout(timer);
    setTimer(setTimeout(loadKeys, SEARCH_PAUSE_MS));
  };
  return (
    <input
      class="input keys-search"
      type="search"
      placeholder="Alias or id"
      aria-label="Search keys"
      maxLength={SEARCH_BYTES_MAX}
      value={search.value}
      onInput={(event) => change(event.currentTarget.value)}
    />
  );
}

function List({ isBound, onTask }: { isBound: boolean; onTask: (task: KeyTask) => void }) {
  if (failure.value !== null) {
    return (
      <div class="card-body" role="alert">
        <p class="bad">{failure.value.message}</p>
        <button type="button" class="button" onClick={() => loadKeys()}>
          Try again
        </button>
      </div>
    );
  }
  if (!isBound && keys.value === null)
    return <p class="card-body muted">The store of keys does not answer.</p>;
  if (keys.value === null) return <p class="card-body muted">Reading the keys …</p>;
  if (keys.value.length === 0) {
    return (
      <p class="card-body muted">
        {search.value
          ? 'No key matches.'
          : 'None yet. A key gives somebody models, rates and a budget of their own.'}
      </p>
    );
  }
  return (
    <>
      <ul class="keys">
        {keys.value.map((each) => (
          <KeyRow key={each.id} row={each} onTask={onTask} />
        ))}
      </ul>
      {hasMore.value && (
        <div class="card-body">
          <button type="button" class="button" onClick={() => loadKeys(keys.value?.at(-1)?.id)}>
            Show more
          </button>
        </div>
      )}
    </>
  );
}
