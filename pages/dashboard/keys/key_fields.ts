// The fields of a key as texts in a form, and back.
import type { Key, KeyFields } from '../../common/api_types.ts';

export type FormFields = Record<keyof KeyFields, string>;

export const EMPTY: FormFields = {
  key_alias: '',
  models: '',
  max_budget: '',
  budget_duration: '1mo',
  rpm_limit: '',
  tpm_limit: '',
  max_parallel_requests: '',
  expires_at: '',
};

export function toForm(key: Key): FormFields {
  const text = (value: string | number | null) => (value === null ? '' : String(value));
  return {
    key_alias: text(key.key_alias),
    models: key.models.join('\n'),
    max_budget: text(key.max_budget),
    budget_duration: text(key.budget_duration),
    rpm_limit: text(key.rpm_limit),
    tpm_limit: text(key.tpm_limit),
    max_parallel_requests: text(key.max_parallel_requests),
    expires_at: key.expires_at === null ? '' : localMinute(key.expires_at),
  };
}

/** As the browser's field for date and time wants it: in this zone, without one. */
function localMinute(time: string): string {
  const date = new Date(time);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

/** `before`: what the form began with; what was not touched is not sent. */
export function toFields(form: FormFields, before: FormFields | null): Partial<KeyFields> {
  const number = (value: string) => (value === '' ? null : Number(value));
  const all: KeyFields = {
    key_alias: form.key_alias.trim() || null,
    models: form.models.split(/[\s,]+/).filter(Boolean),
    max_budget: form.max_budget.trim() || null,
    budget_duration: form.max_budget.trim() === '' ? null : form.budget_duration || null,
    rpm_limit: number(form.rpm_limit),
    tpm_limit: number(form.tpm_limit),
    max_parallel_requests: number(form.max_parallel_requests),
    expires_at:
      form.expires_at === '' ? null : new Date(form.expires_at).toISOString().replace(/\.\d+Z$/, 'Z'),
  };
  const names = Object.keys(all) as (keyof KeyFields)[];
  const sent =
    before === null
      ? names.filter((name) => form[name] !== '')
      : names.filter((name) => form[name] !== before[name]);
  return Object.fromEntries(sent.map((name) => [name, all[name]]));
}
