// The dialogs of keys: make, change, rotate, block and delete one.
import { useState } from 'preact/hooks';
import type { Failure, Result } from '../../common/api.ts';
import type { Key, NewKey } from '../../common/api_types.ts';
import { Dialog } from '../../common/dialog.tsx';
import { Confirmation } from './confirmation.tsx';
import { KeyForm } from './key_form.tsx';
import { Secret } from './secret.tsx';
import { changeKey, createKey, deleteKey, loadKeys, rotateKey } from './store.ts';

export type KeyTask = { kind: 'create' } | { kind: 'change' | 'rotate' | 'block' | 'delete'; key: Key };

const nameOf = (key: Key) => key.key_alias ?? key.id;

function titleOf(task: KeyTask): string {
  if (task.kind === 'create') return 'New key';
  const name = nameOf(task.key);
  if (task.kind === 'block') return task.key.blocked ? `Unblock ${name}?` : `Block ${name}?`;
  const titles = { change: `Change ${name}`, rotate: `New secret for ${name}?`, delete: `Delete ${name}?` };
  return titles[task.kind];
}

export function KeyDialog({ task, onClose }: { task: KeyTask; onClose: () => void }) {
  const [made, setMade] = useState<NewKey | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const [isBusy, setBusy] = useState(false);

  const run = async (work: Promise<Result<unknown>>, isSecret = false) => {
    setBusy(true);
    const result = await work;
    setBusy(false);
    if (!result.ok) return setFailure(result.failure);
    loadKeys();
    if (isSecret) setMade(result.value as NewKey);
    else onClose();
  };
  const title = made === null ? titleOf(task) : `The secret of ${nameOf(made)}`;
  return (
    <Dialog title={title} onClose={onClose}>
      {failure !== null && (
        <p class="notice is-bad" role="alert">
          {failure.message}
        </p>
      )}
      {made !== null ? (
        <Secret made={made} onClose={onClose} />
      ) : (
        <Task task={task} isBusy={isBusy} run={run} onClose={onClose} />
      )}
    </Dialog>
  );
}

interface TaskProps {
  task: KeyTask;
  isBusy: boolean;
  run: (work: Promise<Result<unknown>>, isSecret?: boolean) => void;
  onClose: () => void;
}

function Task({ task, isBusy, run, onClose }: TaskProps) {
  if (task.kind === 'create') {
    return (
      <KeyForm
        isBusy={isBusy}
        verb="Make the key"
        onClose={onClose}
        onSave={(fields) => run(createKey(fields), true)}
      />
    );
  }
  const { key } = task;
  const shared = { isBusy, onClose };
  switch (task.kind) {
    case 'change':
      return (
        <KeyForm {...shared} verb="Save" from={key} onSave={(fields) => run(changeKey(key.id, fields))} />
      );
    case 'rotate':
      return (
        <Confirmation
          {...shared}
          verb="Make a new secret"
          hasGrace
          text="Its owner has to put the new secret in. The old one stops working at once, or after a time that you choose."
          onConfirm={(grace) => run(rotateKey(key.id, grace), true)}
        />
      );
    case 'block':
      return (
        <Confirmation
          {...shared}
          verb={key.blocked ? 'Unblock' : 'Block'}
          isDanger={!key.blocked}
          text={
            key.blocked
              ? 'Requests with this key are served again.'
              : 'Requests with this key are refused: at once where it has a limit, else within 60 seconds. Open ones go on to their end.'
          }
          onConfirm={() => run(changeKey(key.id, { blocked: !key.blocked }))}
        />
      );
    case 'delete':
      return (
        <Confirmation
          {...shared}
          verb="Delete"
          isDanger
          text="The key stops working for good. Its usage stays in the ledger."
          onConfirm={() => run(deleteKey(key.id))}
        />
      );
  }
}
