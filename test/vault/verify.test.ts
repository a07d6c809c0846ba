import { describe, expect, it } from 'vitest';
import type { ReceiptId } from '../../src/model/ids';
import type { IntegrityReport } from '../../src/model/view';
import type { VaultEnvironment } from '../../src/vault/environment';
import { localLocks } from '../../src/vault/locks';
import { openVault } from '../../src/vault/vault';
import { makeMessages } from './make-messages';
import { commitSmallImport, makeVault, writerOptions } from './make-vault';
import { withDatabase } from './raw-database';

async function prepared() {
  const { vault, environment } = await makeVault();
  const imported = await commitSmallImport(vault, 1);
  await vault.sweep({ dropPrevious: true });
  vault.close();
  const rows = await withDatabase(environment, async ({ objects }) => {
    const keys = await objects.toCollection().primaryKeys();
    const values = await objects.bulkGet(keys);
    return new Map(keys.map((key, at) => [key, values[at] as Uint8Array]));
  });
  return { environment, imported, rows };
}

async function verifyFresh(environment: VaultEnvironment): Promise<IntegrityReport> {
  const vault = await openVault({ ...environment, locks: localLocks() });
  await vault.open();
  return vault.verify().finally(() => vault.close());
}

describe('the integrity check', () => {
  it('reads every object', async () => {
    const { environment, rows } = await prepared();
    const bytes = [...rows.values()].reduce((sum, { length }) => sum + length, 0);
    expect(await verifyFresh(environment)).toEqual({ objectsChecked: rows.size, bytesChecked: bytes, damaged: [] });
  });

  it('finds each object that is missing, and each that is altered', async () => {
    const { environment, rows } = await prepared();
    for (const [key, sound] of rows) {
      await withDatabase(environment, ({ objects }) => objects.delete(key));
      const missing = (await verifyFresh(environment)).damaged;
      expect(missing.map(({ reason }) => reason)).toContain('missing');
      await withDatabase(environment, ({ objects }) => objects.put(sound.with(-1, (sound.at(-1) ?? 0) ^ 1), key));
      const altered = (await verifyFresh(environment)).damaged;
      expect(altered.map(({ reason }) => reason)).toEqual(['tampered']);
      await withDatabase(environment, ({ objects }) => objects.put(sound, key));
    }
    expect((await verifyFresh(environment)).damaged).toEqual([]);
  });

  it('finds any two objects that changed places', async () => {
    const { environment, rows } = await prepared();
    const keys = [...rows.keys()];
    const pairs = keys.flatMap((a, at) => keys.slice(at + 1).map((b) => [a, b] as const));
    expect(pairs.length).toBeGreaterThan(100);
    for (const [a, b] of pairs) {
      await withDatabase(environment, ({ objects }) => objects.bulkPut([rows.get(b) as Uint8Array, rows.get(a) as Uint8Array], [a, b]));
      const { damaged } = await verifyFresh(environment);
      expect(damaged.length, `${a} ${b}`).toBeGreaterThan(0);
      expect(new Set(damaged.map(({ reason }) => reason))).toEqual(new Set(['tampered']));
      await withDatabase(environment, ({ objects }) => objects.bulkPut([rows.get(a) as Uint8Array, rows.get(b) as Uint8Array], [a, b]));
    }
  });

  it('names what is damaged, and the rest stays readable', async () => {
    const { environment, imported, rows } = await prepared();
    const chunk = imported.medium.chunks[0] ?? '';
    await withDatabase(environment, ({ objects }) => objects.delete(chunk));
    expect((await verifyFresh(environment)).damaged).toEqual([{ what: 'media', id: imported.medium.sha256, reason: 'missing' }]);
    const vault = await openVault({ ...environment, locks: localLocks() });
    await vault.open();
    const reader = await vault.openReader();
    await expect(reader.openMedia(imported.medium).read(0, 10)).rejects.toMatchObject({ code: 'damaged' });
    expect(await reader.readMessages(imported.conversation.segments[0]?.id as never)).toEqual(makeMessages(20));
    await withDatabase(environment, ({ objects }) => objects.put((rows.get(chunk) as Uint8Array).with(5, 0), chunk));
    await expect(reader.openMedia(imported.medium).read(0, 10)).rejects.toMatchObject({ code: 'tampered' });
  });

  it('hashes media again, so that an entry with the wrong hash is found', async () => {
    const { vault } = await makeVault();
    const { medium } = await commitSmallImport(vault, 1);
    const writer = await vault.openWriter(writerOptions);
    const sha256 = 'ab'.repeat(32) as typeof medium.sha256;
    writer.setMedia({ ...medium, sha256 });
    (await writer.commit()).release();
    expect((await vault.verify()).damaged).toEqual([{ what: 'media', id: sha256, reason: 'hash' }]);
  });

  it('reports as it goes, and reads from disk, not from what it remembers', async () => {
    const { vault, environment } = await makeVault();
    await commitSmallImport(vault, 1);
    const done: number[] = [];
    const report = await vault.verify(({ stage, doneBytes }) => (expect(stage).toBe('verifying'), done.push(doneBytes)));
    expect(done.at(-1)).toBe(report.bytesChecked);
    await withDatabase(environment, ({ objects }) => objects.clear());
    expect((await vault.verify()).damaged.map(({ what, reason }) => `${what} ${reason}`)).toEqual(Array(5).fill('page missing'));
  });
});

describe('a medium that lies elsewhere', () => {
  const elsewhere = async () => {
    const { vault, environment } = await makeVault();
    const { medium } = await commitSmallImport(vault, 1);
    const reader = await vault.openReader();
    const bytes = await reader.openMedia(medium).read(0, medium.sizeBytes);
    reader.release();
    const places = [{ repository: 'a repository', blobs: [medium.sha256] }];
    const writer = await vault.openWriter(writerOptions);
    writer.setMedia({ ...medium, chunks: [], places });
    (await writer.commit()).release();
    return { vault, environment, medium, bytes, places };
  };

  it('is no damage, and takes no room', async () => {
    const { vault, places, medium } = await elsewhere();
    expect((await vault.verify()).damaged).toEqual([]);
    expect(await vault.storageCounts()).toMatchObject({ mediaCount: 1, mediaBytes: 0 });
    const reader = await vault.openReader();
    const entry = await reader.media(medium.sha256);
    expect(entry).toMatchObject({ chunks: [], places, sizeBytes: medium.sizeBytes });
    expect(() => reader.openMedia(entry ?? medium)).toThrow(
      expect.objectContaining({ code: 'not-found', facts: { what: 'medium-elsewhere' } }),
    );
    expect(await reader.readThumbnail(entry ?? medium)).toHaveLength(100);
  });

  it('is filled in when its bytes come, and the place stays known', async () => {
    const { vault, medium, bytes, places } = await elsewhere();
    const writer = await vault.openWriter(writerOptions);
    const filled = await writer.putMedia(
      (async function* () {
        yield bytes;
      })(),
      'later' as ReceiptId,
      bytes.length,
    );
    expect(filled).toMatchObject({ sha256: medium.sha256, places, receipts: [...medium.receipts, 'later'], thumbnail: medium.thumbnail });
    const reader = await writer.commit();
    expect(await reader.openMedia(filled).read(0, bytes.length)).toEqual(bytes);
    expect((await vault.verify()).damaged).toEqual([]);
    expect(await vault.storageCounts()).toMatchObject({ mediaBytes: bytes.length });
  });
});
