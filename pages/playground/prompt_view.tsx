// What was asked.
import type { Attachment, Prompt } from './state/types.ts';

export function PromptView({ prompt }: { prompt: Prompt }) {
  return (
    <div class="prompt">
      {prompt.attachments.length > 0 && (
        <ul class="attachments">
          {prompt.attachments.map((each) => (
            <li key={each.name + each.url.length}>
              <AttachmentView attachment={each} />
            </li>
          ))}
        </ul>
      )}
      {prompt.text !== '' && <p class="prompt-text">{prompt.text}</p>}
    </div>
  );
}

export function AttachmentView({ attachment: { name, type, url } }: { attachment: Attachment }) {
  if (type.startsWith('image/')) return <img class="thumbnail" src={url} alt={name} title={name} />;
  return <span class="tag">{name}</span>;
}
