import { IDBDatabase } from 'fake-indexeddb';
import { describe, expect, it, vi } from 'vitest';
import type { Receipt } from '../../src/model/receipt';
import type { ReceiptId } from '../../src/model/ids';
import { segmentMessageLimit } from '../../src/vault/archive';
import { openVault } from '../../src/vault/vault';
import { inPieces, makeBytes, makeConversation, makeMessages, makeReceipt } from './make-messages';
import { commitSmallImport, contentOf, makeChannels, makeVault, putSmallImport, vaultContent, writerOptions } from './make-vault';
import { objectKeys, withDatabase } from './raw-database';

const receiptA = 'receipt-a' as ReceiptId;
const receiptB = 'receipt-b' as ReceiptId;

describe('a commit', () => {
  it('keeps everything for the next start', async () => {
    const { vault, environment } = await makeVault();
    const writer = await vault.openWriter(writerOptions);
    const { conversation, medium } = await putSmallImport(writer, 1);
    const expected = await contentOf(writer.next);
    const reader = await writer.commit();
    expect(await contentOf(reader)).toEqual(expected);
    vault.close();
    const again = await openVault(environment);
    expect(await again.open()).toMatchObject({ state: 'open' });
    expect(await vaultContent(again)).toEqual(expected);
    const fresh = await again.openReader();
    expect(await fresh.conversation(conversation.id)).toEqual(conversation);
    expect(await fresh.media(medium.sha256)).toEqual(medium);
    expect((await fresh.readMessages(conversation.segments[0]?.id as never)).map(({ seq }) => seq)).toEqual(
      makeMessages(20).map(({ seq }) => seq),
    );
    expect(await again.storageCounts()).toEqual({ messages: 40, segmentCount: 2, mediaCount: 1, mediaBytes: 5_000 });
  });

  it('is invisible before it is done, and a reader sees one state however many commits follow', async () => {
    const { vault, environment } = await makeVault();
    await commitSmallImport(vault, 1);
    const reader = await vault.openReader();
    const before = await contentOf(reader);
    const otherTab = await openVault(environment);
    await otherTab.open();
    for (let seed = 2; seed < 6; seed += 1) {
      const writer = await otherTab.openWriter(writerOptions);
      for (const { id } of await writer.base.conversations()) writer.removeConversation(id);
      await putSmallImport(writer, seed);
      expect(await vaultContent(vault)).toEqual(await contentOf(writer.base));
      (await writer.commit()).release();
      expect(await contentOf(reader)).toEqual(before);
    }
    reader.release();
    await vault.sweep();
    await expect(contentOf(await vault.openReader())).resolves.toBeDefined();
  });

  it('makes `next` show the changes at once, and `base` never', async () => {
    const { vault } = await makeVault();
    await commitSmallImport(vault, 1);
    const writer = await vault.openWriter(writerOptions);
    const base = await contentOf(writer.base);
    const [known] = await writer.base.conversations();
    const { conversation } = await putSmallImport(writer, 2);
    writer.setConversation({ ...conversation, name: 'renamed' });
    writer.removeConversation(known?.id as never);
    expect((await writer.next.conversations()).map(({ name }) => name)).toEqual(['renamed']);
    expect(await writer.next.conversation(known?.id as never)).toBeNull();
    expect((await writer.next.receipts()).map(({ id }) => id)).toEqual(['receipt-2', 'receipt-1']);
    expect(await writer.readNote('note-2')).toEqual({ seed: 2 });
    expect(await writer.readNote('note-1')).toEqual({ seed: 1 });
    writer.removeNote('note-1');
    expect(await writer.readNote('note-1')).toBeNull();
    expect(await contentOf(writer.base)).toEqual(base);
    await writer.abandon();
  });

  it('of a receipt alone rewrites no segment and no page but receipts', async () => {
    const { vault, environment } = await makeVault();
    await commitSmallImport(vault, 1);
    const before = new Set(await objectKeys(environment));
    const writer = await vault.openWriter(writerOptions);
    writer.setReceipt(makeReceipt('receipt-again'));
    (await writer.commit()).release();
    expect((await objectKeys(environment)).filter((key) => !before.has(key))).toHaveLength(2);
  });

  it('replaces a receipt that was there, such as an undone one', async () => {
    const { vault } = await makeVault();
    const set = async (changes: Partial<Receipt>) => {
      const writer = await vault.openWriter(writerOptions);
      writer.setReceipt(makeReceipt('receipt-a', changes));
      (await writer.commit()).release();
    };
    await set({});
    await set({ undoneAtMs: 5 });
    const reader = await vault.openReader();
    expect((await reader.receipts()).map(({ undoneAtMs }) => undoneAtMs)).toEqual([5]);
  });

  it('tells the other tabs', async () => {
    const channel = makeChannels();
    const { vault, environment } = await makeVault({ channel: channel() });
    const other = await openVault({ ...environment, channel: channel() });
    const heard: unknown[] = [];
    other.onChange((event) => heard.push(event));
    await commitSmallImport(vault, 1);
    await vault.notes.setSetting('a', 'b');
    expect(heard).toEqual([{ type: 'archive-changed', rootNumber: 1 }, { type: 'notes-changed' }]);
  });
});

