// A gateway made of fixtures: serves build/pages as the Worker does, and answers the API by the key that comes.
//
//   node tests/pages/support/server.mjs [PORT]     to look at the pages while they are made

import fs from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import { Readable } from 'node:stream';
import { root } from '../../../scripts/lib/machine.mjs';
import { servePage } from '../../../worker/pages.js';
import { answerApi } from './fixture_api.mjs';

const folder = path.join(root, 'build/pages');

const ASSETS = {
  async fetch(request) {
    const file = path.join(folder, new URL(request.url).pathname);
    if (!fs.existsSync(file)) return new Response('', { status: 404 });
    return new Response(fs.readFileSync(file));
  },
};

/** @param {number} port 0: any free one. `seen` gets the method and path of every request. */
export async function servePages(port = 0) {
  const seen = [];
  const server = http.createServer(async (incoming, outgoing) => {
    seen.push(`${incoming.method} ${incoming.url}`);
    const address = `http://127.0.0.1:${server.address().port}`;
    const gone = new AbortController();
    outgoing.on('close', () => gone.abort());
    const request = new Request(address + incoming.url, {
      signal: gone.signal,
      method: incoming.method,
      headers: Object.entries(incoming.headers).map(([name, value]) => [name, String(value)]),
      ...(['GET', 'HEAD'].includes(incoming.method) ? {} : { body: await textOf(incoming) }),
    });
    const response = (await servePage(request, { ASSETS })) ?? (await answerApi(request));
    outgoing.writeHead(response.status, Object.fromEntries(response.headers));
    if (response.body === null) return outgoing.end();
    const body = Readable.fromWeb(response.body);
    body.on('error', () => outgoing.destroy());
    outgoing.on('close', () => body.destroy());
    body.pipe(outgoing);
  });
  await new Promise((resolve) => server.listen(port, '127.0.0.1', resolve));
  const close = () => {
    server.closeAllConnections();
    return new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${server.address().port}`, seen, close };
}

async function textOf(incoming) {
  let text = '';
  for await (const piece of incoming) text += piece;
  return text;
}

if (process.argv[1] === new URL(import.meta.url).pathname) {
  const { url } = await servePages(Number(process.argv[2] ?? 8790));
  console.log(`listening on ${url}`);
}
