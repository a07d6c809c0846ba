// A folder of Signal's local backups from the drop to the vault: `main` is locked, its media lie beside it, and what the readable export of
// the same chat has is known.

import { expect, test } from 'vitest';
import { bytes, join, number } from '../crypto/signal-backup-writer';
import { delimited, writeMain, writeMedium, writeMetadata } from '../crypto/signal-local-writer';
import { makeHarness } from './intake-harness';

const secrets = { recoveryKey: 'abcdefgh12345678'.repeat(4), backupId: new Uint8Array(16).fill(6), iv: new Uint8Array(16).fill(8) };
const picture = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
const localKey = new Uint8Array(64).fill(1);
const medium = writeMedium(picture, localKey, new Uint8Array(16).fill(2));
const locator = join(number(3, picture.length), bytes(9, localKey), bytes(10, medium.plaintextHash));
const attachment = bytes(1, join(bytes(4, 'image/png'), bytes(13, locator)));
const start = 1_700_000_000_000;
const item = (author: number, sentAtMs: number, content: Uint8Array): Uint8Array =>
  bytes(4, join(number(1, 5), number(2, author), number(3, sentAtMs), bytes(11, content)));
const frames = delimited(
  join(number(1, 1), number(2, start + 9000)),
  bytes(1, bytes(4, 'Hana')),
  bytes(2, join(number(1, 1), bytes(5, new Uint8Array(0)))),
  bytes(2, join(number(1, 2), bytes(2, join(bytes(1, new Uint8Array(16).fill(0x22)), bytes(11, 'Bob'))))),
  bytes(3, join(number(1, 5), number(2, 2))),
  item(2, start, bytes(2, bytes(1, 'only text'))),
  item(1, start + 1000, bytes(3, attachment)),
);
const folder = 'SignalBackups/signal-backup-2026-01-01-10-00-00';
const drop = {
  [`${folder}/main`]: writeMain(frames, secrets),
  [`${folder}/metadata`]: writeMetadata(secrets, new Uint8Array(12).fill(5)),
  [`${folder}/files`]: delimited(bytes(1, medium.name)),
  [`SignalBackups/files/${medium.name.slice(0, 2)}/${medium.name}`]: medium.sealed,
};

test('a local backup is opened with its media, twice is once, and the readable export of it is known', async () => {
  const harness = makeHarness();
  const importFolder = async (): Promise<number> => {
    const plan = await harness.plan(drop);
    expect(plan.archives).toEqual([]);
    expect(plan.locked).toEqual([
      { fileId: '0', path: `${folder}/main`, kind: 'signal-backup', opensBy: 'signal-recovery-key', others: [] },
    ]);
    await expect(harness.intake.unlock(plan.planId, '0', 'z'.repeat(64), () => {})).rejects.toMatchObject({ code: 'wrong-secret' });
    const opened = await harness.intake.unlock(plan.planId, '0', secrets.recoveryKey, () => {});
    expect(opened).toMatchObject({ locked: [], problems: [], unrecognised: [] });
    const [archive] = opened.archives;
    const choice = { archiveId: archive!.archiveId, answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'all' } as const;
    const [receipt] = await harness.intake.run(opened.planId, [choice], () => {});
    expect(receipt!.problems).toEqual([]);
    return receipt!.added;
  };
  expect(await importFolder()).toBe(2);
  const kept = await harness.dump();
  expect(kept).toContain('image/png');
  expect(await importFolder()).toBe(0);
  expect(await harness.dump()).toBe(kept);
  const lines = [
    { version: '1', backupTimeMs: String(start + 9000) },
    { recipient: { id: '7', contact: { aci: Buffer.alloc(16, 0x22).toString('base64'), profileGivenName: 'Bob' } } },
    { chat: { id: '1', recipientId: '7' } },
    { chatItem: { chatId: '1', authorId: '7', dateSent: String(start), standardMessage: { text: { body: 'only text' } } } },
  ];
  expect(await harness.import({ 'main.jsonl': lines.map((line) => `${JSON.stringify(line)}\n`).join('') })).toMatchObject({ added: 0 });
});

test('several backups of one folder are asked for once', async () => {
  const harness = makeHarness();
  const later = folder.replace('01-01', '02-01');
  const plan = await harness.plan({
    ...drop,
    [`${later}/main`]: drop[`${folder}/main`]!,
    [`${later}/metadata`]: drop[`${folder}/metadata`]!,
  });
  expect(plan.locked).toMatchObject([{ path: `${folder}/main`, others: [{ path: `${later}/main` }] }]);
  const opened = await harness.intake.unlock(plan.planId, '0', secrets.recoveryKey, () => {});
  expect(opened.locked).toEqual([]);
  expect(opened.archives).toHaveLength(2);
});
