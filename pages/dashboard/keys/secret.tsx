// A secret, shown this once.
import type { NewKey } from '../../common/api_types.ts';
import { Copyable } from '../../common/copy_button.tsx';

export function Secret({ made, onClose }: { made: NewKey; onClose: () => void }) {
  return (
    <>
      <p>Copy it now and give it to its owner. It is not shown again: the gateway keeps only its hash.</p>
      <Copyable text={made.key} label="Secret" />
      <div class="dialog-foot">
        <button type="button" class="button main" onClick={onClose}>
          Done
        </button>
      </div>
    </>
  );
}
