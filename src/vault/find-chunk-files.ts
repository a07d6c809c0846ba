// Whether this engine keeps chunks of media in files; looked for once, when something is read or written there.

import type { VaultContext } from './context';
import { stored } from './database';
import type { VaultEnvironment } from './environment';

/** Throws CamphorError as `stored` does; the next call then looks again. */
export function chunkFilesOf({ chunkFiles, databaseName }: VaultEnvironment): VaultContext['chunkFiles'] {
  let files: ReturnType<VaultContext['chunkFiles']> | null = null;
  const find = async () =>
    chunkFiles === undefined ? (await import('./chunk-files')).opfsChunkFiles(`${databaseName}-media`) : chunkFiles;
  return () => {
    files ??= stored(find).catch((error: unknown) => {
      files = null;
      throw error;
    });
    return files;
  };
}
