import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { fileSetOfFiles } from '../../../src/bytes/file-set';
import { sourceOfBytes } from '../../../src/bytes/memory-source';
import { threemaBackup } from '../../../src/importers/threema/threema-backup';
import { openWithPassword } from '../../../src/intake/locks/zip-password';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { filesOf, hasSharedSamples, ownSamplePath, sampleAt, sharedSamplePath } from '../samples';

const name = 'threema-backup_MEDEMO01_1700000000000_1';
const own = sampleAt(ownSamplePath(`threema/${name}`));
const firstAtMs = 1_700_000_000_000;

describeConformance(threemaBackup, [own]);

/** A backup of one conversation with such rows, in the order of `columns`. */
const backupOf = (columns: string, ...rows: readonly string[]) => ({
  name: 'backup',
  open: async () => filesOf('backup', { 'message_BOBDEMO1.csv': [columns, ...rows, ''].join('\n') }),
});
const columns = '"apiid","uid","isoutbox","posted_at","type","body","isstatusmessage"';

describe('invented backup', () => {
  // message_id1.csv has 11 rows, the last without a time; the group 4, the list 1.
  it('has its conversations and people', async () => {
    const { detection, conversations, people, problems } = await openArchive(threemaBackup, own);
    expect(detection.title).toBe('MEDEMO01');
    expect(conversations.map(({ sourceId, name: title, shape }) => [sourceId, title, shape])).toEqual([
      ['list 7', 'Everyone', 'channel'],
      ['a1b2c3d4e5f60718-MEIDEMO2', 'Hikers 远足', 'group'],
      ['BOBDEMO1', 'Bob Sample', 'direct'],
    ]);
    expect(people.map(({ sourceId, name: title, isOwner }) => [sourceId, title, isOwner])).toEqual([
      ['MEDEMO01', null, true],
      ['MEIDEMO2', '梅', false],
      ['BOBDEMO1', 'Bob Sample', false],
      ['CARDEMO3', null, false],
    ]);
    expect(conversations[1]?.extra).toEqual({ description: 'Sundays' });
    expect(problems).toEqual(['bad-time']);
  });

  it('has its messages', async () => {
    const { messages, people } = await openArchive(threemaBackup, own);
    const rows = messages.map(({ sender, kind, text, sentAtMs }) => [people[sender]?.sourceId, kind, text, sentAtMs - firstAtMs]);
    expect(rows).toEqual([
      ['MEDEMO01', 'text', 'to all', 14_000],
      ['MEIDEMO2', 'text', '周日见', 10_000],
      ['MEDEMO01', 'poll', 'Where to?', 11_000],
      ['CARDEMO3', 'voice', '', 12_000],
      [undefined, 'system', '', 13_000],
      ['BOBDEMO1', 'text', 'hi "you" \\o/\nline two', 0],
      ['MEDEMO01', 'location', '', 1000],
      ['BOBDEMO1', 'image', 'The lake', 2000],
      ['MEDEMO01', 'file', 'hum', 3000],
      ['BOBDEMO1', 'image', '', 4000],
      ['BOBDEMO1', 'call', '', 5000],
      [undefined, 'system', 'Bob took a screenshot', 6000],
      ['MEDEMO01', 'text', 'better so', 7000],
      ['BOBDEMO1', 'text', '', 8000],
      ['BOBDEMO1', 'unknown', '', 9000],
    ]);
  });

  it('has what hangs on them', async () => {
    const { messages, files } = await openArchive(threemaBackup, own);
    const byId = new Map(messages.map((message) => [message.sourceId, message]));
    expect(byId.get('a2')?.facts).toMatchObject({
      replyTo: { sourceId: 'a1' },
      location: { latitude: 51.5, longitude: -0.12, address: 'Demo street' },
      reactions: [{ emoji: '👍', count: 1, by: ['Bob Sample'] }],
    });
    expect(byId.get('g1')?.facts?.reactions).toEqual([{ emoji: '🎉', count: 2, by: ['Bob Sample', 'MEDEMO01'] }]);
    // Bob and the owner chose the lake; the mountain stands first.
    expect(byId.get('g2')?.facts?.poll).toEqual({
      question: 'Where to?',
      closed: true,
      options: [
        { text: '山', votes: 0 },
        { text: 'Lake', votes: 2 },
      ],
    });
    expect(byId.get('u6')?.facts?.call).toEqual({ durationMs: 62_000, outcome: 'answered', video: false });
    expect(byId.get('a8')?.facts?.edited).toEqual({ editedAtMs: firstAtMs + 8000 });
    expect(byId.get('a9')?.facts?.deleted).toEqual({ by: 'sender' });
    expect(byId.get('a10')?.facts?.extra?.['raw']).toContain('HOLOGRAM');
    expect(byId.get('v4')?.facts).toMatchObject({ service: { action: 'group_status' }, extra: { body: '{"statusType":3}' } });
    const [lake] = byId.get('a3')!.attachments;
    expect(lake).toMatchObject({ kind: 'image', name: 'lake.jpg', mime: 'image/jpeg', entry: files.indexOf('message_media_u3') });
    expect(byId.get('a4')!.attachments).toMatchObject([{ kind: 'audio', name: 'note.aac', sizeBytes: 99, missing: 'not-in-archive' }]);
    expect(byId.get('a5')!.attachments).toMatchObject([{ missing: 'not-in-archive' }, { entry: files.indexOf('message_thumbnail_u5') }]);
  });
});

