// What "forget everything" removes beyond the vault's own database: all that this origin keeps for the app.

/** Databases, caches, files, choices, and the service worker last. Throws what the browser throws; may be repeated. */
export async function wipeOrigin(): Promise<void> {
  for (const { name } of await indexedDB.databases()) if (name !== undefined) await deleteDatabase(name);
  for (const name of await caches.keys()) await caches.delete(name);
  await emptyFolder();
  localStorage.clear();
  sessionStorage.clear();
  for (const registration of (await navigator.serviceWorker?.getRegistrations()) ?? []) await registration.unregister();
}

function deleteDatabase(name: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = indexedDB.deleteDatabase(name);
    request.addEventListener('success', () => resolve());
    request.addEventListener('error', () => reject(request.error));
  });
}

/** The origin-private file system, where there is one. */
async function emptyFolder(): Promise<void> {
  const folder = await navigator.storage.getDirectory?.().catch(() => null);
  if (!folder) return;
  for await (const name of (folder as unknown as { keys(): AsyncIterable<string> }).keys())
    await folder.removeEntry(name, { recursive: true });
}
