// Two devices at once, their calls to the drive in any order.

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Drive } from '../../../src/drives/drive';
import { createMemoryDrive } from '../../../src/drives/memory';
import { createContext } from '../../../src/repository/context';
import { acquireLock } from '../../../src/repository/held-lock';
import { unpackRemembered } from '../../../src/repository/remembered-key';
import { watchDrive } from './faulty-drive';
import {
  backUp,
  below,
  codeOf,
  copyDrive,
  create,
  letters,
  namesBelow,
  newSnapshot,
  open,
  reopen,
  restoreFiles,
  saveArchive,
  silent,
  testEnvironment,
} from './small-repository';

/** Each call waits until the scheduler lets it go. */
const inTurn = (drive: Drive, scheduler: fc.Scheduler): Drive => watchDrive(drive, () => scheduler.schedule(Promise.resolve()));

describe('two devices at once', () => {
  it('that make a repository end with one, which both have opened', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const drive = createMemoryDrive();
        const both = [create(inTurn(drive, scheduler)), create(inTurn(drive, scheduler))];
        const [one, other] = await scheduler.waitFor(Promise.all(both));
        expect(one?.id).toBe(other?.id);
        expect(namesBelow(drive, 'keys')).toHaveLength(1);
        await backUp(await open(drive), { a: 'b' });
        for (const repository of [one, other]) {
          const checked = repository?.check(silent).then(({ faults }) => faults);
          expect(await scheduler.waitFor(Promise.resolve(checked))).toEqual([]);
        }
      }),
      { numRuns: 12 },
    );
  });

  it('that make one under two passwords end with one of them, and the other is told', async () => {
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const drive = createMemoryDrive();
        const passwords = ['the first of two passwords', 'the second of two passwords'];
        const outcomes = passwords.map((password) => codeOf(create(inTurn(drive, scheduler), { password })));
        expect((await scheduler.waitFor(Promise.all(outcomes))).sort()).toEqual(['nothing was thrown', 'repository-exists']);
        expect(namesBelow(drive, 'keys')).toHaveLength(1);
      }),
      { numRuns: 6 },
    );
  });

  const base = { 'a.txt': letters(1, 2000) };
  const prepared = (async () => {
    const drive = createMemoryDrive();
    const repository = await create(drive, { packBytes: 2048 });
    await backUp(repository, { 'old.txt': letters(9, 2000) });
    return { drive, masterKey: repository.exportMasterKey(), newest: await backUp(repository, base) };
  })();

  it('that back up lose neither’s snapshot', async () => {
    const { drive: source, masterKey } = await prepared;
    const sets = [
      { ...base, 'one.txt': letters(2, 4000) },
      { ...base, 'two.txt': letters(3, 4000), 'one.txt': letters(2, 4000) },
    ];
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const drive = copyDrive(source);
        const runs = sets.map(async (files, at) => {
          const repository = await reopen(inTurn(drive, scheduler), masterKey, { packBytes: 2048, hostname: `device-${at}` });
          return backUp(repository, files);
        });
        const snapshots = await scheduler.waitFor(Promise.all(runs));
        const calm = await reopen(drive, masterKey);
        expect((await calm.verify({ share: 1, readAtMs: new Map() }, silent)).faults).toEqual([]);
        expect((await calm.snapshots()).snapshots).toHaveLength(4);
        for (const [at, files] of sets.entries()) expect(await restoreFiles(calm, snapshots[at]?.tree ?? '')).toEqual(below(files));
      }),
      { numRuns: 30 },
    );
  });

  it('never both hold a lock of which one is exclusive', async () => {
    const { drive: source, masterKey } = await prepared;
    const opened = await unpackRemembered(masterKey);
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), fc.boolean(), async (scheduler, exclusive) => {
        const drive = copyDrive(source);
        const taken = [true, exclusive].map((isExclusive, at) => {
          const environment = testEnvironment(inTurn(drive, scheduler), { hostname: `device-${at}` });
          return codeOf(acquireLock(createContext(environment, { ...opened, keyFileId: null }), isExclusive));
        });
        const outcomes = await scheduler.waitFor(Promise.all(taken));
        expect(outcomes.filter((outcome) => outcome === 'nothing was thrown').length).toBeLessThan(2);
        expect(namesBelow(drive, 'locks')).toHaveLength(outcomes.filter((outcome) => outcome === 'nothing was thrown').length);
      }),
      { numRuns: 60 },
    );
  });

  it('of which one prunes: it is refused, or the other is, or each had its turn', async () => {
    const { drive: source, masterKey, newest } = await prepared;
    const files = { 'old.txt': letters(9, 2000), 'new.txt': letters(4, 2000) };
    await fc.assert(
      fc.asyncProperty(fc.scheduler(), async (scheduler) => {
        const drive = copyDrive(source);
        const writing = reopen(inTurn(drive, scheduler), masterKey, { packBytes: 2048, hostname: 'blue-heron' });
        const pruning = reopen(inTurn(drive, scheduler), masterKey, { packBytes: 2048 });
        const wrote = codeOf(writing.then((repository) => backUp(repository, files, { hostname: 'blue-heron' })));
        const pruned = codeOf(
          pruning.then(async (repository) => {
            const { snapshots } = await repository.snapshots();
            await repository.forget(snapshots.slice(1).map(({ id }) => id));
            await repository.prune(await repository.planPrune(), silent);
          }),
        );
        const outcomes = await scheduler.waitFor(Promise.all([wrote, pruned]));
        const allowed = ['nothing was thrown', 'repository-locked', 'changed-meanwhile', 'lock-lost'];
        for (const outcome of outcomes) expect(allowed).toContain(outcome);
        const calm = await reopen(drive, masterKey);
        const { faults } = await calm.verify({ share: 1, readAtMs: new Map() }, silent);
        expect(faults.filter(({ what }) => what !== 'pack-unindexed')).toEqual([]);
        expect(await restoreFiles(calm, newest.tree)).toEqual(below(base));
        const [latest] = (await calm.snapshots()).snapshots;
        if (outcomes[0] === 'nothing was thrown') expect(await restoreFiles(calm, latest?.tree ?? '')).toEqual(below(files));
      }),
      { numRuns: 40 },
    );
  });

  it('of which one prunes while the other sleeps past its lock: no snapshot hangs in the air', async () => {
    const { drive: source, masterKey } = await prepared;
    const known = { 'old.txt': letters(9, 2000) };
    const partlyNew = { ...known, 'new.txt': letters(4, 9000) };
    for (const [files, isIndexed] of [
      [partlyNew, false],
      [partlyNew, true],
      [known, true],
    ] as const) {
      const drive = copyDrive(source);
      const sleeper = await reopen(drive, masterKey, { packBytes: 2048, hostname: 'blue-heron' });
      const writer = await sleeper.startWriting();
      // It relies on what only the oldest snapshot needs, and may add something of its own.
      const tree = await saveArchive(writer, files);
      if (isIndexed) await writer.checkpoint();
      const locks = new Map(namesBelow(drive, 'locks').map((name) => [name, drive.files.get(name) as Uint8Array<ArrayBuffer>]));
      for (const name of locks.keys()) drive.files.delete(name);
      const pruner = await reopen(drive, masterKey);
      await pruner.forget((await pruner.snapshots()).snapshots.slice(1).map(({ id }) => id));
      await pruner.prune(await pruner.planPrune(), silent);
      // Even where its lock seems to be there again.
      for (const [name, bytes] of locks) drive.files.set(name, bytes);
      expect(await codeOf(writer.commit(newSnapshot(tree)))).toBe('lock-lost');
      await writer.abandon();
      const calm = await reopen(drive, masterKey);
      expect((await calm.check(silent)).faults.filter(({ what }) => what !== 'pack-unindexed')).toEqual([]);
      await backUp(calm, files);
      expect((await calm.verify({ share: 1, readAtMs: new Map() }, silent)).faults.filter(({ what }) => what !== 'pack-unindexed')).toEqual(
        [],
      );
    }
  });
});
