// Reads a client's request body. A small one in a single turn; a large one in pieces that go straight
// into the core, so that JavaScript never holds a second copy of it.

const SMALL_BYTES_MAX = 1024 * 1024;
const PIECE_BYTES = 64 * 1024;

/**
 * Resolves when the body is complete or one byte more than `bytesMax` was delivered; rejects if the
 * client broke off.
 *
 * @param {Request} request
 * @param {number} bytesMax
 * @param {(bytes: Uint8Array) => void} deliver
 */
export async function readRequestBody(request, bytesMax, deliver) {
  if (request.body === null) return;
  const declared = request.headers.get('content-length');
  if (declared !== null && Number(declared) <= SMALL_BYTES_MAX) {
    const bytes = new Uint8Array(await request.arrayBuffer());
    if (bytes.byteLength > 0) deliver(bytes.subarray(0, bytesMax + 1));
    return;
  }
  const reader = request.body.getReader({ mode: 'byob' });
  let buffer = new ArrayBuffer(PIECE_BYTES);
  for (let left = bytesMax + 1; left > 0; ) {
    const wanted = Math.min(left, PIECE_BYTES);
    const { done, value } = await reader.readAtLeast(wanted, new Uint8Array(buffer, 0, wanted));
    if (done) return;
    left -= value.byteLength;
    deliver(value);
    buffer = value.buffer;
  }
  await reader.cancel();
}
