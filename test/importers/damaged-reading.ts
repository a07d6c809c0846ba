// A broken archive, read as the app would read it, and what must be true of whatever comes out.

import { expect } from 'vitest';
import type { FileSet } from '../../src/bytes/source';
import type { Answers, Detection, Importer } from '../../src/importers/importer';
import { CamphorError } from '../../src/model/error';
import type { NeutralRecord } from '../../src/model/record';
import { withCount } from './altered-files';
import { expectTiling, findFault, readAll } from './read-records';

/** Detection may read this much of an entry. */
export const detectLimitBytes = 256 * 1024;
/** A broken file may be read several times over, but not without end. */
const readAgain = 24;

/** Detects, asks and reads a broken file. Null where the importer refused it with an error of ours; anything else fails the test. */
export async function readDamaged(
  importer: Importer,
  files: FileSet,
  detection: Detection,
  answers: Answers,
): Promise<readonly NeutralRecord[] | null> {
  const count = { bytes: 0, reads: 0 };
  const counted = withCount(files, count);
  try {
    await importer.detect(files);
    await importer.ask(files, detection);
    const records = await readAll(importer, counted, detection, answers);
    expect(findFault(files, detection, records)).toBeNull();
    await expectTiling(files, detection, records);
    const sizeBytes = detection.entries.reduce((sum, entry) => sum + files.entries[entry]!.open().sizeBytes, 0);
    expect(count.bytes, 'bytes read').toBeLessThanOrEqual((sizeBytes + detectLimitBytes) * readAgain);
    return records;
  } catch (error) {
    if (error instanceof CamphorError) return null;
    throw error;
  }
}
