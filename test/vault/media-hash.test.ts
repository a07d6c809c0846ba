import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { createMediaHash } from '../../src/vault/media-hash';
import { makeBytes } from './make-messages';

const mebibyte = 1024 * 1024;

describe('the hash of a medium', () => {
  it.each([0, 1, mebibyte, 16 * mebibyte, 16 * mebibyte + 1, 17 * mebibyte + 5])('of %i bytes is its SHA-256', async (size) => {
    const piece = makeBytes(mebibyte, 9);
    const hash = createMediaHash();
    const expected = createHash('sha256');
    for (let at = 0; at < size; at += mebibyte) {
      const chunk = piece.subarray(0, Math.min(mebibyte, size - at));
      hash.update(chunk);
      expected.update(chunk);
    }
    expect(await hash.digestHex()).toBe(expected.digest('hex'));
  });
});
