import { describe, expect, it } from 'vitest';
import type { VaultEvent } from '../../src/vault/channel';
import { localLocks } from '../../src/vault/locks';
import { openVault, receiveKey, serveKey } from '../../src/vault/vault';
import { withFault } from '../faults/flaky-storage';
import {
  commitSmallImport,
  makeChannels,
  makeEnvironment,
  makeSentinel,
  makeVault,
  putSmallImport,
  vaultContent,
  writerOptions,
} from './make-vault';
import { dumpDatabase } from './raw-database';

const passphrase = 'correct horse battery';

describe('the vault key', () => {
  it('passes over a port to another thread, which then reads', async () => {
    const { vault, environment } = await makeVault();
    await commitSmallImport(vault, 1);
    const worker = await openVault(environment);
    const { port1, port2 } = new MessageChannel();
    const receiving = receiveKey(port2);
    serveKey(port1, vault);
    const key = await receiving;
    expect(key.extractable).toBe(false);
    expect(await worker.useKey(key)).toMatchObject({ state: 'open' });
    expect(await vaultContent(worker)).toEqual(await vaultContent(vault));
  });

  it('is not served by a locked vault', async () => {
    const vault = await openVault(await makeEnvironment());
    const { port1, port2 } = new MessageChannel();
    const receiving = receiveKey(port2);
    expect(() => serveKey(port1, vault)).toThrow(expect.objectContaining({ code: 'locked' }));
    await expect(receiving).rejects.toMatchObject({ code: 'locked' });
  });

  it('of another vault is refused', async () => {
    const [{ vault }, other] = [await makeVault(), await makeVault()];
    await expect(vault.useKey(other.vault.key())).rejects.toMatchObject({ code: 'wrong-secret' });
  });

  it('of media not yet sealed again comes with the new one', async () => {
    const { vault, environment } = await makeVault();
    await commitSmallImport(vault, 1);
    const content = await vaultContent(vault);
    await vault.setPassphrase(passphrase, null);
    const worker = await openVault(environment);
    expect(await worker.useKey(vault.key())).toMatchObject({ resealing: true });
    expect(await vaultContent(worker)).toEqual(content);
  });
});

describe('locking', () => {
  it('in one tab locks all', async () => {
    const channel = makeChannels();
    const { vault, environment } = await makeVault({ channel: channel() });
    await commitSmallImport(vault, 1);
    const otherTab = await openVault({ ...environment, channel: channel() });
    await otherTab.open();
    const reader = await otherTab.openReader();
    const heard: VaultEvent['type'][] = [];
    otherTab.onChange(({ type }) => heard.push(type));
    await vault.setPassphrase(passphrase, null);
    await otherTab.unlock(passphrase);
    vault.lock();
    expect(heard).toEqual(['archive-changed', 'key-changed', 'locked']);
    for (const tab of [vault, otherTab]) {
      expect(await tab.status()).toMatchObject({ state: 'locked' });
      expect(() => tab.key()).toThrow(expect.objectContaining({ code: 'locked' }));
    }
    await expect(reader.receipts()).rejects.toMatchObject({ code: 'locked' });
  });

  it('waits for a commit under way', async () => {
    const { vault } = await makeVault();
    await vault.setPassphrase(passphrase, null);
    const writer = await vault.openWriter(writerOptions);
    await putSmallImport(writer, 1);
    vault.lock();
    (await writer.commit()).release();
    expect(await vault.status()).toMatchObject({ state: 'locked' });
    expect(await vault.unlock(passphrase)).toMatchObject({ state: 'open' });
    (await (await vault.openWriter(writerOptions)).commit()).release();
    expect(await vault.status()).toMatchObject({ state: 'open' });
  });
});

describe('forgetting everything', () => {
  it('leaves nothing, tells the other tabs, and the next visit is a first one', async () => {
    const channel = makeChannels();
    const sentinel = makeSentinel();
    const { vault, environment } = await makeVault({ channel: channel(), sentinel });
    await commitSmallImport(vault, 1);
    await vault.notes.setSetting('a', 'b');
    const otherTab = await openVault({ ...environment, channel: channel() });
    const heard: string[] = [];
    otherTab.onChange(({ type }) => heard.push(type));
    await vault.forget();
    expect(heard).toEqual(['forgotten']);
    expect(await dumpDatabase(environment)).toEqual([]);
    expect(await sentinel.exists()).toBe(false);
    expect(await vault.open()).toMatchObject({ state: 'empty' });
  });

  it('cut short at storage call k, for every k, is finished by the next opening, or has not begun', async () => {
    for (let failAt = 1; ; failAt += 1) {
      const { vault, environment } = await makeVault();
      await commitSmallImport(vault, 1);
      const { reached } = await withFault('killed', failAt, () => vault.forget());
      const again = await openVault({ ...environment, locks: localLocks() });
      const { state } = await again.open();
      expect(state).toBe(failAt === 1 ? 'open' : 'empty');
      if (state === 'open') expect(await again.verify()).toMatchObject({ damaged: [] });
      again.close();
      if (!reached) break;
    }
  });
});

describe('storage that is not there', () => {
  it('is said to be unavailable', async () => {
    const { indexedDB: _, IDBKeyRange: __, ...without } = await makeEnvironment();
    await expect(openVault(without)).rejects.toMatchObject({ code: 'storage-unavailable' });
  });

  it('or forbidden, too', async () => {
    const environment = await makeEnvironment();
    const forbidden = Object.create(environment.indexedDB ?? null) as IDBFactory;
    forbidden.open = () => {
      throw new DOMException('not here', 'SecurityError');
    };
    await expect(openVault({ ...environment, indexedDB: forbidden })).rejects.toMatchObject({ code: 'storage-unavailable' });
  });
});
