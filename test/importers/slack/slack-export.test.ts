import { describe, expect, it } from 'vitest';
import { readMarkup } from '../../../src/importers/slack/markup';
import { slackExport } from '../../../src/importers/slack/slack-export';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { filesOf, ownSamplePath, sampleAt, sampleOf } from '../samples';

const small = sampleAt(ownSamplePath('slack/small'), { hasEnd: true });
const own = sampleAt(ownSamplePath('slack/workspace'));

describeConformance(slackExport, [small]);

describe('an invented workspace', () => {
  // Folders in the order of their paths: D1 has 2 messages, general 3 and 5 on two days, the group 1.
  it('is one archive, a folder one conversation over its days', async () => {
    const { detection, conversations, messages, people, problems } = await openArchive(slackExport, own);
    expect(detection).toMatchObject({ formatVersion: 'workspace', isSingle: false });
    expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
      ['D1', 'Bob B', 'direct'],
      ['C1', 'general', 'group'],
      ['G1', 'Bob B, 梅', 'group'],
    ]);
    expect(messages.map(({ conversation }) => conversation)).toEqual([0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 2]);
    expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
      ['U1', 'ann', true],
      ['U2', 'Bob B', false],
      ['B1', 'deploys', false],
      ['USLACKBOT', null, false],
      ['U3', '梅', false],
    ]);
    expect(problems).toEqual([]);
  });

  it('has its kinds, texts and facts', async () => {
    const { messages } = await openArchive(slackExport, own);
    expect(messages.map(({ kind, text }) => `${kind} ${text}`)).toEqual([
      'image direct',
      'file 早上好',
      'system @Bob B has joined the channel',
      'text hi @Bob B & link in #general @here',
      'text from blocks @ann 👋\n• one\n• two',
      'text Build 7\npassed details',
      'text This message was deleted.',
      'system @ann set the channel topic: new',
      'call ',
      'unknown new kind',
      'text 群聊',
    ]);
    const [, , join, parent, reply, , deleted, topic, huddle, unknown] = messages;
    expect(join?.facts?.service).toEqual({ action: 'join_group' });
    // "hi " is 3 long, "@Bob B & " ends at 12, "link in " at 20, "#general " at 29.
    expect(parent?.facts?.entities).toEqual([
      { type: 'mention', offset: 3, length: 6 },
      { type: 'link', offset: 12, length: 4, href: 'https://a.example' },
      { type: 'mention', offset: 20, length: 8 },
      { type: 'mention', offset: 29, length: 5 },
    ]);
    expect(parent?.facts?.reactions).toEqual([{ emoji: ':+1:', count: 3, by: ['Bob B', 'U9'] }]);
    expect(parent?.facts?.replyTo).toBeUndefined();
    expect(reply).toMatchObject({
      sourceId: '1700000060.000200',
      sentAtMs: 1_700_000_060_000,
      facts: { replyTo: { sourceId: '1700000000.000100' }, edited: { editedAtMs: 1_700_000_070_000 } },
    });
    expect(deleted?.facts?.deleted).toEqual({ by: 'unknown' });
    expect(topic?.facts?.service).toEqual({ action: 'edit_group_topic' });
    expect(huddle?.facts?.call).toEqual({ durationMs: 60_000, outcome: 'unknown', video: false });
    expect(unknown?.facts?.extra?.['raw']).toMatchObject({ subtype: 'from_the_future' });
  });

  it('links files that slackdump added, and says why others are missing', async () => {
    const { messages, files } = await openArchive(slackExport, own);
    expect(
      messages.flatMap(({ attachments }) =>
        attachments.map(({ kind, name, entry, missing }) => [kind, name, entry === null ? null : files.entries[entry]?.path, missing]),
      ),
    ).toEqual([
      ['image', 'a.png', '__uploads/F1/a.png', null],
      ['file', null, null, 'unavailable'],
      ['voice', 'v.m4a', null, 'not-in-archive'],
    ]);
  });

  it('guesses the owner by the direct chats', async () => {
    // U1 is in D1 and D2, the others in one each.
    const { questions } = await openArchive(slackExport, own);
    expect(questions).toMatchObject([{ id: 'owner', guess: 'U1', certain: false }]);
    expect(questions[0]?.options[0]).toEqual({ value: 'U1', label: 'ann' });
  });
});

describe('parts of an export', () => {
  const day = '[{"type":"message","user":"U1","text":"x","ts":"1700000000.000100"}]';

  it('days without lists, and a day alone under another name', async () => {
    const days = await openArchive(
      slackExport,
      sampleOf('days', { 'a/b/general/2023-11-14.json': day, 'a/b/general/2023-11-15.json': day }),
    );
    expect(days.conversations).toMatchObject([{ sourceId: null, name: 'general' }]);
    expect(days.messages).toHaveLength(2);
    const alone = await openArchive(slackExport, sampleOf('alone', { 'x.txt': day }));
    expect(alone.conversations).toMatchObject([{ sourceId: null, name: null }]);
  });

  it('opens only some of a great many days to know the export', async () => {
    const opened = new Set<string>();
    const names = Array.from(
      { length: 500 },
      (_, at) => `general/${2000 + Math.floor(at / 28)}-01-${String((at % 28) + 1).padStart(2, '0')}.json`,
    );
    const many = filesOf('export', { 'users.json': '[]', ...Object.fromEntries(names.map((name) => [name, day])) });
    const entries = many.entries.map((entry) => ({ ...entry, open: () => (opened.add(entry.path), entry.open()) }));
    const [detection] = await slackExport.detect({ ...many, entries });
    expect(detection?.entries).toHaveLength(501);
    expect(opened.size).toBeLessThan(10);
  });

  it('leaves other files of days to others', async () => {
    const files = filesOf('x', { 'diary/2023-11-14.json': '[{"text":"x"}]', 'b.json': '[{"type":"message","ts":"soon"}]' });
    expect(await slackExport.detect(files)).toEqual([]);
  });
});

describe('readMarkup', () => {
  const names = { user: (id: string) => `user ${id}`, channel: (id: string) => `channel ${id}` };

  it.each([
    ['<@U1|ann> <#C1> <!subteam^S1|@team> <!channel>', '@ann #channel C1 @team @channel'],
    ['<!date^1700000000^{date}|14 Nov> <mailto:a@b.example|mail> <tel:+1555|+1555>', '14 Nov mail +1555'],
    ['<https://a.example/?a=1&amp;b=2>', 'https://a.example/?a=1&b=2'],
    ['a &lt; b &amp;lt; c', 'a < b &lt; c'],
    ['open < bracket', 'open < bracket'],
    ['*bold* `code`', '*bold* `code`'],
  ])('%s', (markup, text) => {
    expect(readMarkup(markup, names).text).toBe(text);
  });
});
