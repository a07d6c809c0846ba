import { describe, expect, it } from 'vitest';
import { placeOf } from '../../src/vault/chunk-place';
import { localLocks } from '../../src/vault/locks';
import { epochOf } from '../../src/vault/object-id';
import { openVault } from '../../src/vault/vault';
import { withFault } from '../faults/flaky-storage';
import type { ChunkFiles } from '../../src/vault/chunk-files';
import { commitSmallImport, makeVault, mediaPlaces, vaultContent } from './make-vault';
import { objectKeys } from './raw-database';

const passphrase = 'correct horse battery';

async function halfSealed(chunkFiles: ChunkFiles | null) {
  const { vault, environment } = await makeVault({ chunkFiles });
  for (const seed of [1, 2, 3]) await commitSmallImport(vault, seed);
  const content = await vaultContent(vault);
  await vault.setPassphrase(passphrase, null);
  return { vault, environment, content };
}

describe('sealing media again after the first passphrase', () => {
  it.each(mediaPlaces)('killed at storage call k, for every k, loses no medium, and goes on; media %s', async (_, makeFiles) => {
    const { vault, environment, content } = await halfSealed(makeFiles());
    const key = vault.key();
    vault.close();
    let failures = 0;
    for (let failAt = 1; ; failAt += 1) {
      const tab = await openVault({ ...environment, locks: localLocks() });
      await tab.useKey(key);
      const { error } = await withFault('killed', failAt, () => tab.resealMedia());
      if (error !== null) failures += 1;
      const next = await openVault({ ...environment, locks: localLocks() });
      const { resealing } = await next.useKey(key);
      expect(await vaultContent(next)).toEqual(content);
      expect(await next.verify()).toMatchObject({ damaged: [] });
      tab.close();
      next.close();
      if (!resealing) break;
    }
    expect(failures).toBeGreaterThan(10);
    const epochs = (await objectKeys(environment)).map(epochOf);
    expect(new Set(epochs)).toEqual(new Set([1]));
    const last = await openVault({ ...environment, locks: localLocks() });
    await last.useKey(key);
    const reader = await last.openReader();
    const reached = new Set<string>();
    for await (const { chunks } of reader.mediaEntries()) for (const id of chunks) reached.add(placeOf(id)?.file ?? '');
    for (const { segments } of await reader.conversations()) for (const { id } of segments) reached.add(placeOf(id)?.file ?? '');
    reached.delete('');
    expect(new Set(await environment.chunkFiles?.names())).toEqual(reached);
  });

  it('keeps the old key while a reader holds the state before, and lets it go afterwards', async () => {
    const { vault, environment } = await makeVault();
    await commitSmallImport(vault, 1);
    const reader = await vault.openReader();
    const media = [];
    for await (const one of reader.mediaEntries()) media.push(one);
    const [entry] = media;
    await vault.setPassphrase(passphrase, null);
    expect(await vault.resealMedia()).toBe(true);
    expect(await vault.resealMedia()).toBe(false);
    expect(await vault.status()).toMatchObject({ resealing: true });
    expect((await reader.openMedia(entry as never).read(0, 9_999)).length).toBe(5_000);
    reader.release();
    expect(await vault.resealMedia()).toBe(false);
    expect(await vault.status()).toMatchObject({ resealing: false });
    expect(new Set((await objectKeys(environment)).map(epochOf))).toEqual(new Set([1]));
  });

  it('is not needed where there are no media, and then ends at once', async () => {
    const { vault } = await makeVault();
    await vault.setPassphrase(passphrase, null);
    expect(await vault.resealMedia()).toBe(false);
    expect(await vault.status()).toMatchObject({ resealing: false });
    expect(await vault.resealMedia()).toBe(false);
  });
});
