// Where a stream can be cut: at any byte; steps go from event to event.

/** Ends of the events of a stream: the bytes behind each empty line. */
export function eventEnds(bytes: Uint8Array): number[] {
  const ends: number[] = [];
  let lineLength = 0;
  bytes.forEach((byte, index) => {
    if (byte === 0x0d) return;
    if (byte !== 0x0a) {
      lineLength += 1;
      return;
    }
    if (lineLength === 0 && index > 0) ends.push(index + 1);
    lineLength = 0;
  });
  if (ends.at(-1) !== bytes.length) ends.push(bytes.length);
  return ends;
}

export function stepped(ends: readonly number[], at: number, direction: 1 | -1): number {
  if (direction === 1) return ends.find((end) => end > at) ?? at;
  return ends.findLast((end) => end < at) ?? 0;
}
