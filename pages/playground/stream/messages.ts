// The request for one or several columns, as it goes to POST /v1/chat/completions.
import type { Column } from '../state/store.ts';
import type { Attachment, Prompt, Said, Settings } from '../state/types.ts';

const NOT_RUN = 'This tool was not run: the playground only shows calls.';

type Json = Record<string, unknown>;

function part({ name, type, url }: Attachment): Json {
  if (type === 'application/pdf') return { type: 'file', file: { filename: name, file_data: url } };
  return { type: 'image_url', image_url: { url } };
}

function userMessage({ text, attachments }: Prompt): Json {
  if (attachments.length === 0) return { role: 'user', content: text };
  const content = [...attachments.map(part), ...(text === '' ? [] : [{ type: 'text', text }])];
  return { role: 'user', content };
}

/** An answer as it goes back to the model that gave it, with what its provider signed. */
function assistantMessages({ text, reasoning, members, calls }: Said): Json[] {
  const message: Json = {
    role: 'assistant',
    content: text === '' && calls.length > 0 ? null : text,
    ...members,
  };
  if (reasoning !== '') message.reasoning_content = reasoning;
  if (calls.length === 0) return [message];
  message.tool_calls = calls.map(({ id, name, args, extra }) => ({
    id,
    type: 'function',
    function: { name, arguments: args },
    ...(extra === undefined ? {} : { extra_content: extra }),
  }));
  return [message, ...calls.map(({ id }) => ({ role: 'tool', tool_call_id: id, content: NOT_RUN }))];
}

const isEmpty = ({ text, reasoning, calls }: Said) => text === '' && reasoning === '' && calls.length === 0;

/** All that a column's model is to see: its own history, and the prompt of its last turn. */
export function messagesOf({ turns }: Column, system: string): Json[] {
  const messages: Json[] = system.trim() === '' ? [] : [{ role: 'system', content: system }];
  turns.forEach(({ prompt, answer }, index) => {
    messages.push(userMessage(prompt));
    if (index < turns.length - 1 && !isEmpty(answer.said)) messages.push(...assistantMessages(answer.said));
  });
  return messages;
}

export function requestBody(models: readonly string[], messages: Json[], settings: Settings): Json {
  const body: Json = {
    model: models.join(','),
    messages,
    stream: true,
    stream_options: { include_usage: true },
  };
  if (models.length > 1) body.onellm = { merge: 'choices' };
  if (settings.temperature !== '') body.temperature = Number(settings.temperature);
  if (settings.maxTokens !== '') body.max_completion_tokens = Number(settings.maxTokens);
  if (settings.effort !== '') body.reasoning_effort = settings.effort;
  const tools = readTools(settings.tools);
  if (Array.isArray(tools)) body.tools = tools;
  return body;
}

/** An array; undefined where there are none; null where the text is no JSON array. */
export function readTools(text: string): unknown[] | undefined | null {
  if (text.trim() === '') return undefined;
  try {
    const tools = JSON.parse(text);
    return Array.isArray(tools) ? tools : null;
  } catch {
    return null;
  }
}
