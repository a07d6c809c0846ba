// The messages of a phone's backup can be read before its media are here.

import { expect, test } from 'vitest';
import { importsOf, mediaAtOnceBytes } from '../../../src/intake/messages-first';
import type { ImportChoice } from '../../../src/model/view';
import { makeHarness } from '../intake-harness';
import { makeBackup } from './invented-backup';

const choice: ImportChoice = { archiveId: 'a', answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'all' };
const many = { mediaBytes: mediaAtOnceBytes + 1 };

test('two imports where a phone has many media, one everywhere else', () => {
  expect(importsOf({ isOfPhone: true }, many, choice)).toEqual([{ ...choice, media: 'none' }, choice]);
  expect(importsOf({ isOfPhone: true }, { mediaBytes: mediaAtOnceBytes }, choice)).toEqual([choice]);
  expect(importsOf({}, many, choice)).toEqual([choice]);
  for (const other of [{ media: 'none' }, { media: 'thumbnails' }, { conversations: { 2: 'new' } }, { original: 'keep' }] as const)
    expect(importsOf({ isOfPhone: true }, many, { ...choice, ...other })).toHaveLength(1);
});

test('all conversations are committed before the first medium, and the end is what one import gives', async () => {
  // The picture is as large as that takes; its file is not.
  const folder = makeBackup({ password: null });
  const harness = makeHarness(undefined, { mediaAtOnceBytes: 99 });
  const opened = await harness.plan(folder);
  const plan = await harness.intake.chooseApps(opened.planId, opened.backups[0]!.fileId, ['whatsapp'], () => {});
  const seen: { readonly media: number; readonly messages: Promise<number> }[] = [];
  const countNow = async (): Promise<number> => (await harness.messages()).length;
  const take = { ...choice, archiveId: plan.archives[0]!.archiveId };
  const receipts = await harness.intake.run(plan.planId, [take], ({ stage, media }) => {
    if (stage === 'committing') seen.push({ media, messages: countNow() });
  });
  // Whoever looks while the second import commits its first medium sees all messages already.
  expect(await Promise.all(seen.map(async ({ media, messages }) => [media, await messages]))).toEqual([
    [0, expect.any(Number)],
    [1, 4],
  ]);
  expect(receipts.map(({ added, known, mediaFound }) => [added, known, mediaFound])).toEqual([
    [4, 0, 0],
    [0, 4, 1],
  ]);
  const attachments = (await harness.messages()).flatMap((message) => message.attachments);
  expect(attachments.map(({ sha256 }) => sha256 !== null)).toEqual([true, false]);
});
