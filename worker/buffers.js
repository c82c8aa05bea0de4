// Spare buffers to read into. A fresh one for every short answer keeps the garbage collector busy: a
// relayed stream spent a sixth of its time there. Only bytes just read are ever looked at.

export const BUFFER_BYTES = 64 * 1024;

const SPARE_MAX = 32;

/** @type {ArrayBuffer[]} */
const spare = [];

export function takeBuffer() {
  return spare.pop() ?? new ArrayBuffer(BUFFER_BYTES);
}

/** @param {ArrayBuffer} buffer from takeBuffer, or what became of it in a read; nobody uses it any more */
export function giveBuffer(buffer) {
  if (spare.length < SPARE_MAX && buffer.byteLength === BUFFER_BYTES) spare.push(buffer);
}
