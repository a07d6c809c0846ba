// Versions of the database (checks C4, C5): a tab lets go when another upgrades, a later version is not touched, and nothing is
// patched. The kill −9 of a real browser during an upgrade is in test/journeys/upgrade.test.ts.
import { describe, expect, it } from 'vitest';
import type { SegmentId } from '../../src/model/ids';
import type { VaultEnvironment } from '../../src/vault/environment';
import { localLocks } from '../../src/vault/locks';
import { openVault, type Vault } from '../../src/vault/vault';
import { commitSmallImport, makeChannels, makeEnvironment, makeVault, putSmallImport, vaultContent, writerOptions } from './make-vault';
import { dumpDatabase } from './raw-database';

/** What another tab does with a later version of the app; resolves when it is through, or came to nothing. */
function upgradeTo(environment: VaultEnvironment, version: number, outcome: 'done' | 'aborted'): Promise<boolean> {
  return new Promise((resolve) => {
    const request = (environment.indexedDB as IDBFactory).open(environment.databaseName, version);
    request.onupgradeneeded = () => {
      request.result.createObjectStore('later');
      request.result.deleteObjectStore('notes');
      if (outcome === 'aborted') request.transaction?.abort();
    };
    request.onsuccess = () => {
      request.result.close();
      resolve(true);
    };
    request.onerror = () => resolve(false);
  });
}

/** Version, stores and number of rows as they lie on disk. */
function layoutOf(environment: VaultEnvironment): Promise<{ readonly version: number; readonly stores: readonly string[] }> {
  return new Promise((resolve, reject) => {
    const request = (environment.indexedDB as IDBFactory).open(environment.databaseName);
    request.onsuccess = () => {
      const { version, objectStoreNames } = request.result;
      request.result.close();
      resolve({ version, stores: [...objectStoreNames] });
    };
    request.onerror = () => reject(request.error);
  });
}

const presentStores = ['header', 'notes', 'objects', 'roots'];
const laterLayout = { version: 30, stores: ['header', 'later', 'objects', 'roots'] };
const heardBy = (vault: Vault): string[] => {
  const heard: string[] = [];
  vault.onChange(({ type }) => heard.push(type));
  return heard;
};

describe('another tab that upgrades', () => {
  it('is not held up, and every call here is then newer-vault', async () => {
    const channel = makeChannels();
    const { vault, environment } = await makeVault({ channel: channel() });
    const otherTab = await openVault({ ...environment, channel: channel() });
    await commitSmallImport(vault, 1);
    const reader = await vault.openReader();
    const heard = [heardBy(vault), heardBy(otherTab)];
    expect(await upgradeTo(environment, 30, 'done')).toBe(true);
    expect(await vault.status()).toMatchObject({ state: 'newer', readOnly: true });
    expect(await vault.open()).toMatchObject({ state: 'newer' });
    expect(await otherTab.status()).toMatchObject({ state: 'newer' });
    // Each is told once, by its own database.
    expect(heard).toEqual([['superseded'], ['superseded']]);
    const segment = (await reader.conversations())[0]?.segments[0]?.id as SegmentId;
    await expect(reader.readMessages(segment)).rejects.toMatchObject({ code: 'newer-vault' });
    await expect(vault.openReader()).rejects.toMatchObject({ code: 'newer-vault' });
    await expect(vault.openWriter(writerOptions)).rejects.toMatchObject({ code: 'newer-vault' });
    await expect(vault.notes.setSetting('a', 'b')).rejects.toMatchObject({ code: 'newer-vault' });
    await expect(vault.verify()).rejects.toMatchObject({ code: 'newer-vault' });
    await expect(vault.unlock('correct horse battery')).rejects.toMatchObject({ code: 'newer-vault' });
    expect(await layoutOf(environment)).toEqual(laterLayout);
  });

  it('ends a writer at its next storage call, and no earlier one', async () => {
    const { vault, environment } = await makeVault();
    await commitSmallImport(vault, 1);
    const writer = await vault.openWriter(writerOptions);
    await putSmallImport(writer, 2);
    expect(await upgradeTo(environment, 30, 'done')).toBe(true);
    await expect(writer.commit()).rejects.toMatchObject({ code: 'newer-vault' });
    await expect(vault.openWriter(writerOptions)).rejects.toMatchObject({ code: 'newer-vault' });
  });

  it('and fails leaves all as it was: calls wait for the outcome and go on', async () => {
    const { vault, environment } = await makeVault();
    await commitSmallImport(vault, 1);
    const content = await vaultContent(vault);
    const heard = heardBy(vault);
    const writer = await vault.openWriter(writerOptions);
    await putSmallImport(writer, 2);
    const upgrading = upgradeTo(environment, 30, 'aborted');
    expect(await vaultContent(vault)).toEqual(content);
    expect(await upgrading).toBe(false);
    expect(await vaultContent(vault)).toEqual(content);
    (await writer.commit()).release();
    expect(await vault.verify()).toMatchObject({ damaged: [] });
    expect(heard).toEqual(['archive-changed']);
    expect(await layoutOf(environment)).toEqual({ version: 20, stores: presentStores });
  });

  it('and deletes is not held up either, and nothing is made anew here', async () => {
    const { vault, environment } = await makeVault();
    await new Promise<void>((resolve, reject) => {
      const request = (environment.indexedDB as IDBFactory).deleteDatabase(environment.databaseName);
      request.onsuccess = () => resolve();
      request.onerror = () => reject(request.error);
    });
    await expect(vault.openReader()).rejects.toMatchObject({ code: 'storage-failed' });
    expect(await environment.indexedDB?.databases()).toEqual([]);
  });
});

