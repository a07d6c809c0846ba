// Compaction of segments: what is joined, that nothing else changes, and that no moment of it loses a message.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConversationId, SegmentId } from '../../src/model/ids';
import type { SegmentEntry } from '../../src/vault/archive';
import { localLocks } from '../../src/vault/locks';
import { madeOfParts } from '../../src/vault/made-of';
import { columnNames } from '../../src/vault/columns/segment';
import { columnRows } from '../../src/vault/column-rows';
import { smallGroups } from '../../src/vault/small-segments';
import { openVault, type Vault } from '../../src/vault/vault';
import { type Fault, withFault } from '../faults/flaky-storage';
import { commitCut, compactAll, putCut, segmentSizes } from './cut-conversation';
import { makeMessages } from './make-messages';
import { commitSmallImport, makeVault, vaultContent, writerOptions } from './make-vault';
import { neededCount, objectKeys, storedNames, withDatabase } from './raw-database';

const counted = (counts: readonly number[]): SegmentEntry[] =>
  counts.map((messageCount, at) => ({ id: `s${at}` as SegmentId, messageCount, firstAtMs: at, lastAtMs: at }));

const groupsOf = (counts: readonly number[]): number[][] =>
  [...smallGroups(counted(counts))].map((group) => group.map(({ messageCount }) => messageCount));

describe('what is joined', () => {
  it('are neighbours below half of what a segment may hold, as many as fit into one', () => {
    expect(groupsOf([10, 20, 30, 40])).toEqual([[10, 20, 30, 40]]);
    expect(groupsOf([4096, 10, 20, 30, 40, 4096, 5])).toEqual([[10, 20, 30, 40]]);
    expect(groupsOf([2000, 2000, 2000, 2000, 2000, 2000])).toEqual([
      [2000, 2000],
      [2000, 2000],
      [2000, 2000],
    ]);
    expect(groupsOf([2047, 2047, 2, 2, 2, 2])).toEqual([
      [2047, 2047, 2],
      [2, 2, 2],
    ]);
  });

  it('is nothing where less than three segments would be saved, so that a few messages do not have thousands written', () => {
    expect(groupsOf([2000, 3])).toEqual([]);
    expect(groupsOf([2000, 3, 3])).toEqual([]);
    expect(groupsOf([2000, 3, 3, 3])).toEqual([[2000, 3, 3, 3]]);
    expect(groupsOf([5, 4096, 5, 4096, 5, 4096, 5])).toEqual([]);
    expect(groupsOf([])).toEqual([]);
  });

  it('leaves the order, fits, and then leaves nothing to do', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(fc.integer({ min: 1, max: 60 }), fc.integer({ min: 1, max: 4096 })), { maxLength: 60 }), (counts) => {
        const after: number[] = [];
        const segments = counted(counts);
        let next = 0;
        for (const group of smallGroups(segments)) {
          const from = segments.indexOf(group[0]);
          expect(segments.slice(from, from + group.length)).toEqual([...group]);
          expect(from).toBeGreaterThanOrEqual(next);
          after.push(
            ...counts.slice(next, from),
            group.reduce((sum, { messageCount }) => sum + messageCount, 0),
          );
          next = from + group.length;
        }
        after.push(...counts.slice(next));
        expect(Math.max(0, ...after)).toBeLessThanOrEqual(4096);
        expect(groupsOf(after)).toEqual([]);
      }),
    );
  });
});

/** Rows read from and written to the store of objects while `run` goes on. */
async function countRows(run: () => Promise<unknown>, vault: Vault): Promise<number> {
  const reads: number[] = [];
  const reader = await vault.openReader();
  reader.release();
  const { IDBObjectStore } = await import('fake-indexeddb');
  const original = IDBObjectStore.prototype.get;
  IDBObjectStore.prototype.get = function counting(...keys) {
    if (this.name === 'objects') reads.push(1);
    return original.apply(this, keys);
  };
  await run().finally(() => {
    IDBObjectStore.prototype.get = original;
  });
  return reads.length;
}

