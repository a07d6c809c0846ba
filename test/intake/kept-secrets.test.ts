// Secrets that their owner kept: tried in silence on the next archive of the kind, and asked for as always where they do not fit.

import { expect, test } from 'vitest';
import type { IntakeEnvironment } from '../../src/intake/environment';
import type { KeptSecret } from '../../src/vault/kept-secrets';
import { buildZip } from '../hostile/zip-builder';
import { aesPart } from '../hostile/zip-encrypt';
import { inventJpeg, sealPicture } from '../importers/wechat-database/seal-picture';
import { account, friend, md5, me } from '../importers/wechat-database/wechat-4-samples';
import { makeHarness, type TestFiles } from './intake-harness';

const key = 'an-invented-key!';
const password = 'of the ZIP';
const sealed: TestFiles = {
  ...account,
  [`xwechat_files/${me}_1a2b/msg/attach/${md5(friend)}/2024-01/Img/img0001.dat`]: sealPicture(inventJpeg(900), { key }),
};
const zip = buildZip(Object.entries(sealed).map(([path, bytes]) => aesPart(path, bytes as Uint8Array, password)));

function keeping(): { readonly kept: KeptSecret[]; readonly environment: Partial<IntakeEnvironment> } {
  const kept: KeptSecret[] = [];
  return {
    kept,
    environment: { keptSecrets: async () => kept, keepSecret: async (one) => void kept.push({ ...one, id: String(kept.length) }) },
  };
}

test('a secret is kept only where it is wished, and once it has opened something', async () => {
  const { kept, environment } = keeping();
  const { intake, plan } = makeHarness(undefined, environment);
  const { planId, locked } = await plan(sealed);
  await expect(intake.unlock(planId, locked[0]!.fileId, 'another-one,-no?', () => {}, true)).rejects.toMatchObject({
    code: 'wrong-secret',
  });
  expect(kept).toEqual([]);
  const opened = await intake.unlock(planId, locked[0]!.fileId, key, () => {});
  expect([opened.locked, kept]).toEqual([[], []]);
  const again = await plan(sealed);
  await intake.unlock(again.planId, again.locked[0]!.fileId, key, () => {}, true);
  expect(kept).toMatchObject([{ kind: 'wechat-pictures', opensBy: 'picture-key', secret: key }]);
});

test('the next archive of the kind opens by itself, a lock beneath a lock too', async () => {
  const { kept, environment } = keeping();
  kept.push({ id: 'a', kind: 'wechat-pictures', opensBy: 'picture-key', keptAtMs: 1, secret: key });
  kept.push({ id: 'b', kind: 'zip', opensBy: 'password', keptAtMs: 1, secret: 'of another' });
  kept.push({ id: 'c', kind: 'zip', opensBy: 'password', keptAtMs: 1, secret: password });
  const harness = makeHarness(undefined, environment);
  expect(await harness.plan({ 'account.zip': zip })).toMatchObject({ locked: [], problems: [], archives: [{ format: 'wechat-database' }] });
});

test('what does not fit is told to nobody, and asked for as always', async () => {
  const { kept, environment } = keeping();
  kept.push({ id: 'a', kind: 'zip', opensBy: 'password', keptAtMs: 1, secret: 'of another' });
  kept.push({ id: 'b', kind: 'age', opensBy: 'passphrase', keptAtMs: 1, secret: password });
  const harness = makeHarness(undefined, environment);
  const plan = await harness.plan({ 'account.zip': zip });
  expect(plan).toMatchObject({ archives: [], problems: [], locked: [{ kind: 'zip', opensBy: 'password' }] });
  const opened = await harness.intake.unlock(plan.planId, plan.locked[0]!.fileId, password, () => {});
  expect(opened.locked).toMatchObject([{ kind: 'wechat-pictures' }]);
});
