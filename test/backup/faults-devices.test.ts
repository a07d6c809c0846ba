// What may happen to this device or be done by others meanwhile (backup.md §7, whose numbers these are): sessions that end, two
// devices at once, clocks, and a vault or a place that is lost.

import { describe, expect, test } from 'vitest';
import type { Drive } from '../../src/drives/drive';
import { createMemoryDrive } from '../../src/drives/memory';
import { CamphorError } from '../../src/model/error';
import { createSlowDrive } from '../faults/slow-drive';
import { chat } from '../intake/chat-text';
import { watchDrive } from '../repository/operations/faulty-drive';
import { codeOf, open, startMs } from '../repository/operations/small-repository';
import {
  copyOf,
  earlier,
  faultsOf,
  keepState,
  later,
  laterMessages,
  makeDevice,
  namesIn,
  prepare,
  readSnapshot,
  restoreElsewhere,
  restoreInto,
  silent,
} from './faults-device';
import { putJson } from './faults-poison';

const dayMs = 86_400_000;

describe('2 and 26: a session that ended in the middle', () => {
  test('leaves a lock that neither blocks the next backup nor stays', async () => {
    const { device, drive, id, snapshot } = await prepare();
    const before = await readSnapshot(device, id, snapshot);
    for (let stopped = 0; stopped < 3; stopped += 1) {
      // Killed: not even the lock can be taken away.
      let isKilled = false;
      device.restart(
        watchDrive(drive, async (call, name) => {
          isKilled ||= call === 'create' && name.startsWith(['data/', 'index/', 'snapshots/'][stopped] ?? '');
          if (isKilled) throw new CamphorError('drive-unreachable');
        }),
      );
      expect(await codeOf(device.run(id))).toBe('drive-unreachable');
    }
    // Each takes away what the one before it left, young as it is: nothing else of this device writes.
    expect(namesIn(drive, 'locks').length).toBe(1);
    device.restart(drive);
    expect((await device.run(id)).snapshot?.messages).toBe(chat.length + laterMessages);
    expect(namesIn(drive, 'locks')).toEqual([]);
    expect(await faultsOf({ device, id })).toEqual([]);
    expect(await readSnapshot(device, id, snapshot)).toEqual(before);
  });
});

describe('P1: a session that was killed', () => {
  test.each([true, false])('sends its packs no second time, though no index names them (atomic drive: %s)', async (isAtomic) => {
    const { device, drive, id } = await prepare();
    const given = { ...drive, traits: { ...drive.traits, isAtomic } };
    const goBack = keepState({ device, drive });
    device.restart(copyOf(drive));
    const { sentBytes } = await device.run(id);
    goBack();
    let isKilled = false;
    device.restart(
      watchDrive(given, async (call, name) => {
        isKilled ||= call === 'create' && name.startsWith('index/');
        if (isKilled) throw new CamphorError('drive-unreachable');
      }),
    );
    expect(await codeOf(device.run(id))).toBe('drive-unreachable');
    const packs = namesIn(drive, 'data').length;
    device.restart(given);
    const again = await device.run(id);
    expect(again.snapshot?.messages).toBe(chat.length + laterMessages);
    expect(again.sentBytes).toBeLessThan(sentBytes / 2);
    expect(namesIn(drive, 'data')).toHaveLength(packs);
    expect(await faultsOf({ device, id })).toEqual([]);
  });
});

describe('15: two devices that set up one drive at the same time', () => {
  test('end in one repository, and each backs up to it', async () => {
    const drive = createMemoryDrive();
    const slow = createSlowDrive(drive, (call, name) => call === 'create' && name.startsWith('keys/'));
    const [one, two] = [await makeDevice([earlier], slow), await makeDevice([later], slow)];
    const both = [one.addDrive(), two.addDrive()] as const;
    await slow.waitForHeld(2);
    slow.releaseAll();
    const ids = await Promise.all(both);
    const repositories = await Promise.all([one, two].map(async ({ backup }) => (await backup.drives())[0]?.repositoryId));
    expect(repositories[0]).toBe(repositories[1]);
    await one.run(ids[0]);
    await two.run(ids[1]);
    expect(await faultsOf({ device: one, id: ids[0] })).toEqual([]);
    expect((await one.backup.history(ids[0])).map(({ messages }) => messages)).toEqual([laterMessages, chat.length]);
  });
});

