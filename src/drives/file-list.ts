// A drive of files that were chosen as a folder (`webkitdirectory`): to restore from, in every browser. Nothing is written.

import { unknownTraits } from '../model/drive';
import { CamphorError } from '../model/error';
import type { Drive } from './drive';
import { withDriveErrors } from './folder-errors';
import { checkName, folderPrefix, isName } from './name';

export interface ListedFile {
  /** As `webkitRelativePath`: begins with the chosen folder's own name. */
  readonly path: string;
  readonly file: Blob;
}

/** Files outside of the one chosen folder, or with names that no repository has, are left out. */
export function createFileListDrive(files: readonly ListedFile[]): Drive {
  const byName = new Map(
    files.map(({ path, file }) => [path.slice(path.indexOf('/') + 1), file] as const).filter(([name]) => isName(name)),
  );
  const readOnly = async (name: string): Promise<void> => {
    checkName(name);
    throw new CamphorError('drive-read-only');
  };
  return {
    traits: unknownTraits,
    async list(folder) {
      const prefix = folderPrefix(folder);
      const below = [...byName].filter(([name]) => name.startsWith(prefix));
      return { entries: below.map(([name, file]) => ({ name, sizeBytes: file.size })), isSuspect: false };
    },
    async read(name, range) {
      const file = byName.get(checkName(name));
      if (!file) throw new CamphorError('drive-missing');
      const part = range ? file.slice(range.fromByte, Math.max(range.fromByte, range.toByte)) : file;
      return withDriveErrors(async () => new Uint8Array(await part.arrayBuffer()));
    },
    size: async (name) => byName.get(checkName(name))?.size ?? null,
    create: readOnly,
    remove: readOnly,
    nowMs: async () => null,
  };
}
