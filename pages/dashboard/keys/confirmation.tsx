// Asks before something is done to a key.
import { useState } from 'preact/hooks';

const GRACES = [
  { seconds: 0, name: 'at once' },
  { seconds: 600, name: 'after 10 minutes' },
  { seconds: 86_400, name: 'after a day' },
  { seconds: 604_800, name: 'after a week' },
];

interface Props {
  text: string;
  verb: string;
  isDanger?: boolean;
  /** Offers a time for which the old secret stays. */
  hasGrace?: boolean;
  isBusy: boolean;
  onConfirm: (graceSeconds: number) => void;
  onClose: () => void;
}

export function Confirmation({
  text,
  verb,
  isDanger = false,
  hasGrace = false,
  isBusy,
  onConfirm,
  onClose,
}: Props) {
  const [grace, setGrace] = useState(0);
  return (
    <>
      <p>{text}</p>
      {hasGrace && (
        <label class="field">
          <span>The old secret ends</span>
          <select
            class="input"
            value={grace}
            onChange={(event) => setGrace(Number(event.currentTarget.value))}
          >
            {GRACES.map(({ seconds, name }) => (
              <option key={seconds} value={seconds}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <div class="dialog-foot">
        <button type="button" class="button" onClick={onClose}>
          Cancel
        </button>
        <button
          type="button"
          class={isDanger ? 'button danger' : 'button main'}
          disabled={isBusy}
          onClick={() => onConfirm(grace)}
        >
          {verb}
        </button>
      </div>
    </>
  );
}
