// A deflate stream read at any place, against zlib.

import { deflateRawSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { InflateError } from '../../src/bytes/inflate';
import { indexInflate } from '../../src/bytes/inflate-index';
import { sourceOfInflated } from '../../src/bytes/inflated-source';
import { ownArchiveLimits } from '../../src/bytes/limits';
import { sourceOfBytes } from '../../src/bytes/memory-source';
import type { ByteSource } from '../../src/bytes/source';

const contentBytes = 5_000_000;

/** Text that repeats with changes, runs, and noise, so that deflate stores, codes, and reaches far back. */
function makeContent(): Uint8Array {
  const content = new Uint8Array(contentBytes);
  let state = 7;
  for (let at = 0; at < contentBytes; at++) {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    const part = Math.floor(at / 300_000) % 3;
    content[at] = part === 0 ? state >>> 24 : part === 1 ? 97 + ((state >>> 20) % 7) : (at >> 9) & 255;
  }
  return content;
}

const content = makeContent();
const deflate = (level: number, strategy = 0): Uint8Array => new Uint8Array(deflateRawSync(content, { level, strategy }));

async function open(deflated: ByteSource): Promise<ByteSource> {
  return sourceOfInflated(deflated, await indexInflate(deflated, ownArchiveLimits));
}

describe('a deflate stream with an index', () => {
  test.each([
    [0, 0],
    [1, 0],
    [9, 0],
    [6, 4],
  ])('gives any range of what zlib deflated at level %i, strategy %i, at once and waiting', async (level, strategy) => {
    const deflated = sourceOfBytes(deflate(level, strategy));
    const source = await open(deflated);
    expect(source.sizeBytes).toBe(contentBytes);
    await fc.assert(
      fc.asyncProperty(fc.nat(contentBytes), fc.nat(300_000), async (from, length) => {
        const wanted = content.subarray(from, from + length);
        expect(Buffer.compare(source.readSync!(from, from + length), wanted)).toBe(0);
        expect(Buffer.compare(await source.read(from, from + length), wanted)).toBe(0);
      }),
      { numRuns: 15 },
    );
    let at = 0;
    for await (const chunk of source.stream()) {
      expect(Buffer.compare(chunk, content.subarray(at, at + chunk.length))).toBe(0);
      at += chunk.length;
    }
    expect(at).toBe(contentBytes);
  });

  test('reads waiting ranges in any order at the same time', async () => {
    const source = await open(sourceOfBytes(deflate(6)));
    const places = [4_000_000, 10, 2_500_000, 0, 4_900_000];
    const read = await Promise.all(places.map((from) => source.read(from, from + 1000)));
    for (const [number, from] of places.entries()) expect(Buffer.compare(read[number]!, content.subarray(from, from + 1000))).toBe(0);
  });

  test('that is cut or makes no sense is refused, as is one that expands without measure', async () => {
    const deflated = deflate(6);
    const refused = [deflated.subarray(0, -1), deflated.subarray(0, 100_000), new Uint8Array(0), Uint8Array.of(6)];
    for (const bytes of refused) await expect(indexInflate(sourceOfBytes(bytes), ownArchiveLimits)).rejects.toBeInstanceOf(InflateError);
    const bomb = new Uint8Array(deflateRawSync(new Uint8Array(100 << 20), { level: 9 }));
    await expect(indexInflate(sourceOfBytes(bomb), ownArchiveLimits)).rejects.toMatchObject({ code: 'archive-limit' });
  });

  test('goes on after a read that failed', async () => {
    const deflated = sourceOfBytes(deflate(6));
    let fails = false;
    const flaky: ByteSource = {
      ...deflated,
      read: async (from, to) => {
        if (fails) throw new Error('gone');
        return deflated.read(from, to);
      },
    };
    const source = await open(flaky);
    fails = true;
    await expect(source.read(3_000_000, 3_000_100)).rejects.toThrow('gone');
    fails = false;
    expect(Buffer.compare(await source.read(3_000_000, 3_000_100), content.subarray(3_000_000, 3_000_100))).toBe(0);
  });
});