describe('two writers', () => {
  it('cannot be: the second is told `busy`, and may begin when the first has ended', async () => {
    const { vault, environment } = await makeVault();
    const otherTab = await openVault(environment);
    await otherTab.open();
    const writer = await vault.openWriter(writerOptions);
    await expect(otherTab.openWriter(writerOptions)).rejects.toMatchObject({ code: 'busy' });
    await expect(vault.openWriter(writerOptions)).rejects.toMatchObject({ code: 'busy' });
    await expect(otherTab.setPassphrase('correct horse battery', null)).rejects.toMatchObject({ code: 'busy' });
    expect(await otherTab.sweep()).toBe(0);
    await writer.abandon();
    const second = await otherTab.openWriter(writerOptions);
    (await second.commit()).release();
    (await (await vault.openWriter(writerOptions)).commit()).release();
  });

  it('without a lock between them: the later one is told `changed-meanwhile`, and its rows are freed', async () => {
    const { vault, environment } = await makeVault();
    const { localLocks } = await import('../../src/vault/locks');
    const blind = await openVault({ ...environment, locks: localLocks() });
    await blind.open();
    const first = await vault.openWriter(writerOptions);
    const second = await blind.openWriter(writerOptions);
    await putSmallImport(first, 1);
    (await first.commit()).release();
    const content = await vaultContent(vault);
    const rows = await objectKeys(environment);
    await putSmallImport(second, 2);
    await expect(second.commit()).rejects.toMatchObject({ code: 'changed-meanwhile' });
    expect(await vaultContent(blind)).toEqual(content);
    expect(await objectKeys(environment)).toEqual(rows);
  });
});

describe('an abandoned import', () => {
  it('leaves nothing, though it had written', async () => {
    const { vault, environment } = await makeVault();
    await commitSmallImport(vault, 1);
    const before = await objectKeys(environment);
    const writer = await vault.openWriter(writerOptions);
    await putSmallImport(writer, 2);
    for (let seed = 0; seed < 3; seed += 1) {
      const bytes = makeBytes(7_000_000, seed + 10);
      await writer.putMedia(inPieces(bytes), receiptA, bytes.length);
    }
    expect((await objectKeys(environment)).length).toBeGreaterThan(before.length);
    await writer.abandon();
    await writer.abandon();
    expect(await objectKeys(environment)).toEqual(before);
    expect(await withDatabase(environment, ({ roots }) => roots.get('unfinished'))).toBeUndefined();
    await expect(writer.putSegment(makeMessages(1))).rejects.toMatchObject({ code: 'unexpected' });
  });
});

describe('media', () => {
  const sizes = [0, 1, 1_048_575, 1_048_576, 1_048_577, 3_000_000];

  it.each(sizes)('of %i bytes are read whole, in parts and as a stream', async (size) => {
    const { vault } = await makeVault();
    const bytes = makeBytes(size, 5);
    const writer = await vault.openWriter(writerOptions);
    const { sha256 } = await writer.putMedia(inPieces(bytes, 77_777), receiptA, size);
    const reader = await writer.commit();
    const entry = await reader.media(sha256);
    if (entry === null) throw new Error('not kept');
    const source = reader.openMedia(entry);
    expect(Buffer.from(await source.read(0, size + 10)).equals(Buffer.from(bytes))).toBe(true);
    for (const [from, to] of [
      [0, 1],
      [size - 1, size],
      [1_048_570, 1_048_590],
      [5, 5],
      [size, size + 5],
    ] as const) {
      expect(await source.read(from, to)).toEqual(bytes.slice(Math.max(0, from), Math.max(0, to)));
    }
    for (const from of [0, 1_048_576, 1_500_000, size]) {
      const chunks: Uint8Array[] = [];
      for await (const chunk of source.stream(from)) chunks.push(chunk);
      expect(chunks.every((chunk) => chunk.length > 0 && chunk.length <= 1_048_576)).toBe(true);
      expect(Buffer.concat(chunks).equals(Buffer.from(bytes.subarray(from)))).toBe(true);
    }
    expect(await vault.verify()).toMatchObject({ damaged: [] });
  });

  it('are kept once, with every receipt that brought them', async () => {
    const { vault, environment } = await makeVault();
    const bytes = makeBytes(2_500_000, 1);
    const put = async (receipt: ReceiptId) => {
      const writer = await vault.openWriter(writerOptions);
      const entry = await writer.putMedia(inPieces(bytes), receipt, bytes.length);
      expect(await writer.putMedia(inPieces(bytes), receipt, bytes.length)).toEqual(entry);
      (await writer.commit()).release();
      return entry;
    };
    const first = await put(receiptA);
    const second = await put(receiptB);
    expect(second).toEqual({ ...first, receipts: [receiptA, receiptB] });
    const rows = await objectKeys(environment);
    expect(rows.filter((row) => first.chunks.includes(row as never))).toHaveLength(3);
    await vault.sweep({ dropPrevious: true });
    expect(await objectKeys(environment)).toHaveLength(4);
  });

  it('that were removed go with the state before', async () => {
    const { vault, environment } = await makeVault();
    const { medium, conversation } = await commitSmallImport(vault, 1);
    const writer = await vault.openWriter(writerOptions);
    writer.removeMedia(medium.sha256);
    writer.removeConversation(conversation.id);
    (await writer.commit()).release();
    expect(await objectKeys(environment)).toEqual(expect.arrayContaining([...medium.chunks]));
    expect(await vault.sweep({ dropPrevious: true })).toBeGreaterThan(12);
    expect(await objectKeys(environment)).not.toEqual(expect.arrayContaining([...medium.chunks]));
    expect(await vault.storageCounts()).toEqual({ messages: 0, segmentCount: 0, mediaCount: 0, mediaBytes: 0 });
  });
});

