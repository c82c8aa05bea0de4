// The costs by which the core's prices are tested are the price package's own, and the table is all of
// what it was made from or no table at all.

import assert from 'node:assert/strict';
import fs from 'node:fs';
import path from 'node:path';
import test from 'node:test';
import { Failure } from '../../scripts/lib/failure.mjs';
import { root } from '../../scripts/lib/machine.mjs';
import { caughtUp, withoutPrice } from '../../scripts/lib/price_check.mjs';
import { expectedUsd } from '../../scripts/lib/price_expectation.mjs';
import { encodeSchedule } from '../../scripts/lib/price_periods.mjs';
import { encodeRules } from '../../scripts/lib/price_rules.mjs';

const cases = JSON.parse(fs.readFileSync(path.join(root, 'tests/fixtures/prices/usage.json'), 'utf8'));

for (const [index, one] of cases.entries()) {
  test(`case ${index}, ${one.provider} ${one.model}, costs what the package says`, () => {
    assert.equal(one.usd, expectedUsd(one));
  });
}

test('there are at least sixty usage objects that providers sent', () => {
  assert.ok(cases.filter(({ recorded, usd }) => recorded && usd > 0).length >= 60);
});

test('every model that the gateway lists has a price', () => assert.deepEqual(withoutPrice(), []));

test('a model that nobody knows is named as one without a price', () => {
  const unknown = { list: 'anthropic', model: 'claude-unheard-9' };
  assert.deepEqual(withoutPrice([unknown, { list: 'openai', model: 'gpt-4o' }]), [unknown]);
});

test('the price package does not have what we add to it', () => assert.deepEqual(caughtUp(), []));

const model = (prices) => ({ id: 'm', match: { equals: 'm' }, prices });

const notUnderstood = [
  ['a match rule of another kind', () => encodeRules({ sounds_like: 'gpt' }, 'x')],
  ['a pattern of another kind', () => encodeRules({ regex: '^gpt-(4|5)$' }, 'x')],
  ['a pattern that is not bound to the beginning', () => encodeRules({ regex: 'gpt-\\d' }, 'x')],
  ['alternatives within rules that must all hold', () => encodeRules({ and: [{ or: [] }] }, 'x')],
  ['an empty text', () => encodeRules({ contains: '' }, 'x')],
  ['a price of something new', () => encodeSchedule(model({ input_smell_mtok: 1 }), 'x')],
  ['a price finer than a pico-dollar', () => encodeSchedule(model({ input_mtok: 0.0000001 }), 'x')],
  ['a negative price', () => encodeSchedule(model({ input_mtok: -1 }), 'x')],
  [
    'a condition of another kind',
    () => encodeSchedule(model([{ constraint: { type: 'weekday', day: 1 }, prices: {} }]), 'x'),
  ],
  [
    'a time of day in another zone',
    () =>
      encodeSchedule(
        model([
          {
            constraint: { type: 'time_of_date', start_time: '01:00:00+01:00', end_time: '02:00:00Z' },
            prices: {},
          },
        ]),
        'x',
      ),
  ],
];

for (const [what, encode] of notUnderstood) {
  test(`${what} ends the build of the table`, () => assert.throws(encode, Failure));
}
