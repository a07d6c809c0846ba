import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashBytes } from '../../src/crypto/hashes';
import { createSha256, hashChunks } from '../../src/crypto/sha256';

test('streamed and whole, SHA-256 is what another implementation says', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.uint8Array({ maxLength: 200 }), { maxLength: 6 }), async (chunks) => {
      const whole = Uint8Array.from(chunks.flatMap((chunk) => [...chunk]));
      const expected = createHash('sha256').update(whole).digest('hex');
      const hash = createSha256();
      for (const chunk of chunks) hash.update(chunk);
      expect(hash.digestHex()).toBe(expected);
      expect(await hashBytes(whole)).toBe(expected);
      const stream = async function* () {
        yield* chunks;
      };
      expect(await hashChunks(stream())).toBe(expected);
    }),
  );
});
