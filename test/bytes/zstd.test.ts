import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { ZstdCodec } from '../../src/bytes/zstd';
import { dictionaryOf } from '../../src/bytes/zstd-frame';
import { fromHex, realCodec, utf8, withEachFlip } from '../repository/codec';

let codec: ZstdCodec;
beforeAll(async () => {
  codec = await realCodec();
});

const damaged = expect.objectContaining({ code: 'damaged' });

/** A frame without a stated size, window 128 KiB (RFC 8878 §3.1.1): blocks are [kind, size, content]. */
function unsizedFrame(blocks: readonly (readonly [kind: number, size: number, content: Uint8Array])[], descriptor = 0x00): Uint8Array {
  const pieces: Uint8Array[] = [fromHex('28b52ffd'), Uint8Array.of(descriptor, 7 << 3)];
  blocks.forEach(([kind, size, content], at) => {
    const header = (size << 3) | (kind << 1) | (at === blocks.length - 1 ? 1 : 0);
    pieces.push(Uint8Array.of(header & 255, (header >> 8) & 255, header >> 16), content);
  });
  return Uint8Array.from(Buffer.concat(pieces));
}

const raw = 0;
const repeat = 1;

describe('zstd', () => {
  it('gives back what it folded, at every level, by stated length and by a bound', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 5_000 }), fc.integer({ min: 1, max: 9 }), (plain, level) => {
        const frame = codec.compress(plain, level);
        expect(codec.decompress(frame, plain.length)).toEqual(plain);
        expect(codec.decompressBounded(frame, plain.length)).toEqual(plain);
        expect(codec.decompressBounded(frame, plain.length + 1)).toEqual(plain);
        expect(() => codec.decompress(frame, plain.length + 1)).toThrow(damaged);
        if (plain.length > 0) expect(() => codec.decompressBounded(frame, plain.length - 1)).toThrow(damaged);
      }),
      { numRuns: 60 },
    );
  });

  it('opens frames that do not state their size, within the bound only', () => {
    const frame = unsizedFrame([
      [raw, 5, utf8('hello')],
      [repeat, 100_000, utf8('x')],
    ]);
    expect(codec.decompressBounded(frame, 1_000_000)).toEqual(utf8(`hello${'x'.repeat(100_000)}`));
    expect(codec.decompressBounded(frame, 100_005)).toHaveLength(100_005);
    expect(() => codec.decompressBounded(frame, 100_004)).toThrow(damaged);
    expect(() => codec.decompress(frame, 100_005)).toThrow(damaged);
    expect(codec.decompressBounded(unsizedFrame([[raw, 0, new Uint8Array()]]), 10)).toEqual(new Uint8Array());
  });

  it('opens what the zstd program (1.5.4) makes of a stream: no size, with a checksum or without', () => {
    const id = 'a'.repeat(32);
    const plain = utf8(`{"packs":[{"id":"${id}"},{"id":"${id}"}]}`);
    const bare = fromHex('28b52ffd0058050100b87b227061636b73223a5b7b226964223a2261227d2c5d7d02009a8286068401');
    const checked = fromHex('28b52ffd0458050100b87b227061636b73223a5b7b226964223a2261227d2c5d7d02009a82860684013fa2fe4c');
    for (const frame of [bare, checked]) {
      expect(codec.decompressBounded(frame, 1 << 20)).toEqual(plain);
      expect(codec.decompressBounded(frame, plain.length)).toEqual(plain);
      expect(() => codec.decompressBounded(frame, plain.length - 1)).toThrow(damaged);
    }
    expect(() => codec.decompressBounded(checked.with(-1, 0), 1 << 20)).toThrow(damaged);
  });

  it('refuses bombs before it makes room for them', () => {
    // 16,000 blocks of 128 KiB out of 4 bytes each: 2 GiB from 64 KiB.
    const bomb = unsizedFrame(Array.from({ length: 16_000 }, () => [repeat, 128 * 1024, Uint8Array.of(0)] as const));
    expect(() => codec.decompressBounded(bomb, 1 << 20)).toThrow(damaged);
    // A stated size of 4 GiB, of 2^62, and one that the blocks cannot hold.
    const stated = (size: string) => fromHex(`28b52ffd e0 ${size} 010000`);
    expect(() => codec.decompressBounded(stated('0000000001000000'), 1 << 20)).toThrow(damaged);
    expect(() => codec.decompressBounded(stated('0000000000000040'), 1 << 20)).toThrow(damaged);
    expect(() => codec.decompressBounded(stated('ffff000000000000'), 1 << 20)).toThrow(damaged);
  });

  it('refuses all that is not one whole frame', () => {
    const frame = codec.compress(utf8('some text, some text, some text, some text'));
    for (let length = 0; length < frame.length; length += 1) {
      expect(() => codec.decompressBounded(frame.subarray(0, length), 1_000)).toThrow(damaged);
    }
    expect(() => codec.decompressBounded(Uint8Array.of(...frame, 0), 1_000)).toThrow(damaged);
    expect(() => codec.decompressBounded(Uint8Array.of(...frame, ...frame), 1_000)).toThrow(damaged);
    expect(() => codec.decompressBounded(unsizedFrame([[3, 1, Uint8Array.of(0)]]), 1_000)).toThrow(damaged);
    expect(() => codec.decompressBounded(unsizedFrame([[raw, 1, Uint8Array.of(0)]], 0x01), 1_000)).toThrow(damaged);
  });

  it('gives nothing longer than the bound, or a fault with its code, for any flipped bit', async () => {
    const frame = codec.compress(utf8('樟木箱 '.repeat(30)));
    await withEachFlip(frame, (flipped) => {
      try {
        expect(codec.decompressBounded(flipped, 400).length).toBeLessThanOrEqual(400);
      } catch (fault) {
        expect(fault).toMatchObject({ code: 'damaged' });
      }
    });
  });

  it('says which dictionary a frame needs', () => {
    expect(dictionaryOf(codec.compress(utf8('text')))).toBe(0);
    // Descriptors with a dictionary's number of one, two and four bytes, behind a window's byte or, in a single segment, at once.
    expect(dictionaryOf(fromHex('28b52ffd010007'))).toBe(7);
    expect(dictionaryOf(fromHex('28b52ffd0200e703'))).toBe(999);
    expect(dictionaryOf(fromHex('28b52ffd2307000000'))).toBe(7);
    expect(dictionaryOf(fromHex('28b52ffd0300'))).toBeNull();
    expect(dictionaryOf(utf8('no frame'))).toBeNull();
    expect(() => codec.decompressBounded(fromHex('28b52ffd010007'), 99)).toThrow(damaged);
  });
});
