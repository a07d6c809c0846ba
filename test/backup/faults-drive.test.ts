// What a drive may do to a backup (backup.md §7, whose numbers these are; E4 of checks.md): what is left on it, what the owner is
// told, and how the next backup goes on.

import { contentBytes } from '../../src/drives/file-content';
import { describe, expect, test } from 'vitest';
import type { Drive } from '../../src/drives/drive';
import { createMemoryDrive } from '../../src/drives/memory';
import { retrying } from '../../src/drives/retry';
import { createFlakyDrive } from '../faults/flaky-drive';
import { createFullDrive } from '../faults/full-drive';
import { createHalfWritingDrive } from '../faults/half-writing-drive';
import { createLyingDrive } from '../faults/lying-drive';
import { chat, plainStyle, writeChat } from '../intake/chat-text';
import { watchDrive } from '../repository/operations/faulty-drive';
import { codeOf } from '../repository/operations/small-repository';
import {
  copyOf,
  faultsOf,
  impatient,
  keepState,
  later,
  laterMessages,
  makeDevice,
  namesIn,
  place,
  prepare,
  readSnapshot,
  restoreElsewhere,
  silent,
} from './faults-device';

describe('5: a drive that is full', () => {
  test('ends the backup, keeps what is there, and goes on when there is room', async () => {
    const { device, drive, id, snapshot } = await prepare();
    const usedBytes = [...drive.files.values()].reduce((sum, { length }) => sum + length, 0);
    const full = createFullDrive(drive, usedBytes + 700);
    device.restart(retrying(full, impatient));
    expect(await codeOf(device.run(id))).toBe('drive-full');
    expect(namesIn(drive, 'snapshots')).toEqual([`snapshots/${snapshot}`]);
    expect(await faultsOf({ device, id })).toEqual([]);
    full.capacityBytes = Infinity;
    expect((await device.run(id)).snapshot?.messages).toBe(chat.length + laterMessages);
    expect(await faultsOf({ device, id })).toEqual([]);
  });
});

describe('6: a drive that wants another password', () => {
  test('says so at the start; nothing is lost, and the backup is still due', async () => {
    const { device, drive, id } = await prepare();
    device.restart(retrying(createFlakyDrive(drive, { kind: 'drive-unauthorised', failAt: 1, times: Infinity }), impatient));
    expect(await codeOf(device.run(id))).toBe('drive-unauthorised');
    expect(await device.backup.drives()).toMatchObject([{ isUpToDate: false, snapshotCount: 1 }]);
    device.drive = drive;
    await device.backup.changeDrive(id, { ...place, password: 'the new one' });
    expect((await device.run(id)).snapshot?.messages).toBe(chat.length + laterMessages);
    expect(await device.backup.drives()).toMatchObject([{ isUpToDate: true, snapshotCount: 2 }]);
  });

  test('is not taken for the same drive where another repository lies there', async () => {
    const { device, drive, id } = await prepare();
    const other = createMemoryDrive();
    const stranger = await makeDevice([later], other);
    await stranger.run(await stranger.addDrive());
    device.drive = other;
    expect(await codeOf(device.backup.changeDrive(id, { ...place, url: 'https://other.example/' }))).toBe('wrong-secret');
    device.drive = drive;
    expect((await device.run(id)).snapshot?.messages).toBe(chat.length + laterMessages);
  });
});

describe('7 and 8: a drive that does not keep what it was given', () => {
  test('may leave a stub of any file: it is written again', async () => {
    const { device, drive: first, id } = await prepare();
    const goBack = keepState({ device, drive: first });
    for (let cutAt = 1; ; cutAt += 1) {
      const drive = goBack();
      const half = createHalfWritingDrive(drive, (creates) => creates === cutAt);
      device.restart(retrying(half, impatient));
      expect((await device.run(id)).snapshot?.messages, `create ${cutAt}`).toBe(chat.length + laterMessages);
      expect(await faultsOf({ device, id }), `create ${cutAt}`).toEqual([]);
      if (half.stubs.length === 0) return expect(cutAt).toBeGreaterThan(4);
    }
  });

  test.each(['nothing', 'half'])('may say that all is well and hold %s of a file: no snapshot rests on it', async (held) => {
    const { device, drive: first, id, snapshot } = await prepare();
    const before = await readSnapshot(device, id, snapshot);
    const goBack = keepState({ device, drive: first });
    const outcomes = new Set<string>();
    for (let lostAt = 1; ; lostAt += 1) {
      const drive = goBack();
      let creates = 0;
      const forgetful: Drive = {
        ...drive,
        // As on a server that was seen to be so: what is written is read back.
        traits: { ...drive.traits, isAtomic: false },
        async create(name, content) {
          if (name.startsWith('locks/') || (creates += 1) !== lostAt) return drive.create(name, content);
          if (held === 'half') await drive.create(name, content.slice(0, contentBytes(content) >> 1));
        },
      };
      device.restart(retrying(forgetful, impatient));
      const outcome = await codeOf(device.run(id));
      outcomes.add(outcome);
      device.restart(drive);
      expect(await readSnapshot(device, id, snapshot)).toEqual(before);
      await device.run(id);
      expect(await faultsOf({ device, id }), `create ${lostAt}: ${outcome}`).toEqual([]);
      const [newest] = await device.backup.history(id);
      expect(newest?.messages).toBe(chat.length + laterMessages);
      await readSnapshot(device, id, newest?.id ?? '');
      if (creates < lostAt) break;
    }
    for (const outcome of outcomes) expect(['nothing was thrown', 'drive-damaged', 'lock-lost']).toContain(outcome);
  });

  test('may lose a pack between its upload and the end: the snapshot is not written on it', async () => {
    const { device, drive, id } = await prepare();
    let isLost = false;
    device.restart(
      watchDrive(drive, async (call, name) => {
        if (isLost || call !== 'create' || !name.startsWith('index/')) return;
        isLost = true;
        const [pack = ''] = namesIn(drive, 'data').slice(-1);
        drive.files.delete(pack);
      }),
    );
    const outcome = await codeOf(device.run(id));
    expect(['lock-lost', 'nothing was thrown']).toContain(outcome);
    device.restart(drive);
    await device.run(id);
    await device.backup.repair(id, await device.backup.planRepair(id, silent), silent);
    expect(await faultsOf({ device, id })).toEqual([]);
    expect(await restoreElsewhere(drive)).toBe(chat.length + laterMessages);
  });
});

