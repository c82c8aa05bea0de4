// The admin routes of keys where the objects fail, are silent, or are not bound.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { expectError } from '../support/expect.mjs';
import { MASTER_KEY, startGateway } from '../support/gateway.mjs';
import { adminOf } from '../support/keys_admin.mjs';

const settings = { ONELLM_API_KEY: MASTER_KEY };
const entry = 'tests/worker/support/troubled_keys.js';
const ID = 'key_0123456789';

const REQUESTS = [
  ['GET', '', undefined],
  ['GET', '/export', undefined],
  ['GET', `/${ID}`, undefined],
  ['POST', '', {}],
  ['POST', '/import', { data: [] }],
  ['POST', `/${ID}/rotate`, {}],
  ['PATCH', `/${ID}`, {}],
  ['DELETE', `/${ID}`, undefined],
];

let troubled;
before(async () => {
  troubled = await startGateway({
    workers: {
      deaf: { ...settings, REGISTRY: 'deaf' },
      mute: { ...settings, REGISTRY: 'mute' },
      deafLimiter: { ...settings, LIMITER: 'deaf' },
      muteLimiter: { ...settings, LIMITER: 'mute' },
    },
    keys: true,
    entry,
  });
});
after(() => troubled?.stop());

const expectUnavailable = (reply) => {
  expectError(reply, { status: 503, code: 'key_store_unavailable' });
  assert.equal(reply.headers['retry-after'], '1');
};

for (const trouble of ['deaf', 'mute']) {
  test(`every route is a 503 where the registry is ${trouble}`, async () => {
    const began = performance.now();
    const { ask } = adminOf(troubled.clients[trouble]);
    for (const reply of await Promise.all(REQUESTS.map((request) => ask(...request))))
      expectUnavailable(reply);
    const tookMs = performance.now() - began;
    if (trouble === 'mute') assert.ok(tookMs > 2900 && tookMs < 6000, `${tookMs} ms`);
  });

  test(`the limiter being ${trouble} hides the spend of a limited key, and nothing else`, async () => {
    const admin = adminOf(troubled.clients[`${trouble}Limiter`]);
    const { id } = await admin.make({ rpm_limit: 5 });
    expectUnavailable(await admin.ask('GET', `/${id}`));
    assert.equal((await admin.ask('PATCH', `/${id}`, { rpm_limit: 6 })).json.rpm_limit, 6);
    assert.deepEqual(await admin.ids(''), [id]);
    const unlimited = await admin.make();
    assert.equal((await admin.read(unlimited.id)).id, unlimited.id);
  });
}

test('without a binding every route names it and the lines to add', async (context) => {
  const gateway = await startGateway({ workers: { main: settings } });
  context.after(() => gateway.stop());
  for (const request of REQUESTS) {
    const reply = await adminOf(gateway.clients.main).ask(...request);
    const { message } = expectError(reply, { status: 503, code: 'not_configured' });
    for (const line of [
      'name = "ONELLM_KEYS_OBJECT"',
      'class_name = "Registry"',
      'name = "ONELLM_LIMITER_OBJECT"',
      'class_name = "Limiter"',
      'new_sqlite_classes = ["Registry", "Limiter"]',
    ])
      assert.ok(message.includes(line), message);
  }
});
