// The API of the fixture server. What it answers depends on the key: each is a world of its own.
import { setTimeout as sleep } from 'node:timers/promises';
import { answerChat } from './chat.mjs';
import { FixtureKeys, refusal } from './fixture_keys.mjs';
import { dashboardOf } from './usage.mjs';

/** The form of a key that was handed out. */
export const OWN_KEY = `sk-onellm-${'aB3'.repeat(16)}x`;

const WORLDS = {
  'sk-plain': {},
  'sk-empty': { empty: true },
  'sk-hostile': { hostile: true },
  'sk-many': { models: 200 },
  'sk-off': { refuses: refusal(501, 'not_configured', 'Usage is not kept here. Set ONELLM_LEDGER=1.') },
  'sk-error': { refuses: refusal(503, 'ledger_unavailable', 'The ledger did not answer. Try again.') },
  'sk-forbidden': { refuses: refusal(403, 'permission_denied', 'This key may not do that.') },
  'sk-slow': { delayMs: 1500 },
  'sk-bare': { empty: true, lacks: ['ledger', 'kv', 'keys'] },
  [OWN_KEY]: { scope: 'key' },
};

/** Of the deployment, for whoever has no key: changed by a test, set back by forgetKeys(). */
export const deployment = { isConfigured: true };

/** The bodies of chat requests, in the order in which they came. */
export const received = [];

const keysOf = new Map();

/** The requests of a world begin anew, as do its keys. */
export function forgetKeys() {
  keysOf.clear();
  deployment.isConfigured = true;
}

function keysFor(name, world) {
  if (!keysOf.has(name)) keysOf.set(name, new FixtureKeys(world));
  return keysOf.get(name);
}

/** @param {Request} request @returns {Promise<Response>} */
export async function answerApi(request) {
  const { pathname, searchParams } = new URL(request.url);
  if (pathname === '/healthz') return json(200, healthOf(deployment));
  const key = (request.headers.get('authorization') ?? '').replace(/^Bearer /, '');
  const world = WORLDS[key];
  if (world === undefined) {
    const { status, body } = refusal(401, 'invalid_api_key', 'The API key is wrong.');
    return json(status, body);
  }
  if (world.delayMs) await sleep(world.delayMs);
  const body = request.method === 'GET' ? null : await request.json().catch(() => null);
  if (pathname === '/v1/chat/completions') {
    received.push(body);
    const chat = answerChat(body, request.signal);
    return chat instanceof Response ? chat : json(chat.status, chat.body);
  }
  const answer = route(request.method, pathname, searchParams, body, { name: key, ...world });
  return answer instanceof Response ? answer : json(answer.status, answer.body);
}

function route(method, path, query, body, world) {
  const keys = keysFor(world.name, world);
  if (path === '/v1/admin/usage' && world.scope === 'key')
    return refusal(403, 'permission_denied', 'This key may not do that.');
  if (path === '/v1/admin/usage' || path === '/v1/usage') {
    if (world.refuses) return world.refuses;
    const answer = dashboardOf(query, world);
    if (answer.scope === 'all') answer.keys = keys.page(new URLSearchParams());
    else answer.own_key = OWN;
    return { status: 200, body: answer };
  }
  if (path === '/v1/models') return { status: 200, body: modelList(world) };
  if (path === '/v1/status') return { status: 200, body: statusOf(world) };
  if (path.startsWith('/v1/admin/keys')) return keys.answer(method, path, query, body);
  if (path === '/v1/key') return { status: 200, body: { data: OWN } };
  return refusal(404, 'not_found', `There is no route ${path}.`);
}

const TALKERS = ['long-model', 'tool-model', 'broken-model', 'refused-model', 'hostile-model'];

function modelList({ models, hostile = false }) {
  const query = new URLSearchParams('from=2026-11-01&to=2026-11-02&step=hour');
  const { models: rows } = dashboardOf(query, { hostile, ...(models ? { models } : {}) });
  const data = rows.map(({ model, provider }) => ({
    id: model,
    object: 'model',
    created: 0,
    owned_by: provider,
  }));
  const rest = [...TALKERS, 'echo'].map((id) => ({ id, object: 'model', created: 0, owned_by: 'echo' }));
  return { object: 'list', data: [...data, ...rest] };
}

function healthOf({ isConfigured }) {
  const problems = isConfigured ? [] : ['ONELLM_API_KEY: not set'];
  return { status: 'ok', version: '0.1.0', protocol: 7, configured: isConfigured, problems };
}

function statusOf({ scope = 'all', empty = false, hostile = false, lacks = [] }) {
  const names = [
    ...new Set(
      dashboardOf(new URLSearchParams('from=2026-11-01&to=2026-11-02&step=hour'), { hostile }).names
        .providers,
    ),
  ];
  const providers = empty ? [] : names.map((name) => ({ name, dialect: name }));
  return {
    object: 'status',
    version: '0.1.0',
    scope,
    providers: [...providers, { name: 'echo', dialect: 'echo' }],
    ledger: !lacks.includes('ledger'),
    kv: !lacks.includes('kv'),
    keys: !lacks.includes('keys'),
    analytics: false,
    ...(scope === 'all'
      ? { problems: hostile ? [{ setting: 'ONELLM_PROVIDERS', message: names[0] }] : [] }
      : {}),
  };
}

const OWN = {
  label: 'Anna',
  limit: 20,
  limit_remaining: 13.69,
  limit_reset: '2099-01-01T00:00:00Z',
  usage: 41.2,
  usage_daily: 1,
  usage_weekly: 2,
  usage_monthly: 6.31,
  expires_at: null,
  models: ['gpt-4o*', 'claude-*'],
  rpm_limit: 60,
  tpm_limit: 100000,
  max_parallel_requests: null,
};

function json(status, body) {
  return Response.json(body, { status, headers: { 'x-request-id': 'req_fixture' } });
}
