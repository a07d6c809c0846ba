// Chunks of a medium, whatever pieces its bytes come in and however many were expected.
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { cutChunks } from '../../src/vault/media';

test('are the same bytes, each chunk whole but the last, in memory of their own', async () => {
  const pieces = fc.array(fc.uint8Array({ maxLength: 40 }), { maxLength: 20 });
  const expected = fc.oneof(fc.integer({ min: 0, max: 900 }), fc.constantFrom(0, -1, Number.MAX_SAFE_INTEGER));
  await fc.assert(
    fc.asyncProperty(pieces, fc.integer({ min: 1, max: 50 }), expected, fc.boolean(), async (given, chunkBytes, stated, isTrue) => {
      const whole = given.flatMap((piece) => [...piece]);
      async function* read(): AsyncGenerator<Uint8Array> {
        yield* given;
      }
      const chunks: Uint8Array[] = [];
      for await (const chunk of cutChunks(read(), chunkBytes, isTrue ? whole.length : stated)) chunks.push(chunk);
      expect(chunks.flatMap((chunk) => [...chunk])).toEqual(whole);
      expect(chunks.slice(0, -1).every(({ length }) => length === chunkBytes)).toBe(true);
      expect(chunks.every(({ buffer, length }) => buffer.byteLength === length)).toBe(true);
      expect(new Set(chunks.map(({ buffer }) => buffer)).size).toBe(chunks.length);
    }),
    { numRuns: 300 },
  );
});
