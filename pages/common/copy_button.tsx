// Copies a text. Says so for a moment, to screen readers too.
import { useEffect, useState } from 'preact/hooks';
import { CheckIcon, CopyIcon } from './icons.tsx';

const SHOWN_MS = 1500;

interface Props {
  text: string | (() => string);
  label?: string;
  className?: string;
}

export function CopyButton({ text, label = 'Copy', className = 'button quiet' }: Props) {
  const [state, setState] = useState<'' | 'Copied' | 'Not allowed'>('');
  useEffect(() => {
    if (state === '') return;
    const timer = setTimeout(() => setState(''), SHOWN_MS);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => {
    const copied = await copyText(typeof text === 'string' ? text : text());
    setState(copied ? 'Copied' : 'Not allowed');
  };
  return (
    <button type="button" class={className} onClick={copy}>
      {state === 'Copied' ? <CheckIcon /> : <CopyIcon />}
      <span aria-live="polite">{state || label}</span>
    </button>
  );
}

/** Pages that were not loaded by HTTPS or from this machine have no clipboard: there a selection is copied. */
export async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return copyBySelection(text);
  }
}

function copyBySelection(text: string): boolean {
  const area = document.createElement('textarea');
  area.value = text;
  area.className = 'visually-hidden';
  (document.querySelector('dialog[open]') ?? document.body).append(area);
  area.select();
  const copied = document.execCommand('copy');
  area.remove();
  return copied;
}

export function Copyable({ text, label }: { text: string; label: string }) {
  return (
    <div class="copyable">
      <pre role="group" tabIndex={0} aria-label={label}>
        {text}
      </pre>
      <CopyButton text={text} />
    </div>
  );
}
