// The vault's database as it lies on disk, read and changed behind the app's back, as a fault or another program would.
import type { Page } from 'playwright';
import { importBaseKey } from '../../src/crypto/aead';
import { watchedRandom } from '../../src/crypto/random';
import type { HeaderRow } from '../../src/vault/database';
import { type Header, sealHeader } from '../../src/vault/header';

/** Changes one byte of the largest file of chunks, or deletes it. Gives its size in bytes. */
export function damageLargestFile(page: Page, how: 'alter' | 'delete'): Promise<number> {
  return page.evaluate(async (change) => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('camphor-media');
    const files: File[] = [];
    for await (const handle of folder.values()) if (handle.kind === 'file') files.push(await handle.getFile());
    const [largest] = files.sort((a, b) => b.size - a.size);
    if (largest === undefined) throw new Error('there is no file of chunks');
    const middle = Math.floor(largest.size / 2);
    const byte = new Uint8Array(await largest.slice(middle, middle + 1).arrayBuffer())[0] ?? 0;
    const damage = async (): Promise<void> => {
      if (change === 'delete') return folder.removeEntry(largest.name);
      const file = await (await folder.getFileHandle(largest.name)).createWritable({ keepExistingData: true });
      await file.write({ type: 'write', position: middle, data: Uint8Array.of(byte ^ 1) });
      await file.close();
    };
    // Whoever has just read the file lets go of it a moment later.
    for (let attempt = 1; attempt < 50; attempt += 1) {
      if (
        await damage().then(
          () => true,
          () => false,
        )
      )
        return largest.size;
      await new Promise((resolve) => setTimeout(resolve, 100));
    }
    throw new Error('the file stayed in use');
  }, how);
}

/** The header and, opened by this device's key, the bytes of the vault key. */
function readVaultKey(page: Page): Promise<{ readonly row: HeaderRow; readonly key: readonly number[] }> {
  return page.evaluate(async () => {
    const settled = <Value>(request: IDBRequest<Value>): Promise<Value> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
      Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) => letter.charCodeAt(0));
    const database = await settled(indexedDB.open('camphor'));
    const store = database.transaction('header').objectStore('header');
    const [row, deviceKey] = [await settled(store.get('header')), await settled(store.get('device-key'))];
    database.close();
    const { vaultId, epoch, wrap } = JSON.parse(row.text);
    const additionalData = new TextEncoder().encode(['camphor vault key', vaultId, epoch, 'device'].join('\n'));
    const key = await crypto.subtle.decrypt({ name: 'AES-GCM', iv: bytesOf(wrap.nonce), additionalData }, deviceKey, bytesOf(wrap.sealed));
    return { row, key: [...new Uint8Array(key)] };
  });
}

/** Makes the vault one that a later version wrote, which says that apps of format `readableBy` and later may read it. */
export async function writeNewerHeader(page: Page, readableBy: number): Promise<void> {
  const { row, key } = await readVaultKey(page);
  const header: Header = { ...(JSON.parse(row.text) as Header), formatVersion: 2, readableBy };
  const sealed = await sealHeader(header, await importBaseKey(Uint8Array.from(key)), watchedRandom());
  await page.evaluate(async (next) => {
    const database = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('camphor');
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
    });
    await new Promise((resolve, reject) => {
      const transaction = database.transaction('header', 'readwrite');
      transaction.objectStore('header').put(next, 'header');
      transaction.oncomplete = resolve;
      transaction.onabort = () => reject(transaction.error);
    });
    database.close();
  }, sealed);
}

/** A digest of every row of every store, to see whether anything was written. */
export function digestRows(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const settled = <Value>(request: IDBRequest<Value>): Promise<Value> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error);
      });
    const database = await settled(indexedDB.open('camphor'));
    const all: unknown[] = [];
    for (const name of database.objectStoreNames) {
      const store = database.transaction(name).objectStore(name);
      const values = await settled(store.getAll());
      all.push(
        name,
        await settled(store.getAllKeys()),
        values.map((value) => (value instanceof Uint8Array ? [...value] : value)),
      );
    }
    database.close();
    const digest = await crypto.subtle.digest('SHA-256', new TextEncoder().encode(JSON.stringify(all)));
    return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  });
}

/** All that the origin keeps in this browser. */
export function listOrigin(page: Page): Promise<object> {
  return page.evaluate(async () => {
    const files: string[] = [];
    for await (const name of (await navigator.storage.getDirectory()).keys()) files.push(name);
    return {
      databases: (await indexedDB.databases()).map(({ name }) => name),
      caches: await caches.keys(),
      files,
      local: { ...localStorage },
      session: { ...sessionStorage },
      serviceWorkers: (await navigator.serviceWorker.getRegistrations()).map(({ scope }) => scope),
      cookies: document.cookie,
    };
  });
}
