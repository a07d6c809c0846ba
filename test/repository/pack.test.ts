import { readContent } from '../../src/drives/file-content';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { hashBytes } from '../../src/crypto/hashes';
import { openBlob, sealBlob } from '../../src/repository/blob';
import type { PackBlob } from '../../src/repository/blob-index';
import { makeMasterKey, type MasterKey } from '../../src/repository/master-key';
import { createPackBuilder } from '../../src/repository/pack-builder';
import {
  decodePackHeader,
  encodePackHeader,
  openPackHeader,
  packHeaderBytes,
  packSizeBytes,
  packTailBytes,
  readPackTail,
  sealPackHeader,
} from '../../src/repository/pack-header';
import { seal } from '../../src/repository/seal';
import { fromHex, random, realCodec, utf8, withEachFlip } from './codec';

let key: MasterKey;
beforeAll(async () => {
  key = await makeMasterKey(random);
});

const damaged = { code: 'damaged' };
const anyId = fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex'));
const anyEntry = fc.record({
  id: anyId,
  type: fc.constantFrom('data' as const, 'tree' as const),
  lengthBytes: fc.integer({ min: 33, max: 1 << 24 }),
  uncompressedLength: fc.option(fc.integer({ min: 1, max: 0xffffffff })),
});

function laidOut(entries: readonly Omit<PackBlob, 'offsetBytes'>[]): readonly PackBlob[] {
  let end = 0;
  return entries.map((entry) => ({ ...entry, offsetBytes: (end += entry.lengthBytes) - entry.lengthBytes }));
}

/** Reads a pack as one does over a drive: its tail, then its list. */
async function readPack(file: Uint8Array<ArrayBuffer>): Promise<readonly PackBlob[]> {
  const length = readPackTail(file.subarray(-packTailBytes), file.length);
  return openPackHeader(key, file.slice(-packTailBytes - length, -packTailBytes), file.length);
}

describe('the list of a pack', () => {
  it('decodes as it was encoded', () => {
    fc.assert(
      fc.property(fc.array(anyEntry, { minLength: 1, maxLength: 40 }), (entries) => {
        const blobs = laidOut(entries);
        const plain = encodePackHeader(blobs);
        expect(plain.length + 36).toBe(packHeaderBytes(blobs));
        expect(decodePackHeader(plain)).toEqual(blobs);
      }),
      { numRuns: 60 },
    );
  });

  it('is pinned', () => {
    const blobs = laidOut([
      { id: '01'.repeat(32), type: 'data', lengthBytes: 38, uncompressedLength: null },
      { id: 'fe'.repeat(32), type: 'tree', lengthBytes: 258, uncompressedLength: 511 },
    ]);
    expect(encodePackHeader(blobs)).toEqual(fromHex(`00 26000000 ${'01'.repeat(32)} 03 02010000 ff010000 ${'fe'.repeat(32)}`));
  });

  it('refuses what no pack holds', () => {
    const id = 'ab'.repeat(32);
    for (const bad of [
      '',
      '00',
      `04 26000000 ${id}`,
      `ff 26000000 ${id}`,
      `00 26000000 ${id} 00`,
      `02 26000000 ${id}`,
      `02 26000000 00000000 ${id}`,
      `00 20000000 ${id}`,
      `00 00000000 ${id}`,
      `00 ffffffff ${id} 00 ffffffff ${id}`,
    ]) {
      expect(() => decodePackHeader(fromHex(bad)), bad).toThrow(expect.objectContaining(damaged));
    }
  });

  it('is neither empty nor too long, and its tail fits the file', async () => {
    await expect(sealPackHeader(key, [], random)).rejects.toThrow(RangeError);
    const tail = (length: number): Uint8Array => Uint8Array.from(new Uint8Array(Uint32Array.of(length).buffer));
    expect(readPackTail(tail(69), 10_000)).toBe(69);
    for (const [length, fileBytes] of [
      [0, 10_000],
      [68, 10_000],
      [9_996, 10_000],
      [9_964, 10_000],
      [0xffffffff, 10_000],
      [16 * 1024 * 1024 + 1, 1 << 30],
    ] as const) {
      expect(() => readPackTail(tail(length), fileBytes)).toThrow(expect.objectContaining(damaged));
    }
    expect(() => readPackTail(tail(69).subarray(1), 10_000)).toThrow(expect.objectContaining(damaged));
  });
});

describe('a pack', () => {
  it('holds what was added, and says so', async () => {
    const codec = await realCodec();
    const builder = createPackBuilder(key, 'data');
    const texts = ['a', 'b '.repeat(500), 'c'.repeat(70)];
    for (const text of texts) builder.add(await sealBlob(key, 'data', utf8(text), codec, random));
    expect(builder.blobCount).toBe(3);
    const pack = await builder.finish(random);
    const { id, blobs } = pack;
    const bytes = await readContent(pack.content);
    expect(pack.sizeBytes).toBe(bytes.length);
    expect(id).toBe(await hashBytes(bytes));
    expect(packSizeBytes(blobs)).toBe(bytes.length);
    expect(await readPack(bytes)).toEqual(blobs);
    for (const [at, blob] of blobs.entries()) {
      const sealed = bytes.slice(blob.offsetBytes, blob.offsetBytes + blob.lengthBytes);
      expect(await openBlob(key, sealed, blob.uncompressedLength, blob.id, codec)).toEqual(utf8(texts[at] ?? ''));
    }
  });

  it('takes blobs of its own type, and at least one', async () => {
    const builder = createPackBuilder(key, 'tree');
    const blob = await sealBlob(key, 'data', utf8('x'), null, random);
    expect(() => builder.add(blob)).toThrow(RangeError);
    await expect(builder.finish(random)).rejects.toThrow(RangeError);
  });

  it('is damaged where it was cut, extended or altered in its list, whatever the list then says', async () => {
    const builder = createPackBuilder(key, 'data');
    builder.add(await sealBlob(key, 'data', utf8('x'), null, random));
    const bytes = await readContent((await builder.finish(random)).content);
    const listFrom = bytes.length - 73;
    await withEachFlip(bytes, async (flipped, bit) => {
      if (bit >> 3 >= listFrom) await expect(readPack(flipped)).rejects.toMatchObject(damaged);
      else expect(await hashBytes(flipped)).not.toBe(await hashBytes(bytes));
    });
    for (let cut = 1; cut < bytes.length; cut += 1) {
      await expect((async () => readPack(bytes.slice(0, -cut)))()).rejects.toMatchObject(damaged);
      await expect((async () => readPack(bytes.slice(cut)))()).rejects.toMatchObject(damaged);
    }
    await expect((async () => readPack(new Uint8Array([0, ...bytes])))()).rejects.toMatchObject(damaged);
    const foreign = await seal(key, utf8('not a list'), random);
    await expect(openPackHeader(key, foreign, 1_000)).rejects.toMatchObject(damaged);
  });
});