describe('a backup without its lists', () => {
  it('is read by what its files are called; the owner is `me`', async () => {
    const sample = backupOf(columns, '"a","u","1","1700000000000","TEXT","hi","0"', '"b","v","0","1700000001000","TEXT","ho","0"');
    const { conversations, people, messages } = await openArchive(threemaBackup, sample);
    expect(conversations).toMatchObject([{ sourceId: 'BOBDEMO1', name: null }]);
    expect(people.map(({ sourceId, isOwner }) => [sourceId, isOwner])).toEqual([
      ['BOBDEMO1', false],
      ['me', true],
    ]);
    expect(messages.map(({ sender }) => sender)).toEqual([1, 0]);
  });

  it('keeps bodies that are not what their type says', async () => {
    const sample = backupOf(
      columns,
      '"a","u","0","1700000000000","LOCATION","91,0,1","0"',
      '"b","v","0","1700000000000","BALLOT","[2,77]","0"',
      '"c","w","0","1700000000000","FILE","{{","0"',
    );
    const { messages } = await openArchive(threemaBackup, sample);
    expect(messages.map(({ kind, text, facts }) => [kind, text, facts?.extra?.['body']])).toEqual([
      ['location', '91,0,1', undefined],
      ['poll', '', '[2,77]'],
      ['file', '', '{{'],
    ]);
  });
});

describe.runIf(hasSharedSamples)('the shared ZIP', () => {
  it('is read once its password opened it', async () => {
    const bytes = readFileSync(sharedSamplePath(`international/_generated/samples/threema/${name}.zip`));
    const open = async () => fileSetOfFiles(`${name}.zip`, 'zip', (await openWithPassword(sourceOfBytes(bytes), 'demo-pass')).entries);
    const { messages, people, problems } = await openArchive(threemaBackup, { name, open });
    expect(messages.map(({ sender, kind, text }) => [people[sender]?.sourceId, kind, text])).toEqual([
      ['BOBDEMO1', 'text', 'hi "you"\nline two'],
      ['MEDEMO01', 'location', ''],
    ]);
    expect(messages[1]?.facts).toMatchObject({ replyTo: { sourceId: 'a1' }, reactions: [{ emoji: '👍', count: 1 }] });
    expect(problems).toEqual([]);
    await expect(openWithPassword(sourceOfBytes(bytes), 'demo-pas')).rejects.toMatchObject({ code: 'wrong-secret' });
  });
});
