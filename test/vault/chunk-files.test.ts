// Media in files of chunks: where they go, what is left of them, and what is made of files that are gone or altered.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ReceiptId } from '../../src/model/ids';
import { placedId, placeOf, rowOf } from '../../src/vault/chunk-place';
import { chunkFileBytes } from '../../src/vault/chunk-writer';
import { localLocks } from '../../src/vault/locks';
import { fileChunkBytes } from '../../src/vault/media';
import { openVault, type Vault } from '../../src/vault/vault';
import { memoryChunkFiles } from '../faults/memory-chunk-files';
import { inPieces, makeBytes } from './make-messages';
import { commitSmallImport, makeVault, writerOptions } from './make-vault';
import { objectKeys, withDatabase } from './raw-database';

const receipt = 'receipt' as ReceiptId;

async function vaultWithFiles() {
  const chunkFiles = memoryChunkFiles();
  return { chunkFiles, ...(await makeVault({ chunkFiles })) };
}

async function putAll(vault: Vault, media: readonly Uint8Array[]) {
  const writer = await vault.openWriter(writerOptions);
  const entries = [];
  for (const bytes of media) entries.push(await writer.putMedia(inPieces(bytes), receipt, bytes.length));
  (await writer.commit()).release();
  return entries;
}

const isSame = (one: Uint8Array, other: Uint8Array = new Uint8Array()): boolean => Buffer.compare(one, other) === 0;

const sizesIn = (files: ReadonlyMap<string, Uint8Array>): number[] => [...files.values()].map(({ length }) => length);

describe('the id of a chunk', () => {
  it('tells its place and what it was sealed under', () => {
    const word = fc.stringMatching(/^[\w-]{1,30}$/);
    fc.assert(
      fc.property(word, word, fc.nat(2 ** 40), fc.nat(2 ** 30), (row, file, fromByte, sizeBytes) => {
        const id = placedId(row, { file, fromByte, sizeBytes });
        expect(placeOf(id)).toEqual({ file, fromByte, sizeBytes });
        expect(rowOf(id)).toBe(row);
      }),
    );
    expect(placeOf('Aplain_row-id')).toBeNull();
    expect(rowOf('Aplain_row-id')).toBe('Aplain_row-id');
    expect(placeOf('A@../other.0.5')).toBeNull();
  });
});

describe('media in files', () => {
  it('lie many in a file and never in IndexedDB, and are read back whole and in part', async () => {
    const { vault, environment, chunkFiles } = await vaultWithFiles();
    const media = [1, 500, fileChunkBytes, fileChunkBytes + 1, 5_000_000].map((size, at) => makeBytes(size, at + 1));
    const entries = await putAll(vault, media);
    expect(chunkFiles.files.size).toBe(1);
    const rows = await objectKeys(environment);
    expect(entries.flatMap(({ chunks }) => chunks).filter((id) => rows.includes(rowOf(id)))).toEqual([]);
    const reader = await vault.openReader();
    for (const [at, entry] of entries.entries()) {
      const source = reader.openMedia(entry);
      expect(isSame(await source.read(0, entry.sizeBytes), media[at])).toBe(true);
      const [from, to] = [Math.floor(entry.sizeBytes / 3), Math.floor(entry.sizeBytes / 1.2)];
      expect(isSame(await source.read(from, to), media[at]?.subarray(from, to))).toBe(true);
    }
    expect(await vault.verify()).toMatchObject({ damaged: [] });
  });

  it('of 16 MiB and more fill several files, none much longer', async () => {
    const { vault, chunkFiles } = await vaultWithFiles();
    await putAll(vault, [makeBytes(20_000_000, 1), makeBytes(20_000_000, 2)]);
    expect(chunkFiles.files.size).toBe(3);
    expect(Math.max(...sizesIn(chunkFiles.files))).toBeLessThanOrEqual(chunkFileBytes);
  });

  it('that are there already take no room', async () => {
    const { vault, chunkFiles } = await vaultWithFiles();
    const media = [makeBytes(4_000, 1), makeBytes(3_000_000, 2)];
    const [small, large] = await putAll(vault, media);
    const before = sizesIn(chunkFiles.files);
    const again = await putAll(vault, [...media, makeBytes(10, 3)]);
    expect(again.slice(0, 2)).toEqual([small, large]);
    expect(sizesIn(chunkFiles.files)).toEqual([...before, 10 + 17]);
  });

  it('whose file is gone, cut or altered are damaged, and no others', async () => {
    for (const harm of ['gone', 'cut', 'altered'] as const) {
      const { vault, chunkFiles } = await vaultWithFiles();
      const [kept] = await putAll(vault, [makeBytes(3_000, 1)]);
      const [harmed] = await putAll(vault, [makeBytes(3_000, 2)]);
      const name = placeOf(harmed?.chunks[0] ?? '')?.file ?? '';
      const bytes = chunkFiles.files.get(name) ?? new Uint8Array();
      if (harm === 'gone') chunkFiles.files.delete(name);
      else chunkFiles.files.set(name, harm === 'cut' ? bytes.slice(0, -1) : bytes.with(50, (bytes[50] ?? 0) ^ 1));
      const { damaged } = await vault.verify();
      expect(damaged).toEqual([{ what: 'media', id: harmed?.sha256, reason: harm === 'altered' ? 'tampered' : 'missing' }]);
      const reader = await vault.openReader();
      expect((await reader.openMedia(kept as never).read(0, 3_000)).length).toBe(3_000);
      reader.release();
      await putAll(vault, [makeBytes(3_000, 2)]);
      expect(await vault.verify()).toMatchObject({ damaged: [] });
    }
  });
});

