// Segments in files: where they go, what is left of them, and what is made of files that are gone or altered.

import { describe, expect, it } from 'vitest';
import type { ConversationId, SegmentId } from '../../src/model/ids';
import { placeOf, rowOf } from '../../src/vault/chunk-place';
import { chunkFileBytes, createChunkWriter } from '../../src/vault/chunk-writer';
import type { VaultContext } from '../../src/vault/context';
import { localLocks } from '../../src/vault/locks';
import { madeOfParts } from '../../src/vault/made-of';
import { openVault, type Vault } from '../../src/vault/vault';
import { memoryChunkFiles } from '../faults/memory-chunk-files';
import { makeConversation, makeMessages } from './make-messages';
import { commitSmallImport, makeVault, vaultContent, writerOptions } from './make-vault';
import { neededCount, objectKeys, storedNames } from './raw-database';

async function vaultWithFiles() {
  const chunkFiles = memoryChunkFiles();
  return { chunkFiles, ...(await makeVault({ chunkFiles })) };
}

async function segmentIds(vault: Vault): Promise<readonly SegmentId[]> {
  const reader = await vault.openReader();
  reader.release();
  return (await reader.conversations()).flatMap(({ segments }) => segments.map(({ id }) => id));
}

/** As many conversations as counts, each of one segment with so many messages. */
async function commitConversations(vault: Vault, counts: readonly number[]): Promise<readonly ConversationId[]> {
  const writer = await vault.openWriter(writerOptions);
  const ids = counts.map(() => writer.newConversationId());
  for (const [at, id] of ids.entries())
    writer.setConversation(makeConversation(id, [await writer.putSegment(makeMessages(counts[at] ?? 1))]));
  (await writer.commit()).release();
  return ids;
}

async function remove(vault: Vault, ids: readonly ConversationId[]): Promise<void> {
  const writer = await vault.openWriter(writerOptions);
  for (const id of ids) writer.removeConversation(id);
  (await writer.commit()).release();
}

