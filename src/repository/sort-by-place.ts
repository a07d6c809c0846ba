// Blobs in the order in which they lie in packs.

import type { BlobIndex } from './blob-index';
import type { BlobId, BlobType } from './repository';

/** `items` sorted by pack and place of the blob that `blobOf` gives; those whose blob is in no pack keep their order at the end. */
export function sortByPlace<Item>(
  blobs: Pick<BlobIndex, 'findAll'>,
  type: BlobType,
  items: readonly Item[],
  blobOf: (item: Item) => BlobId | undefined,
): readonly Item[] {
  const placed = items.map((item) => {
    const id = blobOf(item);
    const [place] = id === undefined ? [] : blobs.findAll(type, id);
    return { item, packId: place?.packId ?? '~', offsetBytes: place?.offsetBytes ?? 0 };
  });
  placed.sort((a, b) => (a.packId === b.packId ? a.offsetBytes - b.offsetBytes : a.packId < b.packId ? -1 : 1));
  return placed.map(({ item }) => item);
}
