import { expect, test } from 'vitest';
import { disguiseOf, readDisguised } from '../../../src/importers/wechat-database/disguised-picture';
import { filesOf } from '../samples';

test('finds the byte that makes a picture of it', () => {
  // A5 82 A5 is FF D8 FF with 5A: formats/china.md §1.7.
  expect(disguiseOf(Uint8Array.of(0xa5, 0x82, 0xa5, 0xba))).toBe(0x5a);
  expect(disguiseOf(Uint8Array.of(0x89 ^ 1, 0x50 ^ 1, 0x4e ^ 1, 0x47 ^ 1))).toBe(1);
  expect(disguiseOf(Uint8Array.from([0, 0, 0, 24, 0x66, 0x74, 0x79, 0x70], (byte) => byte ^ 7))).toBe(7);
});

test('leaves alone what is a picture already, or none', async () => {
  const sealed = Uint8Array.of(7, 8, 0x56, 0x32, 8, 7, 0, 4, 0, 0);
  const plain = Uint8Array.of(0xff, 0xd8, 0xff, 0xe0);
  const files = filesOf('pictures', { 'a.dat': sealed, 'b.dat': plain, 'c.dat': new Uint8Array(0) });
  expect(await Promise.all(files.entries.map((entry) => readDisguised(entry)))).toEqual([sealed, plain, new Uint8Array(0)]);
});
