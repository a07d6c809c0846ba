// Expected values were read off test/samples/viber/email.

import { describe, expect, it } from 'vitest';
import { viberCsv } from '../../../src/importers/viber/viber-csv';
import { describeConformance } from '../conformance';
import { openArchive } from '../open-archive';
import { filesOf, ownSamplePath, sampleAt, sampleOf } from '../samples';

const own = sampleAt(ownSamplePath('viber/email'));

describeConformance(viberCsv, [own]);

describe('a backup by e-mail', () => {
  // Ann Lee has 3 messages and one on a day that is none; Friends has 4 and a line that is no row of it.
  it('has a chat in each table, people by number', async () => {
    const { detection, questions, conversations, people, problems } = await openArchive(viberCsv, own);
    expect(detection).toMatchObject({ title: null, isSingle: false });
    // 24/12 tells which number is the day.
    expect(questions.map(({ id, guess, certain }) => [id, guess, certain])).toEqual([
      ['owner', '+447700900002', false],
      ['date-order', 'DMY', true],
      ['zone', null, false],
    ]);
    expect(new Map(conversations.map(({ name, shape }) => [name, shape]))).toEqual(
      new Map([
        ['Ann Lee', 'direct'],
        ['Friends', 'group'],
      ]),
    );
    expect(people.map(({ sourceId, name, isOwner }) => [sourceId, name, isOwner])).toEqual([
      ['+447700900001', 'Ann Lee', false],
      ['+447700900002', 'Me', true],
      ['+33612345678', 'Cleo', false],
      [null, 'Dan', false],
    ]);
    expect(problems).toEqual(['bad-time', 'not-understood']);
  });

  it('has its texts and clocks', async () => {
    const { messages } = await openArchive(viberCsv, own);
    expect(
      messages.map(({ conversation, sender, kind, text, sentAtMs, clock }) => [
        conversation,
        sender,
        kind,
        text,
        new Date(sentAtMs).toISOString().slice(0, 19),
        clock,
      ]),
    ).toEqual([
      [0, 0, 'text', 'Merry Christmas, Bob!', '2023-12-24T18:03:05', 'second'],
      [0, 1, 'text', '谢谢\nand you', '2023-12-24T18:04:00', 'second'],
      [0, 0, 'text', 'photo, at last', '2023-12-25T09:00:10', 'second'],
      [1, 1, 'text', 'hello all', '2024-02-01T10:00:00', 'second'],
      [1, 2, 'text', 'salut', '2024-02-01T10:01:00', 'second'],
      [1, 3, 'text', 'a "quoted" word', '2024-02-01T10:02:00', 'second'],
      [1, -1, 'system', 'Dan joined', '2024-02-01T10:03:00', 'second'],
    ]);
  });
});

describe('other tables', () => {
  it.each([
    ['of four columns', '24/12/2023,18:03,Ann,hello\n'],
    ['without a number', '24/12/2023,18:03,Ann,,hello\n'],
    ['of calls', '24/12/2023,18:03,Ann,+447700900001,00:12,in\n'],
    ['of contacts', 'Name,Given,Family,Phone,Note\nAnn,Ann,Lee,+447700900001,x\n'],
  ])('%s are left to others', async (_, text) => {
    expect(await viberCsv.detect(filesOf('x', { 'x.csv': text }))).toEqual([]);
  });

  it('a table alone is one chat, with the clock of twelve hours too', async () => {
    const text = '12/24/2023,6:03:05 PM,Ann,+447700900001,"hi"\n';
    const { detection, messages } = await openArchive(viberCsv, sampleOf('x', { 'Ann.txt': text }));
    expect(detection).toMatchObject({ title: 'Ann', isSingle: true });
    expect(messages).toMatchObject([{ sentAtMs: Date.UTC(2023, 11, 24, 18, 3, 5) }]);
  });
});
