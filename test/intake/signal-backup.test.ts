// A backup of Signal Android from the drop to the vault: locked, opened by its digits, imported with its files, and one with what other
// archives of the same account hold.

import { describe, expect, test } from 'vitest';
import { CamphorError } from '../../src/model/error';
import type { ImportPlan, ReceiptView } from '../../src/model/view';
import { attachment, databaseVersion, end, insert, keyValue, statement, writeBackup } from '../crypto/signal-backup-writer';
import { type IntakeHarness, makeHarness } from './intake-harness';

const digits = '012345678901234567890123456789';
const secrets = { digits, salt: new Uint8Array(32).fill(3), iv: new Uint8Array(16).fill(4) };
const bob = '22222222-2222-4222-8222-222222222222';
const start = 1_700_000_000_000;
const received = 0xa00014;
const sent = 0xa00017;
const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13]);
const frames = [
  databaseVersion(223),
  statement('CREATE TABLE recipient (_id, e164, aci, profile_joined_name)'),
  statement('CREATE TABLE thread (_id, recipient_id)'),
  statement('CREATE TABLE message (_id, date_sent, thread_id, from_recipient_id, type, body)'),
  statement('CREATE TABLE attachment (_id, message_id, content_type)'),
  insert('recipient', 1, '+15550000001', '11111111-1111-4111-8111-111111111111', 'Hana'),
  insert('recipient', 2, '+15550000002', bob, 'Bob Lee'),
  insert('thread', 1, 2),
  insert('message', 1, start, 1, 2, received, 'only text'),
  insert('message', 2, start + 1000, 1, 1, sent, 'with a picture'),
  insert('attachment', 7, 2, 'image/png'),
  attachment(7, png),
  keyValue('account.e164', '+15550000001'),
  end,
];
const backup = writeBackup(frames, 1, secrets);
const name = 'signal-2026-01-01-10-00-00.backup';

async function unlock(harness: IntakeHarness, plan: ImportPlan, secret = digits): Promise<ImportPlan> {
  return harness.intake.unlock(plan.planId, plan.locked[0]?.fileId ?? '', secret, () => {});
}

async function take(harness: IntakeHarness, plan: ImportPlan): Promise<ReceiptView> {
  const [archive] = plan.archives;
  const choice = { archiveId: archive!.archiveId, answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'all' } as const;
  const [receipt] = await harness.intake.run(plan.planId, [choice], () => {});
  return receipt!;
}

const importBackup = async (harness: IntakeHarness, bytes: Uint8Array): Promise<ReceiptView> =>
  take(harness, await unlock(harness, await harness.plan({ [name]: bytes })));

describe('a Signal Android backup in a drop', () => {
  test('is locked, says a wrong passphrase, and is imported with its files once it is open', async () => {
    const harness = makeHarness();
    const plan = await harness.plan({ [name]: backup.bytes });
    expect(plan).toMatchObject({ archives: [], problems: [] });
    expect(plan.locked).toEqual([{ fileId: '0', path: name, kind: 'signal-backup', opensBy: 'signal-passphrase', others: [] }]);
    await expect(unlock(harness, plan, '9'.repeat(30))).rejects.toEqual(new CamphorError('wrong-secret'));
    const opened = await unlock(harness, plan, '01234 56789 01234 56789 01234 56789');
    expect(opened).toMatchObject({ locked: [], problems: [], unrecognised: [] });
    expect(opened.archives).toMatchObject([{ format: 'signal-backup' }]);
    expect(await take(harness, opened)).toMatchObject({ added: 2, problems: [] });
    const messages = await harness.messages();
    expect(messages.map(({ text, attachments }) => [text, attachments.length])).toEqual([
      ['only text', 0],
      ['with a picture', 1],
    ]);
    expect(await harness.dump()).toContain('image/png');
  });

  test('twice is once; what another export of Signal has of it is known', async () => {
    const harness = makeHarness();
    await importBackup(harness, backup.bytes);
    const kept = await harness.dump();
    expect(await importBackup(harness, backup.bytes)).toMatchObject({ added: 0 });
    expect(await harness.dump()).toBe(kept);
    const lines = [
      { version: '1', backupTimeMs: '1700000100000' },
      { recipient: { id: '1', self: {} } },
      { recipient: { id: '2', contact: { aci: Buffer.from(bob.replaceAll('-', ''), 'hex').toString('base64'), e164: '15550000002' } } },
      { chat: { id: '1', recipientId: '2' } },
      { chatItem: { chatId: '1', authorId: '2', dateSent: String(start), standardMessage: { text: { body: 'only text' } } } },
      { chatItem: { chatId: '1', authorId: '1', dateSent: String(start + 5000), standardMessage: { text: { body: 'newer' } } } },
    ];
    const receipt = await harness.import({ 'main.jsonl': lines.map((line) => `${JSON.stringify(line)}\n`).join('') });
    expect(receipt).toMatchObject({ added: 1 });
    expect((await harness.messages()).map(({ text }) => text)).toEqual(['only text', 'with a picture', 'newer']);
  });

  test('damaged in a file loses that file, damaged in a row loses that row, and both are told', async () => {
    const harness = makeHarness();
    const bytes = backup.bytes.slice();
    // Frame 11 is the file's, which ends with ten bytes of MAC; frame 8 the first message's. The header is before frame 0.
    bytes[backup.offsets[13]! - 15]! ^= 1;
    bytes[backup.offsets[9]! + 30]! ^= 1;
    const receipt = await importBackup(harness, bytes);
    expect(receipt).toMatchObject({ added: 1 });
    expect(receipt.problems.map(({ problem }) => problem.code).sort()).toEqual(['entry-damaged', 'media-damaged']);
    expect((await harness.messages()).map(({ text }) => text)).toEqual(['with a picture']);
  });
});
