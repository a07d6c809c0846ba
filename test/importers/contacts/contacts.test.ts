// What contacts give: numbers in international form with their names, worked out by hand from the samples.

import { describe, expect, test } from 'vitest';
import type { Importer } from '../../../src/importers/importer';
import { contactsCsv } from '../../../src/importers/contacts/contacts-csv';
import { vcard } from '../../../src/importers/contacts/vcard';
import type { FileSet } from '../../../src/bytes/source';
import { readAll } from '../read-records';
import { filesOf, ownSamplePath, sampleAt } from '../samples';

async function read(importer: Importer, files: FileSet, country?: string): Promise<[string, string][]> {
  const [detection] = await importer.detect(files);
  if (detection === undefined) throw new Error('not detected');
  const records = await readAll(importer, files, detection, country === undefined ? {} : { country });
  return records.flatMap((record): [string, string][] => (record.type === 'person' ? [[record.sourceId ?? '', record.name ?? '']] : []));
}
const own = (name: string): Promise<FileSet> => sampleAt(ownSamplePath(`contacts/${name}`)).open();
const card = (...lines: readonly string[]): string => ['BEGIN:VCARD', 'VERSION:3.0', ...lines, 'END:VCARD', ''].join('\r\n');

describe('vCard', () => {
  test('2.1: quoted-printable names, numbers of the country that was answered, extensions and "(0)" gone', async () => {
    expect(await read(vcard, await own('android-2.1.vcf'), 'CN')).toEqual([
      ['tel:+8613800138000', '周末'],
      ['tel:+861065529988', '周末'],
      ['tel:+4915155501234', 'Jonas Berg'],
      ['tel:+49305550199', 'Jonas Berg'],
      ['mailto:jonas.berg@example.org', 'Jonas Berg'],
    ]);
  });

  test('asks for the country where numbers have none; the guess is the one that most others have', async () => {
    const files = await own('android-2.1.vcf');
    const [detection] = await vcard.detect(files);
    expect(detection).toMatchObject({ format: 'contacts-vcard', formatVersion: '2.1', source: 'contacts' });
    const [question] = await vcard.ask(files, detection!);
    expect(question).toMatchObject({ id: 'country', guess: 'DE', certain: false });
    expect(question?.options).toContainEqual({ value: 'CN', label: '+86' });
    // Without an answer the guess holds, as for every question.
    expect(await read(vcard, files)).toContainEqual(['tel:+491065529988', '周末']);
  });

  test('3.0: folded numbers, escaped company in place of a name, a picture passed over', async () => {
    expect(await read(vcard, await own('icloud-3.0.vcf'), 'GB')).toEqual([
      ['tel:+14155550100', 'Ada Okafor'],
      ['tel:+442079460018', 'Ada Okafor'],
      ['mailto:ada@example.com', 'Ada Okafor'],
      ['tel:+442079460042', 'Corner Bakery'],
    ]);
  });

  test('4.0: tel: addresses; a group has no number; nothing is asked', async () => {
    const files = await own('rfc6350-4.0.vcf');
    const [detection] = await vcard.detect(files);
    expect(await vcard.ask(files, detection!)).toEqual([]);
    expect(await read(vcard, files)).toEqual([
      ['tel:+8613900139000', 'Lin Xiaoman'],
      ['mailto:xiaoman@example.net', 'Lin Xiaoman'],
    ]);
  });

  test('a number that two share is called after both, a name in GB2312 is read', async () => {
    const files = filesOf('x', {
      'x.vcf':
        card('FN:Mum', 'TEL:+44 20 7946 0018') +
        card('FN:Dad', 'TEL:+44 20 7946 0018') +
        card('FN;CHARSET=GB2312;ENCODING=QUOTED-PRINTABLE:=CD=F5', 'TEL:10086'),
    });
    expect(await read(vcard, files)).toEqual([
      ['tel:+442079460018', 'Mum'],
      ['tel:+442079460018', 'Mum / Dad'],
      ['tel:10086', '王'],
    ]);
  });

  test('a picture of megabytes in one line costs nothing and hides nothing', async () => {
    const picture = `PHOTO:data:image/jpeg;base64,${'/9j/'.repeat(1_000_000)}`;
    const folded = ['PHOTO;ENCODING=b:', ...Array.from({ length: 20_000 }, () => ` ${'A'.repeat(70)}`)];
    const files = filesOf('x', { 'x.vcf': card(picture, 'FN:Ada', 'TEL:+14155550100') + card(...folded, 'FN:Bob', 'TEL:+14155550101') });
    expect(await read(vcard, files)).toEqual([
      ['tel:+14155550100', 'Ada'],
      ['tel:+14155550101', 'Bob'],
    ]);
  });

  test('what is no number is a problem beside the card, a card without an end is one too', async () => {
    const files = filesOf('x', { 'x.vcf': card('FN:Ada', 'TEL:ask her mother') + 'BEGIN:VCARD\r\nFN:Bob\r\nTEL:+14155550101\r\n' });
    const [detection] = await vcard.detect(files);
    const problems = (await readAll(vcard, files, detection!)).filter((record) => record.type === 'problem');
    expect(problems.map(({ problem }) => [problem.code, problem.raw.slice(0, 14)])).toEqual([
      ['not-understood', 'ask her mother'],
      ['ends-early', 'BEGIN:VCARD\nFN'],
    ]);
  });

  test('a card in a chat is left alone, an address book beside chats is not', async () => {
    const chat = { '_chat.txt': '[1/2/24, 10:00:00] Ada: hi', 'Bob.vcf': card('FN:Bob', 'TEL:+14155550101') };
    expect(await vcard.detect(filesOf('chat.zip', chat, 'zip'))).toEqual([]);
    expect(await vcard.detect(filesOf('drop', chat, 'files'))).toEqual([]);
    const book = { '_chat.txt': '[1/2/24, 10:00:00] Ada: hi', '00001.vcf': card('FN:A').repeat(3) };
    expect(await vcard.detect(filesOf('drop', book, 'files'))).toHaveLength(1);
    const takeout = { 'Takeout/Contacts/All/All.vcf': card('FN:A'), 'Takeout/Contacts/All.vcf': card('FN:A'), 'Takeout/Chat/x.json': '{}' };
    expect(await vcard.detect(filesOf('takeout.zip', takeout, 'zip'))).toMatchObject([{ entries: [1] }]);
  });
});

