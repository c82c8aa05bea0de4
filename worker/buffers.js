// Buffers for reads, which are used again. With a new buffer for every short answer, a relayed stream spent
// a sixth of its time in the garbage collector.
//
// Rule: a reader uses only the bytes that it has just read; older bytes in a buffer are of other requests.

export const BUFFER_BYTES = 64 * 1024;

const SPARE_MAX = 32;

/** @type {ArrayBuffer[]} */
const spare = [];

export function takeBuffer() {
  return spare.pop() ?? new ArrayBuffer(BUFFER_BYTES);
}

/** @param {ArrayBuffer} buffer from takeBuffer, or what a read returned for it; not used any more */
export function giveBuffer(buffer) {
  if (spare.length < SPARE_MAX && buffer.byteLength === BUFFER_BYTES) spare.push(buffer);
}
