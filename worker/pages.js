// The pages: /, /dashboard and /playground, with their scripts and styles. Their files are those of build/pages, in
// the binding ASSETS: static assets on Cloudflare and in `wrangler dev`, a disk service in plain workerd.
//
// Rule: the binding gives bytes; content type, cache and security headers are set here, so they are the same
// everywhere.

/** @type {Record<string, string>} the file of each page */
const PAGES = { '/': 'home.html', '/dashboard': 'dashboard.html', '/playground': 'playground.html' };

/** Names in this folder have a hash of their content. */
const ASSET = /^\/assets\/[\w-]+\.(\w+)$/;

/** @type {Record<string, string>} by the end of a file's name */
const CONTENT_TYPES = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  wasm: 'application/wasm',
};

const SECURITY_HEADERS = {
  'content-security-policy':
    "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data: blob:; " +
    "connect-src 'self'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'",
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
};

const FOR_EVER = 'public, max-age=31536000, immutable';

/**
 * @param {Request} request
 * @param {Record<string, any>} env
 * @returns {Promise<Response> | null} null if the request is not for a page: then it is the core's
 */
export function servePage(request, env) {
  if (request.method !== 'GET' && request.method !== 'HEAD') return null;
  const { pathname } = new URL(request.url);
  const page = PAGES[pathname] ?? (pathname.endsWith('/') ? PAGES[pathname.slice(0, -1)] : undefined);
  if (page === undefined && !pathname.startsWith('/assets/')) return null;
  // Clients probe their base URL, and what they get there is a sentence.
  if (page === PAGES['/'] && !(env.ASSETS && wantsHtml(request))) return null;
  const file = page ?? (ASSET.test(pathname) ? pathname.slice(1) : '');
  return serveFile(request, env, file);
}

const wantsHtml = (request) => (request.headers.get('accept') ?? '').toLowerCase().includes('text/html');

/** @param {Request} request @param {Record<string, any>} env @param {string} file */
async function serveFile(request, env, file) {
  const isPage = file.endsWith('.html');
  const contentType = CONTENT_TYPES[file.slice(file.lastIndexOf('.') + 1)];
  if (!env.ASSETS)
    return notFound('The pages are not a part of this deployment. `npm run build` makes them.\n');
  const known = isPage ? request.headers.get('if-none-match') : null;
  const found = contentType ? await readFile(env.ASSETS, file, known) : null;
  if (found === null || (found.status !== 200 && found.status !== 304)) {
    await found?.body?.cancel();
    return notFound('There is no such page.\n');
  }
  const headers = new Headers({ ...SECURITY_HEADERS, 'content-type': contentType });
  headers.set('cache-control', isPage ? 'no-cache' : FOR_EVER);
  if (isPage) headers.set('vary', 'accept');
  const etag = found.headers.get('etag');
  if (etag !== null) headers.set('etag', etag);
  const body = request.method === 'HEAD' || found.status === 304 ? null : found.body;
  if (body === null) await found.body?.cancel();
  return new Response(body, { status: found.status, headers });
}

async function readFile(assets, file, known) {
  try {
    const headers = known === null ? {} : { 'if-none-match': known };
    return await assets.fetch(new Request(`https://pages.invalid/${file}`, { headers }));
  } catch (error) {
    console.error(`onellm: the file ${file} of the pages could not be read:`, error);
    return null;
  }
}

function notFound(text) {
  return new Response(text, {
    status: 404,
    headers: {
      ...SECURITY_HEADERS,
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
    },
  });
}