describe('transactions of an import', () => {
  it('are strict and hold 8 MiB, but for the last and the switch', async () => {
    // Dexie takes the method when it opens the database, so the watch begins before.
    const begun = vi.spyOn(IDBDatabase.prototype, 'transaction');
    const { vault } = await makeVault();
    begun.mockClear();
    const writer = await vault.openWriter(writerOptions);
    const noise = makeBytes(4_000_000, 1);
    for (let number = 0; number < 10; number += 1) {
      const bytes = noise.with(0, number);
      await Promise.all([writer.putMedia(inPieces(bytes), receiptA, bytes.length), writer.putSegment(makeMessages(100))]);
    }
    (await writer.commit()).release();
    const writes = begun.mock.calls.filter(([, mode]) => mode === 'readwrite') as unknown as [string[], string, { durability: string }][];
    begun.mockRestore();
    const ofObjects = writes.filter(([stores]) => stores.includes('objects'));
    expect(ofObjects.length).toBeGreaterThanOrEqual(4);
    expect(ofObjects.length).toBeLessThanOrEqual(6);
    expect(writes.map(([, , options]) => options.durability)).toEqual(writes.map(() => 'strict'));
    expect(writes.at(-1)?.[0]).toEqual(['roots']);
    expect(await vault.verify()).toMatchObject({ damaged: [] });
  });
});

describe('a segment', () => {
  it('holds 1 to 4,096 messages', async () => {
    const { vault } = await makeVault();
    const writer = await vault.openWriter(writerOptions);
    for (const count of [0, segmentMessageLimit + 1]) await expect(writer.putSegment(makeMessages(count))).rejects.toThrow(RangeError);
    const messages = makeMessages(segmentMessageLimit);
    const segment = await writer.putSegment(messages);
    expect(segment).toMatchObject({ messageCount: 4096, firstAtMs: messages[0]?.sentAtMs, lastAtMs: messages.at(-1)?.sentAtMs });
    expect(await writer.next.readMessages(segment.id)).toEqual(messages);
  });

  it('gives the columns asked for and no others', async () => {
    const { vault } = await makeVault();
    const writer = await vault.openWriter(writerOptions);
    const { id } = await writer.putSegment(makeMessages(3));
    const columns = await writer.next.readColumns(id, ['text', 'signature']);
    expect(Object.keys(columns).sort()).toEqual(['signature', 'text']);
    expect(columns.signature).toEqual(new Uint8Array([0, 1, 2]));
    expect(columns.text?.joined.slice(0, columns.text.ends[0])).toBe('message 0 你好');
  });
});

describe('a large catalogue', () => {
  it('is spread over pages, finds everything, and rewrites only what a change touches', async () => {
    const { vault, environment } = await makeVault();
    const count = 3_000;
    const writer = await vault.openWriter(writerOptions);
    const segment = await writer.putSegment(makeMessages(5));
    const ids = Array.from({ length: count }, () => writer.newConversationId());
    for (const id of ids) writer.setConversation(makeConversation(id, [segment]));
    const reader = await writer.commit();
    expect(new Set((await reader.conversations()).map(({ id }) => id))).toEqual(new Set(ids));
    reader.release();
    const before = new Set(await objectKeys(environment));
    expect(before.size).toBeGreaterThan(40);
    const second = await vault.openWriter(writerOptions);
    for (const id of ids.slice(0, 3)) second.removeConversation(id);
    const after = await second.commit();
    expect((await objectKeys(environment)).filter((key) => !before.has(key)).length).toBeLessThanOrEqual(3);
    expect(await after.conversation(ids[0] as never)).toBeNull();
    expect((await after.conversations()).length).toBe(count - 3);
    expect((await vault.storageCounts()).messages).toBe((count - 3) * 5);
  });
});
