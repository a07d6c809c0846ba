// Contacts name numbers: in archives that are here and in those that come later, with undo, over a restore, in the timeline and
// in the search.

import { describe, expect, test } from 'vitest';
import { createSearchCatalogue } from '../../src/search/catalogue';
import { createTimeline } from '../../src/timeline/timeline';
import type { TestVault } from './intake-harness';
import { makeHarness, openRealVault } from './intake-harness';
import { makeMemoryArchive } from './memory-archive';
import { makeDrive } from './restore-harness';

/** As the importer gives it: without the marks that stand around it in the file. */
const number = '+86 138 0013 8000';
const marked = `\u202a${number}\u202c`;
const chat = {
  'WhatsApp Chat with +86 138 0013 8000.txt': [
    `1/2/24, 10:00 - ${marked}: Are you home?`,
    '1/2/24, 10:01 - Robin: Almost there',
    `1/2/24, 10:02 - ${marked}: Soup is ready`,
    '',
  ].join('\n'),
};
const book = (name: string) => ({
  'contacts.vcf': `BEGIN:VCARD\r\nVERSION:3.0\r\nFN:${name}\r\nTEL;TYPE=CELL:138-0013-8000\r\nTEL:+86 10 6552 9988\r\nEND:VCARD\r\n`,
});

const timelineOf = ({ openReader }: TestVault) =>
  createTimeline({ reader: openReader, overlays: async () => [], inlineTypes: new Set<string>() });

async function shown(vault: TestVault): Promise<{ name: string | undefined; people: readonly (readonly string[])[] }> {
  const timeline = timelineOf(vault);
  const [conversation] = await timeline.conversations();
  const people = conversation === undefined ? [] : await timeline.people(conversation.id);
  return { name: conversation?.name, people: people.map(({ names }) => names) };
}

describe.each([
  ['memory', async () => makeMemoryArchive()],
  ['real vault', openRealVault],
] as const)('on the %s', (_name, open) => {
  test('names come before or after the chat, and the number stays visible', async () => {
    const after = makeHarness(await open());
    await after.import(chat);
    const before = makeHarness(await open());
    await before.import(book('Mum'));
    await before.import(chat);
    const plan = await after.plan(book('Mum'));
    expect(plan.archives).toMatchObject([
      {
        source: 'contacts',
        messages: 0,
        conversations: [],
        contacts: {
          count: 2,
          first: [
            { name: 'Mum', number: '+8613800138000' },
            { name: 'Mum', number: '+861065529988' },
          ],
        },
        questions: [{ kind: 'country', answer: 'CN' }],
      },
    ]);
    expect(await after.import(book('Mum'))).toMatchObject({ source: 'contacts', contacts: 2, messagesRead: 0, conversations: [] });
    for (const harness of [after, before]) {
      const { name, people } = await shown(harness.vault);
      expect(name).toBe('Mum');
      expect(people).toEqual([['Mum', number], ['Robin']]);
      const reader = await harness.vault.openReader();
      const catalogue = createSearchCatalogue({ reader: async () => reader, overlays: async () => [] });
      const { names } = await catalogue.look(reader, 'mum');
      expect(names.matches('mum', 5).map(({ kind, name: hit }) => [kind, hit])).toEqual([
        ['conversation', 'Mum'],
        ['person', 'Mum'],
      ]);
      expect(names.people('138 0013').size).toBe(1);
    }
  });

  test('undo takes the names away, and leaves those of another address book', async () => {
    const harness = makeHarness(await open());
    await harness.import(chat);
    const before = await harness.dump();
    const first = await harness.import(book('Mum'));
    await harness.undo(first.id);
    expect((await shown(harness.vault)).people).toEqual([[number], ['Robin']]);
    expect(await harness.dump()).toBe(before);
    await harness.import(book('Zhou Mo'));
    const third = await harness.import(book('Mum'));
    await harness.undo(third.id);
    expect((await shown(harness.vault)).name).toBe('Zhou Mo');
  });
});

test('who has a name in the archive keeps it', async () => {
  const harness = makeHarness();
  await harness.import(book('Mum'));
  await harness.import({ 'WhatsApp Chat with 妈妈.txt': '1/2/24, 10:00 - 妈妈: hi\n1/2/24, 10:01 - Robin: hello\n' });
  expect(await shown(harness.vault)).toMatchObject({ name: '妈妈', people: [['妈妈'], ['Robin']] });
});

test('of two address books the one written later holds, whichever came first', async () => {
  for (const order of [
    ['Mum', 'Mother'],
    ['Mother', 'Mum'],
  ]) {
    const harness = makeHarness();
    await harness.import(chat);
    for (const name of order) {
      const file = new File([book(name)['contacts.vcf']], 'contacts.vcf', { lastModified: name === 'Mother' ? 2000 : 1000 });
      const plan = await harness.intake.plan([{ path: 'contacts.vcf', file }], 'UTC', () => {});
      const { archiveId } = plan.archives[0]!;
      await harness.intake.run(
        plan.planId,
        [{ archiveId, answers: {}, conversations: {}, fromMs: null, toMs: null, media: 'all' }],
        () => {},
      );
    }
    expect((await shown(harness.vault)).people[0]).toEqual(['Mother', number]);
  }
});

test('they are in the backup, and in the vault that restores it', async () => {
  const drive = makeDrive();
  const old = drive.device();
  await old.import(chat);
  await old.import(book('Mum'));
  const fresh = drive.device();
  const receipts = await fresh.restore(await old.backUp());
  expect(receipts.map(({ source, contacts }) => [source, contacts])).toContainEqual(['contacts', 2]);
  expect((await shown(fresh.vault)).name).toBe('Mum');
  expect(await fresh.canonical()).toBe(await old.canonical());
  expect(await fresh.restore(await old.backUp())).toEqual([]);
});
