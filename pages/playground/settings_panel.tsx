// What goes with every request.
import { isSettingsOpen } from './panels.ts';
import { settings } from './state/store.ts';
import type { Settings } from './state/types.ts';
import { readTools } from './stream/messages.ts';

const EFFORTS = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh'];

const set = (name: keyof Settings) => (value: string) =>
  (settings.value = { ...settings.value, [name]: value });

export function SettingsPanel() {
  if (!isSettingsOpen.value) return null;
  const { system, temperature, maxTokens, effort, tools } = settings.value;
  const areToolsWrong = readTools(tools) === null;
  return (
    <section class="card settings" aria-label="Settings">
      <label class="field settings-system">
        <span>System prompt</span>
        <textarea
          class="input"
          rows={5}
          value={system}
          placeholder="none"
          onInput={(event) => set('system')(event.currentTarget.value)}
        />
      </label>
      <label class="field settings-system">
        <span>
          {areToolsWrong ? 'Tools: this is no JSON array' : 'Tools, a JSON array; calls are shown, not run'}
        </span>
        <textarea
          class="input code"
          rows={5}
          spellcheck={false}
          value={tools}
          placeholder={'[{"type": "function", "function": {"name": "…"}}]'}
          aria-invalid={areToolsWrong}
          onInput={(event) => set('tools')(event.currentTarget.value)}
        />
      </label>
      <div class="settings-numbers">
        <NumberField
          name="Temperature"
          value={temperature}
          max={2}
          step={0.1}
          onChange={set('temperature')}
        />
        <NumberField name="Max tokens" value={maxTokens} min={1} step={1} onChange={set('maxTokens')} />
        <label class="field">
          <span>Effort</span>
          <select class="input" value={effort} onChange={(event) => set('effort')(event.currentTarget.value)}>
            <option value="">default</option>
            {EFFORTS.map((each) => (
              <option key={each}>{each}</option>
            ))}
          </select>
        </label>
      </div>
    </section>
  );
}

interface NumberProps {
  name: string;
  value: string;
  min?: number;
  max?: number;
  step: number;
  onChange: (value: string) => void;
}

function NumberField({ name, value, min = 0, max, step, onChange }: NumberProps) {
  return (
    <label class="field">
      <span>{name}</span>
      <input
        class="input"
        type="number"
        min={min}
        max={max}
        step={step}
        value={value}
        placeholder="default"
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}
