import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { createFileCutter, pieceBytes, saveFile, wholeLimitBytes } from '../../src/backup/file-blobs';

const mebibyte = 1024 * 1024;
const content = new Uint8Array(14 * mebibyte);
for (let at = 0; at < content.length; at += 5) content[at] = (at >> 6) & 255;
const hashOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

function makeStore() {
  const sizes: number[] = [];
  const whole = createHash('sha256');
  const save = async (plain: Uint8Array<ArrayBuffer>): Promise<{ readonly id: string }> => {
    sizes.push(plain.length);
    whole.update(plain);
    return { id: hashOf(plain) };
  };
  return { sizes, save, digest: () => whole.digest('hex') };
}

test('a file of up to 8 MiB is one blob, a longer one is cut every 4 MiB, an empty one has none, however it comes', async () => {
  const anySize = fc.oneof(
    fc.nat({ max: content.length }),
    fc.constantFrom(0, 1, wholeLimitBytes - 1, wholeLimitBytes, wholeLimitBytes + 1, 3 * pieceBytes),
  );
  await fc.assert(
    fc.asyncProperty(anySize, fc.integer({ min: 100_000, max: 9 * mebibyte }), async (sizeBytes, stepBytes) => {
      const store = makeStore();
      const cutter = createFileCutter(store.save);
      for (let from = 0; from < sizeBytes; from += stepBytes)
        await cutter.push(content.subarray(from, Math.min(from + stepBytes, sizeBytes)));
      const file = await cutter.finish();
      expect(file).toMatchObject({ sizeBytes });
      expect(store.digest()).toBe(hashOf(content.subarray(0, sizeBytes)));
      const pieces = Math.ceil(sizeBytes / pieceBytes);
      const last = sizeBytes - (pieces - 1) * pieceBytes;
      if (sizeBytes === 0) expect(store.sizes).toEqual([]);
      else if (sizeBytes <= wholeLimitBytes) expect(store.sizes).toEqual([sizeBytes]);
      else expect(store.sizes).toEqual([...Array.from({ length: pieces - 1 }, () => pieceBytes), last]);
      expect(file.blobs).toHaveLength(store.sizes.length);
    }),
    { numRuns: 15 },
  );
});

test('what is added at the end of a long file leaves the first pieces as they are', async () => {
  const one = await saveFile(makeStore().save, content.subarray(0, 12 * mebibyte + 5));
  const two = await saveFile(makeStore().save, content.subarray(0, 12 * mebibyte + 900));
  expect(two.blobs.slice(0, 3)).toEqual(one.blobs.slice(0, 3));
});
