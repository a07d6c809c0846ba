// What a browser may evict, as functions that run in a page of the app's origin.

/** The small mark that a vault was here. */
export async function dropMark(): Promise<void> {
  const folder = await navigator.storage.getDirectory();
  for await (const { kind, name } of folder.values()) if (kind === 'file') await folder.removeEntry(name);
}

/** All of the origin-private file system: the mark, and the files of media. */
export async function dropFiles(): Promise<void> {
  const folder = await navigator.storage.getDirectory();
  for await (const name of folder.keys()) await folder.removeEntry(name, { recursive: true });
}

export async function dropDatabases(): Promise<void> {
  for (const { name } of await indexedDB.databases())
    await new Promise<void>((resolve) => (indexedDB.deleteDatabase(name ?? '').onsuccess = () => resolve()));
}
