// Media let go here because a drive has them: never what is not safe there, and everything comes back as it was.

import { describe, expect, it } from 'vitest';
import { createMemoryDrive, type MemoryDrive } from '../../src/drives/memory';
import type { FreeingChoice } from '../../src/model/backup-view';
import { isHere, type MediaEntry } from '../../src/vault/archive';
import { type Device, earlier, later, makeDevice, namesIn, silent } from './faults-device';

async function verified(): Promise<{ readonly device: Device; readonly drive: MemoryDrive; readonly id: string }> {
  const drive = createMemoryDrive();
  const device = await makeDevice([earlier], drive);
  const id = await device.addDrive();
  await device.run(id);
  await device.backup.verify(id, 1, silent);
  return { device, drive, id };
}

async function mediaOf({ vault }: Device): Promise<MediaEntry[]> {
  const reader = await vault.vault.openReader();
  const entries: MediaEntry[] = [];
  for await (const entry of reader.mediaEntries()) entries.push(entry);
  reader.release();
  return entries;
}

const all: FreeingChoice = { leastBytes: 0, beforeMs: null };

async function contents(device: Device): Promise<ReadonlyMap<string, string>> {
  const reader = await device.vault.vault.openReader();
  const found = new Map<string, string>();
  for (const entry of await mediaOf(device)) {
    if (isHere(entry)) found.set(entry.sha256, Buffer.from(await reader.openMedia(entry).read(0, entry.sizeBytes)).toString('base64'));
  }
  reader.release();
  return found;
}

describe('media that a drive has', () => {
  it('go, leave their places, and come back as they were', async () => {
    const { device, id } = await verified();
    const before = await contents(device);
    const planned = await device.backup.planFreeing(id, all);
    expect(planned).toEqual({
      media: before.size,
      bytes: (await mediaOf(device)).reduce((sum, { sizeBytes }) => sum + sizeBytes, 0),
      obstacle: null,
    });
    expect(before.size).toBeGreaterThan(1);
    expect(await device.backup.freeMedia(id, all, silent)).toEqual(planned);

    const gone = await mediaOf(device);
    expect(gone.filter(isHere)).toEqual([]);
    expect(gone.every(({ places }) => places?.length === 1 && places[0]?.blobs.length === 1)).toBe(true);
    expect(await device.backup.planFreeing(id, all)).toMatchObject({ media: 0, obstacle: null });

    // The drive has all of it still, so that a backup sends none of it, and describes them where they are.
    const [status] = await device.backup.drives();
    expect(status?.isUpToDate).toBe(true);
    const again = await device.run(id);
    expect(again.newMedia).toBe(0);
    await device.backup.fetchMedia(null, silent);
    expect(await contents(device)).toEqual(before);
  });

  it('make room: their chunks are removed at once', async () => {
    const { device, id } = await verified();
    const { vault } = device.vault;
    await vault.sweep({ dropPrevious: true });
    expect((await vault.verify(() => {})).damaged).toEqual([]);
    const chunks = new Set((await mediaOf(device)).flatMap((entry) => entry.chunks));
    await device.backup.freeMedia(id, all, silent);
    expect(await vault.sweep({ dropPrevious: true })).toBe(0);
    const left = (await mediaOf(device)).flatMap((entry) => entry.chunks).filter((chunk) => chunks.has(chunk));
    expect(left).toEqual([]);
    expect((await vault.verify(() => {})).damaged).toEqual([]);
  });

  it('go by the day of the earliest message that refers to them', async () => {
    const { device, id } = await verified();
    const planned = await device.backup.planFreeing(id, all);
    const countBefore = async (beforeMs: number): Promise<number> =>
      (await device.backup.planFreeing(id, { leastBytes: 0, beforeMs })).media;
    const reader = await device.vault.vault.openReader();
    const times = (await reader.conversations()).map(({ firstAtMs, lastAtMs }) => [firstAtMs ?? 0, lastAtMs ?? 0] as const);
    reader.release();
    expect(await countBefore(Math.min(...times.map(([first]) => first)))).toBe(0);
    expect(await countBefore(Math.max(...times.map(([, last]) => last)) + 2 * 86_400_000)).toBe(planned.media);
  });

  it('go by their size', async () => {
    const { device, id } = await verified();
    const sizes = (await mediaOf(device)).map(({ sizeBytes }) => sizeBytes).toSorted((a, b) => a - b);
    const largest = sizes.at(-1) ?? 0;
    expect(await device.backup.freeMedia(id, { ...all, leastBytes: largest }, silent)).toMatchObject({
      media: sizes.filter((size) => size === largest).length,
    });
    expect((await mediaOf(device)).filter((entry) => !isHere(entry)).every(({ sizeBytes }) => sizeBytes === largest)).toBe(true);
  });
});

describe('nothing goes', () => {
  const staysWhole = async (device: Device): Promise<void> => expect((await mediaOf(device)).every(isHere)).toBe(true);

  it('before the drive was read back whole', async () => {
    const device = await makeDevice([earlier], createMemoryDrive());
    const id = await device.addDrive();
    await device.run(id);
    expect(await device.backup.planFreeing(id, all)).toEqual({ media: 0, bytes: 0, obstacle: 'never-verified' });
    expect(await device.backup.freeMedia(id, all, silent)).toMatchObject({ obstacle: 'never-verified' });
    await staysWhole(device);
  });

  it('while something is not backed up', async () => {
    const { device, id } = await verified();
    await device.vault.intake.import(later);
    expect(await device.backup.freeMedia(id, all, silent)).toMatchObject({ media: 0, obstacle: 'not-up-to-date' });
    await staysWhole(device);
  });

  it('where a pack has vanished since it was verified', async () => {
    const { device, drive, id } = await verified();
    drive.files.delete(namesIn(drive, 'data')[0] ?? '');
    device.restart();
    await expect(device.backup.freeMedia(id, all, silent)).rejects.toMatchObject({ code: 'repository-damaged' });
    await staysWhole(device);
    expect(await device.backup.planFreeing(id, all)).toMatchObject({ obstacle: 'verify-failed' });
  });

  it('where all backups have vanished', async () => {
    const { device, drive, id } = await verified();
    for (const name of namesIn(drive, 'snapshots')) drive.files.delete(name);
    device.restart();
    await device.backup.freeMedia(id, all, silent).catch(() => {});
    await staysWhole(device);
  });
});
