// The floor of any gateway in JavaScript: it parses the request and writes it again, takes each piece of
// the reply in hand, and does nothing else with them. Setting: UPSTREAM_URL.

export default {
  async fetch(request, { UPSTREAM_URL }, context) {
    const body = JSON.stringify(await request.json());
    const headers = new Headers(request.headers);
    headers.delete('content-length');
    const reply = await fetch(UPSTREAM_URL, { method: request.method, headers, body });
    const { readable, writable } = new TransformStream();
    context.waitUntil(pump(reply.body.getReader(), writable.getWriter()));
    return new Response(readable, reply);
  },
};

async function pump(reader, writer) {
  for (let read = await reader.read(); !read.done; read = await reader.read()) await writer.write(read.value);
  await writer.close();
}
