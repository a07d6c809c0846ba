// Files of a drop that only their owner's key opens, known by their first bytes whatever their names: age files. What was
// opened takes the place of the file and is planned as any other; it is read in place, and never lies decrypted anywhere.

import { sourceOfBlob } from '../bytes/blob-source';
import type { DroppedSource } from '../bytes/file-set';
import { sourceOfRanges } from '../bytes/ranged-source';
import type { ByteSource } from '../bytes/source';
import { ageHeadBytes, isAge } from '../crypto/age-magic';
import { CamphorError } from '../model/error';
import type { DroppedFile } from '../model/verbs';
import type { ImportPlan, LockedFile } from '../model/view';

export interface SeparatedDrop {
  /** All that is not locked, or no longer. */
  readonly files: readonly DroppedSource[];
  readonly locked: readonly LockedFile[];
  /** Locked, and damaged so that no key would open them. */
  readonly problems: ImportPlan['problems'];
}

/** Of more files than this only those named `.age` are looked into. */
const probedFilesLimit = 1_000;
const agePath = /\.age$/i;

/** What a file is called once it is open. */
export const nameInside = (path: string): string => path.replace(agePath, '');

/** `unlocked`: contents by the id of their file, which is its number in the drop. Throws what reading a file throws. */
export async function separateLocked(drop: readonly DroppedFile[], unlocked: ReadonlyMap<string, ByteSource>): Promise<SeparatedDrop> {
  const files: DroppedSource[] = [];
  const locked: LockedFile[] = [];
  const problems: { code: string; detail: string }[] = [];
  for (const [number, { path, file }] of drop.entries()) {
    const fileId = String(number);
    const inside = unlocked.get(fileId);
    const source = inside ?? sourceOfBlob(file);
    const isProbed = inside === undefined && (drop.length <= probedFilesLimit || agePath.test(path));
    const isLocked = isProbed && isAge(await source.read(0, ageHeadBytes).catch(() => new Uint8Array()));
    if (!isLocked) files.push({ path: inside === undefined ? path : nameInside(path), source, modifiedAtMs: file.lastModified });
    else {
      try {
        const { whatOpensAge } = await import('../crypto/age');
        locked.push({ fileId, path, kind: 'age', opensBy: await whatOpensAge(source) });
      } catch (error) {
        if (!(error instanceof CamphorError)) throw error;
        problems.push({ code: error.code === 'damaged' ? 'entry-damaged' : error.code, detail: path });
      }
    }
  }
  return { files, locked, problems };
}

/**
 * The content of a locked file. `secret`: a passphrase, or the text of an identity file. Throws CamphorError `wrong-secret`,
 * `damaged`, `secret-costs-too-much`, `unsupported-version`, `archive-limit`, `archive-unreadable`.
 */
export async function unlockFile({ file }: DroppedFile, secret: string): Promise<ByteSource> {
  const { openAge, readAgeKey } = await import('../crypto/age');
  const content = await openAge(sourceOfBlob(file), readAgeKey(secret));
  return sourceOfRanges(content.sizeBytes, content.read);
}
