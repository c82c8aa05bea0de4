// Keys for tests in workerd: makes them in the registry itself, without the admin routes.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { crc32 } from 'node:zlib';
import { standardSettings, startGateway } from './gateway.mjs';

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
export const CENT = 10_000_000_000n;

function base62(number, digits) {
  let text = '';
  for (let rest = BigInt(number); text.length < digits; rest /= 62n) text = DIGITS[Number(rest % 62n)] + text;
  return text;
}

/** A secret in the right form: what it stands for is up to the registry. */
export function newSecret() {
  const text = `sk-onellm-${base62(BigInt(`0x${randomBytes(32).toString('hex')}`), 43)}`;
  return text + base62(crc32(text), 6);
}

/** `flat` costs $0.001 for a token of output and nothing for the prompt, `cheap` a tenth of it. */
export function keysSettings(upstream, more = {}) {
  const models = { base: `${upstream.url}/host/v1`, models: ['flat', 'cheap', 'slow'], native: true };
  return standardSettings(upstream, {
    ONELLM_PROVIDERS: JSON.stringify({ host: models }),
    ONELLM_PRICES: JSON.stringify({
      flat: { input_mtok: 0, output_mtok: 1000 },
      slow: { input_mtok: 0, output_mtok: 1000 },
      cheap: { input_mtok: 0, output_mtok: 100 },
    }),
    ONELLM_PLATFORM: 'workerd',
    ONELLM_TRUSTED_PROXIES: '1',
    ...more,
  });
}

export async function startKeys(upstream, more) {
  const gateway = await startGateway({
    workers: { main: keysSettings(upstream, more) },
    keys: true,
    entry: 'tests/worker/support/keys_world_entry.js',
  });
  const { main } = gateway.clients;
  const call = async (binding, name, method, argument) => {
    const body = [[binding, name, method, JSON.stringify(argument)]];
    const { json } = await main.send({ path: '/objects', body });
    return JSON.parse(json[0]);
  };
  let made = 0;
  return {
    ...gateway,
    main,
    /** @returns {Promise<{ id: string, secret: string }>} */
    async make(fields = {}) {
      const secret = newSecret();
      const id = `key_${++made}`;
      const hash = createHash('sha256').update(secret).digest('hex');
      const { records } = await call('ONELLM_KEYS_OBJECT', 'keys', 'create', {
        body: JSON.stringify(fields),
        id,
        hash,
      });
      assert.equal(records?.length, 1, JSON.stringify(fields));
      return { id, secret };
    },
    patch: (id, fields) => call('ONELLM_KEYS_OBJECT', 'keys', 'patch', { id, body: JSON.stringify(fields) }),
    usage: async ({ id }) => (await call('ONELLM_LIMITER_OBJECT', id, 'read', { key: id })).usage,
    trouble: (what) => main.get('/healthz', { headers: { 'x-trouble': what } }),
  };
}

/** Repeats a check that may be true only in a moment. */
export async function soon(check, withinMs = 8000) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await sleep(50);
    }
  }
}
