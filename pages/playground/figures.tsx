// What an answer took: shown below it as far as it is known.
import { count, duration, money, wholeCount, wholeDuration, wholeMoney } from '../common/format.ts';
import type { Answer } from './state/answer.ts';

/** Reasons that everybody expects are not worth a tag. */
const ORDINARY = new Set(['', 'stop', 'error']);

export function Figures({ answer }: { answer: Answer }) {
  const { firstTokenMs, tokensPerSecond, promptTokens, completionTokens, costUsd, totalMs } = answer.figures;
  return (
    <div class="figures">
      {firstTokenMs !== null && (
        <span title={`First token after ${wholeDuration(firstTokenMs)}`}>{duration(firstTokenMs)} first</span>
      )}
      {totalMs !== null && firstTokenMs !== null && (
        <span title={`Whole after ${wholeDuration(totalMs)}`}>{duration(totalMs)} whole</span>
      )}
      {tokensPerSecond !== null && <span title="Tokens a second">{count(tokensPerSecond)} t/s</span>}
      {completionTokens !== null && (
        <span title={`${wholeCount(promptTokens ?? 0)} tokens in, ${wholeCount(completionTokens)} out`}>
          {count(promptTokens ?? 0)} → {count(completionTokens)} tokens
        </span>
      )}
      {costUsd !== null && <span title={wholeMoney(costUsd)}>{money(costUsd)}</span>}
      {!ORDINARY.has(answer.finishReason) && <span class="tag">{answer.finishReason}</span>}
      {answer.phase === 'stopped' && <span class="tag">stopped</span>}
      {answer.phase === 'failed' && <span class="tag is-bad">failed</span>}
    </div>
  );
}
