// Chooses a model: a search box over what this key may use. What is typed may also be used as it stands, since a model
// may have fallbacks (`a|b`) and a provider before its name.
import { useEffect, useRef, useState } from 'preact/hooks';
import { Dialog } from '../../common/dialog.tsx';
import { choosing } from '../panels.ts';
import { columns, makeColumn, models } from '../state/store.ts';
import { matching } from './matching.ts';

export function ModelPicker() {
  const [text, setText] = useState('');
  const [active, setActive] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const found = matching(models.value ?? [], text);
  const asTyped = text.trim();
  const isOffered = asTyped !== '' && !asTyped.includes(',') && !found.some(({ id }) => id === asTyped);
  const options = [...found.map(({ id }) => id), ...(isOffered ? [asTyped] : [])];

  useEffect(() => {
    list.current?.querySelector('[aria-selected="true"]')?.scrollIntoView({ block: 'nearest' });
  }, [active, text]);
  const close = () => (choosing.value = null);
  const choose = (model: string | undefined) => {
    if (model === undefined) return;
    const place = choosing.value;
    if (place === 'new') columns.value = [...columns.value, makeColumn(model)];
    else columns.value = columns.value.map((each) => (each.id === place ? makeColumn(model) : each));
    close();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const moves: Record<string, number> = { ArrowDown: active + 1, ArrowUp: active - 1 };
    const wanted = moves[event.key];
    if (wanted !== undefined) setActive(Math.min(Math.max(wanted, 0), options.length - 1));
    else if (event.key === 'Enter') choose(options[active]);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog title={choosing.value === 'new' ? 'Add a model' : 'Choose a model'} onClose={close}>
      <input
        class="input"
        type="text"
        role="combobox"
        aria-label="Search models"
        aria-expanded="true"
        aria-controls="model-options"
        aria-activedescendant={options.length > 0 ? `model-option-${active}` : undefined}
        autocomplete="off"
        spellcheck={false}
        placeholder={models.value === null ? 'Reading the list …' : `Search ${models.value.length} models`}
        value={text}
        onInput={(event) => {
          setText(event.currentTarget.value);
          setActive(0);
        }}
        onKeyDown={onKeyDown}
      />
      <div ref={list} id="model-options" class="options" role="listbox" aria-label="Models">
        {options.map((id, index) => (
          <div
            key={id}
            id={`model-option-${index}`}
            class="option"
            role="option"
            tabIndex={-1}
            aria-selected={index === active}
            onClick={() => choose(id)}
            onKeyDown={onKeyDown}
          >
            <span class="name-text">{id}</span>
            <span class="label">{isOffered && index === options.length - 1 ? 'as typed' : aboutOf(id)}</span>
          </div>
        ))}
        {options.length === 0 && <p class="muted option-none">No model matches.</p>}
      </div>
    </Dialog>
  );
}

function aboutOf(id: string): string {
  return models.value?.find((each) => each.id === id)?.owned_by ?? '';
}
