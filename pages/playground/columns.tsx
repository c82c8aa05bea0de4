// The columns beside one another; on a phone one is swiped to the next.
import { useSignalEffect } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { colourClass, colourNumber } from '../common/colours.ts';
import { CloseIcon } from '../common/icons.tsx';
import { AnswerView } from './answer_view.tsx';
import { choosing } from './panels.ts';
import { PromptView } from './prompt_view.tsx';
import { type Column, columns, isBlind, isRevealed, isRunning } from './state/store.ts';

/** So near to the end counts as at the end. */
const NEAR_END_PX = 48;

export function Columns() {
  const names = columns.value.map(({ model }) => model);
  return (
    <div class={`columns columns-${columns.value.length}`}>
      {columns.value.map((column, index) => (
        <ColumnCard
          key={column.id}
          column={column}
          index={index}
          colour={colourNumber(column.model, names)}
        />
      ))}
    </div>
  );
}

/** The name of a column, as far as it may be known. */
export function shownName(column: Column, index: number): string {
  return isBlind.value && !isRevealed.value ? `Model ${'ABCDE'[index]}` : column.model;
}

function ColumnCard({ column, index, colour }: { column: Column; index: number; colour: number }) {
  const isHidden = isBlind.value && !isRevealed.value;
  const name = shownName(column, index);
  const remove = () => (columns.value = columns.value.filter(({ id }) => id !== column.id));
  return (
    <section class="card column" aria-label={name}>
      <header class="column-head">
        <button
          type="button"
          class={`name-button ${colourClass(isHidden ? -1 : colour)}`}
          title={isHidden ? 'Hidden until you have voted' : `${name}: choose another`}
          disabled={isRunning.value || isHidden}
          onClick={() => (choosing.value = column.id)}
        >
          <span class="dot" />
          <span class="name-text">{name}</span>
        </button>
        {columns.value.length > 1 && (
          <button
            type="button"
            class="button quiet icon"
            aria-label={`Remove ${name}`}
            disabled={isRunning.value}
            onClick={remove}
          >
            <CloseIcon />
          </button>
        )}
      </header>
      <History column={column} name={name} />
    </section>
  );
}

function History({ column, name }: { column: Column; name: string }) {
  const ground = useRef<HTMLDivElement>(null);
  const isAtEnd = useRef(true);
  const follow = () => {
    const element = ground.current;
    if (element && isAtEnd.current) element.scrollTop = element.scrollHeight;
  };
  const last = column.turns.at(-1)?.answer;
  useEffect(() => {
    isAtEnd.current = true;
    follow();
  }, [last]);
  useSignalEffect(() => {
    last?.version.value;
    requestAnimationFrame(follow);
  });
  const onScroll = () => {
    const element = ground.current;
    if (element)
      isAtEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX;
  };
  return (
    <div
      ref={ground}
      class="column-body"
      tabIndex={0}
      role="group"
      aria-label={`What ${name} said`}
      onScroll={onScroll}
    >
      {column.turns.length === 0 && <p class="muted column-empty">Ask something below.</p>}
      {column.turns.map(({ prompt, answer }, index) => (
        <article key={index} class="turn">
          <PromptView prompt={prompt} />
          <AnswerView answer={answer} column={column} isLast={index === column.turns.length - 1} />
        </article>
      ))}
    </div>
  );
}
