// One answer: thoughts, text, calls, and what it took.
import { CopyButton } from '../common/copy_button.tsx';
import { Figures } from './figures.tsx';
import { Markdown } from './markdown/markdown.tsx';
import type { Answer } from './state/answer.ts';
import { type Column, isRunning } from './state/store.ts';
import type { ToolCall } from './state/types.ts';
import { retry } from './stream/run.ts';

interface Props {
  answer: Answer;
  column: Column;
  isLast: boolean;
}

export function AnswerView({ answer, column, isLast }: Props) {
  answer.version.value;
  const { text, reasoning, calls } = answer.said;
  const isThinking = !answer.isOver && text === '';
  return (
    <div class="answer">
      {reasoning !== '' && (
        <details class="reasoning" open={isThinking}>
          <summary>{isThinking ? 'Thinking …' : 'Reasoning'}</summary>
          <Markdown text={reasoning} />
        </details>
      )}
      {text !== '' && <Markdown text={text} />}
      {calls.map((call, index) => (
        <Call key={call.id || index} call={call} />
      ))}
      {answer.phase === 'waiting' && <p class="muted waiting">Waiting for the first token …</p>}
      {answer.error !== '' && (
        <p class="answer-error" role="alert">
          {answer.error}
        </p>
      )}
      <Figures answer={answer} />
      {answer.isOver && (
        <div class="answer-tasks">
          {text !== '' && <CopyButton text={text} />}
          {isLast && (
            <button
              type="button"
              class="button quiet"
              disabled={isRunning.value}
              onClick={() => retry(column)}
            >
              Retry
            </button>
          )}
        </div>
      )}
    </div>
  );
}

function Call({ call: { name, args } }: { call: ToolCall }) {
  return (
    <div class="call">
      <p class="label">
        Tool call <code>{name}</code>
      </p>
      <pre tabIndex={0}>{pretty(args)}</pre>
    </div>
  );
}

function pretty(json: string): string {
  try {
    return JSON.stringify(JSON.parse(json), null, 2);
  } catch {
    return json;
  }
}
