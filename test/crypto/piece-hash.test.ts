import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createPieceHash } from '../../src/crypto/hashes';

const sha256 = (bytes: Uint8Array): Buffer => createHash('sha256').update(bytes).digest();

async function hashInChunks(bytes: Uint8Array, chunkBytes: number, pieceBytes: number): Promise<{ hash: string; pieces: number }> {
  const hash = createPieceHash(pieceBytes);
  for (let at = 0; at < bytes.length; at += chunkBytes) await hash.update(bytes.subarray(at, at + chunkBytes));
  return hash.finish();
}

describe('the hash of pieces', () => {
  it('is the plain SHA-256 of what fits into one piece, however it is cut into chunks', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.integer({ min: 1, max: 310 }), async (bytes, chunkBytes) => {
        expect(await hashInChunks(bytes, chunkBytes, 300)).toEqual({ hash: sha256(bytes).toString('hex'), pieces: 1 });
      }),
    );
  });

  it('is the SHA-256 of the SHA-256s of the pieces of anything longer', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 65, maxLength: 400 }), fc.integer({ min: 1, max: 410 }), async (bytes, chunkBytes) => {
        const pieces = Array.from({ length: Math.ceil(bytes.length / 64) }, (_, index) =>
          sha256(bytes.subarray(index * 64, index * 64 + 64)),
        );
        const expected = createHash('sha256').update(Buffer.concat(pieces)).digest('hex');
        expect(await hashInChunks(bytes, chunkBytes, 64)).toEqual({ hash: expected, pieces: pieces.length });
      }),
    );
  });
});
