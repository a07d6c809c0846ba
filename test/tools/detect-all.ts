// Which archives a set of files holds, by all importers.

import type { FileSet } from '../../src/bytes/source';
import type { Detection, Importer } from '../../src/importers/importer';
import { importers } from '../../src/importers/registry';

export interface FoundArchive {
  readonly importer: Importer;
  readonly detection: Detection;
}

/** Archives that the importers find in a set; each importer is asked in turn. */
export async function detectAll(files: FileSet): Promise<readonly FoundArchive[]> {
  const found: FoundArchive[] = [];
  for (const importer of importers) for (const detection of await importer.detect(files)) found.push({ importer, detection });
  return found;
}
