// What the mappings that are guessed make of the samples; the counts and times were worked out by hand from the files.

import { describe, expect, test } from 'vitest';
import { guessMapping } from '../../../src/importers/table/guess-mapping';
import { mappedTable } from '../../../src/importers/table/mapped-table';
import { readTableHeads } from '../../../src/importers/table/table-head';
import type { FileSet } from '../../../src/bytes/source';
import type { MessageRecord, NeutralRecord } from '../../../src/model/record';
import { readMapping, rememberMapping, readMappings, writeMappingFile, type TableMapping } from '../../../src/model/table-mapping';
import { messagesOf, readAll } from '../read-records';
import { filesOf, ownSamplePath, sampleAt } from '../samples';

async function guess(files: FileSet, entry = 0): Promise<TableMapping> {
  const [head] = await readTableHeads(files.entries[entry]!.open());
  return guessMapping(head!);
}

async function read(files: FileSet, mapping: TableMapping, answers = {}): Promise<readonly NeutralRecord[]> {
  const importer = mappedTable(mapping);
  const [detection] = await importer.detect(files);
  return readAll(importer, files, detection!, answers);
}

const sample = (path: string): Promise<FileSet> => sampleAt(ownSamplePath(`table/${path}`)).open();
const problemsOf = (records: readonly NeutralRecord[]): string[] =>
  records.flatMap((record) => (record.type === 'problem' ? [record.problem.code] : []));
const ownersOf = (records: readonly NeutralRecord[]): (string | null)[] =>
  records.flatMap((record) => (record.type === 'person' && record.isOwner ? [record.name] : []));

describe('JSON', () => {
  test('rows inside an object, with inner objects as columns, long ids whole and files found', async () => {
    const files = await sample('album');
    const entry = files.entries.findIndex(({ path }) => path.endsWith('room.json'));
    const mapping = await guess(files, entry);
    expect(mapping).toMatchObject({
      form: 'json',
      rows: 'data.messages[*]',
      roles: { time: 'sent.at', sender: 'from.name', text: 'body', kind: 'type', attachment: 'file', id: 'id' },
      kinds: [
        ['text', 'text'],
        ['photo', 'image'],
        ['voice', 'voice'],
        ['notice', 'system'],
      ],
    });
    const records = await read(files, mapping);
    const messages = messagesOf(records);
    expect(messages.map(({ kind }) => kind)).toEqual(['text', 'text', 'image', 'voice', 'unknown', 'system']);
    // 15:04:05 in a zone eight hours ahead.
    expect(messages[0]).toMatchObject({ sourceId: '9007199254740993', sentAtMs: Date.UTC(2024, 2, 7, 7, 4, 5), clock: 'absolute' });
    expect(messages[1]?.facts).toEqual({ extra: { likes: 2 } });
    expect(messages[2]?.attachments).toMatchObject([{ kind: 'image', name: 'bed.png', missing: null }]);
    expect(files.entries[messages[2]!.attachments[0]!.entry!]!.path).toMatch(/pictures\/bed\.png$/);
    expect(messages[3]?.attachments).toMatchObject([{ kind: 'voice', name: 'gone.ogg', entry: null, missing: 'not-in-archive' }]);
    expect(messages[4]?.facts?.extra).toMatchObject({ raw: { type: 'hologram', depth: [1, 2] } });
    expect(messages[5]?.sender).toBe(-1);
    // "soon" is no time, and 7 no row.
    expect(problemsOf(records)).toEqual(['bad-time', 'not-understood']);
  });

  test('lines: two conversations, the owner by a column, and what is no object as problems', async () => {
    const files = await sample('lines.jsonl');
    const records = await read(files, await guess(files));
    const names = records.flatMap((record) => (record.type === 'conversation' ? [record.name] : []));
    expect(names).toEqual(['Balcony', 'Cellar']);
    expect(messagesOf(records).map(({ conversation }) => conversation)).toEqual([0, 0, 1, 1, 0]);
    expect(ownersOf(records)).toEqual(['Ann', 'Ann']);
    expect(problemsOf(records)).toEqual(['bad-json', 'not-understood']);
  });

  test('the longest array of objects comes first, arrays of anything else do not count', async () => {
    const files = filesOf('x.json', {
      'x.json': JSON.stringify({
        tags: ['a', 'b'],
        users: [{ id: 1, name: 'Ann' }],
        log: { lines: [1, 2, 3].map((at) => ({ at, who: 'Ann' })) },
      }),
    });
    const heads = await readTableHeads(files.entries[0]!.open());
    expect(heads.map(({ rows }) => rows)).toEqual(['log.lines[*]', 'users[*]']);
  });
});