describe('segments', () => {
  it('lie one after the other in a file of their own, no column of them in IndexedDB', async () => {
    const { vault, environment, chunkFiles } = await vaultWithFiles();
    const before = (await objectKeys(environment)).length;
    await commitConversations(vault, [3, 200, 41]);
    expect(chunkFiles.files.size).toBe(1);
    const places = (await segmentIds(vault)).map((id) => placeOf(id)?.sizeBytes ?? 0);
    expect(places.reduce((sum, size) => sum + size, 0)).toBe([...chunkFiles.files.values()][0]?.length);
    // The pages that name them, and nothing else.
    expect((await objectKeys(environment)).length - before).toBeLessThanOrEqual(4);
    const reader = await vault.openReader();
    const lengths = (await reader.conversations()).map(({ segments }) => segments.map(({ id }) => reader.readMessages(id)));
    const messages = await Promise.all(lengths.flat());
    expect(messages.map(({ length }) => length).toSorted((a, b) => a - b)).toEqual([3, 41, 200]);
    expect(messages.find(({ length }) => length === 41)).toEqual(makeMessages(41));
    expect(await vault.verify()).toMatchObject({ damaged: [] });
  });

  it('can be read by their writer before the commit', async () => {
    const { vault } = await vaultWithFiles();
    const writer = await vault.openWriter(writerOptions);
    const { id } = await writer.putSegment(makeMessages(30));
    expect(placeOf(id)).not.toBeNull();
    expect(await writer.next.readMessages(id)).toEqual(makeMessages(30));
    await writer.abandon();
  });

  it('are rows where threads cannot share a file, and those of before stay readable beside files', async () => {
    const chunkFiles = { ...memoryChunkFiles(), sharesHandles: false };
    const { vault, environment } = await makeVault({ chunkFiles });
    await commitConversations(vault, [5]);
    expect((await segmentIds(vault)).map(placeOf)).toEqual([null]);
    const next = await openVault({ ...environment, chunkFiles: { ...chunkFiles, sharesHandles: true }, locks: localLocks() });
    await next.open();
    await commitConversations(next, [6]);
    expect((await segmentIds(next)).map(placeOf).filter((place) => place === null)).toHaveLength(1);
    expect(await next.verify()).toMatchObject({ damaged: [] });
  });

  it('whose file is gone, cut or altered are damaged, and no others', async () => {
    for (const harm of ['gone', 'cut', 'altered'] as const) {
      const { vault, chunkFiles } = await vaultWithFiles();
      await commitConversations(vault, [9]);
      const [kept] = chunkFiles.files.keys();
      await commitConversations(vault, [9]);
      const name = [...chunkFiles.files.keys()].find((each) => each !== kept) ?? '';
      const harmed = (await segmentIds(vault)).find((id) => placeOf(id)?.file === name);
      const bytes = chunkFiles.files.get(name) ?? new Uint8Array();
      if (harm === 'gone') chunkFiles.files.delete(name);
      else chunkFiles.files.set(name, harm === 'cut' ? bytes.slice(0, -1) : bytes.with(50, (bytes[50] ?? 0) ^ 1));
      const { damaged } = await vault.verify();
      expect(damaged).toEqual([{ what: 'segment', id: harmed, reason: harm === 'altered' ? 'tampered' : 'missing' }]);
    }
  });

  it('of one column in the place of another do not open', async () => {
    const { vault, chunkFiles } = await vaultWithFiles();
    await commitConversations(vault, [9]);
    const [name, bytes] = [...chunkFiles.files][0] ?? ['', new Uint8Array()];
    const [id] = await segmentIds(vault);
    const sizes = (id ?? '').split('.').slice(2).map((size) => Number.parseInt(size, 36)); // prettier-ignore
    const [times = 0, people = 0] = sizes;
    chunkFiles.files.set(
      name,
      Uint8Array.of(...bytes.slice(times, times + people), ...bytes.slice(0, times), ...bytes.slice(times + people)),
    );
    expect((await vault.verify()).damaged).toMatchObject([{ what: 'segment', reason: 'tampered' }]);
  });
});

