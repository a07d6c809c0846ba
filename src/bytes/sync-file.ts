// Files of the origin private file system, read and written at once: by workers only.

/** What only workers have, and the types of the page do not. */
export interface SyncHandle {
  getSize(): number;
  read(bytes: Uint8Array, options: { readonly at: number }): number;
  write(bytes: Uint8Array, options: { readonly at: number }): number;
  truncate(sizeBytes: number): void;
  flush(): void;
  close(): void;
}

/** `mode` lets several threads read one file. */
export interface SyncFile {
  createSyncAccessHandle(options?: { readonly mode: 'read-only' }): Promise<SyncHandle>;
}

/** Files whose opening is on its way. */
const opening = new Set<SyncFile>();

/**
 * Opens it. Meanwhile somebody must hold the file: where the collector takes it, Chromium forgets the question, and its answer never
 * comes. So 8 of 40 openings beside a collector that runs all the time, and 3 of 1,162 in a worker that makes much garbage; of nothing
 * else that such a file or its folder is asked for. Throws what the engine throws.
 */
export async function openSyncHandle(file: SyncFile, options?: { readonly mode: 'read-only' }): Promise<SyncHandle> {
  opening.add(file);
  try {
    return await file.createSyncAccessHandle(options);
  } finally {
    opening.delete(file);
  }
}
