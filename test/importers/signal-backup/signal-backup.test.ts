import { describe, expect, it } from 'vitest';
import { signalBackup } from '../../../src/importers/signal-backup/signal-backup';
import type { ConversationRecord, PersonRecord } from '../../../src/model/record';
import { databaseVersion, end, insert, plainFrames, statement, type WrittenFrame } from '../../crypto/signal-backup-writer';
import { describeConformance } from '../conformance';
import { messagesOf, readAll } from '../read-records';
import { filesOf, sampleOf } from '../samples';
import { bob, masterKey, modernFrames, oldFrames, openedFiles } from './sample-frames';

describeConformance(signalBackup, [
  sampleOf('a backup of 2024', openedFiles(modernFrames)),
  sampleOf('a backup of 2019', openedFiles(oldFrames)),
]);

async function open(frames: readonly WrittenFrame[]) {
  const files = filesOf('signal.backup', openedFiles(frames), 'zip');
  const [detection] = await signalBackup.detect(files);
  const records = await readAll(signalBackup, files, detection!);
  return { files, detection: detection!, records, messages: messagesOf(records) };
}

const group = Buffer.from(masterKey).toString('base64');

describe('a backup of 2024', () => {
  it('has conversations and people by the ids that other archives of Signal have', async () => {
    const { detection, records } = await open(modernFrames);
    expect(detection).toMatchObject({ formatVersion: 'database 223', entries: [0] });
    expect(records.filter((record): record is ConversationRecord => record.type === 'conversation')).toEqual([
      { type: 'conversation', index: 0, sourceId: bob, name: 'Bob Lee', shape: 'direct' },
      { type: 'conversation', index: 1, sourceId: group, name: 'Team 测试', shape: 'group' },
      { type: 'conversation', index: 2, sourceId: '+15550000004', name: '+15550000004', shape: 'direct' },
      { type: 'conversation', index: 3, sourceId: 'self', name: 'Hana', shape: 'self' },
    ]);
    const people = records.filter((record): record is PersonRecord => record.type === 'person');
    expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
      [bob, 'Bob Lee', false],
      ['self', 'Hana', true],
      ['+15550000004', '+15550000004', false],
    ]);
  });

  // Seconds behind 1,700,000,000 are the numbers of the rows; 9 is an older version of 10, 22 has no time.
  it('has every kind of message', async () => {
    const { messages } = await open(modernFrames);
    expect(
      messages.map(({ conversation, sender, kind, text, sentAtMs }) => [(sentAtMs - 1.7e12) / 1000, conversation, sender, kind, text]),
    ).toEqual([
      [1, 0, 0, 'text', 'Hi @Bob Lee, look'],
      [2, 0, 1, 'text', 'Hello'],
      [3, 0, 0, 'text', ''],
      [4, 0, 0, 'image', 'hill and voice'],
      [5, 1, 1, 'text', 'line one\nline two 群聊'],
      [6, 1, -1, 'system', ''],
      [7, 0, 0, 'call', ''],
      [8, 0, 1, 'call', ''],
      [10, 1, 2, 'text', 'new text'],
      [11, 0, 0, 'contact', ''],
      [12, 1, 1, 'poll', 'When?'],
      [13, 0, 0, 'sticker', '🐻'],
      [14, 0, 0, 'image', ''],
      [15, 0, 0, 'unknown', 'gift'],
      [16, 0, 1, 'transfer', '{"note":"lunch"}'],
      [17, 0, 0, 'unknown', ''],
      [18, 2, -1, 'system', ''],
      [19, 3, 1, 'text', 'to myself'],
      [20, 1, 0, 'text', ''],
      [21, 0, 0, 'text', 'see this'],
    ]);
    expect(messages[0]!.sourceId).toBe(`${bob}:1700000001000`);
    expect(messages[1]!.sourceId).toBe('self:1700000002000');
  });

  it('has facts of messages', async () => {
    const { messages } = await open(modernFrames);
    const at = (second: number) => messages.find(({ sentAtMs }) => sentAtMs === 1.7e12 + second * 1000)!.facts;
    expect(at(1)).toEqual({
      reactions: [{ emoji: '👍', count: 2, by: ['Hana', '+15550000004'] }],
      // `@Bob Lee` is seven letters longer than the letter that stood for it.
      entities: [
        { type: 'bold', offset: 13, length: 4 },
        { type: 'code', offset: 0, length: 2 },
        { type: 'mention', offset: 3, length: 8 },
      ],
    });
    expect(at(2)).toEqual({ replyTo: { sourceId: `${bob}:1700000001000`, excerpt: 'Hi' } });
    expect(at(3)).toEqual({ deleted: { by: 'sender' } });
    expect(at(6)).toMatchObject({ service: { action: 'groupChange' }, extra: { update: expect.stringContaining('QUJD') } });
    expect(at(7)?.call).toEqual({ durationMs: null, outcome: 'missed', video: false });
    expect(at(8)?.call).toEqual({ durationMs: null, outcome: 'answered', video: true });
    expect(at(10)).toEqual({
      olderTexts: [{ text: 'old text', editedAtMs: 1_700_000_009_000 }],
      edited: { editedAtMs: 1_700_000_010_000 },
    });
    expect(at(11)?.contact).toEqual({ name: 'Kim Ha', phone: '+15550000009' });
    expect(at(12)?.poll).toEqual({
      question: 'When?',
      closed: false,
      options: [
        { text: 'Sat', votes: 1 },
        { text: 'Sun', votes: 0 },
      ],
    });
    expect(at(14)).toEqual({ extra: { viewOnce: true } });
    for (const second of [15, 16, 17]) expect(at(second)?.extra?.['raw']).toContain('"date_sent"');
    expect(at(18)?.service).toEqual({ action: 'JOINED_SIGNAL' });
    expect(at(19)?.extra).toEqual({ linkPreview: [{ url: 'https://example.org/', title: 'A page' }] });
    expect(at(20)).toEqual({ deleted: { by: 'admin' } });
    expect(at(21)?.extra).toEqual({ isStory: true });
  });

  it('links files by their rows, in the order that messages show them in', async () => {
    const { files, messages } = await open(modernFrames);
    const [picture, voice] = messages.find(({ text }) => text === 'hill and voice')!.attachments;
    expect(files.entries[picture!.entry!]!.path).toBe('attachments/8');
    expect(picture).toMatchObject({ kind: 'image', name: 'hill.jpg', mime: 'image/jpeg', sizeBytes: 3, widthPx: 40, heightPx: 30 });
    expect(files.entries[voice!.entry!]!.path).toBe('attachments/7');
    expect(voice).toMatchObject({ kind: 'voice', name: null });
    expect(messages.find(({ kind }) => kind === 'sticker')!.attachments).toMatchObject([
      { kind: 'sticker', entry: null, missing: 'not-in-archive' },
    ]);
    const once = messages.find(({ facts }) => facts?.extra?.['viewOnce'] === true)!;
    expect(once.attachments).toMatchObject([{ kind: 'image', missing: 'expired' }]);
  });

  it('counts a message without a time and keeps its row; names tables that it does not read', async () => {
    const { records } = await open(modernFrames);
    const problems = records.flatMap((record) => (record.type === 'problem' ? [record.problem] : []));
    expect(problems).toMatchObject([{ code: 'bad-time', raw: expect.stringContaining('no time') }]);
    const structures = records.flatMap((record) => (record.type === 'structure' ? [`${record.name} ${record.lengthBytes}`] : []));
    expect(structures).toContain('schema 14');
    expect(structures).toContain('drafts, not read 1');
    expect(structures).toContain('older version of a message 1');
  });
});

