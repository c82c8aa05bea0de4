// Ready-made set-up for clients, with this deployment's address in it. Only clients that a test of this project runs,
// or whose API one does.

export interface Client {
  id: string;
  name: string;
  /** Where the block goes. */
  place: string;
  text: (origin: string) => string;
}

export const KEY_WORD = '<your key>';

export const CLIENTS: Client[] = [
  {
    id: 'python',
    name: 'OpenAI Python',
    place: 'pip install openai',
    text: (origin) => `from openai import OpenAI

client = OpenAI(base_url="${origin}/v1", api_key="${KEY_WORD}")
answer = client.chat.completions.create(
    model="echo",
    messages=[{"role": "user", "content": "Hello"}],
)
print(answer.choices[0].message.content)`,
  },
  {
    id: 'javascript',
    name: 'OpenAI JavaScript',
    place: 'npm install openai',
    text: (origin) => `import OpenAI from 'openai';

const client = new OpenAI({ baseURL: '${origin}/v1', apiKey: '${KEY_WORD}' });
const stream = await client.chat.completions.create({
  model: 'echo',
  messages: [{ role: 'user', content: 'Hello' }],
  stream: true,
});
for await (const chunk of stream) process.stdout.write(chunk.choices[0]?.delta?.content ?? '');`,
  },
  {
    id: 'claude-code',
    name: 'Claude Code',
    place: 'In a shell. Any model works, not only those of Anthropic.',
    text: (origin) => `export ANTHROPIC_BASE_URL=${origin}
export ANTHROPIC_AUTH_TOKEN='${KEY_WORD}'
claude --model gpt-4o`,
  },
  {
    id: 'opencode',
    name: 'opencode',
    place: 'opencode.json in your project',
    text: (origin) =>
      JSON.stringify(
        {
          $schema: 'https://opencode.ai/config.json',
          provider: {
            onellm: {
              npm: '@ai-sdk/anthropic',
              name: 'One-LLM-API',
              options: { baseURL: `${origin}/v1`, apiKey: KEY_WORD },
              models: { 'gpt-4o': {}, 'claude-sonnet-5': {} },
            },
          },
        },
        null,
        2,
      ),
  },
  {
    id: 'open-webui',
    name: 'Open WebUI',
    place: 'In a shell. In one that runs: Settings, Connections, OpenAI API.',
    text: (origin) => `docker run -d -p 3000:8080 \\
  -e OPENAI_API_BASE_URL=${origin}/v1 \\
  -e OPENAI_API_KEY='${KEY_WORD}' \\
  ghcr.io/open-webui/open-webui:main`,
  },
  {
    id: 'curl',
    name: 'curl',
    place: 'In a shell. Several models at once, joined in one stream.',
    text: (origin) => `curl -N ${origin}/v1/chat/completions \\
  -H 'Authorization: Bearer ${KEY_WORD}' \\
  -H 'Content-Type: application/json' \\
  -d '{"model": "echo,echo", "stream": true,
       "messages": [{"role": "user", "content": "Hello, both of you"}]}'`,
  },
];
