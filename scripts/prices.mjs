// Writes the price table of the core, as C++: node scripts/prices.mjs <output file>
// Or says which models of ours have no price:  npm run prices -- --check
//
// From the npm package @pydantic/genai-prices and what it lacks (lib/price_additions.mjs): providers, match rules and
// prices are packed into bytes (lib/price_rules.mjs, lib/price_periods.mjs). CMake runs it (cmake/prices.cmake).

import fs from 'node:fs';
import path from 'node:path';
import { findProvider } from '@pydantic/genai-prices';
import { Failure, main } from './lib/failure.mjs';
import { pricedProvider } from './lib/price_additions.mjs';
import { reportPrices } from './lib/price_check.mjs';
import { priceLists } from './lib/price_lists.mjs';
import { encodeSchedule, Schedules, units, varint } from './lib/price_periods.mjs';
import { encodeRules } from './lib/price_rules.mjs';

await main(async () => {
  const output = process.argv[2];
  if (!output) throw new Failure('usage: node scripts/prices.mjs <output file>, or --check');
  if (output === '--check') {
    if (!reportPrices()) process.exitCode = 1;
    return;
  }
  fs.mkdirSync(path.dirname(output), { recursive: true });
  fs.writeFileSync(output, writeTable());
});

function writeTable() {
  const schedules = new Schedules();
  const lists = priceLists.map((entry, index) => {
    const { models, fallback_model_providers: fallbacks = [] } = providerOf(entry);
    const rows = models.map((model) => encodeRow(entry.id, model, schedules));
    return { ...entry, index, rows, fallbacks: fallbacks.map((id) => indexOf(id, entry.id)) };
  });
  return [
    '// Written by scripts/prices.mjs; not to be edited.',
    '#include "prices/price_data.h"',
    '#include "prices/units.h"',
    'namespace onellm::prices {',
    ...units.map((name, unit) => `static_assert(kUnits[${unit}].name == "${name}");`),
    `static_assert(kUnitCount == ${units.length});`,
    ...lists.map(writeRows),
    'constexpr PriceList kLists[] = {',
    ...lists.map(
      ({ index, fallbacks }) =>
        `    {{kRows${index}, sizeof kRows${index} - 1}, {${literal(fallbacks)}, ${fallbacks.length}}},`,
    ),
    '};',
    ...writeNames(
      'kNames',
      lists.flatMap(({ id, names = [], index }) => [id, ...names].map((name) => [name, index])),
    ),
    ...writeNames(
      'kHosts',
      lists.flatMap(({ bases, index }) => bases.map((base) => [hostOf(base), index])),
    ),
    'constexpr char kSchedules[] =',
    `${schedules.parts.map((part) => `    ${literal(part)}`).join('\n')};`,
    'constinit const PriceData kPriceData = {kLists, kNames, kHosts, {kSchedules, sizeof kSchedules - 1}};',
    '}  // namespace onellm::prices',
    '',
  ].join('\n');
}

function providerOf({ id, bases }) {
  const provider = pricedProvider(id);
  for (const base of bases) {
    const found = findProvider({ providerApiUrl: base.replace('*', 'example') })?.id;
    if (found !== id) throw new Failure(`the price package takes ${base} for ${found}, not for ${id}`);
  }
  return provider;
}

function encodeRow(provider, model, schedules) {
  const where = `${provider}: ${model.id}`;
  const place = varint(schedules.placeOf(encodeSchedule(model, where)));
  return { name: model.id, bytes: Buffer.concat([encodeRules(model.match, where), place]) };
}

function indexOf(id, user) {
  const index = priceLists.findIndex((entry) => entry.id === id);
  if (index < 0) throw new Failure(`${user} falls back to the prices of ${id}, which the table leaves out`);
  return index;
}

function hostOf(base) {
  const { host } = new URL(base.replace('*.', ''));
  return base.includes('*.') ? `.${host}` : host;
}

function writeRows({ id, index, rows }) {
  const lines = rows.map(({ name, bytes }) => `    ${literal(bytes)}  // ${name}`);
  return `constexpr char kRows${index}[] =  // ${id}\n${lines.join('\n')}\n    ;`;
}

function writeNames(table, entries) {
  return [
    `constexpr ListName ${table}[] = {`,
    ...entries.map(([name, index]) => `    {"${name}", ${index}},`),
    '};',
  ];
}

/** A C++ string literal of any bytes. Three digits each, so that no digit after them is taken for one. */
function literal(bytes) {
  const written = [...bytes].map((byte) => {
    const char = String.fromCharCode(byte);
    return /[\w .:/@#[\]=-]/.test(char) && byte < 0x7f ? char : `\\${byte.toString(8).padStart(3, '0')}`;
  });
  return `"${written.join('')}"`;
}
