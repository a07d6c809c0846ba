import fc from 'fast-check';
import { expect, test } from 'vitest';
import { sourceOfBlob } from '../../src/bytes/blob-source';
import { countReads } from '../../src/bytes/counted-source';
import { updateCrc32 } from '../../src/bytes/crc32';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import type { ByteSource } from '../../src/bytes/source';
import { decodeHead, detectEncoding } from '../../src/bytes/text-encoding';
import { joinAll, utf8 } from '../hostile/zip-builder';

async function gather(source: ByteSource, fromByte?: number): Promise<Uint8Array> {
  const all: Uint8Array[] = [];
  for await (const chunk of source.stream(fromByte)) all.push(chunk);
  return joinAll(...all);
}

const makers: readonly (readonly [string, (bytes: Uint8Array<ArrayBuffer>) => ByteSource])[] = [
  ['a Blob', (bytes) => sourceOfBlob(new Blob([bytes]))],
  ['bytes in memory', (bytes) => sourceOfBytes(bytes, 5)],
  ['a counted source', (bytes) => countReads(sourceOfBytes(bytes)).source],
];

test.each(makers)('%s gives any range, clamped, and the rest from anywhere', async (_name, make) => {
  const range = fc.integer({ min: -5, max: 60 });
  await fc.assert(
    fc.asyncProperty(fc.uint8Array({ maxLength: 50 }), range, range, async (content, from, to) => {
      const source = make(Uint8Array.from(content));
      expect(source.sizeBytes).toBe(content.length);
      expect([...(await source.read(from, to))]).toEqual([...content.slice(Math.max(0, from), Math.max(0, to))]);
      if (source.readSync) expect([...source.readSync(from, to)]).toEqual([...(await source.read(from, to))]);
      expect([...(await gather(source, from))]).toEqual([...content.slice(Math.max(0, from))]);
    }),
  );
});

test('a large Blob streams in chunks of at most 1 MiB', async () => {
  const sizes: number[] = [];
  for await (const chunk of sourceOfBlob(new Blob([new Uint8Array(2_500_000)])).stream(100)) sizes.push(chunk.length);
  expect(sizes.reduce((sum, size) => sum + size, 0)).toBe(2_499_900);
  expect(Math.max(...sizes)).toBeLessThanOrEqual(1 << 20);
});

test('a Blob that cannot be read is archive-unreadable, also where the reader stopped early', async () => {
  const blob = new Blob([new Uint8Array(3 << 20)]);
  const gone = Object.assign(Object.create(blob) as Blob, {
    slice: () => ({
      arrayBuffer: () => Promise.reject(new DOMException('', 'NotFoundError')),
      stream: () => new ReadableStream({ type: 'bytes', pull: () => Promise.reject(new DOMException('', 'NotFoundError')) }),
    }),
  });
  Object.defineProperty(gone, 'size', { value: 3 << 20 });
  await expect(sourceOfBlob(gone).read(0, 9)).rejects.toMatchObject({ code: 'archive-unreadable' });
  await expect(gather(sourceOfBlob(gone))).rejects.toMatchObject({ code: 'archive-unreadable' });
});

test('what was read is counted', async () => {
  const { source, count } = countReads(sourceOfBytes(new Uint8Array(100), 30));
  await source.read(10, 200);
  await gather(source);
  expect(count).toEqual({ bytes: 190, reads: 5 });
});

test('CRC-32: the check value of its catalogue, and pieces give what the whole gives', () => {
  expect(updateCrc32(0, utf8('123456789'))).toBe(0xcbf43926);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 200 }), fc.nat(200), (bytes, cut) => {
      expect(updateCrc32(updateCrc32(0, bytes.subarray(0, cut)), bytes.subarray(cut))).toBe(updateCrc32(0, bytes));
    }),
  );
});

test('the encoding of a head that ends inside a character', () => {
  const text = utf8('今天天气很好');
  for (let end = 0; end <= text.length; end++) {
    expect(detectEncoding(text.subarray(0, end)).encoding).toBe('utf-8');
    expect('今天天气很好'.startsWith(decodeHead(text.subarray(0, end)))).toBe(true);
  }
});
