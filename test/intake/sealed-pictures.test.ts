// Pictures that WeChat 4 seals: one key for an account, tried on a few, and what stays closed is kept and counted.

import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import type { ImportPlan, ReceiptView } from '../../src/model/view';
import { buildZip } from '../hostile/zip-builder';
import { inventJpeg, sealPicture } from '../importers/wechat-database/seal-picture';
import { account, friend, md5, me } from '../importers/wechat-database/wechat-4-samples';
import { type IntakeHarness, makeHarness, type TestFiles } from './intake-harness';

const key = 'an-invented-key!';
const picture = inventJpeg(2000);
const folder = `xwechat_files/${me}_1a2b/msg/attach/${md5(friend)}/2024-01/Img`;
const imagePath = `${folder}/img0001.dat`;

const withPicture = (sealed: Uint8Array, more: TestFiles = {}): TestFiles => ({ ...account, [imagePath]: sealed, ...more });

const unlock = (harness: IntakeHarness, plan: ImportPlan, secret: string, number = 0): Promise<ImportPlan> =>
  harness.intake.unlock(plan.planId, plan.locked[number]?.fileId ?? '', secret, () => {});

async function take(harness: IntakeHarness, plan: ImportPlan): Promise<ReceiptView> {
  const choices = plan.archives.map(({ archiveId }) => {
    return { archiveId, answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'all' } as const;
  });
  const [receipt] = await harness.intake.run(plan.planId, choices, () => {});
  return receipt!;
}

/** By SHA-256 what is kept of the pictures of all messages. */
async function keptPictures(harness: IntakeHarness): Promise<readonly (string | null)[]> {
  const messages = await harness.messages();
  return messages.flatMap(({ attachments }) => attachments.flatMap(({ kind, sha256 }) => (kind === 'image' ? [sha256] : [])));
}

const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

describe('sealed pictures of a drop', () => {
  test.each([1, 2] as const)('of version %i are opened by the key of the account', async (version) => {
    const harness = makeHarness();
    const plan = await harness.plan(withPicture(sealPicture(picture, { key, version, xorByte: 0xa4 })));
    expect(plan).toMatchObject({ problems: [], archives: [{ format: 'wechat-database' }] });
    expect(plan.locked).toMatchObject([{ path: imagePath, kind: 'wechat-pictures', opensBy: 'picture-key', others: [] }]);
    const opened = await unlock(harness, plan, ` ${key}\n`);
    expect(opened).toMatchObject({ locked: [], problems: [] });
    expect((await take(harness, opened)).problemCounts).not.toHaveProperty('entry-encrypted');
    expect(await keptPictures(harness)).toEqual([hashOf(picture)]);
  });

  test('are opened in a ZIP too, and by the key as hex digits', async () => {
    const files = Object.entries(withPicture(sealPicture(picture, { key })));
    const harness = makeHarness();
    const plan = await harness.plan({
      'account.zip': buildZip(files.map(([name, content]) => ({ name, content: content as Uint8Array }))),
    });
    expect(plan.locked).toMatchObject([{ path: `account.zip/${imagePath}`, kind: 'wechat-pictures' }]);
    const opened = await unlock(harness, plan, Buffer.from(key).toString('hex'));
    await take(harness, opened);
    expect(await keptPictures(harness)).toEqual([hashOf(picture)]);
  });

  test('stay as they are without it, each counted', async () => {
    const sealed = sealPicture(picture, { key });
    const harness = makeHarness();
    const plan = await harness.plan(withPicture(sealed, { [`${folder}/other.dat`]: sealPicture(inventJpeg(900), { key }) }));
    expect(plan.locked).toMatchObject([{ others: [{ path: `${folder}/other.dat` }] }]);
    expect((await take(harness, plan)).problemCounts).toMatchObject({ 'entry-encrypted': 2 });
    expect(await keptPictures(harness)).toEqual([hashOf(sealed)]);
  });

  test('learn the byte of their ends from any of them', async () => {
    // A file of WeChat's own kind has no end that is known.
    const own = Uint8Array.of(0x77, 0x78, 0x67, 0x66, ...inventJpeg(1600).subarray(4));
    const harness = makeHarness();
    const plan = await harness.plan(
      withPicture(sealPicture(own, { key, xorByte: 0x61 }), { [`${folder}/z.dat`]: sealPicture(picture, { key, xorByte: 0x61 }) }),
    );
    await take(harness, await unlock(harness, plan, key));
    expect(await keptPictures(harness)).toEqual([hashOf(own)]);
  });
});

describe('a sealed picture that does not open', () => {
  const sealed = sealPicture(picture, { key });
  const flip = (at: number): Uint8Array => sealed.map((byte, index) => (index === at ? byte ^ 1 : byte));

  test('says that the key is wrong, or is none, and the plan is as it was', async () => {
    const harness = makeHarness();
    const plan = await harness.plan(withPicture(sealed));
    for (const wrong of ['another-one,-no?', '00'.repeat(16)])
      await expect(unlock(harness, plan, wrong)).rejects.toMatchObject({ code: 'wrong-secret' });
    for (const none of ['', 'short', `${key}x`, 'mit Umläuten, oh'])
      await expect(unlock(harness, plan, none)).rejects.toMatchObject({ code: 'secret-malformed' });
    expect((await unlock(harness, plan, key)).locked).toEqual([]);
  });

  test('with the right key is damaged, where its first or its last block was changed', async () => {
    for (const at of [15, 30, 15 + 1024, 15 + 1039]) {
      const harness = makeHarness();
      const plan = await harness.plan(withPicture(flip(at)));
      await expect(unlock(harness, plan, key)).rejects.toMatchObject({ code: 'damaged' });
    }
  });

  test('cut short before all its parts are there is a damaged file of the plan, kept as it is', async () => {
    const harness = makeHarness();
    const cut = sealed.subarray(0, 15 + 1040 + 255);
    const plan = await harness.plan(withPicture(cut));
    expect(plan).toMatchObject({ locked: [], problems: [{ code: 'entry-damaged', detail: imagePath }] });
    expect((await take(harness, plan)).problemCounts).toMatchObject({ 'entry-encrypted': 1 });
    expect(await keptPictures(harness)).toEqual([hashOf(cut)]);
  });

  test('of a version to come is said to be so once, and kept', async () => {
    const harness = makeHarness();
    const later = sealPicture(picture, { key, version: 3 });
    const plan = await harness.plan(withPicture(later, { [`${folder}/other.dat`]: later }));
    expect(plan).toMatchObject({ locked: [], problems: [{ code: 'unsupported-version' }] });
    expect((await take(harness, plan)).problemCounts).toMatchObject({ 'entry-encrypted': 2 });
  });

  test('is tried on no more than some, however many there are', async () => {
    const other = 'another-one,-no?';
    const many = Object.fromEntries(Array.from({ length: 1200 }, (_, at) => [`${folder}/${at}.dat`, sealed]));
    const harness = makeHarness();
    const plan = await harness.plan(withPicture(sealed, { ...many, [`${folder}/last.dat`]: sealPicture(picture, { key: other }) }));
    expect(plan.locked[0]?.others).toHaveLength(1201);
    // The last one would open.
    await expect(unlock(harness, plan, other)).rejects.toMatchObject({ code: 'wrong-secret' });
    const opened = await unlock(harness, plan, key);
    expect(opened.locked).toMatchObject([{ path: `${folder}/last.dat`, others: [] }]);
    expect((await unlock(harness, opened, other)).locked).toEqual([]);
  });
});
