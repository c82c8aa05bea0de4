// KV for plain workerd, whose kvNamespace binding passes every call on as an HTTP request: GET, PUT and DELETE of
// /KEY. The values lie in the SQLite database of one Durable Object. A Worker of its own: the gateway reaches
// it by its binding ONELLM_KV alone.
//
// Rule: what it does not do (lists, several keys at once, metadata) is refused, never left out in silence.
import { DurableObject } from 'cloudflare:workers';

const KEY_BYTES_MAX = 512;

/** SQLite's rows in a Durable Object end at 2 MB, key included. */
const VALUE_BYTES_MAX = 2_000_000;

/** `expires_s`: seconds since 1970, null for never. */
const TABLES = `
  CREATE TABLE IF NOT EXISTS entries (key TEXT PRIMARY KEY, value BLOB NOT NULL, expires_s INTEGER) WITHOUT ROWID;
  CREATE INDEX IF NOT EXISTS entries_expiry ON entries (expires_s) WHERE expires_s IS NOT NULL;`;

const PUT = `
  INSERT INTO entries (key, value, expires_s) VALUES (?, ?, ?)
  ON CONFLICT (key) DO UPDATE SET value = excluded.value, expires_s = excluded.expires_s`;

export default {
  /**
   * @param {Request} request
   * @param {Record<string, any>} env
   */
  fetch(request, env) {
    return env.KEY_VALUES.get(env.KEY_VALUES.idFromName('key_values')).fetch(request);
  },
};

export class KeyValues extends DurableObject {
  /** @param {DurableObjectState} state @param {Record<string, any>} env */
  constructor(state, env) {
    super(state, env);
    this.sql = state.storage.sql;
    this.sql.exec(TABLES);
  }

  /** @param {Request} request */
  async fetch(request) {
    const url = new URL(request.url);
    const key = keyOf(url);
    if (key === null) return refusal(400, `a key has 1 to ${KEY_BYTES_MAX} bytes`);
    if (request.method === 'GET') return this.#get(key);
    if (request.method === 'PUT') return this.#put(key, request, url.searchParams);
    if (request.method === 'DELETE') return this.#delete(key);
    return refusal(501, `${request.method} is not supported`);
  }

  #get(key) {
    const rows = this.sql.exec(
      'SELECT value, expires_s FROM entries WHERE key = ? AND (expires_s IS NULL OR expires_s > ?)',
      key,
      nowSeconds(),
    );
    const [row] = rows.toArray();
    if (row === undefined) return refusal(404, 'no value');
    return new Response(row.value, {
      headers: row.expires_s === null ? {} : { 'CF-Expiration': String(row.expires_s) },
    });
  }

  async #put(key, request, query) {
    // Read before any refusal: workerd's binding waits until its whole body is taken.
    const value = await request.arrayBuffer();
    if (request.headers.has('CF-KV-Metadata')) return refusal(501, 'metadata is not supported');
    const expires = expiryOf(query);
    if (expires !== null && !(expires > nowSeconds())) return refusal(400, 'the value has expired');
    if (value.byteLength > VALUE_BYTES_MAX - KEY_BYTES_MAX) {
      return refusal(413, `a value has at most ${VALUE_BYTES_MAX - KEY_BYTES_MAX} bytes`);
    }
    this.sql.exec('DELETE FROM entries WHERE expires_s <= ?', nowSeconds());
    this.sql.exec(PUT, key, value, expires);
    return new Response();
  }

  #delete(key) {
    this.sql.exec('DELETE FROM entries WHERE key = ?', key);
    return new Response();
  }
}

/** The key in the path, null where it is none: a list has an empty one. */
function keyOf(url) {
  const path = url.pathname.slice(1);
  try {
    const key = url.searchParams.get('urlencoded') === 'true' ? decodeURIComponent(path) : path;
    const bytes = new TextEncoder().encode(key).length;
    return bytes >= 1 && bytes <= KEY_BYTES_MAX ? key : null;
  } catch {
    return null;
  }
}

/** Seconds since 1970, null for never, NaN if malformed. */
function expiryOf(query) {
  const ttl = query.get('expiration_ttl');
  if (ttl !== null) return nowSeconds() + Number(ttl);
  const expiration = query.get('expiration');
  return expiration === null ? null : Number(expiration);
}

const nowSeconds = () => Math.floor(Date.now() / 1000);

const refusal = (status, message) => new Response(message, { status, statusText: message });