describe('files that nobody needs', () => {
  it('go with the state that needed them', async () => {
    const { vault, chunkFiles } = await vaultWithFiles();
    const { medium } = await commitSmallImport(vault, 1);
    await commitSmallImport(vault, 2);
    const writer = await vault.openWriter(writerOptions);
    writer.removeMedia(medium.sha256);
    (await writer.commit()).release();
    expect(chunkFiles.files.size).toBe(4);
    await vault.sweep({ dropPrevious: true });
    expect(chunkFiles.files.size).toBe(3);
    expect(await vault.verify()).toMatchObject({ damaged: [] });
  });

  it('stay while another thread reads them, and go with a later sweep', async () => {
    const { vault, chunkFiles } = await vaultWithFiles();
    const [entry] = await putAll(vault, [makeBytes(900, 1)]);
    const writer = await vault.openWriter(writerOptions);
    writer.removeMedia(entry?.sha256 as never);
    (await writer.commit()).release();
    const name = placeOf(entry?.chunks[0] ?? '')?.file ?? '';
    chunkFiles.inUse.add(name);
    await vault.sweep({ dropPrevious: true });
    expect(chunkFiles.files.has(name)).toBe(true);
    chunkFiles.inUse.clear();
    await vault.sweep();
    expect(chunkFiles.files.has(name)).toBe(false);
  });

  it('left by a killed import go after the next opening', async () => {
    const { vault, environment, chunkFiles } = await vaultWithFiles();
    await commitSmallImport(vault, 1);
    const whole = [...chunkFiles.files.keys()];
    await (await vault.openWriter(writerOptions)).putMedia(inPieces(makeBytes(3_000_000, 9)), receipt, 3_000_000);
    expect(chunkFiles.files.size).toBe(3);
    expect(await withDatabase(environment, ({ roots }) => roots.get('unfinished'))).toBe(true);
    const next = await openVault({ ...environment, locks: localLocks() });
    await next.open();
    await next.sweepLeftovers();
    expect([...chunkFiles.files.keys()]).toEqual(whole);
  });

  it('and those mostly of garbage are copied out of, once the sweep has run', async () => {
    const { vault, environment, chunkFiles } = await vaultWithFiles();
    const media = [makeBytes(300_000, 1), makeBytes(1_200_000, 2), makeBytes(100_000, 3)];
    const [, large] = await putAll(vault, media);
    const writer = await vault.openWriter(writerOptions);
    writer.removeMedia(large?.sha256 as never);
    (await writer.commit()).release();
    const [file] = chunkFiles.files.keys();
    await putAll(vault, [makeBytes(10, 4)]);
    const next = await openVault({ ...environment, locks: localLocks() });
    await next.open();
    await next.sweepLeftovers();
    expect(await next.compactMedia()).toBe(true);
    expect(await next.compactMedia()).toBe(false);
    await next.sweep({ dropPrevious: true });
    expect(chunkFiles.files.has(file ?? '')).toBe(false);
    expect(sizesIn(chunkFiles.files).reduce((sum, size) => sum + size, 0)).toBe(400_010 + 3 * 17);
    expect(await next.verify()).toMatchObject({ damaged: [] });
    expect(await next.storageCounts()).toMatchObject({ mediaCount: 3, mediaBytes: 400_010 });
  });

  it('are none after everything was forgotten', async () => {
    const { vault, chunkFiles } = await vaultWithFiles();
    await commitSmallImport(vault, 1);
    await vault.forget();
    expect(chunkFiles.files.size).toBe(0);
  });
});