describe('CSV', () => {
  test('Chinese columns, the day and its clock apart, fields with line ends', async () => {
    const files = await sample('半月.csv');
    const mapping = await guess(files);
    expect(mapping.roles).toEqual({ time: '日期', clock: '时间', sender: '发送者', kind: '消息类型', text: '内容', attachment: '附件' });
    const records = await read(files, mapping);
    const messages = messagesOf(records);
    expect(messages.map(({ kind }) => kind)).toEqual(['text', 'text', 'image', 'system', 'unknown']);
    expect(messages[0]).toMatchObject({ text: '番茄种好了,\n浇了水', clock: 'second', sentAtMs: Date.UTC(2024, 2, 7, 15, 4, 5) });
    expect(messages[1]?.text).toBe('He said "hello"');
    expect(problemsOf(records)).toEqual(['bad-time']);
  });

  test('text messages: the address is the other side, and a conversation of its own', async () => {
    const files = await sample('sms.csv');
    const mapping = await guess(files);
    expect(mapping).toMatchObject({ roles: { own: 'type', sender: 'address', conversation: 'address' }, namesOtherSide: true });
    expect(mapping.time).toEqual({ written: 'MDY', hours: 12, zone: null });
    const records = await read(files, mapping);
    const senders = new Map(records.flatMap((record) => (record.type === 'person' ? [[record.index, record] as const] : [])));
    const shown = messagesOf(records).map(({ conversation, sender, text }) => [conversation, senders.get(sender)?.isOwner, text]);
    expect(shown).toEqual([
      [0, false, 'Are you home?'],
      [0, true, 'In ten minutes'],
      [1, false, 'Your parcel is here; bring the code'],
      [1, true, 'Thank you'],
    ]);
  });

  test('without a header the columns are numbers, and the first row is a message', async () => {
    const files = await sample('bare.tsv');
    const mapping = await guess(files);
    expect(mapping).toMatchObject({ hasHeader: false, columns: ['1', '2', '3'], roles: { time: '1', sender: '2', text: '3' } });
    expect(messagesOf(await read(files, mapping))).toHaveLength(4);
  });

  test('columns of one name stay apart, and fields beyond them are kept', async () => {
    const files = filesOf('x.csv', {
      'x.csv': 'time,name,name,\n2024-03-07 10:00,Ann,B,C,D\n2024-03-07 10:01,Ann,B,\n2024-03-07 10:02,Ann,B,\n2024-03-07 10:03,Ann,B,\n',
    });
    const mapping = await guess(files);
    expect(mapping.columns).toEqual(['time', 'name', 'name (3)', '4']);
    const [first] = messagesOf(await read(files, { ...mapping, roles: { time: 'time', sender: 'name' } }));
    expect(first?.facts?.extra).toEqual({ 'name (3)': 'B', '4': 'C', '5': 'D' });
  });

  test.each([
    ['prose with commas', 'Dear diary, today it rained\nand then, suddenly, it stopped, as rain does\nGood night\n'],
    ['one column', 'name\nAnn\nBob\n'],
    ['a header alone', 'time,sender,text\n'],
    ['nothing', ''],
    ['markup', '<html><body>a,b,c</body></html>\n<p>d,e,f</p>\n'],
    ['bytes', '\u0000\u0001,\u0002\n\u0000,\u0003\n'],
    ['a list of numbers', '[1,2,3]'],
  ])('%s is no table', async (_, text) => {
    const files = filesOf('x.csv', { 'x.csv': text });
    expect(await readTableHeads(files.entries[0]!.open())).toEqual([]);
  });
});

describe('a mapping', () => {
  test('claims tables with the same columns and no others', async () => {
    const files = await sample('sms.csv');
    const importer = mappedTable(await guess(files));
    const rows = '3/7/2024, 3:04:05 PM;+1;sent;Hi\n';
    const drop = filesOf('drop', {
      'next.csv': `date;address;type;body\n${rows}`,
      'other order.csv': `address;date;type;body\n+1;3/7/2024, 3:04:05 PM;sent;Hi\n`,
      'more.csv': `date;address;type;body;seen\n3/7/2024, 3:04:05 PM;+1;sent;Hi;yes\n`,
      'else.csv': 'day;phone;kind;words\n1;2;3;4\n',
    });
    expect((await importer.detect(drop)).map(({ entries: [entry] }) => drop.entries[entry!]!.path)).toEqual([
      'next.csv',
      'other order.csv',
    ]);
  });

  test('is an answer: another for the same file takes its place', async () => {
    const files = await sample('bare.tsv');
    const mapping = await guess(files);
    const other = { ...mapping, roles: { time: '1', text: '2', sender: '3' } };
    const [first] = messagesOf(await read(files, mapping, { mapping: JSON.stringify(other) }));
    expect(first?.text).toBe('Ann');
    const [again] = messagesOf(await read(files, mapping, { mapping: 'nonsense' }));
    expect(again?.text).toBe('The tomatoes are in');
  });

  test('goes into a file and comes back; anything else is none', async () => {
    const mapping = await guess(await sample('半月.csv'));
    expect(readMapping(writeMappingFile(mapping))).toEqual(mapping);
    for (const text of ['', '{}', '[]', 'null', JSON.stringify({ ...mapping, form: 'xml' }), JSON.stringify({ ...mapping, roles: {} })]) {
      expect(readMapping(text), text).toBeNull();
    }
    const polluted = JSON.stringify({ ...mapping, roles: { time: '日期', ['__proto__']: 'x', sender: 'no such column' } });
    expect(readMapping(polluted)?.roles).toEqual({ time: '日期' });
  });

  test('is remembered once for the same columns, and forgotten', async () => {
    const one = await guess(await sample('半月.csv'));
    const two = await guess(await sample('sms.csv'));
    const changed = { ...one, roles: { ...one.roles, sender: '附件' } };
    const setting = rememberMapping(rememberMapping(rememberMapping(undefined, one), two), changed);
    expect(readMappings(setting)).toEqual([changed, two]);
    expect(readMappings(rememberMapping(setting, one, true))).toEqual([two]);
    expect(readMappings('broken')).toEqual([]);
  });

  test('ids that come again at once are no ids', async () => {
    const lines = ['a', 'a', 'b'].map((id, at) => JSON.stringify({ id, time: `2024-03-07 10:0${at}`, text: 'Hi' }));
    const files = filesOf('x.jsonl', { 'x.jsonl': lines.join('\n') });
    const mapping = await guess(files);
    expect(mapping.roles.id).toBeUndefined();
    const messages = messagesOf(await read(files, { ...mapping, roles: { ...mapping.roles, id: 'id' } }));
    expect(messages.map(({ sourceId }: MessageRecord) => sourceId)).toEqual(['a', null, 'b']);
    expect(messages[1]?.facts?.extra).toEqual({ id: 'a' });
  });
});
