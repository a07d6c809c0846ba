// Handles of the folders that backups go to. They lie in the clear beside the header: a handle cannot be sealed, and says
// nothing but the folder's name.

import type { VaultContext } from './context';
import { stored } from './database';

export interface FolderHandles {
  get(drive: string): Promise<FileSystemDirectoryHandle | null>;
  /** Null removes it. */
  set(drive: string, handle: FileSystemDirectoryHandle | null): Promise<void>;
}

const keyOf = (drive: string): string => `folder/${drive}`;

export function createFolderHandles({ database }: VaultContext): FolderHandles {
  return {
    get: (drive) =>
      stored(async () => {
        const row = await database.header.get(keyOf(drive));
        return typeof row === 'object' && 'kind' in row ? row : null;
      }),
    set: (drive, handle) =>
      stored(async () => {
        if (handle === null) await database.header.delete(keyOf(drive));
        else await database.header.put(handle, keyOf(drive));
      }),
  };
}
