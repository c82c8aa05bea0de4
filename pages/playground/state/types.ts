// What the playground remembers: columns, each a model with a history of its own.

export interface Attachment {
  name: string;
  type: string;
  /** data:…;base64,… */
  url: string;
}

export interface Prompt {
  text: string;
  attachments: Attachment[];
}

export interface ToolCall {
  id: string;
  name: string;
  /** JSON, as far as it came. */
  args: string;
  extra?: unknown;
}

/** What an answer consists of, and goes back to its model in the next turn. */
export interface Said {
  text: string;
  reasoning: string;
  /** Signed, or otherwise the provider's own: sent back as they came. */
  members: Record<string, unknown>;
  calls: ToolCall[];
}

export interface Figures {
  firstTokenMs: number | null;
  tokensPerSecond: number | null;
  promptTokens: number | null;
  completionTokens: number | null;
  costUsd: number | null;
  totalMs: number | null;
}

export type Phase = 'waiting' | 'streaming' | 'done' | 'failed' | 'stopped';

export interface AnswerRecord {
  said: Said;
  figures: Figures;
  phase: Phase;
  finishReason: string;
  error: string;
}

export interface Settings {
  system: string;
  temperature: string;
  maxTokens: string;
  effort: string;
  tools: string;
}
