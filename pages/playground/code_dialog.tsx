// The request that would be sent, to copy.
import { useState } from 'preact/hooks';
import { Copyable } from '../common/copy_button.tsx';
import { Dialog } from '../common/dialog.tsx';
import { Tabs } from '../common/tabs.tsx';
import { CODE, shortened } from './code.ts';
import { type Column, columns, draft, settings } from './state/store.ts';
import { Answer } from './state/answer.ts';
import { messagesOf, requestBody } from './stream/messages.ts';

export function CodeDialog({ onClose }: { onClose: () => void }) {
  const [chosen, setChosen] = useState('curl');
  const code = CODE.find(({ id }) => id === chosen);
  return (
    <Dialog title="This request as code" onClose={onClose}>
      <Tabs label="Languages" tabs={CODE} chosen={chosen} onChoose={setChosen} panel="code-panel" />
      {code && (
        <div id="code-panel" role="tabpanel" aria-labelledby={`tab-${code.id}`}>
          <Copyable
            text={code.text(location.origin, shortened(nextRequest()))}
            label={`Request as ${code.name}`}
          />
        </div>
      )}
      <div class="dialog-foot">
        <button type="button" class="button" onClick={onClose}>
          Close
        </button>
      </div>
    </Dialog>
  );
}

/** With the draft as the last turn; where nothing is drafted, the last that was sent. */
function nextRequest(): Record<string, unknown> {
  const names = columns.value.map(({ model }) => model);
  const first: Column = columns.value[0] ?? { id: 0, model: 'echo', turns: [] };
  const isDrafted = draft.value.text !== '' || draft.value.attachments.length > 0 || first.turns.length === 0;
  const turns = isDrafted ? [...first.turns, { prompt: draft.value, answer: new Answer() }] : first.turns;
  const isShared = turns.length === 1;
  const models = isShared ? names : names.slice(0, 1);
  return requestBody(models, messagesOf({ ...first, turns }, settings.value.system), settings.value);
}
