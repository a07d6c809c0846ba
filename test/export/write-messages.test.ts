// Which messages are written, what lies beside them, under which names, and how it ends where it cannot.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ownArchiveLimits } from '../../src/bytes/limits';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import { openZip } from '../../src/bytes/zip';
import { CamphorError } from '../../src/model/error';
import { messageFormats } from '../../src/model/export';
import { conversationId, memoryReader, message } from '../search/memory-reader';
import { anyMessages, everyKind, people, person, readerOf, sha, someMedia, withMedia, write } from './invented-chat';

async function unzip(bytes: Uint8Array): Promise<ReadonlyMap<string, Uint8Array>> {
  const { entries, problems } = await openZip(sourceOfBytes(bytes), ownArchiveLimits);
  expect(problems).toEqual([]);
  const files = new Map<string, Uint8Array>();
  for (const entry of entries) files.set(entry.path, await entry.open().read(0, entry.sizeBytes));
  return files;
}

const textsIn = (jsonl: string): string[] => jsonl.split('\n').slice(0, -1).map((line) => (JSON.parse(line) as { text?: string }).text ?? ''); // prettier-ignore

describe('what is asked for', () => {
  test('is what is written: a range of time, a search, some conversations', async () => {
    await fc.assert(
      fc.asyncProperty(anyMessages, fc.nat(2_000_000), fc.nat(2_000_000), async (messages, from, length) => {
        const fromMs = (messages[0]?.sentAtMs ?? 0) + from * 1000;
        const toMs = fromMs + length * 1000;
        const reader = readerOf(messages);
        const ranged = await write(reader, { format: 'jsonl', fromMs, toMs });
        const inRange = messages.filter(({ sentAtMs }) => sentAtMs >= fromMs && sentAtMs < toMs);
        expect(textsIn(ranged.text)).toEqual(inRange.map(({ text }) => text));
        const odd = messages.filter(({ seq }) => seq % 2 === 1);
        const found = new Map([[conversationId('c1'), odd.map(({ seq }) => seq)]]);
        expect(textsIn((await write(reader, { format: 'jsonl', found })).text)).toEqual(odd.map(({ text }) => text));
      }),
      { numRuns: 60 },
    );
  });

  test('opens no segment that cannot hold it, and tells how far it is', async () => {
    const messages = Array.from({ length: 100 }, (_, seq) => message(`m${seq}`, { seq, sentAtMs: seq * 60_000 }));
    const reader = memoryReader([{ id: 'c1', messages }], [], 10);
    const { reports, result } = await write(reader, { format: 'jsonl', fromMs: 20 * 60_000, toMs: 30 * 60_000 });
    expect(reader.opened).toEqual(['c1#20 messages']);
    expect(result).toMatchObject({ messages: 10, conversations: 1 });
    expect(reports.at(-1)).toMatchObject({ doneMessages: 100, totalMessages: 100, writtenBytes: result.fileBytes });
  });

  test('is refused where it is not there', async () => {
    await expect(write(readerOf([]), { conversations: [conversationId('other')] })).rejects.toMatchObject({ code: 'not-found' });
  });
});

describe('media beside', () => {
  test('lie in a ZIP under names of our own; what runs script when it is opened does not', async () => {
    const { bytes, result } = await write(withMedia(readerOf(everyKind()), someMedia), { format: 'jsonl', media: 'beside' });
    const files = await unzip(bytes);
    expect([...files.keys()]).toEqual(['messages.jsonl', `media/${sha('a')}.png`, `media/${sha('b')}.ogg`, `media/${sha('c')}.html.txt`]);
    expect([...(files.get(`media/${sha('a')}.png`) ?? [])]).toEqual([0x89, 0x50, 0x4e, 0x47]);
    expect(result).toMatchObject({ media: 3, leftOutMedia: 1 });
    const written = new TextDecoder().decode(files.get('messages.jsonl'));
    expect(written).toContain(`"paths":["media/${sha('a')}.png"]`);
  });

  test('one that is damaged is left out, and said to be', async () => {
    const reader = withMedia(readerOf(everyKind()), someMedia, new Set([sha('b')]));
    const { bytes, result } = await write(reader, { format: 'txt', media: 'beside' });
    expect([...(await unzip(bytes)).keys()]).not.toContain(`media/${sha('b')}.ogg`);
    expect(result).toMatchObject({ media: 2, leftOutMedia: 2 });
  });
});

