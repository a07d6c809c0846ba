import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromBase64Url, toBase64Url } from '../../src/crypto/base64url';

describe('base64url', () => {
  it('is that of Node, and reads back', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), (bytes) => {
        expect(toBase64Url(bytes)).toBe(Buffer.from(bytes).toString('base64url'));
        expect(fromBase64Url(toBase64Url(bytes))).toEqual(bytes);
      }),
    );
  });

  it('refuses everything that is not its own form', () => {
    for (const text of ['A', 'AB=', 'A+', 'A/', 'AB', 'é', 'AAAAA', ' AA']) expect(fromBase64Url(text), text).toBeNull();
  });
});