describe('16: another client prunes in the middle of a backup', () => {
  test('blobs that it took for garbage are saved again', async () => {
    const { device, drive, id } = await prepare();
    const slow = createSlowDrive(drive, (call, name) => call === 'create' && name.startsWith('snapshots/'));
    device.restart(slow);
    const running = device.run(id);
    await Promise.race([slow.waitForHeld(1), running]);
    // The laptop thinks the phone dead, and knows none of its new packs by a snapshot.
    for (const name of namesIn(drive, 'locks')) drive.files.delete(name);
    const laptop = await makeDevice([], drive);
    const elsewhere = await laptop.addDrive('open');
    await laptop.backup.prune(elsewhere, await laptop.backup.planPrune(elsewhere), silent);
    slow.releaseAll();
    const outcome = await codeOf(running);
    device.restart(drive);
    await device.run(id);
    await device.backup.repair(id, await device.backup.planRepair(id, silent), silent);
    await device.run(id);
    expect(await faultsOf({ device, id }), outcome).toEqual([]);
    expect(await restoreElsewhere(drive)).toBe(chat.length + laterMessages);
  });

  test('before the lock is looked at for the last time: the run itself saves them again', async () => {
    const { device, drive, id } = await prepare();
    let isPruned = false;
    const pruned: Drive = {
      ...drive,
      async create(name, bytes) {
        await drive.create(name, bytes);
        if (isPruned || !name.startsWith('index/')) return;
        isPruned = true;
        for (const lock of namesIn(drive, 'locks')) drive.files.delete(lock);
        const laptop = await makeDevice([], drive);
        const elsewhere = await laptop.addDrive('open');
        await laptop.backup.prune(elsewhere, await laptop.backup.planPrune(elsewhere), silent);
      },
    };
    device.restart(pruned);
    expect((await device.run(id)).snapshot?.messages).toBe(chat.length + laterMessages);
    expect(isPruned).toBe(true);
    expect(await faultsOf({ device, id })).toEqual([]);
    expect(await restoreElsewhere(drive)).toBe(chat.length + laterMessages);
  });
});

describe('17: a clock that is wrong by days', () => {
  test.each([-40, 40])('%i days: snapshots stay in order, and the drive’s clock decides about locks', async (days) => {
    const clock = { nowMs: startMs };
    const drive = createMemoryDrive({ nowMs: () => (clock.nowMs += 1) });
    const right = await makeDevice([earlier], drive);
    const id = await right.addDrive();
    const first = await right.run(id);
    const wrong = await makeDevice([later], drive);
    wrong.clock.nowMs += days * dayMs;
    const other = await wrong.addDrive('open');
    const writing = await open(drive, { nowMs: () => clock.nowMs });
    const writer = await writing.startWriting();
    const second = await wrong.run(other);
    expect(namesIn(drive, 'locks')).toHaveLength(1);
    await writer.abandon();
    clock.nowMs += 60_000;
    await right.vault.intake.import(later);
    const third = await right.run(id);
    const times = [first, second, third].map(({ snapshot }) => snapshot?.takenAtMs ?? 0);
    expect(times).toEqual(times.toSorted((a, b) => a - b));
    expect((await right.backup.history(id))[0]?.id).toBe(third.snapshot?.id);
    expect(await faultsOf({ device: right, id })).toEqual([]);
  });

  test('is told to the owner', async () => {
    const { device, id } = await prepare();
    const [[key, value] = ['', '']] = [...device.entries].filter(([name]) => name === `drive/${id}`);
    const record = JSON.parse(value) as { traits: object };
    device.entries.set(key, JSON.stringify({ ...record, traits: { ...record.traits, clockAheadMs: 2 * dayMs } }));
    expect((await device.backup.drives())[0]?.warnings).toContain('clock-skew');
  });
});