describe('pseudonyms', () => {
  test('stand wherever a name stood, the same for the same person; numbers and ids are gone', async () => {
    const ada = person('me', 'Ada Lovelace', { isOwner: true, names: ['Ada Lovelace', 'Ada'] });
    const wang = person('w', '王小明', { sourceId: '4917012345678@s.whatsapp.net' });
    const messages = [
      message('Ada says hi to 王小明呀 (4917012345678@s.whatsapp.net), not to Adamant', { seq: 0, sender: ada.id, sourceId: 'x' }),
      message('re', { seq: 1, sender: wang.id, facts: { replyTo: { sourceId: 'x', excerpt: 'Ada says' }, extra: { push: '王小明' } } }),
      message('', { seq: 2, sender: wang.id, kind: 'contact', facts: { contact: { name: 'Unknown Uncle', phone: '+49' } } }),
    ];
    const reader = memoryReader([{ id: 'c1', name: '王小明', sourceId: 'wang', messages, people: [ada.id, wang.id] }], [ada, wang]);
    for (const format of messageFormats.filter((each) => each !== 'pdf')) {
      const { text } = await write(reader, { format, names: 'pseudonyms', conversations: [conversationId('c1')] });
      for (const name of ['Lovelace', '王小明', '4917012345678', '+49', 'Uncle', 'wang', '"push"']) expect(text).not.toContain(name);
      expect(text).toContain('Person 1 says hi to Person 2呀');
      expect(text).toMatch(/\(Person 2\\?\), not to Adamant/);
    }
    const { text } = await write(reader, { format: 'jsonl', names: 'pseudonyms' });
    const lines = text
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as { sourceId?: string; facts?: { replyTo?: object } });
    expect(lines[0]?.sourceId).toMatch(/^[0-9a-f]{24}$/);
    expect(lines[1]?.facts).toEqual({ replyTo: { sourceId: lines[0]?.sourceId, excerpt: 'Person 1 says' } });
  });

  test('stand for short names and small letters too, and leave words that only look like names', async () => {
    const people3 = [person('g', 'Grace Hopper'), person('w', 'Will'), person('x', '王小明'), person('y', 'You')];
    const said = 'Grace and HOPPER, grace hopper; Will will; 小明说小明白; You and you; Gracefully';
    const messages = [message(said, { seq: 0, sender: people3[0]?.id ?? null })];
    const reader = memoryReader([{ id: 'c1', name: 'Us all', messages, people: people3.map(({ id }) => id) }], people3);
    const { text } = await write(reader, { format: 'jsonl', names: 'pseudonyms' });
    expect(textsIn(text)).toEqual(['Person 1 and HOPPER, Person 1; Person 2 will; Person 3说Person 3白; You and you; Gracefully']);
  });

  test('leave no name in any message, whatever is in it', async () => {
    await fc.assert(
      fc.asyncProperty(anyMessages, async (messages) => {
        const { text } = await write(readerOf(messages), { format: 'txt', names: 'pseudonyms' });
        for (const { names } of people.slice(0, 4)) expect(text).not.toContain(names[0]);
      }),
      { numRuns: 50 },
    );
  });
});

describe('a target', () => {
  test('that cannot be written to, or holds less than was written, fails the export', async () => {
    const full = new CamphorError('storage-full');
    const reader = readerOf(everyKind());
    await expect(write(reader, {}, { write: () => Promise.reject(full) })).rejects.toBe(full);
    await expect(write(reader, { media: 'beside' }, { write: () => Promise.reject(full) })).rejects.toBe(full);
    const cut = { close: async () => sourceOfBytes(new Uint8Array(1)) };
    await expect(write(reader, {}, cut)).rejects.toMatchObject({ code: 'storage-failed' });
  });
});
