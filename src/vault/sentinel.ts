// A small mark outside IndexedDB. When the mark is there and the database is not, the browser evicted the vault,
// and the app must not behave as on a first visit.

export interface Sentinel {
  exists(): Promise<boolean>;
  place(): Promise<void>;
  remove(): Promise<void>;
}

const fileName = 'camphor-vault-was-here';

/** An empty file in the origin-private file system, or null where there is none (Node, private windows of some engines). */
export async function opfsSentinel(): Promise<Sentinel | null> {
  const storage = typeof navigator === 'undefined' ? undefined : (navigator as { storage?: StorageManager }).storage;
  const folder = await storage?.getDirectory?.().catch(() => undefined);
  if (folder === undefined) return null;
  const find = (create: boolean) => folder.getFileHandle(fileName, { create });
  return {
    exists: () =>
      find(false).then(
        () => true,
        () => false,
      ),
    place: async () => void (await find(true)),
    remove: () => folder.removeEntry(fileName).catch(() => undefined),
  };
}
