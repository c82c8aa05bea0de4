// One key: who, what it may, what it spent, and what can be done to it.
import type { Key } from '../../common/api_types.ts';
import { count } from '../../common/format.ts';
import { Time } from '../../common/time.tsx';
import { changeQuery } from '../../common/url.ts';
import { Budget } from './budget.tsx';
import { renewalWords } from './durations.ts';
import type { KeyTask } from './key_dialog.tsx';

interface Props {
  row: Key;
  onTask: (task: KeyTask) => void;
}

export function KeyRow({ row, onTask }: Props) {
  const name = row.key_alias ?? row.id;
  const button = (task: KeyTask, text: string) => (
    <button type="button" class="button quiet" aria-label={`${text}: ${name}`} onClick={() => onTask(task)}>
      {text}
    </button>
  );
  return (
    <li class="key">
      <div class="key-who">
        <p class="row">
          <button
            type="button"
            class="name-button"
            title={row.id}
            onClick={() => changeQuery({ key: row.id })}
          >
            <span class="name-text">{name}</span>
          </button>
          <State row={row} />
        </p>
        <p class="label">
          {row.models.length > 0 ? row.models.join(', ') : 'all models'}
          {limitWords(row).map((words) => ` · ${words}`)}
        </p>
      </div>
      <Budget
        spent={Number(row.spend)}
        budget={row.max_budget === null ? null : Number(row.max_budget)}
        renewal={renewalWords(row.budget_duration)}
      />
      <div class="key-tasks">
        {button({ kind: 'change', key: row }, 'Change')}
        {button({ kind: 'rotate', key: row }, 'Rotate')}
        {button({ kind: 'block', key: row }, row.blocked ? 'Unblock' : 'Block')}
        {button({ kind: 'delete', key: row }, 'Delete')}
      </div>
    </li>
  );
}

function State({ row }: { row: Key }) {
  if (row.blocked) return <span class="tag is-bad">Blocked</span>;
  if (row.expires_at === null) return null;
  const isOver = Date.parse(row.expires_at) <= Date.now();
  if (isOver) return <span class="tag is-bad">Expired</span>;
  return (
    <span class="tag">
      ends <Time at={row.expires_at} />
    </span>
  );
}

function limitWords({
  rpm_limit: requests,
  tpm_limit: tokens,
  max_parallel_requests: parallel,
}: Key): string[] {
  const words: string[] = [];
  if (requests !== null) words.push(`${count(requests)} requests/min`);
  if (tokens !== null) words.push(`${count(tokens)} tokens/min`);
  if (parallel !== null) words.push(`${count(parallel)} at once`);
  return words;
}
