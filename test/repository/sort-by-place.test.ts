// Whoever reads many blobs reads each pack from its beginning to its end, once.

import { expect, test } from 'vitest';
import { BlobIndex } from '../../src/repository/blob-index';
import { sortByPlace } from '../../src/repository/sort-by-place';

const id = (digit: string): string => digit.repeat(64);

test('sorts by pack, then by place in it; what is in none comes last, in its order', () => {
  const index = new BlobIndex();
  const blob = (digit: string, offsetBytes: number) => ({
    id: id(digit),
    type: 'data' as const,
    offsetBytes,
    lengthBytes: 100,
    uncompressedLength: null,
  });
  index.addPack(id('b'), [blob('1', 0), blob('2', 100)]);
  index.addPack(id('a'), [blob('3', 100), blob('4', 0)]);
  const items = ['8', '1', '3', '9', '2', '4', '0'];
  const blobOf = (item: string) => (item === '0' ? undefined : id(item));
  expect(sortByPlace(index, 'data', items, blobOf)).toEqual(['4', '3', '1', '2', '8', '9', '0']);
});