describe('CSV', () => {
  test('Google: several numbers in a cell, line breaks in a note, a company without a name', async () => {
    expect(await read(contactsCsv, await own('google.csv'), 'CN')).toEqual([
      ['tel:+14155550100', 'Ada Okafor'],
      ['tel:+442079460018', 'Ada Okafor'],
      ['mailto:ada@example.com', 'Ada Okafor'],
      ['tel:+8613800138000', '周末'],
      ['tel:+442079460042', 'Corner Bakery'],
    ]);
  });

  test('Outlook in Chinese: family name first, the fax left out', async () => {
    expect(await read(contactsCsv, await own('outlook-zh.csv'))).toEqual([
      ['tel:+8613800138000', '周末'],
      ['tel:+8613900139000', '林小满'],
      ['mailto:xiaoman@example.net', '林小满'],
    ]);
  });

  test('a table of messages is none of contacts, nor is the table of a chat app', async () => {
    for (const header of ['Date,Name,Phone,Message', 'UserName,Alias,NickName,telephone,Name', 'Name,Birthday', 'Phone,Mobile'])
      expect(await contactsCsv.detect(filesOf('x', { 'x.csv': `${header}\na,b,c,d\n` })), header).toEqual([]);
  });

  test('a quote that never ends costs one row, not the file', async () => {
    const files = filesOf('x', { 'x.csv': `Name,Phone\n"Ada,+14155550100\n${'x\n'.repeat(40_000)}Bob,+14155550101\n` });
    expect(await read(contactsCsv, files)).toContainEqual(['tel:+14155550101', 'Bob']);
  });
});
