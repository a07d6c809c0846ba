// Tables that nothing recognises, read by the columns that are guessed, as the app would propose them.

import type { FileSet } from '../../src/bytes/source';
import { guessMapping } from '../../src/importers/table/guess-mapping';
import { mappedTable } from '../../src/importers/table/mapped-table';
import { readRowTime } from '../../src/importers/table/row-reader';
import { readTableHeads } from '../../src/importers/table/table-head';
import type { FoundArchive } from './detect-all';

/** Archives of entries that are not `used`, where more than half of the first rows have a time. */
export async function guessTables(files: FileSet, used: ReadonlySet<number>): Promise<readonly FoundArchive[]> {
  const found: FoundArchive[] = [];
  const taken = new Set(used);
  for (const [index, entry] of files.entries.entries()) {
    const [head] = taken.has(index) ? [] : await readTableHeads(entry.open());
    if (head === undefined) continue;
    const mapping = guessMapping(head);
    const timed = head.firstRows.filter((cells) => readRowTime(cells, mapping) !== null).length;
    if (timed * 2 <= head.firstRows.length) continue;
    const importer = mappedTable(mapping);
    for (const detection of await importer.detect(files)) {
      if (detection.entries.some((each) => taken.has(each))) continue;
      detection.entries.forEach((each) => taken.add(each));
      found.push({ importer, detection });
    }
  }
  return found;
}
