// One answer while it comes. Text arrives far more often than it can be seen: watchers hear of it once a frame at most.
import { signal } from '@preact/signals';
import type { AnswerRecord, Figures, Phase, Said } from './types.ts';

const SHOWN_EVERY_MS = 60;

const NO_FIGURES: Figures = {
  firstTokenMs: null,
  tokensPerSecond: null,
  promptTokens: null,
  completionTokens: null,
  costUsd: null,
  totalMs: null,
};

export class Answer {
  /** Changes when there is something new to show. */
  readonly version = signal(0);
  said: Said = { text: '', reasoning: '', members: {}, calls: [] };
  figures: Figures = { ...NO_FIGURES };
  phase: Phase = 'waiting';
  finishReason = '';
  error = '';
  readonly startedAt = performance.now();
  #isPlanned = false;

  static from(record: AnswerRecord): Answer {
    const answer = new Answer();
    Object.assign(answer, record);
    // What was under way when the page went will not go on.
    if (!answer.isOver) answer.phase = 'stopped';
    return answer;
  }

  get isOver() {
    return this.phase === 'done' || this.phase === 'failed' || this.phase === 'stopped';
  }

  get record(): AnswerRecord {
    const { said, figures, phase, finishReason, error } = this;
    return { said, figures, phase, finishReason, error };
  }

  /** The first piece of text, thought or call. */
  began() {
    if (this.figures.firstTokenMs !== null) return;
    this.figures.firstTokenMs = performance.now() - this.startedAt;
    this.phase = 'streaming';
  }

  changed() {
    if (this.#isPlanned) return;
    this.#isPlanned = true;
    setTimeout(() => {
      this.#isPlanned = false;
      this.version.value += 1;
    }, SHOWN_EVERY_MS);
  }

  end(phase: 'done' | 'failed' | 'stopped', error = '') {
    if (this.isOver) return;
    this.phase = phase;
    this.error = error;
    this.figures.totalMs = performance.now() - this.startedAt;
    this.version.value += 1;
  }

  /** Tokens, once they are known. */
  count(promptTokens: number | null, completionTokens: number | null, costUsd: number | null) {
    const { firstTokenMs, totalMs } = this.figures;
    const end = totalMs ?? performance.now() - this.startedAt;
    const seconds = firstTokenMs === null ? 0 : (end - firstTokenMs) / 1000;
    const speed = completionTokens !== null && seconds > 0.05 ? completionTokens / seconds : null;
    Object.assign(this.figures, { promptTokens, completionTokens, costUsd, tokensPerSecond: speed });
    this.version.value += 1;
  }
}