describe('a database at the start', () => {
  it('of a later version is left alone', async () => {
    const { vault, environment } = await makeVault();
    await commitSmallImport(vault, 1);
    vault.close();
    await upgradeTo(environment, 30, 'done');
    const later = await openVault({ ...environment, locks: localLocks() });
    expect(await later.open()).toMatchObject({ state: 'newer', readOnly: true });
    expect(await later.status()).toMatchObject({ state: 'newer' });
    await expect(later.openReader()).rejects.toMatchObject({ code: 'newer-vault' });
    await expect(later.forget()).rejects.toMatchObject({ code: 'newer-vault' });
    expect(await layoutOf(environment)).toEqual(laterLayout);
  });

  it.each([5, 10])('of an earlier version number (%i) is brought up with all its rows', async (version) => {
    const { vault, environment } = await makeVault();
    await commitSmallImport(vault, 1);
    const content = await vaultContent(vault);
    const rows = await dumpDatabase(environment);
    vault.close();
    const earlier = await makeEnvironment();
    await copyAs(rows, earlier, version);
    expect(await layoutOf(earlier)).toMatchObject({ version });
    const upgraded = await openVault(earlier);
    expect(await upgraded.open()).toMatchObject({ state: 'open' });
    expect(await vaultContent(upgraded)).toEqual(content);
    expect(await layoutOf(earlier)).toEqual({ version: 20, stores: presentStores });
  });

  it('of this version whose stores are not all there is damaged, and not patched', async () => {
    const environment = await makeEnvironment();
    await copyAs([['objects', 'a', new Uint8Array(1)]], environment, 20);
    const vault = await openVault(environment);
    expect(await vault.open()).toMatchObject({ state: 'damaged', readOnly: true });
    expect(await layoutOf(environment)).toEqual({ version: 20, stores: ['objects'] });
  });
});

/** A database of this version number, with these rows and the stores that they lie in. */
function copyAs(rows: Awaited<ReturnType<typeof dumpDatabase>>, environment: VaultEnvironment, version: number): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = (environment.indexedDB as IDBFactory).open(environment.databaseName, version);
    request.onupgradeneeded = () => {
      for (const name of new Set(rows.map(([store]) => store))) request.result.createObjectStore(name);
      for (const [store, key, value] of rows) request.transaction?.objectStore(store).put(value, key);
    };
    request.onsuccess = () => resolve(request.result.close());
    request.onerror = () => reject(request.error);
  });
}