describe('compaction', () => {
  it('joins small segments and changes nothing that is read; signatures are made anew; a sweep takes the old rows', async () => {
    const { vault, environment } = await makeVault();
    await commitSmallImport(vault, 1);
    const { segments } = await commitCut(vault, makeMessages(500), [100, 7, 1, 80, 90]);
    const before = await vaultContent(vault);
    const heard: string[] = [];
    vault.onChange(({ type }) => heard.push(type));
    expect(await compactAll(vault)).toBe(1);
    expect(heard).toEqual(['archive-moved']);
    expect(await segmentSizes(vault)).toEqual(expect.arrayContaining([[20, 20], [500]]));
    expect(await vaultContent(vault)).toEqual(before);
    const reader = await vault.openReader();
    expect([reader.rootNumber, reader.contentNumber], 'to a backup nothing has changed').toEqual([3, 2]);
    const large = (await reader.conversations()).find(({ messageCount }) => messageCount === 500);
    const { signature, text } = await reader.readColumns(large?.segments[0]?.id as SegmentId, ['signature', 'text']);
    expect(signature).toEqual(writerOptions.signatureOf(text as NonNullable<typeof text>));
    reader.release();
    expect(await vault.verify()).toMatchObject({ damaged: [] });
    await vault.sweep({ dropPrevious: true });
    const keys = new Set(await objectKeys(environment));
    const oldRows = (await Promise.all(segments.map(({ id }) => columnRows(id, columnNames)))).flat();
    expect(oldRows.filter((row) => keys.has(row))).toEqual([]);
  });

  it('opens nothing where nothing is to be joined, and then only what is small', async () => {
    const { vault } = await makeVault();
    await commitCut(vault, makeMessages(12_288), [4096, 4096, 4096]);
    expect(await countRows(() => vault.compactSegments(writerOptions), vault)).toBe(0);
    await commitCut(vault, makeMessages(12_300), [4096, 4, 4096, 4, 4, 4, 4088, 4]);
    expect(await segmentSizes(vault)).toContainEqual([4096, 4, 4096, 4, 4, 4, 4088, 4]);
    expect(await countRows(() => vault.compactSegments(writerOptions), vault)).toBe(0);
    await commitCut(vault, makeMessages(8_208), [4096, 4, 4, 4, 4, 4096]);
    // Five columns of each of the four small ones; their signatures are not read.
    expect(await countRows(() => vault.compactSegments(writerOptions), vault)).toBe(20);
  });

  it('goes in bounded steps, each of which is whole', async () => {
    const { vault } = await makeVault();
    const small = Array.from({ length: 80 }, () => 1024);
    await commitCut(vault, makeMessages(81_920), small);
    expect(await vault.compactSegments(writerOptions)).toBe(true);
    const [after = []] = await segmentSizes(vault);
    expect(after.slice(0, 16)).toEqual(Array.from({ length: 16 }, () => 4096));
    expect(after.slice(16)).toEqual(Array.from({ length: 16 }, () => 1024));
    expect(await compactAll(vault)).toBe(1);
    expect(await segmentSizes(vault)).toEqual([Array.from({ length: 20 }, () => 4096)]);
  }, 60_000);

  it('leaves alone what it cannot read, and ends', async () => {
    const { vault, environment } = await makeVault();
    const { segments } = await commitCut(vault, makeMessages(60), [10, 10, 10, 10, 10]);
    await commitCut(vault, makeMessages(50), [10, 10, 10, 10]);
    const [row = ''] = await columnRows(segments[2]?.id as SegmentId, ['text']);
    await withDatabase(environment, ({ objects }) => objects.delete(row));
    await compactAll(vault);
    expect(await segmentSizes(vault)).toEqual(expect.arrayContaining([[10, 10, 10, 10, 10, 10], [50]]));
  });

  it('lets an import wait for a step instead of refusing it, and stands back where an import writes', async () => {
    const { vault, environment } = await makeVault();
    const tab = await openVault(environment);
    await tab.open();
    await commitCut(vault, makeMessages(40), [10, 10, 10]);
    let meanwhile: Promise<unknown> | null = null;
    const signatureOf: typeof writerOptions.signatureOf = (text) => {
      meanwhile ??= commitSmallImport(tab, 1);
      return writerOptions.signatureOf(text);
    };
    expect(await vault.compactSegments({ signatureOf })).toBe(true);
    await expect(meanwhile).resolves.toBeDefined();
    await commitCut(vault, makeMessages(40), [10, 10, 10]);
    const writer = await tab.openWriter(writerOptions);
    await expect(vault.compactSegments(writerOptions)).rejects.toMatchObject({ code: 'busy' });
    await writer.abandon();
    expect(await compactAll(vault)).toBe(1);
  });

  it('keeps what joined conversations show, shares it with its part, and has nothing made anew', async () => {
    const { vault } = await makeVault();
    const writer = await vault.openWriter(writerOptions);
    const [one, other] = [await putCut(writer, makeMessages(40), [10, 10, 10]), await putCut(writer, makeMessages(9), [3, 3])];
    const extra = await writer.putSegment(makeMessages(5, 40));
    const parts = [one.id, other.id];
    const id = `joined/${one.id}` as ConversationId;
    const segments = [...one.segments, extra];
    writer.setConversation({ ...one, id, segments, messageCount: 45, parts, madeOf: await madeOfParts([one, other], parts) });
    (await writer.commit()).release();
    await compactAll(vault);
    const reader = await vault.openReader();
    const [joined] = await reader.joined();
    const entries = await Promise.all(parts.map((part) => reader.conversation(part)));
    expect(joined?.segments.map(({ messageCount }) => messageCount)).toEqual([45]);
    expect(entries[0]?.segments.map(({ messageCount }) => messageCount)).toEqual([40]);
    expect(joined?.madeOf).toBe(await madeOfParts(entries.filter((entry) => entry !== null), parts)); // prettier-ignore
    const messages = await reader.readMessages(joined?.segments[0]?.id as SegmentId);
    expect(messages.map(({ seq }) => seq)).toEqual(Array.from({ length: 45 }, (_, seq) => seq));
  });
});

