import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { hashBytes } from '../../../src/crypto/hashes';
import { readContent } from '../../../src/drives/file-content';
import type { FinishedPack } from '../../../src/repository/pack-builder';
import { createByteCache } from '../../../src/repository/byte-cache';
import { listFiles, listPacks } from '../../../src/repository/file-names';
import { IdSet } from '../../../src/repository/id-set';
import { inParallel } from '../../../src/repository/in-parallel';
import { makeMasterKey } from '../../../src/repository/master-key';
import { createPacker } from '../../../src/repository/packer';
import { createSendQueue } from '../../../src/repository/send-queue';
import { createMemoryDrive } from '../../../src/drives/memory';
import { random, utf8 } from '../codec';

const hexDigits = [...'0123456789abcdef'];
const ids = fc.array(fc.constantFrom(...hexDigits), { minLength: 64, maxLength: 64 }).map((letters) => letters.join(''));

describe('a set of ids', () => {
  it('is as a Set of texts', () => {
    fc.assert(
      fc.property(fc.array(ids, { maxLength: 50 }), fc.array(ids, { maxLength: 10 }), (added, others) => {
        const [set, plain] = [new IdSet(), new Set<string>()];
        for (const id of [...added, ...added.slice(0, 5)]) {
          expect(set.add(id)).toBe(!plain.has(id));
          plain.add(id);
        }
        expect(set.size).toBe(plain.size);
        for (const id of [...added, ...others]) expect(set.has(id)).toBe(plain.has(id));
      }),
      { numRuns: 50 },
    );
  });

  it('grows, and takes nothing but ids', () => {
    const set = new IdSet();
    const many = Array.from({ length: 5000 }, (_, at) => at.toString(16).padStart(64, '0'));
    for (const id of many) set.add(id);
    expect([set.size, many.every((id) => set.has(id)), set.has('f'.repeat(64))]).toEqual([5000, true, false]);
    expect(() => set.add('x')).toThrow(RangeError);
    expect(() => set.has('0x'.repeat(32))).toThrow(RangeError);
  });
});

it('a cache of bytes holds no more than its limit, and lets go of what was used longest ago', () => {
  const cache = createByteCache(100);
  for (const name of ['a', 'b', 'c']) cache.put(name, new Uint8Array(30));
  cache.get('a');
  cache.put('d', new Uint8Array(40));
  expect(['a', 'b', 'c', 'd'].map((name) => cache.get(name) !== null)).toEqual([true, false, true, true]);
  cache.put('large', new Uint8Array(51));
  expect(cache.get('large')).toBeNull();
  cache.put('d', new Uint8Array(10));
  cache.put('e', new Uint8Array(30));
  expect(['a', 'c', 'd', 'e'].every((name) => cache.get(name) !== null)).toBe(true);
});

describe('a queue', () => {
  it('has no more on their way at once than it may, and does all of them', async () => {
    const queue = createSendQueue(3);
    let [running, most, done] = [0, 0, 0];
    for (let at = 0; at < 20; at += 1) {
      await queue.push(async () => {
        most = Math.max(most, (running += 1));
        await new Promise((wake) => setImmediate(wake));
        running -= 1;
        done += 1;
      });
    }
    await queue.drain();
    expect([most, done]).toEqual([3, 20]);
  });

  it('tells whoever comes next what went wrong, and begins nothing more', async () => {
    const begun: number[] = [];
    const run = inParallel([1, 2, 3, 4, 5, 6, 7, 8], async (item) => {
      begun.push(item);
      await new Promise((wake) => setImmediate(wake));
      if (item === 2) throw new Error('two');
    });
    await expect(run).rejects.toThrow('two');
    expect(begun.length).toBeLessThan(8);
  });
});

describe('the packer', () => {
  it('loses no blob, mixes no types and leaves each byte where it says, though packs use each other’s memory', async () => {
    const key = await makeMasterKey(random);
    const blob = fc.record({
      id: ids,
      type: fc.constantFrom('data' as const, 'tree' as const),
      sizeBytes: fc.integer({ min: 33, max: 400 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(blob, { selector: ({ id }) => id, maxLength: 60 }), async (blobs) => {
        const packer = createPacker(key, 1000, random);
        const sealed = new Map(blobs.map(({ id, sizeBytes }) => [id, random(sizeBytes)]));
        const finished: Promise<FinishedPack>[] = [];
        for (const { id, type, sizeBytes } of blobs) {
          const bytes = sealed.get(id)!;
          const pieces = [bytes.slice(0, 16), bytes.slice(16)];
          const full = packer.add({ id, type, pieces, sealedBytes: sizeBytes, uncompressedLength: null });
          if (full !== null) finished.push(full.finish(random));
        }
        finished.push(...packer.flush().map((pack) => pack.finish(random)));
        const packs = await Promise.all(finished);
        expect(packs.flatMap((pack) => pack.blobs.map(({ id }) => id)).sort()).toEqual(blobs.map(({ id }) => id).sort());
        for (const pack of packs) {
          expect(new Set(pack.blobs.map(({ type }) => type)).size).toBe(1);
          const file = await readContent(pack.content);
          expect([file.length, await hashBytes(file)]).toEqual([pack.sizeBytes, pack.id]);
          for (const { id, offsetBytes, lengthBytes } of pack.blobs)
            expect(file.slice(offsetBytes, offsetBytes + lengthBytes)).toEqual(sealed.get(id));
        }
        expect(packer.flush()).toEqual([]);
      }),
      { numRuns: 30 },
    );
  });
});

it('names that have no id’s form, or lie elsewhere, are no files of the repository', async () => {
  const [one, other] = ['a'.repeat(64), 'b'.repeat(64)];
  const names = [`index/${one}`, 'index/x.tmp', `index/${one}.part`, `data/aa/${one}`, `data/aa/${other}`, `data/${one}`, 'data/aa/README'];
  const drive = createMemoryDrive({ files: new Map(names.map((name) => [name, utf8(name)])) });
  expect([...(await listFiles(drive, 'index')).sizes]).toEqual([[one, 70]]);
  const { sizes, misplaced } = await listPacks(drive);
  expect([[...sizes.keys()], misplaced]).toEqual([[one], [`data/aa/${other}`, `data/${one}`]]);
});
