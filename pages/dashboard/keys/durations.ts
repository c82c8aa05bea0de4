// When budgets begin anew, in words.

export const DURATIONS = [
  { id: '', name: 'for ever' },
  { id: '1d', name: 'a day' },
  { id: '7d', name: 'a week' },
  { id: '1mo', name: 'a month' },
];

export function renewalWords(duration: string | null): string {
  if (duration === null) return 'in all';
  return DURATIONS.find(({ id }) => id === duration)?.name ?? `each ${duration}`;
}
