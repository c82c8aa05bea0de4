// Prices that the price package does not have yet, in its own form, each with its source. They stand before its rows;
// `npm run prices -- --check` says which of them the package has caught up with.
//
// The rule that keeps this honest: a part of the usage whose price is not known (a cached token, say) would be billed
// as what it is part of, and so a row is written only where all parts are known.

import { findProvider } from '@pydantic/genai-prices';
import { Failure } from './failure.mjs';

/** The name, its dated snapshots, and the spelling with a dot. */
const claude = (id) => {
  const [, family, version] = /^(claude-[a-z]+)-(\d+-\d+|\d+)$/.exec(id);
  const dotted = version.includes('-') ? [{ starts_with: `${family}-${version.replace('-', '.')}` }] : [];
  return { or: [{ equals: id }, { regex: `^${id}-\\d{8}$` }, ...dotted] };
};

/** The name and its dated snapshots. */
const gpt = (id) => ({
  or: [{ equals: id }, { regex: `^${id.replace('.', '\\.')}-\\d{4}-\\d{2}-\\d{2}$` }],
});

/** US dollars for a million tokens; writing to the cache costs 1.25 and 2 times the input with every Claude. */
const claudePrices = (input, cacheRead, output) => ({
  input_mtok: input,
  cache_write_mtok: round(input * 1.25),
  cache_write_1h_mtok: round(input * 2),
  cache_read_mtok: cacheRead,
  output_mtok: output,
  web_searches_kcount: 10,
});

/** Of a long prompt the whole request costs twice as much, and its output one and a half times. */
const gptPrices = (input, cacheRead, output) => {
  const tiers = (price, factor) => ({
    base: price,
    tiers: [{ start: 272000, price: round(price * factor) }],
  });
  return {
    input_mtok: tiers(input, 2),
    cache_write_mtok: tiers(round(input * 1.25), 2),
    cache_read_mtok: tiers(cacheRead, 2),
    output_mtok: tiers(output, 1.5),
    web_searches_kcount: 10,
  };
};

const round = (price) => Number(price.toFixed(6));

const from = (date, prices) => ({ constraint: { type: 'start_date', start_date: date }, prices });

const gemini4 = [
  { prices: { input_mtok: 2, cache_read_mtok: 0.1, output_mtok: 10 } },
  from('2026-12-01', { input_mtok: 4, cache_read_mtok: 0.2, output_mtok: 20 }),
];

/** By the id of the list in the package. */
export const priceAdditions = {
  anthropic: [
    // https://platform.claude.com/docs/en/about-claude/pricing (sonnet-5-5; its cache reads were halved on October 7)
    {
      id: 'claude-sonnet-5-5',
      match: claude('claude-sonnet-5-5'),
      prices: [{ prices: claudePrices(2, 0.2, 10) }, from('2026-10-07', claudePrices(2, 0.1, 10))],
    },
    // https://platform.claude.com/docs/en/models/haiku-5-5/overview (a prompt over 100,000 tokens costs five times)
    {
      id: 'claude-haiku-5-5',
      match: claude('claude-haiku-5-5'),
      prices: Object.fromEntries(
        Object.entries(claudePrices(0.1, 0.01, 0.5)).map(([unit, price]) => [
          unit,
          unit === 'web_searches_kcount'
            ? price
            : { base: price, tiers: [{ start: 100000, price: round(price * 5) }] },
        ]),
      ),
    },
    // https://platform.claude.com/docs/en/about-claude/pricing (Fable and Mythos cost the same)
    { id: 'claude-mythos-5', match: claude('claude-mythos-5'), prices: claudePrices(10, 1, 50) },
    { id: 'claude-mythos-5-1', match: claude('claude-mythos-5-1'), prices: claudePrices(10, 0.25, 50) },
    { id: 'claude-fable-5-2', match: claude('claude-fable-5-2'), prices: claudePrices(8, 0.2, 40) },
    { id: 'claude-mythos-5-2', match: claude('claude-mythos-5-2'), prices: claudePrices(8, 0.2, 40) },
  ],
  openai: [
    // https://docs.litellm.ai/blog/gpt_6_1_sol, https://docs.litellm.ai/blog/gpt-6-1-terra; cache writes:
    // https://dev.to/hassann/how-to-use-gpt-61-sol-apl--45cg; over 272,000 tokens:
    // https://docs.laozhang.ai/en/announcements/gpt-6-1-sol-2026-10
    { id: 'gpt-6.1-sol', match: gpt('gpt-6.1-sol'), prices: gptPrices(2, 0.1, 10) },
    { id: 'gpt-6.1-terra', match: gpt('gpt-6.1-terra'), prices: gptPrices(1, 0.05, 5) },
  ],
  google: [
    // https://ai.google.dev/gemini-api/docs/pricing (introductory until November 30)
    { id: 'gemini-4-argon', match: { equals: 'gemini-4-argon' }, prices: gemini4 },
    // https://docs.laozhang.ai/en/announcements/gemini-4-carbon-2026-11 (the prices of Argon)
    { id: 'gemini-4-carbon', match: { equals: 'gemini-4-carbon' }, prices: gemini4 },
  ],
};

/** Rows of the package whose rules take later versions for the model too: what they are instead. */
const narrowed = { anthropic: { 'claude-sonnet-5': claude('claude-sonnet-5') } };

/** A provider of the package with these rows before its own. */
export function pricedProvider(id) {
  const provider = findProvider({ providerId: id });
  if (provider?.id !== id) throw new Failure(`the price package has no provider ${id}`);
  const own = provider.models.map((model) => ({ ...model, match: narrowed[id]?.[model.id] ?? model.match }));
  return { ...provider, models: [...(priceAdditions[id] ?? []), ...own] };
}
