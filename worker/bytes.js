// Joins pieces of bytes.

/**
 * @param {Uint8Array[]} pieces
 * @returns {Uint8Array} the piece itself if there is only one, else a new array
 */
export function join(pieces) {
  if (pieces.length === 1) return pieces[0];
  let bytes = 0;
  for (const piece of pieces) bytes += piece.byteLength;
  const joined = new Uint8Array(bytes);
  let at = 0;
  for (const piece of pieces) {
    joined.set(piece, at);
    at += piece.byteLength;
  }
  return joined;
}