describe.each<Fault>(['once', 'killed'])('compaction whose storage fails (%s) at call k, for every k', (fault) => {
  it('leaves a vault that opens and holds every message once; the next one goes on', async () => {
    const { vault, environment } = await makeVault();
    await commitSmallImport(vault, 1);
    await commitCut(vault, makeMessages(90), [20, 5, 15, 30]);
    const content = await vaultContent(vault);
    const rows = await withDatabase(environment, ({ tables }) => Promise.all(tables.map(async (table) => [await table.toCollection().primaryKeys(), await table.toArray()] as const))); // prettier-ignore
    const restore = (): Promise<unknown> =>
      withDatabase(environment, async ({ tables }) => {
        for (const [at, table] of tables.entries()) {
          await table.clear();
          await table.bulkPut([...(rows[at]?.[1] ?? [])], [...(rows[at]?.[0] ?? [])]);
        }
      });
    vault.close();
    let failures = 0;
    for (let failAt = 1, reached = true; reached; failAt += 1) {
      await restore();
      const tab = await openVault({ ...environment, locks: localLocks() });
      await tab.open();
      const outcome = await withFault(fault, failAt, () => tab.compactSegments(writerOptions));
      reached = outcome.reached;
      if (outcome.error !== null) failures += 1;
      tab.close();
      const next = await openVault({ ...environment, locks: localLocks() });
      await next.open();
      expect(await vaultContent(next)).toEqual(content);
      expect(await next.verify()).toMatchObject({ damaged: [] });
      await compactAll(next);
      expect(await segmentSizes(next)).toEqual(expect.arrayContaining([[90], [20, 20]]));
      expect(await vaultContent(next)).toEqual(content);
      await next.sweep({ dropPrevious: true });
      expect(await storedNames(environment)).toHaveLength(await neededCount(next));
      next.close();
    }
    expect(failures).toBeGreaterThan(10);
  }, 60_000);
});
