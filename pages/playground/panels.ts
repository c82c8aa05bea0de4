// Which parts of the playground are open.
import { signal } from '@preact/signals';

export const isSettingsOpen = signal(false);
export const isCodeOpen = signal(false);
/** The column whose model is chosen anew; 'new': a column more; null: none. */
export const choosing = signal<number | 'new' | null>(null);
