// The form of a key: for a new one, and to change one.
import { useState } from 'preact/hooks';
import type { Key, KeyFields } from '../../common/api_types.ts';
import { DURATIONS } from './durations.ts';
import { EMPTY, type FormFields, toFields, toForm } from './key_fields.ts';

interface Props {
  from?: Key;
  verb: string;
  isBusy: boolean;
  onSave: (fields: Partial<KeyFields>) => void;
  onClose: () => void;
}

export function KeyForm({ from, verb, isBusy, onSave, onClose }: Props) {
  const [before] = useState(from ? toForm(from) : null);
  const [form, setForm] = useState<FormFields>(before ?? EMPTY);
  const set = (name: keyof FormFields) => (value: string) => setForm({ ...form, [name]: value });
  const durations = DURATIONS.some(({ id }) => id === form.budget_duration)
    ? DURATIONS
    : [...DURATIONS, { id: form.budget_duration, name: `each ${form.budget_duration}` }];
  const submit = (event: Event) => {
    event.preventDefault();
    onSave(toFields(form, before));
  };
  return (
    <form class="key-fields" onSubmit={submit}>
      <Text
        name="Name"
        hint="Anna"
        value={form.key_alias}
        onChange={set('key_alias')}
        isWide
        maxLength={64}
      />
      <label class="field is-wide">
        <span>Models, one pattern a line; none: all</span>
        <textarea
          class="input code"
          rows={2}
          spellcheck={false}
          placeholder="gpt-4o*"
          value={form.models}
          onInput={(event) => set('models')(event.currentTarget.value)}
        />
      </label>
      <Text
        name="Budget in US dollars"
        hint="none"
        value={form.max_budget}
        pattern="\d+(\.\d{1,12})?"
        onChange={set('max_budget')}
      />
      <label class="field">
        <span>It lasts</span>
        <select
          class="input"
          value={form.budget_duration}
          onChange={(event) => set('budget_duration')(event.currentTarget.value)}
        >
          {durations.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <Text
        name="Requests a minute"
        hint="no limit"
        value={form.rpm_limit}
        pattern="\d+"
        onChange={set('rpm_limit')}
      />
      <Text
        name="Tokens a minute"
        hint="no limit"
        value={form.tpm_limit}
        pattern="\d+"
        onChange={set('tpm_limit')}
      />
      <Text
        name="Requests at once"
        hint="no limit"
        value={form.max_parallel_requests}
        pattern="\d+"
        onChange={set('max_parallel_requests')}
      />
      <Text name="Ends" hint="" isTime value={form.expires_at} onChange={set('expires_at')} />
      <div class="dialog-foot is-wide">
        <button type="button" class="button" onClick={onClose}>
          Cancel
        </button>
        <button type="submit" class="button main" disabled={isBusy}>
          {verb}
        </button>
      </div>
    </form>
  );
}

interface TextProps {
  name: string;
  hint: string;
  value: string;
  isTime?: boolean;
  pattern?: string;
  maxLength?: number;
  isWide?: boolean;
  onChange: (value: string) => void;
}

function Text({ name, hint, value, isTime, pattern, maxLength, isWide, onChange }: TextProps) {
  return (
    <label class={isWide ? 'field is-wide' : 'field'}>
      <span>{name}</span>
      <input
        class="input"
        {...(isTime ? { type: 'datetime-local' as const } : { type: 'text' as const })}
        placeholder={hint}
        value={value}
        pattern={pattern}
        maxLength={maxLength}
        inputMode={pattern ? 'decimal' : undefined}
        autocomplete="off"
        onInput={(event) => onChange(event.currentTarget.value)}
      />
    </label>
  );
}
