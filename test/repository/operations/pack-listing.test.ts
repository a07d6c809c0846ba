// What the drive is asked of packs while a backup is made and checked.

import { describe, expect, it } from 'vitest';
import { createMemoryDrive } from '../../../src/drives/memory';
import { watchDrive } from './faulty-drive';
import { backUp, copyDrive, create, letters, namesBelow, newSnapshot, reopen, saveArchive, silent, testClock } from './small-repository';

const files = { 'README.txt': 'read me', 'months/2026-01.jsonl': letters(1, 5000), 'months/2026-02.jsonl': letters(2, 5000) };

/** More packs than are asked for one by one. */
const manyFiles = (seed: number) => Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`file-${at}`, letters(seed + at, 1500)]));

describe('a drive', () => {
  it('is asked for packs before an index where they were not seen for a minute, and for all before a snapshot', async () => {
    const memory = createMemoryDrive();
    const masterKey = (await create(memory)).exportMasterKey();
    for (const [sleepsMs, looks] of [
      [59_000, false],
      [61_000, true],
      [-61_000, true],
    ] as const) {
      const drive = copyDrive(memory);
      const asked: string[] = [];
      const { clock, ...time } = testClock();
      const watched = watchDrive(drive, async (call, name) => void (call === 'size' && asked.push(name)));
      const writer = await (await reopen(watched, masterKey, { ...time, packBytes: 2048 })).startWriting();
      const tree = await saveArchive(writer, files);
      const sent = namesBelow(drive, 'data');
      expect(sent.length).toBeGreaterThan(0);
      clock.nowMs += sleepsMs;
      asked.length = 0;
      await writer.checkpoint();
      expect(sent.every((name) => asked.includes(name))).toBe(looks);
      asked.length = 0;
      await writer.commit(newSnapshot(tree));
      expect(namesBelow(drive, 'data').every((name) => asked.includes(name))).toBe(true);
    }
  });

  it('lists packs once for a commit and the check that follows it, and anew for any other', async () => {
    const memory = createMemoryDrive();
    const masterKey = (await create(memory)).exportMasterKey();
    const { clock, ...time } = testClock();
    let listings = 0;
    const drive = watchDrive(memory, async (call, name) => void (listings += call === 'list' && name === 'data' ? 1 : 0));
    const repository = await reopen(drive, masterKey, { ...time, packBytes: 2048 });
    const listingsOf = async (run: () => Promise<unknown>): Promise<number> => {
      const before = listings;
      await run();
      return listings - before;
    };
    const check = async (): Promise<void> => expect((await repository.check(silent)).faults).toEqual([]);
    const backUpMany = (seed: number) => backUp(repository, manyFiles(seed));
    expect(await listingsOf(() => backUpMany(0))).toBe(1);
    expect(await listingsOf(check)).toBe(0);
    expect(await listingsOf(check)).toBe(1);
    await backUpMany(1000);
    clock.nowMs += 61_000;
    expect(await listingsOf(check)).toBe(1);
    // Another device has written since: its packs are in no listing of ours.
    await backUpMany(2000);
    await backUp(await reopen(memory, masterKey, time), { other: letters(7, 3000) });
    expect(await listingsOf(check)).toBe(1);
    // A pack that no index names was in that listing, and has gone since.
    const orphan = `data/ab/${'ab'.repeat(32)}`;
    memory.files.set(orphan, new Uint8Array(10));
    await backUpMany(4000);
    memory.files.delete(orphan);
    expect(await listingsOf(check)).toBe(1);
    // What has gone since is found by whoever lists anew.
    await backUpMany(3000);
    await check();
    memory.files.delete(namesBelow(memory, 'data')[0] ?? '');
    expect((await repository.check(silent)).faults.map(({ what }) => what)).toContain('pack-missing');
  });
});
