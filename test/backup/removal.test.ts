import { describe, expect, test } from 'vitest';
import { changeDriveState, loadDriveState } from '../../src/backup/drive-record';
import { createMemoryDrive } from '../../src/drives/memory';
import type { PrunePlan } from '../../src/model/backup-view';
import { makeDevice, silent } from './faults-device';
import { stopAfter } from '../repository/operations/faulty-drive';
import { anArchive, conversationOf, leaks, openDrive, restoreAll, secretArchives, telegramArchive, twoSnapshots } from './removal-harness';

const [, secondSecret = {}] = secretArchives;
const base = await twoSnapshots();

type Files = Readonly<Record<string, string>>;
const conversationsOf = (files: Files): Record<string, string> =>
  Object.fromEntries(Object.entries(files).filter(([path]) => path.startsWith('archive/conversations/')));
const jsonOf = (files: Files, path: string): Record<string, unknown> => JSON.parse(files[path] ?? 'null') as Record<string, unknown>;
const mediaOf = (files: Files): string[] => Object.keys(files).filter((path) => path.startsWith('archive/media/'));

describe('removing a conversation', () => {
  test('here, or from later backups, changes nothing on the drive', async () => {
    const { drive, device, id, conversation } = base.begin();
    const before = new Map(drive.files);
    expect(await device.backup.removeFromBackups(id, conversation, 'here', silent)).toBeNull();
    expect(await device.backup.removeFromBackups(id, conversation, 'later-backups', silent)).toBeNull();
    expect(drive.files).toEqual(before);
  });

  test('from later backups leaves it in those that were made', async () => {
    const { drive, device, id, conversation } = await twoSnapshots();
    await device.vault.intake.intake.removeConversation(conversation, silent, 'later-backups');
    await device.run(id, true);
    const restored = [...(await restoreAll(await openDrive(drive, device)))].sort(([a], [b]) => (a < b ? -1 : 1));
    expect(restored.map(([, files]) => Object.values(conversationsOf(files)).some((text) => text.includes('kestrel')))).toEqual([
      true,
      true,
      false,
    ]);
  });

  test('from all backups: nothing of it is in any file, and all else is what it was', async () => {
    const { drive, device, id, conversation } = base.begin();
    const before = await restoreAll(await openDrive(drive, device));
    expect(leaks(before).length).toBeGreaterThan(20);
    expect(await device.backup.planRemoval(id, conversation)).toEqual({ conversation, snapshots: 2, prune: null });
    const prune = await device.backup.removeFromBackups(id, conversation, 'all-backups', silent);
    expect(prune?.unusedBytes).toBeGreaterThan(0);

    const repository = await openDrive(drive, device);
    const after = await restoreAll(repository);
    expect(leaks(after)).toEqual([]);
    expect([...after.keys()].sort()).toEqual([...before.keys()].sort());
    expect((await repository.verify({ share: 1, readAtMs: new Map() }, silent)).faults).toEqual([]);
    for (const [snapshot, files] of after) {
      const old = before.get(snapshot) ?? {};
      expect(Object.entries(conversationsOf(files)).every(([path, text]) => old[path] === text)).toBe(true);
      expect(Object.keys(conversationsOf(files)).length).toBeGreaterThan(1);
      const manifest = jsonOf(files, 'archive/manifest.json');
      const lines = Object.entries(files).filter(([path]) => path.startsWith('archive/conversations/') && path.endsWith('.jsonl'));
      expect(manifest).toMatchObject({
        conversations: Object.keys(files).filter((path) => path.endsWith('/conversation.json')).length,
        messages: lines.reduce((sum, [, text]) => sum + text.split('\n').length - 1, 0),
        people: (files['archive/people.jsonl'] ?? '').split('\n').length - 1,
        media: mediaOf(files).length,
        receipts: Object.keys(files).filter((path) => path.startsWith('archive/receipts/')).length,
      });
    }
    const [newest = {}] = [...after].sort(([a], [b]) => (a < b ? 1 : -1)).map(([, files]) => files);
    // The picture that Bo has too lies under the day on which Bo had it; the other one went.
    expect(mediaOf(newest)).toHaveLength(3);
    expect(mediaOf(newest).every((path) => path.includes('/2024/07/'))).toBe(true);
    expect(await device.backup.planRemoval(id, conversation)).toMatchObject({ snapshots: 0 });
  });

  test('from all backups, and then from the vault: later ones have no word of it, and the prune leaves none of its blobs', async () => {
    const { drive, device, id, conversation } = await twoSnapshots();
    const prune = await device.backup.removeFromBackups(id, conversation, 'all-backups', silent);
    await device.backup.prune(id, prune as PrunePlan, silent);
    expect(await device.backup.planPrune(id)).toMatchObject({ unusedBytes: 0 });
    await device.vault.intake.intake.removeConversation(conversation, silent, 'all-backups');
    device.overlays.push({
      kind: 'removed',
      subject: `conversation:${conversation}`,
      fields: { value: { value: 'yes', stamp: { wallMs: 1, counter: 0, device: 'd' } } },
    });
    await device.run(id);
    const after = await restoreAll(await openDrive(drive, device));
    expect(after.size).toBe(3);
    expect(leaks(after)).toEqual([]);
    const [newest = {}] = [...after].sort(([a], [b]) => (a < b ? 1 : -1)).map(([, files]) => files);
    expect(newest['archive/overlays.jsonl']).toContain('"kind":"removed"');
  });

  test('that shares an import with others: those keep all but the raw texts of problems', async () => {
    const drive = createMemoryDrive();
    const device = await makeDevice([telegramArchive, anArchive], drive);
    const id = await device.addDrive();
    await device.run(id);
    const conversation = await conversationOf(device, 'Magdalena');
    const [[snapshot, before] = ['', {}]] = await restoreAll(await openDrive(drive, device));
    expect(Object.entries(before).some(([path, text]) => path.includes('/receipts/') && text.includes('mothwing'))).toBe(true);
    await device.backup.removeFromBackups(id, conversation, 'all-backups', silent);
    const repository = await openDrive(drive, device);
    const after = await restoreAll(repository);
    expect(leaks(after)).toEqual([]);
    const files = after.get(snapshot) ?? {};
    for (const [path, text] of Object.entries(conversationsOf(files))) expect(before[path]).toBe(text);
    expect(files['archive/people.jsonl']).toContain('Cem');
    const receipts = Object.keys(files).filter((path) => path.startsWith('archive/receipts/'));
    expect(receipts).toHaveLength(2);
    const shared = receipts.map((path) => jsonOf(files, path)).find(({ source }) => source === 'telegram');
    expect(shared).toMatchObject({ problems: [], files: [{ path: 'result.json' }] });
    expect(shared?.['conversations']).toHaveLength(1);
    expect((await repository.check(silent)).faults).toEqual([]);
    await device.vault.intake.intake.removeConversation(conversation, silent, 'all-backups');
    // What is left of the snapshot is what the vault has left: there is nothing to send.
    expect(await device.run(id)).toMatchObject({ snapshot: null, sentBytes: 0 });
  });

  test('is found and rewritten in snapshots of other devices, which have it under another id', async () => {
    const { drive, device, id, conversation } = base.begin();
    const other = await makeDevice([secondSecret, anArchive], drive);
    other.clock.nowMs += 86_400_000;
    const otherId = await other.addDrive('open');
    await other.run(otherId);
    const restored = await restoreAll(await openDrive(drive, device));
    const folders = [...restored.values()].map((files) =>
      Object.entries(files).flatMap(([path, text]) => (path.endsWith('/conversation.json') && text.includes('Magdalena') ? [path] : [])),
    );
    expect(new Set(folders.flat()).size).toBe(2);
    expect(await device.backup.planRemoval(id, conversation)).toMatchObject({ snapshots: 3 });
    await device.backup.removeFromBackups(id, conversation, 'all-backups', silent);
    const after = await restoreAll(await openDrive(drive, device));
    expect(leaks(after)).toEqual([]);
    expect([...after.keys()].sort()).toEqual([...restored.keys()].sort());
  });

  test('moves what is remembered of snapshots along: none is missed, and what was taken in stays so', async () => {
    const { device, id, conversation } = base.begin();
    const { notes } = device.environment.vault;
    const state = await loadDriveState(notes, id);
    await changeDriveState(notes, id, { remembered: state.remembered.map((each, at) => ({ ...each, isTaken: at === 0 })) });
    const taken = new Map((await loadDriveState(notes, id)).remembered.map(({ takenAtMs, isTaken }) => [takenAtMs, isTaken]));
    await device.backup.removeFromBackups(id, conversation, 'all-backups', silent);
    const history = await device.backup.history(id);
    const after = await loadDriveState(notes, id);
    expect(after.vanished).toBe(0);
    expect(after.remembered.map((each) => each.id).sort()).toEqual(history.map((each) => each.id).sort());
    expect(new Map(after.remembered.map(({ takenAtMs, isTaken }) => [takenAtMs, isTaken]))).toEqual(taken);
    const [status] = await device.backup.drives();
    expect(status?.warnings).not.toContain('snapshots-vanished');
  });

  test('may be repeated, and does nothing the second time', async () => {
    const { drive, device, id, conversation } = base.begin();
    await device.backup.removeFromBackups(id, conversation, 'all-backups', silent);
    const before = new Map(drive.files);
    await device.backup.removeFromBackups(id, conversation, 'all-backups', silent);
    expect([...drive.files.keys()].sort()).toEqual([...before.keys()].sort());
  });

  test(
    'stopped after any call leaves each snapshot the old one or the new one, and is done by another try',
    { timeout: 300_000 },
    async () => {
      const old = await restoreAll(await openDrive(base.drive, base.device));
      const { drive: whole, device, id, conversation } = base.begin();
      await device.backup.removeFromBackups(id, conversation, 'all-backups', silent);
      const done = await restoreAll(await openDrive(whole, device));
      for (let calls = 1; ; calls += 1) {
        let count = 0;
        const { drive } = base.begin((under) => {
          const stopping = stopAfter(under, calls, false);
          return stopping;
        });
        const outcome = await device.backup.removeFromBackups(id, conversation, 'all-backups', silent).then(
          () => 'done',
          () => 'stopped',
        );
        // The lock of a tab that was killed grows stale; here its time is over.
        for (const name of drive.files.keys()) if (name.startsWith('locks/')) drive.files.delete(name);
        const repository = await openDrive(drive, device);
        for (const [snapshot, files] of await restoreAll(repository)) {
          count += 1;
          const isOldOrNew = [old, done].some((each) => JSON.stringify(each.get(snapshot)) === JSON.stringify(files));
          expect(isOldOrNew, `after call ${calls}: ${snapshot}`).toBe(true);
        }
        expect(count).toBeGreaterThanOrEqual(2);
        device.restart(drive);
        await device.backup.removeFromBackups(id, conversation, 'all-backups', silent);
        const again = await openDrive(drive, device);
        expect(await restoreAll(again), `after call ${calls}`).toEqual(done);
        expect((await again.snapshots()).snapshots).toHaveLength(2);
        expect((await again.check(silent)).faults.filter(({ what }) => what !== 'pack-unindexed')).toEqual([]);
        const { notes } = device.environment.vault;
        expect((await loadDriveState(notes, id)).vanished, `after call ${calls}`).toBe(0);
        if (outcome === 'done') return expect(calls).toBeGreaterThan(20);
      }
    },
  );

  test('of what nobody knows is refused', async () => {
    const { device, id } = base.begin();
    await expect(device.backup.planRemoval(id, 'nowhere' as never)).rejects.toMatchObject({ code: 'not-found' });
  });
});
