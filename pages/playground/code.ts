// A request as code in three languages.

type Json = Record<string, unknown>;

const LONG = 200;

interface Code {
  id: string;
  name: string;
  text: (origin: string, body: Json) => string;
}

/** Files in a request are megabytes of base64: a word stands for them. */
export function shortened(body: Json): Json {
  const text = JSON.stringify(body, (_, value) =>
    typeof value === 'string' && value.startsWith('data:') && value.length > LONG
      ? `${value.slice(0, value.indexOf(',') + 1)}<base64 of the file>`
      : value,
  );
  return JSON.parse(text);
}

const pretty = (value: unknown) => JSON.stringify(value, null, 2);

/** In a shell: within '…' only ' is special. */
const quoted = (text: string) => `'${text.replaceAll("'", "'\\''")}'`;

/** What the client libraries do not know goes into the body beside what they know. */
function apart({ onellm, ...known }: Json): { known: Json; own: Json | null } {
  return { known, own: onellm === undefined ? null : { onellm } };
}

function curl(origin: string, body: Json): string {
  return `curl -N ${origin}/v1/chat/completions \\
  -H "Authorization: Bearer $ONELLM_API_KEY" \\
  -H 'Content-Type: application/json' \\
  -d ${quoted(pretty(body))}`;
}

function python(origin: string, body: Json): string {
  const { known, own } = apart(body);
  const members = Object.entries(own ? { ...known, extra_body: own } : known);
  const lines = members.map(([name, value]) => `    ${name}=${pythonValue(value, 4)},`);
  return `import os
from openai import OpenAI

client = OpenAI(base_url="${origin}/v1", api_key=os.environ["ONELLM_API_KEY"])
stream = client.chat.completions.create(
${lines.join('\n')}
)
for chunk in stream:
    for choice in chunk.choices:
        print(choice.delta.content or "", end="", flush=True)`;
}

function pythonValue(value: unknown, indent: number): string {
  if (value === null || value === undefined) return 'None';
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value !== 'object') return JSON.stringify(value);
  const inner = ' '.repeat(indent + 4);
  const end = ' '.repeat(indent);
  if (Array.isArray(value)) {
    if (value.length === 0) return '[]';
    return `[\n${value.map((each) => `${inner}${pythonValue(each, indent + 4)},`).join('\n')}\n${end}]`;
  }
  const members = Object.entries(value).map(
    ([name, each]) => `${JSON.stringify(name)}: ${pythonValue(each, indent)}`,
  );
  return `{${members.join(', ')}}`;
}

function javascript(origin: string, body: Json): string {
  return `import OpenAI from 'openai';

const client = new OpenAI({ baseURL: '${origin}/v1', apiKey: process.env.ONELLM_API_KEY });
const stream = await client.chat.completions.create(${pretty(body)});
for await (const chunk of stream) {
  for (const choice of chunk.choices) process.stdout.write(choice.delta.content ?? '');
}`;
}

export const CODE: Code[] = [
  { id: 'curl', name: 'curl', text: curl },
  { id: 'python', name: 'Python', text: python },
  { id: 'javascript', name: 'JavaScript', text: javascript },
];
