// Binary property lists, the bytes written by Python's plistlib.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { readBinaryPlist } from '../../src/bytes/binary-plist';

const written = Uint8Array.from(
  Buffer.from(
    '62706c6973743030d70102030405060708090a12131a1b5561736369695464617465526563546c6f6e67516e54746578745175536162633340f5180000000000d10b0c5130a10dd20e0f1011516451742341c49433214000004201025f10147878787878787878787878787878787878787878a6141516171819100113fffffffffffffffe120001117013000001000000000009086259885988800708171d22252a2c313337404345474c4e50595c737a7c858a9394959a0000000000000101000000000000001c0000000000000000000000000000009c',
    'hex',
  ),
);

test('reads every kind of object', () => {
  const edit = new Map<string, unknown>([
    ['d', 690_513_474.5],
    ['t', Uint8Array.of(1, 2)],
  ]);
  expect(readBinaryPlist(written)).toEqual(
    new Map<string, unknown>([
      ['ec', new Map([['0', [edit]]])],
      ['n', [1, -2, 70_000, 2 ** 40, true, false]],
      ['text', '妈妈'],
      ['ascii', 'abc'],
      ['date', { atMs: Date.UTC(2001, 0, 2) }],
      ['u', { uid: 7 }],
      ['long', 'x'.repeat(20)],
    ]),
  );
});

test('gives null for what is none, and ends for anything', () => {
  expect(readBinaryPlist(new TextEncoder().encode('<?xml version="1.0"?><plist version="1.0"></plist>'))).toBeNull();
  fc.assert(
    fc.property(fc.array(fc.tuple(fc.nat(written.length - 1), fc.nat(255)), { minLength: 1 }), fc.nat(written.length), (places, length) => {
      const damaged = written.slice(0, length);
      for (const [at, byte] of places) if (at < length) damaged[at] = byte;
      readBinaryPlist(damaged);
    }),
  );
});
