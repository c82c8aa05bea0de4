// The Translate tab is a part of its own: it is loaded, with the gateway's module, when it is opened first.
import type { ComponentType } from 'preact';
import { useEffect, useState } from 'preact/hooks';

export function TranslateTab() {
  const [Part, setPart] = useState<ComponentType | null>(null);
  const [problem, setProblem] = useState('');
  useEffect(() => {
    import('./translate/translate.tsx').then(
      (module) => setPart(() => module.Translate),
      (error: Error) => setProblem(error.message),
    );
  }, []);
  if (problem !== '') {
    return (
      <p class="notice is-bad" role="alert">
        This part could not be loaded: {problem}
      </p>
    );
  }
  return Part === null ? <p class="muted">Loading the gateway’s module …</p> : <Part />;
}
