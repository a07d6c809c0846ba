// Ranges of AES-256-CBC against Node's OpenSSL.

import { createCipheriv, randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { blockBytes, openCbcRanges, paddingOf } from '../../src/crypto/cbc-ranges';

test.each([16, 64, 4096, 100_000])('any blocks of %i bytes open by themselves, both ways alike', async (lengthBytes) => {
  const [key, plain] = [randomBytes(32), randomBytes(lengthBytes)];
  const cipher = createCipheriv('aes-256-cbc', key, Buffer.alloc(blockBytes));
  const sealed = new Uint8Array(Buffer.concat([cipher.update(plain), cipher.final()]));
  const ranges = openCbcRanges(new Uint8Array(key));
  const blocks = Math.floor(lengthBytes / blockBytes);
  for (const from of [0, Math.floor(blocks / 3), blocks - 1].map((block) => block * blockBytes)) {
    const to = blocks * blockBytes;
    const before = from === 0 ? new Uint8Array(blockBytes) : sealed.subarray(from - blockBytes, from);
    const expected = new Uint8Array(plain.subarray(from, to));
    expect(await ranges.decrypt(sealed.subarray(from, to), before)).toEqual(expected);
    expect(ranges.decryptSync(sealed.subarray(from, to), before)).toEqual(expected);
  }
});

test.each([4096, 100_001])('a whole file of %i bytes opens with its padding; one whose padding is none does not', async (lengthBytes) => {
  const [key, plain] = [Buffer.alloc(32, 7), randomBytes(lengthBytes)];
  const cipher = createCipheriv('aes-256-cbc', key, Buffer.alloc(blockBytes));
  const sealed = new Uint8Array(Buffer.concat([cipher.update(plain), cipher.final()]));
  const { decryptWhole } = openCbcRanges(new Uint8Array(key));
  expect(await decryptWhole(sealed)).toEqual(new Uint8Array(plain));
  expect(await decryptWhole(sealed.subarray(0, -blockBytes))).not.toEqual(new Uint8Array(plain));
  expect(await decryptWhole(new Uint8Array(lengthBytes - (lengthBytes % blockBytes)))).toBeNull();
  expect(await decryptWhole(sealed.subarray(-blockBytes))).toBeNull();
});

test('padding is one to sixteen equal bytes, or none', () => {
  const block = (...end: number[]): Uint8Array => Uint8Array.of(...Array.from<number>({ length: blockBytes - end.length }).fill(9), ...end);
  expect(paddingOf(block(1))).toBe(1);
  expect(paddingOf(block(3, 3, 3))).toBe(3);
  expect(paddingOf(new Uint8Array(16).fill(16))).toBe(16);
  for (const bad of [block(0), block(17), block(2, 3, 3), block(255), new Uint8Array(15).fill(1), new Uint8Array()])
    expect(paddingOf(bad)).toBeNull();
});
