// Whose prices the core knows: providers that a gateway can reach, by their ids in
// @pydantic/genai-prices, with what else they are called and where they are reached.
//
// Left out: openrouter (its replies say what they cost), routers and tools that are no upstream of a
// gateway, and what serves embeddings alone.

/**
 * `names`: of a provider in ONELLM_PROVIDERS, beside the id. `bases`: URLs whose host tells the provider;
 * `*.` stands for any subdomain. Each is checked against the package's own pattern.
 * @type {{ id: string, names?: string[], bases: string[] }[]}
 */
export const priceLists = [
  { id: 'openai', bases: ['https://api.openai.com'] },
  {
    id: 'azure',
    bases: [
      'https://*.openai.azure.com',
      'https://*.azure-api.net',
      'https://*.cognitiveservices.azure.com',
      'https://*.services.ai.azure.com',
    ],
  },
  { id: 'anthropic', bases: ['https://api.anthropic.com'] },
  { id: 'google', names: ['palm', 'gemini', 'vertex'], bases: ['https://*.googleapis.com'] },
  { id: 'arcee', bases: ['https://api.arcee.ai'] },
  { id: 'avian', bases: ['https://api.avian.io'] },
  { id: 'baseten', bases: ['https://inference.baseten.co'] },
  { id: 'cerebras', bases: ['https://api.cerebras.ai'] },
  { id: 'cloudflare', names: ['workers-ai'], bases: ['https://api.cloudflare.com/client/v4/accounts/1/ai'] },
  { id: 'cohere', bases: ['https://api.cohere.com', 'https://api.cohere.ai'] },
  { id: 'deepseek', bases: ['https://api.deepseek.com'] },
  { id: 'doubleword', bases: ['https://api.doubleword.ai'] },
  { id: 'fireworks', names: ['fireworks-ai'], bases: ['https://api.fireworks.ai'] },
  { id: 'groq', bases: ['https://api.groq.com'] },
  {
    id: 'minimax',
    bases: [
      'https://api.minimax.io',
      'https://api.minimaxi.com',
      'https://api.minimax.com',
      'https://api.minimaxi.io',
    ],
  },
  { id: 'mistral', names: ['mistralai'], bases: ['https://api.mistral.ai'] },
  {
    id: 'moonshotai',
    names: ['moonshot', 'kimi'],
    bases: ['https://api.moonshot.ai', 'https://api.moonshot.cn'],
  },
  { id: 'novita', bases: ['https://api.novita.ai'] },
  { id: 'ovhcloud', bases: ['https://oai.endpoints.kepler.ai.cloud.ovh.net'] },
  { id: 'perplexity', bases: ['https://api.perplexity.ai'] },
  { id: 'quicksilverpro', bases: ['https://api.quicksilverpro.io'] },
  {
    id: 'together',
    names: ['together-ai', 'together_ai', 'togetherai'],
    bases: ['https://api.together.xyz'],
  },
  { id: 'x-ai', names: ['xai', 'grok'], bases: ['https://api.x.ai'] },
  { id: 'zai', names: ['z-ai'], bases: ['https://api.z.ai'] },
  { id: 'zhipuai', names: ['zhipu', 'bigmodel'], bases: ['https://open.bigmodel.cn'] },
];
