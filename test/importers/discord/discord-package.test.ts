import { describe, expect, it } from 'vitest';
import { discordPackage } from '../../../src/importers/discord/discord-package';
import { snowflakeTime } from '../../../src/importers/discord/snowflake';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { filesOf, hasSharedSamples, ownSamplePath, sampleAt, sampleOf, sharedSamplePath } from '../samples';

const own = sampleAt(ownSamplePath('discord/package'), { hasEnd: true });

// The CSV in it has no end that could be missed, so that a cut is not always a problem.
describeConformance(discordPackage, [sampleAt(ownSamplePath('discord/package'))]);

describe('snowflakeTime', () => {
  // (1180000000000000001 >> 22) + 1420070400000 = 281333923339 + 1420070400000.
  it('is in the upper bits', () => {
    expect(snowflakeTime('1180000000000000001')).toBe(1_701_404_323_339);
  });

  it.each(['', '7', '99999999999999999999', '1180000000000000001x'])('is not in %j', (id) => {
    expect(snowflakeTime(id)).toBeNull();
  });
});

describe('an invented package in German', () => {
  // Three messages in a channel as JSON, one in a direct chat as CSV.
  it('has the messages of its owner, ids exact', async () => {
    const { detection, conversations, messages, people, questions, problems } = await openArchive(discordPackage, own);
    expect(detection).toMatchObject({ formatVersion: 'package-json', isSingle: false });
    expect(conversations.map(({ sourceId, name, shape }) => [sourceId, name, shape])).toEqual([
      ['1180000000000000000', 'Demo Server / general', 'group'],
      ['1190000000000000000', 'bob', 'direct'],
    ]);
    // The first clock's second is that of its id, whose millisecond is taken; the others' are not.
    expect(messages.map(({ conversation, sourceId, sentAtMs, kind, text }) => [conversation, sourceId, sentAtMs, kind, text])).toEqual([
      [0, '1180000000000000001', 1_701_404_323_339, 'text', 'hello everyone'],
      [0, '1180000000000000003', 1_701_404_324_000, 'image', 'two\nlines'],
      [0, '1180000000000000005', 1_701_406_800_000, 'text', 'clock apart'],
      [1, '1190000000000000011', 1_701_404_323_342, 'text', 'He said "hi", ok'],
    ]);
    expect(messages[1]?.attachments.map(({ kind, name, missing }) => [kind, name, missing])).toEqual([
      ['image', 'a.png', 'not-in-archive'],
      ['file', 'b.pdf', 'not-in-archive'],
    ]);
    expect(people).toMatchObject([{ sourceId: '900000000000000001', name: 'Ann', isOwner: true }]);
    expect(questions).toEqual([]);
    expect(problems).toEqual([]);
  });
});

describe('parts of a package', () => {
  it('lists of messages alone are told by content; nobody knows that the owner of two is one', async () => {
    const { conversations, messages, people } = await openArchive(
      discordPackage,
      sampleOf('loose', {
        'one.txt': '[{"ID": 1180000000000000001, "Timestamp": "2023-12-01 04:18:43", "Contents": "x", "Attachments": ""}]',
        'two.csv': 'ID,Timestamp,Contents,Attachments\n1180000000000000002,2023-12-01 04:18:43.000000+00:00,y,\n',
      }),
    );
    expect(conversations.map(({ sourceId }) => sourceId)).toEqual([null, null]);
    expect(messages.map(({ text, sourceId }) => [text, sourceId])).toEqual([
      ['x', '1180000000000000001'],
      ['y', '1180000000000000002'],
    ]);
    expect(people.map(({ sourceId, conversation, isOwner }) => [sourceId, conversation, isOwner])).toEqual([
      [null, 0, true],
      [null, 1, true],
    ]);
  });

  it('opens only some of a great many channels to know the package', async () => {
    const opened = new Set<string>();
    const contents = Array.from({ length: 300 }, (_, at) => `Messages/c${1_180_000_000_000_000n + BigInt(at)}`).flatMap((folder) => [
      [`${folder}/channel.json`, '{"id":"1180000000000000","type":"DM"}'],
      [`${folder}/messages.json`, '[]'],
    ]);
    const many = filesOf('package', Object.fromEntries(contents) as Record<string, string>);
    const entries = many.entries.map((entry) => ({ ...entry, open: () => (opened.add(entry.path), entry.open()) }));
    const [detection] = await discordPackage.detect({ ...many, entries });
    expect(detection?.entries).toHaveLength(600);
    expect(opened.size).toBeLessThan(10);
  });

  it('leaves other lists and other channels to others', async () => {
    const files = filesOf('x', {
      'channel.json': '{"id":"1","type":"DM"}',
      'messages.json': '{"messages":[]}',
      'empty.json': '[]',
      'list.json': '[{"ID":"x","Text":1}]',
      'table.csv': 'ID,Timestamp,Text\n',
    });
    expect(await discordPackage.detect(files)).toEqual([]);
  });
});

describe.runIf(hasSharedSamples)('the shared sample', () => {
  it('has three messages in two conversations', async () => {
    const { messages, conversations, problems } = await openArchive(
      discordPackage,
      sampleAt(sharedSamplePath('international/_generated/samples/discord-package')),
    );
    expect(messages.map(({ sourceId, sentAtMs }) => [sourceId, sentAtMs])).toEqual([
      ['1180000000000000001', 1_701_404_323_339],
      ['1180000000000000003', 1_701_404_324_000],
      ['1180000000000000011', 1_701_404_323_342],
    ]);
    expect(conversations).toMatchObject([{ sourceId: '1180000000000000000' }, { sourceId: '1180000000000000009' }]);
    expect(problems).toEqual([]);
  });
});
