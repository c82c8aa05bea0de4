// Blind mode: the vote, and how the models stand.
import { percent, shareOf } from '../common/format.ts';
import { shownName } from './columns.tsx';
import { columns, isBlind, isRevealed, isRunning } from './state/store.ts';
import { forgetVotes, vote, votes } from './state/votes.ts';

export function BlindBar() {
  if (!isBlind.value) return null;
  const isAsked = columns.value.some(({ turns }) => turns.length > 0);
  const canVote = isAsked && !isRunning.value && !isRevealed.value && columns.value.length > 1;
  const choose = (winner: string | null) => {
    vote(
      columns.value.map(({ model }) => model),
      winner,
    );
    isRevealed.value = true;
  };
  return (
    <section class="card blind" aria-label="Blind mode">
      {canVote && (
        <div class="row">
          <span>Which is best?</span>
          {columns.value.map((column, index) => (
            <button key={column.id} type="button" class="button" onClick={() => choose(column.model)}>
              {shownName(column, index)}
            </button>
          ))}
          <button type="button" class="button quiet" onClick={() => choose(null)}>
            Equal
          </button>
        </div>
      )}
      {!canVote && <p class="muted">{words(isAsked)}</p>}
      <Standing />
    </section>
  );
}

function words(isAsked: boolean): string {
  if (columns.value.length < 2) return 'A blind comparison needs two models or more.';
  if (isRevealed.value) return 'Ask something else for the next vote: each question begins anew.';
  return isAsked ? 'The vote opens when all have answered.' : 'Names stay hidden until you have voted.';
}

function Standing() {
  const rows = Object.entries(votes.value).sort(
    ([, a], [, b]) => shareOf(b.won, b.asked) - shareOf(a.won, a.asked),
  );
  if (rows.length === 0 || !isRevealed.value) return null;
  return (
    <div class="row standing">
      {rows.map(([model, { won, asked }]) => (
        <span key={model} class="tag" title={`${won} of ${asked} votes`}>
          {model} {percent(shareOf(won, asked))} of {asked}
        </span>
      ))}
      <button type="button" class="button quiet" onClick={forgetVotes}>
        Forget votes
      </button>
    </div>
  );
}
