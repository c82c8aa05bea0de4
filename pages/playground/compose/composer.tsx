// Where one writes: Enter sends, Shift and Enter makes a line. Takes pictures and PDFs by drop, paste or choice.
import { useRef, useState } from 'preact/hooks';
import { CloseIcon } from '../../common/icons.tsx';
import { AttachmentView } from '../prompt_view.tsx';
import { columns, draft, isRunning } from '../state/store.ts';
import { sendDraft, stopAll } from '../stream/run.ts';
import { ACCEPTED, takeFiles } from './files.ts';

export function Composer() {
  const chooser = useRef<HTMLInputElement>(null);
  const [problem, setProblem] = useState('');
  const [isOver, setOver] = useState(false);
  const { text, attachments } = draft.value;
  const isEmpty = text.trim() === '' && attachments.length === 0;

  const add = async (files: Iterable<File>) => {
    const taken = await takeFiles([...files], draft.value.attachments);
    draft.value = { ...draft.value, attachments: taken.attachments };
    setProblem(taken.problem);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    if (!isRunning.value) sendDraft();
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = event.clipboardData?.files;
    if (!files || files.length === 0) return;
    event.preventDefault();
    add(files);
  };
  const onDrop = (event: DragEvent) => {
    event.preventDefault();
    setOver(false);
    if (event.dataTransfer) add(event.dataTransfer.files);
  };
  return (
    <form
      class={isOver ? 'card composer is-over' : 'card composer'}
      onSubmit={(event) => {
        event.preventDefault();
        sendDraft();
      }}
      onDragOver={(event) => {
        event.preventDefault();
        setOver(true);
      }}
      onDragLeave={() => setOver(false)}
      onDrop={onDrop}
    >
      {attachments.length > 0 && <Attachments />}
      {problem !== '' && (
        <p class="bad" role="alert">
          {problem}
        </p>
      )}
      <textarea
        class="composer-text"
        rows={2}
        aria-label="Prompt"
        placeholder={columns.value.length > 1 ? `Ask ${columns.value.length} models` : 'Ask the model'}
        value={text}
        onInput={(event) => (draft.value = { ...draft.value, text: event.currentTarget.value })}
        onKeyDown={onKeyDown}
        onPaste={onPaste}
      />
      <div class="composer-foot">
        <input
          ref={chooser}
          class="visually-hidden"
          type="file"
          multiple
          tabIndex={-1}
          aria-label="Files"
          accept={ACCEPTED.join(',')}
          onChange={(event) => {
            add(event.currentTarget.files ?? []);
            event.currentTarget.value = '';
          }}
        />
        <button type="button" class="button quiet" onClick={() => chooser.current?.click()}>
          Picture or PDF
        </button>
        {isRunning.value ? (
          <button type="button" class="button" onClick={stopAll}>
            Stop
          </button>
        ) : (
          <button type="submit" class="button main" disabled={isEmpty || columns.value.length === 0}>
            Send
          </button>
        )}
      </div>
    </form>
  );
}

function Attachments() {
  const remove = (index: number) => {
    draft.value = { ...draft.value, attachments: draft.value.attachments.filter((_, at) => at !== index) };
  };
  return (
    <ul class="attachments">
      {draft.value.attachments.map((each, index) => (
        <li key={each.name + each.url.length}>
          <AttachmentView attachment={each} />
          <button
            type="button"
            class="button quiet icon"
            aria-label={`Remove ${each.name}`}
            onClick={() => remove(index)}
          >
            <CloseIcon />
          </button>
        </li>
      ))}
    </ul>
  );
}
