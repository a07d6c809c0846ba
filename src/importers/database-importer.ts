// An importer of archives that are one database each: found by its tables, read in one pass.

import type { PeekedSchema } from '../bytes/sqlite/schema-peek';
import type { FileSet } from '../bytes/source';
import type { NeutralRecord } from '../model/record';
import type { SourceApp } from '../model/source';
import { entriesOfDatabase, findDatabases, openArchiveDatabase } from './archive-databases';
import type { ArchiveDatabase } from './archive-databases';
import type { Detection, Importer } from './importer';
import { batchesOf } from './record-batches';

export interface DatabaseForm {
  readonly format: string;
  readonly formatVersion: string;
  readonly source: SourceApp;
  isIt(schema: PeekedSchema): boolean;
  /** What the file may be called besides the names that databases have. */
  readonly alsoFitting?: RegExp;
  /** Tables whose rows lie in messages. */
  readonly joined: ReadonlySet<string>;
  /** All records of the rows, in lists of any length; `onShare` is told how much of the rows is done, from 0 to 1. */
  read(archive: ArchiveDatabase, files: FileSet, onShare: (share: number) => void): Iterable<readonly NeutralRecord[]>;
}

/** The importer of a form; it asks nothing. */
export function importerOfDatabase(form: DatabaseForm): Importer {
  const { format, formatVersion, source } = form;
  return {
    format,
    source,
    async detect(files) {
      const found = await findDatabases(files, form.isIt, form.alsoFitting);
      return found.map((index): Detection => ({
        format,
        formatVersion,
        source,
        entries: entriesOfDatabase(files, index),
        title: null,
      }));
    },
    ask: async () => [],
    read: (files, detection, { onBytes }) => read(form, files, detection, onBytes),
  };
}

async function* read(
  form: DatabaseForm,
  files: FileSet,
  { entries }: Detection,
  onBytes: ((doneBytes: number) => void) | undefined,
): ReturnType<Importer['read']> {
  const totalBytes = entries.reduce((sum, entry) => sum + (files.entries[entry]?.sizeBytes ?? 0), 0);
  const archive = await openArchiveDatabase(files, entries[0] ?? -1);
  try {
    yield* batchesOf(archive.beside);
    const onShare = (share: number): void => onBytes?.(Math.floor(totalBytes * share * 0.99));
    for (const records of form.read(archive, files, onShare)) yield* batchesOf(records);
    yield* batchesOf(archive.rows.close(form.joined));
  } finally {
    archive.database.close();
  }
  onBytes?.(totalBytes);
}
