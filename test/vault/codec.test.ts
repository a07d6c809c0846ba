import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { columnLimitBytes, pack, unpack } from '../../src/vault/codec';
import { byteReader, byteWriter } from '../../src/vault/varint';
import { nodeCodec } from './make-vault';

describe('packed columns', () => {
  it('unpack to what was packed', async () => {
    const codec = await nodeCodec();
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), fc.nat({ max: 50 }), (piece, times) => {
        const plain = new Uint8Array(piece.length * times);
        for (let at = 0; at < times; at += 1) plain.set(piece, at * piece.length);
        const packed = pack(codec, plain);
        expect(unpack(codec, packed)).toEqual(plain);
        expect(packed.length).toBeLessThanOrEqual(plain.length + 9);
      }),
    );
  });

  it('own their buffers, so that storing one stores no more than itself', async () => {
    const packed = pack(await nodeCodec(), new Uint8Array(10_000).fill(7));
    expect(packed.buffer.byteLength).toBe(packed.length);
  });

  it('are refused before anything is allocated when they claim too much', async () => {
    const codec = await nodeCodec();
    const asked: number[] = [];
    const watched = { ...codec, decompress: (bytes: Uint8Array, length: number) => (asked.push(length), codec.decompress(bytes, length)) };
    const claim = byteWriter();
    claim.byte(1);
    claim.varint(columnLimitBytes + 1);
    expect(() => unpack(watched, claim.finish())).toThrow(expect.objectContaining({ code: 'damaged' }));
    expect(asked).toEqual([]);
  });

  it('are refused when the frame states another size than the column, whichever is right', async () => {
    const codec = await nodeCodec();
    const plain = new Uint8Array(5_000).fill(65);
    const frame = codec.compress(plain);
    expect(codec.decompress(frame, plain.length)).toEqual(plain);
    for (const length of [0, 4_999, 5_001, 200_000_000])
      expect(() => codec.decompress(frame, length)).toThrow(expect.objectContaining({ code: 'damaged' }));
    const lying = frame.slice();
    lying[5] = (lying[5] ?? 0) + 1;
    expect(() => codec.decompress(lying, 5_001)).toThrow(expect.objectContaining({ code: 'damaged' }));
  });
});

describe('varints', () => {
  it('read back as written, up to the limits', () => {
    fc.assert(
      fc.property(fc.array(fc.maxSafeNat()), fc.array(fc.integer({ min: -(2 ** 52), max: 2 ** 52 - 1 })), (naturals, integers) => {
        const writer = byteWriter(1);
        naturals.forEach(writer.varint);
        integers.forEach(writer.zigzag);
        const reader = byteReader(writer.finish());
        expect(naturals.map(() => reader.varint())).toEqual(naturals);
        expect(integers.map(() => reader.zigzag())).toEqual(integers);
        expect(reader.left()).toBe(0);
      }),
    );
  });

  it('refuse what is no safe integer', () => {
    const writer = byteWriter();
    for (const value of [-1, 0.5, Number.NaN, 2 ** 53]) expect(() => writer.varint(value)).toThrow(RangeError);
    const overlong = byteReader(new Uint8Array(9).fill(255));
    expect(() => overlong.varint()).toThrow(expect.objectContaining({ code: 'damaged' }));
    expect(() => byteReader(new Uint8Array([128])).varint()).toThrow(expect.objectContaining({ code: 'damaged' }));
  });
});
