// How the Worker serves the pages: which paths, with which headers.

import assert from 'node:assert/strict';
import test from 'node:test';
import { servePage } from '../../worker/pages.js';

const FILES = {
  '/home.html': 'home',
  '/dashboard.html': 'dashboard',
  '/playground.html': 'play',
  '/assets/a-1.js': 'js',
};

/** As a disk service answers; static assets also give an etag. */
const ASSETS = {
  fetch(request) {
    const body = FILES[new URL(request.url).pathname];
    if (body === undefined) return new Response('no', { status: 404 });
    if (request.headers.get('if-none-match') === '"e"')
      return new Response(null, { status: 304, headers: { etag: '"e"' } });
    return new Response(body, { headers: { 'content-type': 'application/octet-stream', etag: '"e"' } });
  },
};

const HTML = { accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const ask = (path, { method = 'GET', headers = HTML, env = { ASSETS } } = {}) =>
  servePage(new Request(`https://one.test${path}`, { method, headers }), env);

test('pages are HTML that is asked for again, with every security header', async () => {
  for (const [path, body] of [
    ['/', 'home'],
    ['/dashboard', 'dashboard'],
    ['/playground', 'play'],
    ['/dashboard/', 'dashboard'],
  ]) {
    const reply = await ask(`${path}?range=7d`);
    assert.equal(reply.status, 200);
    assert.equal(await reply.text(), body);
    assert.equal(reply.headers.get('content-type'), 'text/html; charset=utf-8');
    assert.equal(reply.headers.get('cache-control'), 'no-cache');
    assert.equal(reply.headers.get('x-content-type-options'), 'nosniff');
    assert.equal(reply.headers.get('referrer-policy'), 'no-referrer');
    const policy = reply.headers.get('content-security-policy');
    assert.match(policy, /^default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; /);
    assert.match(
      policy,
      /img-src 'self' data: blob:; connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'$/,
    );
  }
});

test('files with a hash in their name are kept for ever', async () => {
  const reply = await ask('/assets/a-1.js', { headers: {} });
  assert.equal(reply.headers.get('content-type'), 'text/javascript; charset=utf-8');
  assert.equal(reply.headers.get('cache-control'), 'public, max-age=31536000, immutable');
  assert.equal(reply.headers.get('x-content-type-options'), 'nosniff');
});

test('a page that the browser has is not sent again', async () => {
  const reply = await ask('/dashboard', { headers: { ...HTML, 'if-none-match': '"e"' } });
  assert.equal(reply.status, 304);
  assert.equal(await reply.text(), '');
});

test('HEAD gets the head alone', async () => {
  const reply = await ask('/dashboard', { method: 'HEAD' });
  assert.equal(reply.status, 200);
  assert.equal(await reply.text(), '');
});

test('who does not ask for HTML gets the core at the root', () => {
  assert.equal(ask('/', { headers: {} }), null);
  assert.equal(ask('/', { headers: { accept: 'application/json' } }), null);
  assert.equal(ask('//', { headers: { accept: 'application/json' } }), null);
  assert.equal(ask('/', { env: {} }), null);
});

test('other methods and other paths are the core’s', () => {
  assert.equal(ask('/dashboard', { method: 'POST' }), null);
  assert.equal(ask('/dashboard', { method: 'OPTIONS' }), null);
  for (const path of ['/v1/models', '/healthz', '/home.html', '/dashboards', '/constructor'])
    assert.equal(ask(path), null);
});

test('a file that is not there is a 404 in plain text', async () => {
  for (const path of [
    '/assets/b-2.js',
    '/assets/',
    '/assets/a-1.exe',
    '/assets/%2e%2e/home.html',
    '/assets/x/a-1.js',
  ]) {
    const reply = await ask(path);
    assert.equal(reply?.status ?? 404, 404, path);
    if (reply) assert.match(reply.headers.get('content-type'), /^text\/plain/);
  }
  const unbuilt = await ask('/dashboard', { env: {} });
  assert.equal(unbuilt.status, 404);
  assert.match(await unbuilt.text(), /npm run build/);
});
