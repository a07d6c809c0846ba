// Index, snapshot and lock files on a drive.

import { CamphorError } from '../model/error';
import type { RepositoryContext } from './context';
import { fileName, type FileFolder } from './file-names';
import type { FileId } from './repository';
import { readStored, writeStored } from './stored-file';
import { openJson, sealJson, unpackedLimitBytes } from './unpacked';

const kinds = { index: 'index', snapshots: 'snapshot', locks: 'lock' } as const;
type JsonFolder = Exclude<FileFolder, 'keys'>;

/**
 * The JSON of a file. `sizeBytes`: as listed; what is too large for its kind is not fetched. Throws CamphorError `damaged`
 * where it is, twice, not what its name says or not ours; `drive-missing`.
 */
export async function readJsonFile(context: RepositoryContext, folder: JsonFolder, id: FileId, sizeBytes = 0): Promise<unknown> {
  if (sizeBytes > unpackedLimitBytes[kinds[folder]]) throw new CamphorError('damaged');
  const bytes = await readStored(context.drive, fileName(folder, id), id);
  return openJson(context.key, { id, bytes }, kinds[folder], context.environment.codec);
}

/** Seals and creates a file, reads it back and opens it. Gives its id and size. */
export async function writeJsonFile(
  context: RepositoryContext,
  folder: JsonFolder,
  value: unknown,
): Promise<{ readonly id: FileId; readonly sizeBytes: number }> {
  const file = await sealJson(context.key, value, context.packing, context.environment.random);
  const rewritten = await writeStored(context.drive, fileName(folder, file.id), file, { readBack: true });
  if (rewritten) context.isUnreliable = true;
  await openJson(context.key, file, kinds[folder], context.environment.codec);
  return { id: file.id, sizeBytes: file.bytes.length };
}
