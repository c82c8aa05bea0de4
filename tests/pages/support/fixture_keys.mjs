// Made-up keys for other people, which can be made, changed and deleted.
import { HOSTILE } from './usage.mjs';

const record = (id, key_alias, more) => ({
  id,
  object: 'key',
  key_alias,
  models: [],
  max_budget: null,
  budget_duration: null,
  rpm_limit: null,
  tpm_limit: null,
  max_parallel_requests: null,
  expires_at: null,
  blocked: false,
  metadata: {},
  created_at: '2026-11-01T09:00:00Z',
  spend: '0',
  spend_total: null,
  last_used_at: null,
  ...more,
});

const SECRET = `sk-onellm-${'aB3'.repeat(16)}x`;

export class FixtureKeys {
  constructor({ hostile = false, empty = false } = {}) {
    const alias = hostile ? HOSTILE.replaceAll(/["<>]/g, '').slice(0, 64) : undefined;
    this.records = empty
      ? []
      : [
          record('key_5f0a', alias ?? 'Anna', {
            models: ['gpt-4o*', 'claude-*'],
            max_budget: '20',
            budget_duration: '1mo',
            spend: '6.31',
          }),
          record('key_91bc', alias ?? 'Ben', {
            models: ['gpt-4o-mini'],
            max_budget: '2',
            budget_duration: '1d',
            spend: '1.84',
            rpm_limit: 30,
          }),
          record('key_77d2', alias ?? 'night summaries', {
            max_parallel_requests: 2,
            max_budget: '5',
            budget_duration: '7d',
            spend: '5.02',
            expires_at: '2099-01-01T00:00:00Z',
          }),
          record('key_c3e8', alias ?? 'old laptop', { blocked: true, spend: '0.4' }),
        ];
    this.made = 0;
  }

  page(query) {
    const search = query.get('search') ?? '';
    const data = this.records.filter(({ id, key_alias }) => `${id} ${key_alias}`.includes(search));
    return {
      object: 'list',
      data,
      has_more: false,
      first_id: data[0]?.id ?? null,
      last_id: data.at(-1)?.id ?? null,
    };
  }

  /** @returns {{ status: number, body: unknown }} */
  answer(method, path, query, body) {
    const [, id, task] = /^\/v1\/admin\/keys\/?([^/]*)\/?(.*)$/.exec(path);
    if (id === '') return method === 'POST' ? this.#make(body) : { status: 200, body: this.page(query) };
    const found = this.records.find((each) => each.id === decodeURIComponent(id));
    if (!found) return refusal(404, 'key_not_found', 'There is no such key.');
    if (task === 'rotate') return { status: 200, body: { ...found, key: SECRET } };
    if (method === 'DELETE') {
      this.records = this.records.filter((each) => each !== found);
      return { status: 200, body: { id: found.id, object: 'key', deleted: true } };
    }
    if (method === 'PATCH') Object.assign(found, body);
    return { status: 200, body: found };
  }

  #make(body) {
    if (this.records.some(({ key_alias }) => key_alias === body.key_alias)) {
      return refusal(409, 'key_alias_taken', `Another key has the alias ${body.key_alias}.`);
    }
    const made = record(`key_new${++this.made}`, body.key_alias ?? null, body);
    this.records.unshift(made);
    return { status: 201, body: { ...made, key: SECRET } };
  }
}

export function refusal(status, code, message) {
  return { status, body: { error: { message, type: 'invalid_request_error', param: null, code } } };
}
