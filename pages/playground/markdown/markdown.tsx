// A text of a model. Code has a button that copies it.
import type { Token } from 'marked';
import { memo } from 'preact/compat';
import { useLayoutEffect, useMemo, useRef } from 'preact/hooks';
import { copyText } from '../../common/copy_button.tsx';
import { partsOf, renderPart } from './render.ts';

const SHOWN_MS = 1500;

export function Markdown({ text }: { text: string }) {
  const parts = useMemo(() => partsOf(text), [text]);
  return (
    <div class="markdown">
      {parts.map((part, index) => (
        <Part key={index} part={part} raw={part.raw} />
      ))}
    </div>
  );
}

const Part = memo(
  function Part({ part }: { part: Token; raw: string }) {
    const ground = useRef<HTMLDivElement>(null);
    useLayoutEffect(() => {
      const rendered = renderPart(part);
      for (const code of rendered.querySelectorAll('pre')) addCopyButton(code);
      for (const table of rendered.querySelectorAll('table')) makeScrollable(table);
      ground.current?.replaceChildren(rendered);
    }, [part]);
    return <div ref={ground} class="markdown-part" />;
  },
  (before, now) => before.raw === now.raw,
);

function addCopyButton(code: HTMLPreElement) {
  const ground = document.createElement('div');
  ground.className = 'code-block';
  const button = document.createElement('button');
  button.type = 'button';
  button.className = 'button quiet';
  button.textContent = 'Copy';
  button.addEventListener('click', async () => {
    button.textContent = (await copyText(code.textContent ?? '')) ? 'Copied' : 'Not allowed';
    setTimeout(() => (button.textContent = 'Copy'), SHOWN_MS);
  });
  code.tabIndex = 0;
  code.replaceWith(ground);
  ground.append(code, button);
}

function makeScrollable(table: HTMLTableElement) {
  const ground = document.createElement('div');
  ground.className = 'scrolled';
  ground.tabIndex = 0;
  table.replaceWith(ground);
  ground.append(table);
}
