// Cuts the stream: by a slider at any byte, by buttons at the next byte or event.
import { useMemo } from 'preact/hooks';
import { eventEnds, stepped } from './cuts.ts';
import type { End } from './stream_part.tsx';

const ENDS: { id: End; name: string }[] = [
  { id: 'open', name: 'more would come' },
  { id: 'end', name: 'it ends' },
  { id: 'break', name: 'it breaks off' },
];

/** So much of what was sent last is shown. */
const SEEN_BYTES = 60;

interface Props {
  bytes: Uint8Array;
  at: number;
  end: End;
  onCut: (at: number) => void;
  onEnd: (end: End) => void;
}

export function CutBar({ bytes, at, end, onCut, onEnd }: Props) {
  const ends = useMemo(() => eventEnds(bytes), [bytes]);
  const seen = new TextDecoder().decode(bytes.slice(Math.max(0, at - SEEN_BYTES), at));
  const step = (to: number, name: string, isOff: boolean) => (
    <button type="button" class="button" disabled={isOff} onClick={() => onCut(to)}>
      {name}
    </button>
  );
  return (
    <div class="cut">
      <input
        type="range"
        class="cut-slider"
        aria-label="Bytes sent"
        min={0}
        max={bytes.length}
        value={at}
        onInput={(event) => onCut(Number(event.currentTarget.value))}
      />
      <div class="row">
        {step(stepped(ends, at, -1), 'Event back', at === 0)}
        {step(stepped(ends, at, 1), 'Next event', at === bytes.length)}
        {step(at + 1, 'Next byte', at === bytes.length)}
        <span class="label cut-place">
          {at} of {bytes.length} bytes
        </span>
      </div>
      <label class="row">
        <span class="label">Then</span>
        <select
          class="input cut-end"
          value={end}
          onChange={(event) => onEnd(event.currentTarget.value as End)}
        >
          {ENDS.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </label>
      <p class="label code cut-seen">… {seen.trimEnd() || '(nothing)'}</p>
    </div>
  );
}