describe('20: a listing that is cut', () => {
  test('removes nothing, and takes nothing for vanished', async () => {
    const { device, drive, id } = await prepare();
    await device.run(id);
    const lying = createLyingDrive(drive);
    lying.isSuspect = true;
    lying.listingLimit = 1;
    device.restart(lying);
    const before = new Map(drive.files);
    await device.backup.history(id);
    expect((await device.backup.drives())[0]?.warnings).not.toContain('snapshots-vanished');
    expect((await device.backup.planForget(id)).remove).toEqual([]);
    expect(await codeOf(device.backup.forget(id, [(await device.backup.history(id))[0]?.id ?? '']))).toBe('listing-suspect');
    expect(await codeOf(device.backup.planPrune(id))).toBe('listing-suspect');
    expect(await codeOf(device.backup.planRepair(id, silent))).toBe('listing-suspect');
    expect((await device.backup.check(id, silent)).faults.map(({ what }) => what)).toContain('listing-suspect');
    expect([...drive.files.keys()]).toEqual([...before.keys()]);
  });
});

describe('21 and E3: snapshots that this device remembers are gone', () => {
  const keepOne = { last: 1, daily: 0, weekly: 0, monthly: 0, yearly: 0, keepDays: 0 };

  test('a warning, and nothing more is let go', async () => {
    const { device, drive, id } = await prepare();
    const old = copyOf(drive);
    await device.run(id);
    await device.backup.configureDrive(id, { retention: keepOne });
    expect((await device.backup.planForget(id)).remove).toHaveLength(1);
    // The drive is put back to what it was days ago, and more came from elsewhere.
    device.restart(old);
    await device.vault.intake.import(writeChat({ ...plainStyle, title: 'Cy', names: { me: 'Li Wei', her: 'Cy' } }));
    await device.run(id);
    const [{ warnings } = { warnings: [] }] = await device.backup.drives();
    expect(warnings).toContain('snapshots-vanished');
    expect(await codeOf(device.backup.planForget(id))).toBe('snapshots-vanished');
    const names = namesIn(old, 'snapshots');
    expect(await codeOf(device.backup.forget(id, [(await device.backup.history(id))[1]?.id ?? '']))).toBe('snapshots-vanished');
    expect(namesIn(old, 'snapshots')).toEqual(names);
  });

  test('those that this device let go itself are not missed', async () => {
    const { device, drive, id, snapshot } = await prepare();
    await device.run(id);
    await device.backup.forget(id, [snapshot]);
    await device.backup.history(id);
    expect((await device.backup.drives())[0]?.warnings).not.toContain('snapshots-vanished');
    expect(namesIn(drive, 'snapshots')).toHaveLength(1);
  });
});

describe('24: two files of one name', () => {
  test('the one whose hash is its name counts', async () => {
    const { device, drive, id } = await prepare();
    const twice = createLyingDrive(drive);
    for (const [name, { length }] of drive.files) if (name !== 'config') twice.inventions.push({ name, sizeBytes: length });
    device.restart(twice);
    expect((await device.run(id)).snapshot?.messages).toBe(chat.length + laterMessages);
    expect((await device.backup.history(id)).map(({ messages }) => messages)).toEqual([chat.length + laterMessages, chat.length]);
    device.restart(drive);
    expect(await faultsOf({ device, id })).toEqual([]);
  });
});

describe('E4: a drive that alters what it holds', () => {
  test('each file altered is named, and the owner is told', async () => {
    const { device, drive, id } = await prepare();
    await device.run(id);
    for (const name of [...drive.files.keys()].filter((each) => each.startsWith('data/'))) {
      const altered = copyOf(drive);
      const bytes = altered.files.get(name) ?? new Uint8Array();
      altered.files.set(name, bytes.with(40, (bytes[40] ?? 0) ^ 1));
      device.restart(altered);
      const { faults } = await device.backup.verify(id, 1, silent);
      expect(faults.map(({ id: pack }) => `data/${pack.slice(0, 2)}/${pack}`)).toContain(name);
      expect((await device.backup.drives())[0]?.warnings).toContain('verify-failed');
    }
  });
});
