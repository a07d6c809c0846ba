import { createHash } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { openBackupCache } from '../../src/backup/backup-cache';
import { countingSink, SomethingNew, writerSink } from '../../src/backup/blob-sink';
import { type MediaTools, saveMedium } from '../../src/backup/media-files';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import type { ObjectId, Sha256Hex } from '../../src/model/ids';
import type { ArchiveReader, MediaEntry } from '../../src/vault/archive';
import { makeMemoryRepository } from './memory-repository';

const mebibyte = 1024 * 1024;

function makeMedium(sizeBytes: number, changes: Partial<MediaEntry> = {}): { readonly bytes: Uint8Array; readonly entry: MediaEntry } {
  const bytes = new Uint8Array(sizeBytes);
  for (let at = 0; at < sizeBytes; at += 4096) bytes[at] = (at >> 12) & 255;
  const sha256 = createHash('sha256').update(bytes).digest('hex') as Sha256Hex;
  const entry = {
    sha256,
    sizeBytes,
    mime: 'image/jpeg',
    chunks: ['c' as ObjectId],
    thumbnail: null,
    widthPx: null,
    heightPx: null,
    receipts: [],
  };
  return { bytes, entry: { ...entry, ...changes } };
}

async function makeTools(bytes: Uint8Array, changes: Partial<MediaTools> = {}) {
  const repository = makeMemoryRepository();
  const entries = new Map<string, string>();
  const cache = await openBackupCache({
    entries: async () => [...entries],
    setEntries: async (edits) => {
      for (const [key, value] of edits) if (value !== null) entries.set(key, value);
    },
  });
  const reads: number[] = [];
  const source = sourceOfBytes(bytes);
  const openMedia = () => ({
    ...source,
    sizeBytes: bytes.length,
    read: (from: number, to: number) => {
      reads.push(to - from);
      return source.read(from, to);
    },
  });
  const tools: MediaTools = {
    reader: { openMedia } as unknown as ArchiveReader,
    cache,
    sink: writerSink(await repository.startWriting()),
    repositoryId: repository.id,
    readsMedia: true,
    onStep: async () => {},
    ...changes,
  };
  return { repository, tools, reads };
}

describe('a medium', () => {
  test('of up to 8 MiB has its own hash as its blob, and is not read again', async () => {
    const { bytes, entry } = makeMedium(5 * mebibyte);
    const { tools, reads } = await makeTools(bytes);
    expect(await saveMedium(entry, tools)).toMatchObject({ blobs: [entry.sha256], isNew: true });
    expect(reads).toEqual([4 * mebibyte, mebibyte]);
    expect(await saveMedium(entry, tools)).toMatchObject({ blobs: [entry.sha256], isNew: false });
    expect(reads).toHaveLength(2);
  });

  test('of more is read in pieces of 4 MiB, once', async () => {
    const { bytes, entry } = makeMedium(9 * mebibyte);
    const { tools, reads, repository } = await makeTools(bytes);
    const saved = await saveMedium(entry, tools);
    expect(saved?.blobs).toHaveLength(3);
    expect(Math.max(...reads)).toBe(4 * mebibyte);
    expect(await saveMedium(entry, tools)).toMatchObject({ blobs: saved?.blobs, isNew: false });
    expect(reads).toHaveLength(3);
    repository.blobs.delete(`data/${saved?.blobs[1]}`);
    expect(await saveMedium(entry, tools)).toMatchObject({ blobs: saved?.blobs, isNew: true });
  });

  test('of no bytes has no blob', async () => {
    const { bytes, entry } = makeMedium(0, { chunks: [] });
    expect(await saveMedium(entry, (await makeTools(bytes)).tools)).toMatchObject({ blobs: [], isNew: false, sizeBytes: 0 });
  });

  test('that is not here is described where this repository has it, whole', async () => {
    const { bytes, entry } = makeMedium(9 * mebibyte);
    const { tools, repository, reads } = await makeTools(bytes);
    const blobs = (await saveMedium(entry, tools))?.blobs ?? [];
    reads.length = 0;
    const elsewhere = makeMedium(9 * mebibyte, {
      chunks: [],
      places: [
        { repository: 'other', blobs: ['00'] },
        { repository: repository.id, blobs },
      ],
    });
    const fresh = { ...tools, cache: (await makeTools(bytes)).tools.cache };
    expect(await saveMedium(elsewhere.entry, fresh)).toMatchObject({ blobs, isNew: false });
    repository.blobs.delete(`data/${blobs[2]}`);
    expect(await saveMedium(elsewhere.entry, fresh)).toBeNull();
    expect(await saveMedium({ ...elsewhere.entry, places: [] }, fresh)).toBeNull();
    expect(reads).toEqual([]);
  });

  test('that is shorter than it should be is left out', async () => {
    const { bytes, entry } = makeMedium(1000);
    const { tools } = await makeTools(bytes.subarray(0, 900));
    expect(await saveMedium(entry, tools)).toBeNull();
  });

  test('is not read for a plan, and ends the search for anything new', async () => {
    const { bytes, entry } = makeMedium(1000);
    const { tools, repository, reads } = await makeTools(bytes);
    const planned = await saveMedium(entry, { ...tools, sink: countingSink(repository, false), readsMedia: false });
    expect(planned).toMatchObject({ isNew: true, unreadBytes: 1000 });
    expect(reads).toEqual([]);
    await expect(saveMedium(entry, { ...tools, sink: countingSink(repository, true) })).rejects.toBeInstanceOf(SomethingNew);
  });
});
