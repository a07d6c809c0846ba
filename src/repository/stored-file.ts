// Files that are named by the SHA-256 of their bytes: read until they are what their name says, written until they are.

import { hashBytes } from '../crypto/hashes';
import type { Drive } from '../drives/drive';
import type { FileContent } from '../drives/file-content';
import { CamphorError } from '../model/error';
import type { FileId } from './repository';

export const isError = (error: unknown, ...codes: readonly CamphorError['code'][]): error is CamphorError =>
  error instanceof CamphorError && codes.includes(error.code);

/** Runs once more where the first try finds damage: bytes can change on their way as well as where they lie. */
export async function tryTwice<Result>(run: () => Promise<Result>): Promise<Result> {
  try {
    return await run();
  } catch (error) {
    if (!isError(error, 'damaged')) throw error;
    return run();
  }
}

/** The whole file. Throws CamphorError `damaged` where it is, twice, not what its name says; `drive-missing`. */
export function readStored(drive: Drive, name: string, id: FileId): Promise<Uint8Array<ArrayBuffer>> {
  return tryTwice(async () => {
    const bytes = await drive.read(name);
    if ((await hashBytes(bytes)) !== id) throw new CamphorError('damaged');
    return bytes;
  });
}

/** True where the drive gives back what it was given. */
async function isReadBack(drive: Drive, name: string, id: FileId): Promise<boolean> {
  try {
    await readStored(drive, name, id);
    return true;
  } catch (error) {
    if (isError(error, 'damaged', 'drive-missing')) return false;
    throw error;
  }
}

export interface WriteOptions {
  readonly direct?: boolean;
  /** Fetch it again and compare; otherwise its size as the drive states it is enough. */
  readonly readBack: boolean;
}

async function createOnce(drive: Drive, name: string, content: FileContent, direct: boolean): Promise<boolean> {
  try {
    await drive.create(name, content, { direct });
    return true;
  } catch (error) {
    // The name is a hash of random bytes: whoever has it already is an earlier try of ours, cut or whole.
    if (isError(error, 'drive-exists')) return false;
    throw error;
  }
}

/**
 * Creates the file. One that does not come back as it went is removed and written once more; gives true where that was
 * needed. Throws CamphorError `drive-damaged` where it is needed again, and what the drive throws.
 */
export async function writeStored(
  drive: Drive,
  name: string,
  { id, bytes: content }: { readonly id: FileId; readonly bytes: FileContent },
  { direct = false, readBack }: WriteOptions,
): Promise<boolean> {
  const isNew = await createOnce(drive, name, content, direct);
  if ((isNew && !readBack) || (await isReadBack(drive, name, id))) return false;
  await drive.remove(name);
  await createOnce(drive, name, content, direct);
  if (!(await isReadBack(drive, name, id))) throw new CamphorError('drive-damaged');
  return true;
}