it('reads the tables of 2019: addresses for recipients, two tables of messages', async () => {
  const { records, messages, files } = await open(oldFrames);
  const conversations = records.filter((record): record is ConversationRecord => record.type === 'conversation');
  expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
    ['+15550000002', 'Bob Lee', 'direct'],
    ['__textsecure_group__!ab', 'Choir', 'group'],
  ]);
  const people = new Map(records.flatMap((record) => (record.type === 'person' ? [[record.index, record] as const] : [])));
  expect(
    messages.map(({ sender, kind, text, sourceId, sentAtMs }) => [people.get(sender)?.name, kind, text, sourceId, sentAtMs - 1.7e12]),
  ).toEqual([
    ['Bob Lee', 'text', 'hello from 2019', '+15550000002:1700000001000', 1000],
    [null, 'text', 'answered', 'self:1700000002000', 2000],
    ['Bob Lee', 'call', '', '+15550000002:1700000003000', 3000],
    ['Ann Poe', 'image', 'a picture', '+15550000003:1700000004000', 4000],
    [null, 'text', 'reply', 'self:1700000006000', 6000],
  ]);
  expect(messages[2]!.facts?.call).toEqual({ durationMs: null, outcome: 'answered', video: false });
  expect(messages[3]!.facts?.reactions).toEqual([{ emoji: '❤️', count: 1, by: ['9'] }]);
  expect(files.entries[messages[3]!.attachments[0]!.entry!]!.path).toBe('attachments/4');
  expect(messages[4]!.facts?.replyTo).toEqual({ sourceId: '+15550000003:1700000004000', excerpt: 'a picture' });
});

it('runs nothing of the statements, and keeps those that it does not understand', async () => {
  const odd = [
    statement('DROP TABLE message'),
    statement('INSERT INTO message SELECT * FROM recipient'),
    statement("INSERT INTO message VALUES (1, 'x')"),
    insert('nowhere', 1, 2),
    statement('INSERT INTO message (date_sent, thread_id, from_recipient_id, type, body, _id) VALUES (?, ?, ?, ?, ?, ?)', 1.7e12, 1, 2, 20, 'named columns', 500),
    { bytes: Uint8Array.of(0x7a, 0) },
  ]; // prettier-ignore
  const { records, messages } = await open([...modernFrames.slice(0, -1), ...odd, end]);
  const problems = records.flatMap((record) => (record.type === 'problem' ? [record.problem.code] : []));
  expect(problems.sort()).toEqual(['bad-time', ...new Array<string>(5).fill('unknown-kind')]);
  expect(messages.at(-1)).toMatchObject({ text: 'named columns', sentAtMs: 1.7e12 });
});

it('is neither the encrypted backup nor a file that begins like one', async () => {
  const plain = plainFrames([databaseVersion(1), end]);
  const isFound = async (content: Uint8Array) => (await signalBackup.detect(filesOf('x', { x: content }))).length;
  expect(await isFound(plain)).toBe(1);
  expect(await isFound(plain.subarray(0, 58))).toBe(0);
  expect(await isFound(Uint8Array.from([...plain.subarray(0, 58), 0, 0, 0, 4, 9, 9, 9, 9]))).toBe(0);
});
