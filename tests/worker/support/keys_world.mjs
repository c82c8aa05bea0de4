// Keys for tests in workerd: makes them in the registry itself, without the admin routes.
import assert from 'node:assert/strict';
import { createHash, randomBytes } from 'node:crypto';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
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

/** What a token of output costs, in pico-dollars. A prompt costs nothing, but at `odd`: that has no round number. */
export const TOKEN = { flat: CENT / 10n, slow: CENT / 10n, cheap: CENT / 100n, odd: 3_271_593n };
export const ODD_PROMPT_TOKEN = 314_829n;

const SETTINGS = {
  ONELLM_PRICES: JSON.stringify({
    flat: { input_mtok: 0, output_mtok: 1000 },
    slow: { input_mtok: 0, output_mtok: 1000 },
    cheap: { input_mtok: 0, output_mtok: 100 },
    odd: { input_mtok: 0.314829, output_mtok: 3.271593 },
  }),
  ONELLM_ALIASES: JSON.stringify({ quickly: 'host/flat', safely: 'host/flat|host/cheap' }),
  ONELLM_PLATFORM: 'workerd',
  ONELLM_TRUSTED_PROXIES: '1',
};

/** The models of TOKEN are at `host`, others at OpenAI, and Claude at Anthropic. */
export function keysSettings(upstream, more = {}) {
  const host = { base: `${upstream.url}/host/v1`, models: [...Object.keys(TOKEN), 'unpriced'], native: true };
  return standardSettings(upstream, {
    ...SETTINGS,
    ONELLM_PROVIDERS: JSON.stringify({ host }),
    ANTHROPIC_API_KEY: 'hush-anthropic-key-0123456789',
    ANTHROPIC_API_BASE: `${upstream.url}/anthropic`,
    ...more,
  });
}

/** A reply of a model at `host`. */
export const whole = (model, completion, prompt = 3) => ({
  id: 'chatcmpl-up',
  object: 'chat.completion',
  created: 1,
  model,
  choices: [{ index: 0, message: { role: 'assistant', content: 'well' }, finish_reason: 'stop' }],
  usage: { prompt_tokens: prompt, completion_tokens: completion, total_tokens: completion + prompt },
});

/** A script of the upstream: the reply uses as many tokens as it may, so that reservation and use are the same. */
export const usesAll = (call) => call.send(200, whole(call.model, call.json.max_tokens));

let lastAddress = 0;
/** Headers by which a request comes from an address of its own. */
export const from = () => ({
  'x-forwarded-for': `10.${++lastAddress >> 16}.${(lastAddress >> 8) & 255}.${lastAddress & 255}`,
});

/** A folder in memory where there is one: every decision of a limiter is synced, and disks take their time for that. */
export function newDataFolder() {
  const memory = '/dev/shm';
  return fs.mkdtempSync(path.join(fs.existsSync(memory) ? memory : os.tmpdir(), 'onellm-keys-'));
}

/** Further options are those of startGateway(). What it keeps is gone when it stops, unless `data` says where. */
export async function startKeys(upstream, more, options = {}) {
  const data = newDataFolder();
  const gateway = await startGateway({
    workers: { main: keysSettings(upstream, more) },
    keys: true,
    entry: 'tests/worker/support/keys_world_entry.js',
    data,
    ...options,
  });
  const { main } = gateway.clients;
  const call = async (binding, name, method, argument) => {
    const body = [
      [binding, name, method, typeof argument === 'string' ? argument : JSON.stringify(argument)],
    ];
    const { json } = await main.send({ path: '/objects', body });
    return JSON.parse(json[0] ?? '{}');
  };
  const registry = (method, argument) => call('ONELLM_KEYS_OBJECT', 'keys', method, argument);
  const limiter = (key, method, argument = {}) => {
    const given = typeof argument === 'string' ? argument : { key: key.id, ...argument };
    return call('ONELLM_LIMITER_OBJECT', key.id, method, given);
  };
  const chat = (key, body, more = {}) =>
    main.chat(body, { key: key.secret ?? key, headers: from(), ...more });
  let made = 0;
  return {
    ...gateway,
    async stop() {
      await gateway.stop();
      fs.rmSync(data, { recursive: true, force: true });
    },
    main,
    registry,
    limiter,
    /** @returns {Promise<{ id: string, secret: string, hash: string }>} made without the admin routes */
    async make(fields = {}) {
      const secret = newSecret();
      const id = `key_${++made}`;
      const hash = createHash('sha256').update(secret).digest('hex');
      const { records } = await registry('create', { body: JSON.stringify(fields), id, hash });
      assert.equal(records?.length, 1, JSON.stringify(fields));
      return { id, secret, hash };
    },
    patch: (id, fields) => registry('patch', { id, body: JSON.stringify(fields) }),
    usage: async (key) => (await limiter(key, 'read')).usage,
    /** What a key has spent and what is reserved, within a moment. */
    settled: (key, spent, reserved = 0n) =>
      soon(async () => {
        const usage = (await limiter(key, 'read')).usage;
        const found = { spent: usage.spent, reserved: usage.reserved };
        assert.deepEqual(found, { spent: String(spent), reserved: String(reserved) });
      }, 15_000),
    chat,
    /** The key of a client of the Messages API. */
    messages: (key, body, more = {}) =>
      main.send({
        path: '/v1/messages',
        body: { max_tokens: 10, ...body },
        key: key.secret ?? key,
        headers: from(),
        ...more,
      }),
    /**
     * Sets `troubles` of the objects (by `Class.method`: keys_world_entry.js), and the `clock` (keys_clock.js).
     * @returns {Promise<{ calls: string[], points: object[], memory: number }>} calls of objects and data points since
     *   the last time, and the bytes of WebAssembly memory
     */
    doors: async (wish = {}) => (await main.send({ path: '/doors', body: wish })).json,
    trouble: (troubles = {}) => main.send({ path: '/doors', body: { troubles } }),
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