describe('files of segments that are mostly garbage', () => {
  it('are copied out of once the sweep has run, and then go', async () => {
    const { vault, environment, chunkFiles } = await vaultWithFiles();
    const ids = await commitConversations(vault, [400, 30, 20]);
    const [file] = chunkFiles.files.keys();
    await remove(vault, ids.slice(0, 1));
    await commitSmallImport(vault, 1);
    const content = await vaultContent(vault);
    const next = await openVault({ ...environment, locks: localLocks() });
    await next.open();
    await next.sweepLeftovers();
    expect(await next.compactMedia()).toBe(true);
    expect(await next.compactMedia()).toBe(false);
    await next.sweep({ dropPrevious: true });
    expect(chunkFiles.files.has(file ?? '')).toBe(false);
    expect(await vaultContent(next)).toEqual(content);
    expect(await next.verify()).toMatchObject({ damaged: [] });
    expect(await storedNames(environment)).toHaveLength(await neededCount(next));
  });

  it('are joined where many imports have left sixteen small ones', async () => {
    const { vault, environment, chunkFiles } = await vaultWithFiles();
    for (let at = 0; at < 15; at += 1) await commitConversations(vault, [5]);
    const tab = async (): Promise<Vault> => {
      const next = await openVault({ ...environment, locks: localLocks() });
      await next.open();
      await next.sweepLeftovers();
      return next;
    };
    expect(await (await tab()).compactMedia()).toBe(false);
    await commitConversations(vault, [5]);
    const content = await vaultContent(vault);
    const next = await tab();
    expect(await next.compactMedia()).toBe(true);
    expect(await next.compactMedia()).toBe(false);
    await next.sweep({ dropPrevious: true });
    expect(chunkFiles.files.size).toBe(1);
    expect(await vaultContent(next)).toEqual(content);
  });

  it('keep what joined conversations share shared, and nothing of them is made anew', async () => {
    const { vault, environment } = await vaultWithFiles();
    const [gone] = await commitConversations(vault, [400]);
    const writer = await vault.openWriter(writerOptions);
    const [one, other] = [12, 7].map((count) => ({ count, id: writer.newConversationId() }));
    const entries = [];
    // Into the file of what is removed below: a file of their own would not be sparse.
    const filler = await writer.putSegment(makeMessages(600));
    for (const { id, count } of [one, other].filter((each) => each !== undefined))
      entries.push(makeConversation(id, [await writer.putSegment(makeMessages(count))]));
    entries.forEach((entry) => writer.setConversation(entry));
    const parts = entries.map(({ id }) => id);
    const joined = { ...(entries[0] as (typeof entries)[number]), id: `joined/${parts[0]}` as ConversationId, parts };
    writer.setConversation({ ...joined, madeOf: await madeOfParts(entries, parts) });
    expect(placeOf(filler.id)).not.toBeNull();
    (await writer.commit()).release();
    await remove(vault, gone === undefined ? [] : [gone]);
    const next = await openVault({ ...environment, locks: localLocks() });
    await next.open();
    await next.sweepLeftovers();
    expect(await next.compactMedia()).toBe(true);
    const reader = await next.openReader();
    const now = await Promise.all(parts.map((id) => reader.conversation(id)));
    const [shown] = await reader.joined();
    expect(shown?.segments).toEqual(now[0]?.segments);
    expect(shown?.segments[0]?.id).not.toBe(entries[0]?.segments[0]?.id);
    expect(rowOf(shown?.segments[0]?.id ?? '')).toBe(rowOf(entries[0]?.segments[0]?.id ?? ''));
    expect(shown?.madeOf).toBe(await madeOfParts(now.filter((entry) => entry !== null), parts)); // prettier-ignore
    expect(await next.verify()).toMatchObject({ damaged: [] });
  });
});

describe('room that is reserved', () => {
  async function writerWithFiles() {
    const chunkFiles = memoryChunkFiles();
    const { vault, environment } = await makeVault({ chunkFiles });
    vault.close();
    let names = 0;
    const database = { roots: { put: async () => undefined } };
    const random = (size: number) => new Uint8Array(size).fill((names += 1));
    const writer = createChunkWriter({ environment, database, random, chunkFiles: async () => chunkFiles } as unknown as VaultContext);
    return { chunkFiles, writer };
  }

  it('is written in any order, also after the file was full', async () => {
    const { chunkFiles, writer } = await writerWithFiles();
    const sizes = [chunkFileBytes - 100, 60, 60, 10];
    const reserved = [];
    for (const [at, size] of sizes.entries()) reserved.push(await writer.reserve(`row${at}`, size));
    for (const at of [3, 1, 0, 2]) await reserved[at]?.write(new Uint8Array(sizes[at] ?? 0).fill(at + 1));
    await writer.flush();
    expect([...chunkFiles.files.values()].map(({ length }) => length)).toEqual([chunkFileBytes - 40, 70]);
    for (const [at, one] of reserved.entries()) {
      const place = placeOf(one?.id ?? '');
      const bytes = place && (await chunkFiles.read(place));
      expect(bytes).toHaveLength(sizes[at] ?? -1);
      expect([bytes?.[0], bytes?.at(-1)]).toEqual([at + 1, at + 1]);
    }
  });

  it('and never written ends the commit, and goes with everything else', async () => {
    const { chunkFiles, writer } = await writerWithFiles();
    await writer.reserve('row', 10);
    await expect(writer.flush()).rejects.toMatchObject({ code: 'unexpected' });
    await writer.undo();
    expect(chunkFiles.files.size).toBe(0);
  });
});
