import fc from 'fast-check';
import { expect, test } from 'vitest';
import { unpackLz4Block } from '../../src/bytes/lz4-block';
import { packLz4Block } from './lz4-builder';

const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);
const damaged = expect.objectContaining({ code: 'damaged' });

test('reads literals, copies that reach into themselves, and long lengths', () => {
  // Token 0x20: two literals. Then 0x11: one literal, offset 1, copy of 1 + 4.
  expect(textOf(unpackLz4Block(Uint8Array.of(0x20, 0x41, 0x42), 99))).toBe('AB');
  expect(textOf(unpackLz4Block(Uint8Array.of(0x11, 0x41, 1, 0, 0x10, 0x42), 99))).toBe('AAAAAAB');
  // 0xF0 05: 15 + 5 literals, the example of formats/china.md §1.2.
  const long = Uint8Array.from([0xf0, 5, ...Array.from({ length: 20 }, (_, at) => 0x61 + at)]);
  expect(textOf(unpackLz4Block(long, 99))).toBe('abcdefghijklmnopqrst');
});

test('refuses what is no block, and what is above the limit', () => {
  for (const bytes of [
    [0x20, 0x41],
    [0xf0, 255],
    [0x11, 0x41, 2, 0, 0x10, 0x42],
    [0x11, 0x41, 0, 0],
    [0x1f, 0x41, 1, 0, 255, 255],
  ])
    expect(() => unpackLz4Block(Uint8Array.from(bytes), 999)).toThrow(damaged);
  expect(() => unpackLz4Block(Uint8Array.of(0x1f, 0x41, 1, 0, 255, 255, 0, 0x10, 0x42), 256)).toThrow(damaged);
});

test('gives back what was packed, and bounds what is not', () => {
  const pieces = fc.array(fc.constantFrom('你好', 'wxid_', '<msg>', 'a', '</msg>'), { maxLength: 200 });
  fc.assert(
    fc.property(pieces, (words) => void expect(textOf(unpackLz4Block(packLz4Block(words.join('')), 1 << 20))).toBe(words.join(''))),
  );
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 300 }), (bytes) => {
      try {
        expect(unpackLz4Block(bytes, 4096).length).toBeLessThanOrEqual(4096);
      } catch (error) {
        expect(error).toEqual(damaged);
      }
    }),
  );
});
