// What the price package itself says that a usage object costs, by its prices and ours: the expectation of
// tests/fixtures/prices/usage.json, by which the core's own prices are tested.

import { calcPrice, extractUsage, findProvider } from '@pydantic/genai-prices';
import { pricedProvider } from './price_additions.mjs';
import { priceLists } from './price_lists.mjs';

/** How the package calls the wire formats, by our names of them, best first. */
const flavors = {
  anthropic_messages: ['default'],
  gemini: ['default'],
  openai_responses: ['responses'],
  openai_chat: ['chat', 'default'],
};

/**
 * In US dollars; null where the package knows no price.
 * @param {{ provider: string, model: string, dialect: keyof typeof flavors, at: string, usage: object }} one
 */
export function expectedUsd({ provider: name, model, dialect, at, usage }) {
  const id = priceLists.find((list) => [list.id, ...(list.names ?? [])].includes(name))?.id;
  const provider = id && pricedProvider(id);
  if (!provider) return null;
  const price = calcPrice(counted(provider, dialect, model, usage), model, {
    provider,
    timestamp: new Date(at),
  });
  return price?.total_price ?? null;
}

/** The counts as the package takes them from the usage object. */
function counted(provider, dialect, model, usage) {
  const reply = { model, modelVersion: model, [dialect === 'gemini' ? 'usageMetadata' : 'usage']: usage };
  const readers = [provider, findProvider({ providerId: 'openai' })].flatMap((reader) =>
    flavors[dialect].map((flavor) => [reader, flavor]),
  );
  const [reader, flavor] = readers.find(([{ extractors = [] }, wanted]) =>
    extractors.some(({ api_flavor: known, mappings }) => known === wanted && isOf(dialect, mappings)),
  );
  return extractUsage(reader, reply, flavor).usage;
}

/** Some providers have OpenAI's shape beside one of their own, or have it unsaid: then OpenAI's reader serves. */
function isOf(dialect, mappings) {
  return dialect !== 'openai_chat' || mappings.some(({ path }) => path === 'prompt_tokens');
}
