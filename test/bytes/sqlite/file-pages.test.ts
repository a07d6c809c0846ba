// Pages of a file larger than the blocks that are kept: each page is what the file holds there, however they are asked for.

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { pagesOfFile } from '../../../src/bytes/sqlite/file-pages';
import type { SyncFile } from '../../../src/bytes/sqlite/pages';

const pageSizeBytes = 4096;
const pageCount = 20_001;
const sizeBytes = pageCount * pageSizeBytes - 100;

/** 78 MiB in which each 4 bytes tell where they are. */
function numberedFile(): SyncFile {
  const readSync = (fromByte: number, toByte: number): Uint8Array => {
    const words = new Uint32Array((Math.min(toByte, sizeBytes) - fromByte) / 4);
    for (let at = 0; at < words.length; at += 1) words[at] = fromByte / 4 + at;
    return new Uint8Array(words.buffer);
  };
  return { sizeBytes, readSync };
}

const wordsOf = (page: Uint8Array): readonly number[] => [...new Uint32Array(page.slice().buffer)];

const runs = fc.array(
  fc.record({ from: fc.integer({ min: 1, max: pageCount }), pages: fc.integer({ min: 1, max: 40 }), step: fc.constantFrom(1, 1, -1, 97) }),
  {
    minLength: 1,
    maxLength: 40,
  },
);

test('pages in any order', () => {
  fc.assert(
    fc.property(runs, (asked) => {
      const pages = pagesOfFile(numberedFile(), { pageSizeBytes });
      for (const { from, pages: count, step } of asked)
        for (let number = from, left = count; left > 0 && number >= 1 && number <= pageCount; number += step, left -= 1) {
          const words = wordsOf(pages.readPage(number));
          expect(words.length).toBe(number === pageCount ? pageSizeBytes / 4 - 25 : pageSizeBytes / 4);
          expect([words[0], words.at(-1)]).toEqual([
            ((number - 1) * pageSizeBytes) / 4,
            ((number - 1) * pageSizeBytes) / 4 + words.length - 1,
          ]);
        }
    }),
    { numRuns: 10 },
  );
});

test('pages read from end to end, twice over', () => {
  const pages = pagesOfFile(numberedFile(), { pageSizeBytes });
  const wrong: number[] = [];
  for (const round of [0, 1])
    for (let number = 1; number < pageCount; number += 1) {
      const page = pages.readPage(number);
      const view = new DataView(page.buffer, page.byteOffset, page.length);
      const at = ((number * 7 + round) % 1024) * 4;
      if (view.getUint32(at, true) !== ((number - 1) * pageSizeBytes + at) / 4) wrong.push(number);
    }
  expect(wrong).toEqual([]);
});