describe('18 and C6: a vault that was evicted', () => {
  test('is never backed up as an empty one, neither under its name nor under a new one', async () => {
    const { device, drive, id } = await prepare();
    await device.run(id);
    const before = namesIn(drive, 'snapshots');
    const evicted = await makeDevice([], drive);
    for (const [key, value] of device.entries) if (!key.startsWith('backup/')) evicted.entries.set(key, value);
    expect(await codeOf(evicted.run(id))).toBe('vault-shrank');
    const fresh = await makeDevice([], drive);
    const opened = await fresh.addDrive('open');
    expect((await fresh.backup.plan(opened, silent)).others.map(({ messages }) => messages)).toEqual([chat.length + laterMessages]);
    expect(await codeOf(fresh.run(opened))).toBe('vault-shrank');
    expect(namesIn(drive, 'snapshots')).toEqual(before);
    await restoreInto(fresh, opened, (await fresh.backup.history(opened))[0]?.id ?? '');
    expect((await fresh.run(opened)).snapshot?.messages).toBe(chat.length + laterMessages);
  });

  test('a new device with an archive of its own may begin beside others', async () => {
    const { device, drive, id } = await prepare();
    await device.run(id);
    const small = await makeDevice([later], drive);
    expect((await small.run(await small.addDrive('open'))).snapshot?.messages).toBe(laterMessages);
  });
});

describe('19: no room on this device while media are restored', () => {
  test('messages are here, media stay on the drive and come when there is room', async () => {
    const { drive } = await prepare();
    let isFull = true;
    const fresh = await makeDevice([], drive);
    const { openWriter } = fresh.environment.vault;
    Object.assign(fresh.environment.vault, {
      openWriter: async () => {
        const writer = await openWriter();
        const putMedia: typeof writer.putMedia = async (...args) => {
          if (isFull) throw new CamphorError('storage-full', { neededBytes: 1, freeBytes: 0 });
          return writer.putMedia(...args);
        };
        return { ...writer, next: writer.next, base: writer.base, putMedia };
      },
    });
    const id = await fresh.addDrive('open');
    const [newest] = await fresh.backup.history(id);
    await restoreInto(fresh, id, newest?.id ?? '');
    const messages = await fresh.vault.intake.messages();
    expect(messages).toHaveLength(chat.length);
    expect(await codeOf(fresh.backup.fetchMedia(null, () => {}))).toBe('storage-full');
    expect(await fresh.vault.intake.messages()).toEqual(messages);
    isFull = false;
    expect(await fresh.backup.fetchMedia(null, () => {})).toMatchObject({ media: 3, totalMedia: 3 });
    expect(await fresh.backup.fetchMedia(null, () => {})).toMatchObject({ media: 0, totalMedia: 0 });
    // What is here now is what was backed up: nothing is sent.
    expect(await fresh.run(id)).toMatchObject({ newMedia: 0, changedMonths: 0 });
  });
});

describe('23: a repository that is not ours to write', () => {
  test('is read and never written where fields of others stand in it', async () => {
    const { device, drive, id } = await prepare();
    await putJson(drive, (await open(drive)).exportMasterKey(), 'index', { packs: [], packs_to_delete: [] });
    device.restart(drive);
    const files = new Map(drive.files);
    await device.backup.history(id);
    expect(await codeOf(device.run(id))).toBe('repository-read-only');
    expect(await codeOf(device.backup.planPrune(id))).toBe('repository-read-only');
    expect((await device.backup.history(id))[0]?.messages).toBe(chat.length);
    expect([...drive.files.keys()]).toEqual([...files.keys()]);
  });
});
