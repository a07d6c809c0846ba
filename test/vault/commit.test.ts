import { describe, expect, it } from 'vitest';
import type { VaultEnvironment } from '../../src/vault/environment';
import { localLocks } from '../../src/vault/locks';
import { openVault } from '../../src/vault/vault';
import { type Fault, withFault } from '../faults/flaky-storage';
import type { ChunkFiles } from '../../src/vault/chunk-files';
import { commitSmallImport, makeEnvironment, makeVault, mediaPlaces, putSmallImport, vaultContent, writerOptions } from './make-vault';
import { neededCount, storedNames } from './raw-database';

/** The vault as the next start finds it: the process that failed is gone, and its locks with it. */
async function reopen(environment: VaultEnvironment) {
  const vault = await openVault({ ...environment, locks: localLocks() });
  await vault.open();
  return vault;
}

/** One import after an earlier one, in a fresh process. */
async function secondImport(environment: VaultEnvironment): Promise<void> {
  const vault = await openVault(environment);
  await vault.open();
  const writer = await vault.openWriter(writerOptions);
  const { conversation } = await putSmallImport(writer, 2);
  writer.setConversation({ ...conversation, name: 'second' });
  (await writer.commit()).release();
}

async function prepared(chunkFiles: ChunkFiles | null): Promise<{ environment: VaultEnvironment; before: unknown }> {
  const { vault, environment } = await makeVault({ chunkFiles });
  await commitSmallImport(vault, 1);
  const before = await vaultContent(vault);
  vault.close();
  return { environment, before };
}

const namesIn = (content: unknown): number => (content as { conversations: unknown[] }).conversations.length;

describe.each<Fault>(['once', 'killed', 'full'])('an import whose storage fails (%s) at call k, for every k', (fault) => {
  it.each(mediaPlaces)('is there whole or not at all; the earlier one is whole; nothing is left behind; media %s', async (_, makeFiles) => {
    let failures = 0;
    let afterwardsWhole = 0;
    for (let failAt = 1; ; failAt += 1) {
      const { environment, before } = await prepared(makeFiles());
      const { reached, error } = await withFault(fault, failAt, () => secondImport(environment));
      const vault = await reopen(environment);
      const after = await vaultContent(vault);
      if (error !== null) {
        failures += 1;
        if (namesIn(after) === 1) expect(after).toEqual(before);
        else afterwardsWhole += 1;
      }
      expect([1, 2]).toContain(namesIn(after));
      if (error === null) expect(namesIn(after)).toBe(2);
      expect(await vault.verify()).toMatchObject({ damaged: [] });
      await vault.sweep({ dropPrevious: true });
      expect(await storedNames(environment)).toHaveLength(await neededCount(vault));
      vault.close();
      if (!reached) break;
    }
    expect(failures).toBeGreaterThan(20);
    // Only what comes after the switch (a sweep, a last read) may fail with the import in force.
    expect(afterwardsWhole).toBeLessThan(failures / 2);
  });
});

describe('a disk that is full', () => {
  it.each(mediaPlaces)('ends the import with `storage-full` and frees at once what it had written; media %s', async (_, makeFiles) => {
    const { vault, environment } = await makeVault({ chunkFiles: makeFiles() });
    await commitSmallImport(vault, 1);
    const before = await storedNames(environment);
    const writer = await vault.openWriter(writerOptions);
    await putSmallImport(writer, 2);
    const { error } = await withFault('full', 9, () => writer.commit());
    expect(error).toMatchObject({ code: 'storage-full' });
    expect(await storedNames(environment)).toEqual(before);
    await expect(writer.commit()).rejects.toMatchObject({ code: 'unexpected' });
    await commitSmallImport(vault, 3);
  });

  it('is foreseen for a large medium from the browser’s estimate', async () => {
    const storage = { estimate: async () => ({ usage: 90_000_000, quota: 100_000_000 }) };
    const { vault } = await makeVault({ storage });
    const writer = await vault.openWriter(writerOptions);
    const never: AsyncIterable<Uint8Array> = {
      [Symbol.asyncIterator]: () => {
        throw new Error('nothing is read');
      },
    };
    const asked = writer.putMedia(never, 'receipt' as never, 20_000_000);
    await expect(asked).rejects.toMatchObject({ code: 'storage-full', facts: { neededBytes: 20_000_000, freeBytes: 10_000_000 } });
  });
});

describe('making a vault while storage fails at call k, for every k', () => {
  it('gives no vault or a whole one', async () => {
    for (let failAt = 1; ; failAt += 1) {
      const environment = await makeEnvironment();
      const { reached } = await withFault('killed', failAt, async () => (await openVault(environment)).open());
      const vault = await reopen(environment);
      expect(await vault.status()).toMatchObject({ state: 'empty', readOnly: false });
      await commitSmallImport(vault, 1);
      vault.close();
      if (!reached) break;
    }
  });
});
