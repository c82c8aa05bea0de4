// The floor of any gateway in JavaScript: it parses the request and writes it again, takes each piece of
// the reply in hand, and does nothing else with them. Where to is in the header x-upstream.

export default {
  async fetch(request, _, context) {
    const body = JSON.stringify(await request.json());
    const headers = new Headers(request.headers);
    headers.delete('content-length');
    const reply = await fetch(headers.get('x-upstream'), { method: request.method, headers, body });
    const { readable, writable } = new TransformStream();
    context.waitUntil(pump(reply.body.getReader(), writable.getWriter()));
    return new Response(readable, reply);
  },
};

async function pump(reader, writer) {
  for (let read = await reader.read(); !read.done; read = await reader.read()) await writer.write(read.value);
  await writer.close();
}
