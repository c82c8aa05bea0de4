// The key that was typed in. It lives in the sessionStorage of this tab: never in a URL, never in a cookie.
import { signal } from '@preact/signals';

const STORED_AS = 'onellm_key';

/** Secrets that the gateway makes for people (docs/keys.md). The master key may look like anything. */
const HANDED_OUT = /^sk-onellm-[0-9A-Za-z]{49}$/;

export const key = signal(sessionStorage.getItem(STORED_AS) ?? '');

export function useKey(value: string) {
  const text = value.trim();
  sessionStorage.setItem(STORED_AS, text);
  key.value = text;
}

export function forgetKey() {
  sessionStorage.removeItem(STORED_AS);
  key.value = '';
}

/** A guess, from the form alone, that saves a request. */
export function looksHandedOut(value: string): boolean {
  return HANDED_OUT.test(value);
}
