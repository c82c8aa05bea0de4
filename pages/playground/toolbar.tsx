// What can be done to all columns.
import { PlusIcon } from '../common/icons.tsx';
import { CodeDialog } from './code_dialog.tsx';
import { ModelPicker } from './model_picker/model_picker.tsx';
import { choosing, isCodeOpen, isSettingsOpen } from './panels.ts';
import { COLUMNS_MAX, columns, isBlind, isRevealed, isRunning } from './state/store.ts';

export function Toolbar() {
  const hasTurns = columns.value.some(({ turns }) => turns.length > 0);
  const clear = () => {
    columns.value = columns.value.map((column) => ({ ...column, turns: [] }));
    isRevealed.value = false;
  };
  const toggleBlind = () => {
    isBlind.value = !isBlind.value;
    clear();
  };
  return (
    <>
      <div class="row toolbar">
        <button
          type="button"
          class="button"
          aria-pressed={isSettingsOpen.value}
          onClick={() => (isSettingsOpen.value = !isSettingsOpen.value)}
        >
          Settings
        </button>
        <button
          type="button"
          class="button"
          aria-pressed={isBlind.value}
          title="Hides the names until you have voted"
          disabled={isRunning.value}
          onClick={toggleBlind}
        >
          Blind
        </button>
        <button type="button" class="button" onClick={() => (isCodeOpen.value = true)}>
          Code
        </button>
        {hasTurns && (
          <button type="button" class="button" disabled={isRunning.value} onClick={clear}>
            Clear
          </button>
        )}
        <button
          type="button"
          class="button"
          disabled={columns.value.length >= COLUMNS_MAX || isRunning.value}
          onClick={() => (choosing.value = 'new')}
        >
          <PlusIcon />
          Model
        </button>
      </div>
      {choosing.value !== null && <ModelPicker />}
      {isCodeOpen.value && <CodeDialog onClose={() => (isCodeOpen.value = false)} />}
    </>
  );
}
