// Archives of many files: they are read one after the other, each opened only when its turn comes.

import type { FileSet } from '../bytes/source';
import type { NeutralRecord } from '../model/record';
import type { ReadOptions } from './importer';
import type { EntryPlace } from './record-batches';

/**
 * Records of `entries` in the order given; `read` gives those of one. Bytes are counted over all of them. Throws RangeError
 * where the set has no such entry, and what the source throws.
 */
export async function* readInTurn(
  files: FileSet,
  entries: Iterable<number>,
  onBytes: ReadOptions['onBytes'],
  read: (place: EntryPlace) => AsyncGenerator<readonly NeutralRecord[], void, void>,
): AsyncGenerator<readonly NeutralRecord[], void, void> {
  let doneBefore = 0;
  for (const entry of entries) {
    const source = files.entries[entry]?.open();
    if (source === undefined) throw new RangeError('the detection is of another set of files');
    yield* read({ source, entry, onBytes, doneBefore });
    doneBefore += source.sizeBytes;
  }
}
