import { expect, test } from 'vitest';
import { openServedFiles } from '../../src/intake/served-files';
import type { ServedFile } from '../../src/model/verbs';

test('files come page by page, and their bytes in pieces', async () => {
  const size = 40 * 1024 * 1024 + 5;
  const files = Array.from({ length: 20_000 }, (_, index): ServedFile => ({
    path: `f${index}`,
    sizeBytes: index === 7 ? size : 1,
    blobs: [`b${index}`],
  }));
  const asked: number[] = [];
  const { set, servedFrom } = await openServedFiles({
    repositoryId: async () => 'r',
    list: async (from) => files.slice(from, from + 10_000),
    async read(_index, from, to) {
      asked.push(to - from);
      return new Uint8Array(to - from).fill(from / 1024 / 1024);
    },
  });
  expect(set.entries).toHaveLength(20_000);
  expect(servedFrom.repository).toBe('r');
  expect(servedFrom.blobsOf(19_999)).toEqual(['b19999']);
  const bytes = await set.entries[7]?.open().read(0, size);
  expect(bytes).toHaveLength(size);
  expect([bytes?.[0], bytes?.[size - 1]]).toEqual([0, 32]);
  expect(Math.max(...asked)).toBe(16 * 1024 * 1024);
});

test('bytes that do not come are an error of ours', async () => {
  const { set } = await openServedFiles({
    repositoryId: async () => 'r',
    list: async (from) => (from === 0 ? [{ path: 'a', sizeBytes: 10, blobs: [] }] : []),
    read: async () => new Uint8Array(3),
  });
  await expect(set.entries[0]?.open().read(0, 10)).rejects.toMatchObject({ code: 'archive-unreadable' });
});
