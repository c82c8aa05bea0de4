// What all pages have around them: the bar with the name, the way to the other pages, and the key.
import type { ComponentChildren } from 'preact';
import { Logo } from './icons.tsx';
import { forgetKey, key } from './key.ts';

const PAGES = [
  { path: '/', name: 'Start' },
  { path: '/dashboard', name: 'Dashboard' },
  { path: '/playground', name: 'Playground' },
];

export function Shell({ path, children }: { path: string; children: ComponentChildren }) {
  return (
    <>
      <header class="bar-ground">
        <div class="bar">
          <a class="brand" href="/">
            <Logo />
            One-LLM-API
          </a>
          <nav aria-label="Pages">
            {PAGES.map((page) => (
              <a key={page.path} href={page.path} aria-current={page.path === path ? 'page' : undefined}>
                {page.name}
              </a>
            ))}
          </nav>
          {key.value !== '' && (
            <button type="button" class="button" onClick={forgetKey}>
              Forget key
            </button>
          )}
        </div>
      </header>
      <main class="content">{children}</main>
    </>
  );
}
