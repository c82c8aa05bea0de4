// Which models of ours have no price, and which prices of ours the package has caught up with: what
// `npm run prices -- --check` prints.

import fs from 'node:fs';
import path from 'node:path';
import { calcPrice, findProvider } from '@pydantic/genai-prices';
import { Failure } from './failure.mjs';
import { root } from './machine.mjs';
import { priceAdditions, pricedProvider } from './price_additions.mjs';

/** Where the models stand that the gateway lists without asking, and whose price list holds for them. */
const builtin = [
  { list: 'anthropic', file: 'src/providers/anthropic.cpp', names: /"(claude-[\w.-]*\d[\w.-]*)"/g },
  { list: 'google', file: 'src/providers/google.cpp', names: /"(gemini-[\w.-]+[\w])"/g },
];

/** OpenAI's are asked of OpenAI. These are the current ones. https://platform.openai.com/docs/models */
const openai = [
  'gpt-6.1-sol',
  'gpt-6.1-terra',
  'gpt-6-astra',
  'gpt-6-sol',
  'gpt-6-luna',
  'gpt-5.6-sol',
  'gpt-5.6-terra',
  'gpt-5.6-luna',
  'gpt-5.5',
  'gpt-5.4',
  'gpt-5.4-mini',
  'gpt-5.4-nano',
  'gpt-5.3-codex',
  'gpt-5.2',
  'gpt-5.1',
  'gpt-5',
  'gpt-5-mini',
  'gpt-5-nano',
  'gpt-4.1',
  'gpt-4o',
  'gpt-4o-mini',
  'o3',
  'o4-mini',
];

/** A reply names the model behind such a name, and that is what is paid for. */
const isAlias = (model) => model.endsWith('-latest');

/** Names that providers do not serve any more, kept for the hints that they get. */
const isRetired = (model) => /^claude-(?:2|instant)/.test(model);

/** @returns {{ list: string, model: string }[]} */
export function ownModels() {
  const listed = builtin.flatMap(({ list, file, names }) => {
    const text = fs.readFileSync(path.join(root, file), 'utf8');
    const found = [...text.matchAll(names)].map(([, model]) => ({ list, model }));
    if (found.length === 0) throw new Failure(`${file} lists no models: has the list moved?`);
    return found;
  });
  const added = Object.entries(priceAdditions).flatMap(([list, rows]) =>
    rows.map(({ id }) => ({ list, model: id })),
  );
  const all = [...listed, ...openai.map((model) => ({ list: 'openai', model })), ...added];
  const known = new Map(all.map((one) => [`${one.list}/${one.model}`, one]));
  return [...known.values()].filter(({ model }) => !isAlias(model) && !isRetired(model));
}

/** Those of `models` that would cost `unknown`. */
export function withoutPrice(models = ownModels(), now = new Date()) {
  return models.filter(({ list, model }) => !priceOf(pricedProvider(list), model, now));
}

/** Rows of ours that the package has of its own, under the same id. */
export function caughtUp() {
  return Object.entries(priceAdditions).flatMap(([list, rows]) => {
    const theirs = new Set(findProvider({ providerId: list }).models.map(({ id }) => id));
    return rows.filter(({ id }) => theirs.has(id)).map(({ id }) => ({ list, model: id }));
  });
}

function priceOf(provider, model, now) {
  const usage = { input_tokens: 1000, output_tokens: 1000 };
  return calcPrice(usage, model, { provider, timestamp: now })?.total_price;
}

/** @returns {boolean} whether all is well */
export function reportPrices(log = console.log) {
  const models = ownModels();
  const missing = withoutPrice(models);
  log(`${models.length} models of ours, ${missing.length} without a price`);
  for (const { list, model } of missing) log(`  ${list}/${model}`);
  for (const { list, model } of caughtUp()) log(`  ${list}/${model}: the price package has it now`);
  return missing.length === 0;
}
