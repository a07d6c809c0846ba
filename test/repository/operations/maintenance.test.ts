import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Drive } from '../../../src/drives/drive';
import { createMemoryDrive, type MemoryDrive } from '../../../src/drives/memory';
import type { CheckReport } from '../../../src/model/backup-view';
import type { Repository } from '../../../src/repository/repository';
import { retain } from '../../../src/repository/retention';
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
  startMs,
  tag,
  testClock,
} from './small-repository';

const dayMs = 86_400_000;
const whats = ({ faults }: CheckReport): string[] => faults.map(({ what }) => what);
const verifyAll = (repository: Repository) => repository.verify({ share: 1, readAtMs: new Map() }, silent);

const old = { 'a.txt': letters(1, 3000), 'gone.txt': letters(3, 9000) };
const last = { 'a.txt': letters(1, 3000), 'd/e.txt': letters(4, 3000), 'd/f.txt': letters(5, 3000) };

interface Base {
  readonly drive: MemoryDrive;
  readonly masterKey: Uint8Array;
  readonly ids: readonly [old: string, last: string];
  readonly tree: string;
}

async function makeBase(): Promise<Base> {
  const drive = createMemoryDrive();
  const repository = await create(drive, { packBytes: 4096 });
  const first = await backUp(repository, old);
  const second = await backUp(repository, last);
  return { drive, masterKey: repository.exportMasterKey(), ids: [first.id, second.id], tree: second.tree };
}

const base = await makeBase();
const more = { packBytes: 4096 };

async function fresh() {
  const drive = copyDrive(base.drive);
  return { drive, repository: await reopen(drive, base.masterKey, more), again: () => reopen(drive, base.masterKey, more) };
}

/** A drive whose listings say that they may be cut. */
const suspect = (drive: Drive): Drive => ({ ...drive, list: async (folder) => ({ ...(await drive.list(folder)), isSuspect: true }) });

/** The pack that holds a snapshot's piece of text. */
async function packOf(drive: MemoryDrive, text: string): Promise<string> {
  for (const name of namesBelow(drive, 'data')) {
    const without = copyDrive(drive);
    without.files.delete(name);
    const repository = await reopen(without, base.masterKey, more);
    const code = await codeOf(restoreFiles(repository, base.tree).then((files) => (files[`archive/${text}`] === undefined ? null : files)));
    const { faults } = await repository.check(silent);
    if (code !== 'nothing was thrown' && faults.some(({ affects }) => affects.includes(`/archive/${text}`))) return name;
  }
  throw new Error('no pack holds it');
}

describe('forgetting', () => {
  it('keeps, by any policy, the newest and whatever is young', () => {
    const count = fc.integer({ min: 0, max: 12 });
    const policies = fc.record({ last: count, daily: count, weekly: count, monthly: count, yearly: count, keepDays: count });
    const snapshots = fc.uniqueArray(fc.integer({ min: 0, max: 4000 }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(snapshots, policies, (days, policy) => {
        const group = days.map((day) => ({ id: String(day), takenAtMs: startMs - day * dayMs }));
        const kept = retain(group, policy, startMs);
        expect(kept.has(String(Math.min(...days)))).toBe(true);
        for (const day of days) if (day < policy.keepDays) expect(kept.has(String(day))).toBe(true);
        const sum = policy.last + policy.daily + policy.weekly + policy.monthly + policy.yearly;
        const young = days.filter((day) => day < policy.keepDays).length;
        if (sum + policy.keepDays === 0) expect(kept.size).toBe(days.length);
        else expect(kept.size).toBeLessThanOrEqual(sum + young + 1);
        expect(kept.size).toBeGreaterThanOrEqual(Math.min(days.length, policy.last));
      }),
      { numRuns: 200 },
    );
  });

  it('plans by groups, leaves what is not ours, and never removes the newest', async () => {
    const drive = createMemoryDrive();
    const repository = await create(drive);
    const plain = { last: 1, daily: 0, weekly: 0, monthly: 0, yearly: 0, keepDays: 0 };
    const ids: string[] = [];
    for (const [at, hostname] of ['amber-otter', 'amber-otter', 'blue-heron', 'stock'].entries()) {
      const tags = hostname === 'stock' ? [] : [tag];
      ids.push((await backUp(repository, { a: `${at}` }, { hostname, tags, takenAtMs: startMs + at * 5000 })).id);
    }
    const plan = await repository.planForget(plain, [tag]);
    expect(plan.remove.map(({ id }) => id)).toEqual([ids[0]]);
    expect(plan.keep.map(({ id, reasons }) => [id, ...reasons])).toEqual([
      [ids[3], 'not-ours'],
      [ids[2], 'newest', 'last'],
      [ids[1], 'newest', 'last'],
    ]);
    expect(await codeOf(repository.forget([ids[3] ?? '']))).toBe('changed-meanwhile');
    await repository.forget([ids[0] ?? '']);
    expect((await repository.snapshots()).snapshots.map(({ id }) => id)).toEqual([ids[3], ids[2], ids[1]]);
  });

  it('removes nothing on the word of a listing that may be cut, or where the newest lacks something', async () => {
    const plain = { last: 1, daily: 0, weekly: 0, monthly: 0, yearly: 0, keepDays: 0 };
    const doubtful = await reopen(suspect(base.drive), base.masterKey, more);
    expect((await doubtful.planForget(plain, [tag])).remove).toEqual([]);
    expect(await codeOf(doubtful.forget([base.ids[0]]))).toBe('listing-suspect');
    expect(await codeOf(doubtful.planPrune())).toBe('listing-suspect');
    expect(await codeOf(doubtful.planRepair(silent))).toBe('listing-suspect');
    // A listing that says nothing of being cut, and lacks a pack that is there.
    const hidden = namesBelow(base.drive, 'data')[0];
    const list: Drive['list'] = async (folder) => {
      const { entries, isSuspect } = await base.drive.list(folder);
      return { entries: entries.filter(({ name }) => name !== hidden), isSuspect };
    };
    const cut = await reopen({ ...base.drive, list }, base.masterKey, more);
    expect([await codeOf(cut.planPrune()), await codeOf(cut.planRepair(silent))]).toEqual(['listing-suspect', 'listing-suspect']);
    expect((await cut.check(silent)).faults).toMatchObject([{ what: 'listing-suspect' }]);
    const { drive, repository } = await fresh();
    drive.files.delete(await packOf(drive, 'd/e.txt'));
    await repository.check(silent);
    const plan = await repository.planForget(plain, [tag]);
    expect([plan.remove, plan.keep.some(({ reasons }) => reasons.includes('newest-incomplete'))]).toEqual([[], true]);
  });
});

describe('pruning', () => {
  it('removes what no snapshot needs, and keeps the rest', async () => {
    const { drive, repository, again } = await fresh();
    expect(await repository.planPrune()).toMatchObject({ removePacks: [], repackPacks: [], unusedBytes: 0 });
    await repository.forget([base.ids[0]]);
    const plan = await repository.planPrune();
    expect(plan.unusedBytes).toBeGreaterThan(4000);
    const before = namesBelow(drive, 'data').length;
    await repository.prune(plan, silent);
    expect(namesBelow(drive, 'data').length).toBeLessThanOrEqual(before);
    expect(await restoreFiles(await again(), base.tree)).toEqual(below(last));
    expect((await verifyAll(await again())).faults).toEqual([]);
    expect((await (await again()).planPrune()).unusedBytes).toBeLessThan(plan.unusedBytes / 2);
  });

  it('is refused where something came or went since it was planned', async () => {
    const { repository, again } = await fresh();
    await repository.forget([base.ids[0]]);
    const plan = await repository.planPrune();
    await backUp(await again(), { b: 'c' });
    expect(await codeOf(repository.prune(plan, silent))).toBe('changed-meanwhile');
    expect(await codeOf(repository.prune({ ...(await repository.planPrune()), removePacks: ['0'.repeat(64)] }, silent))).toBe(
      'changed-meanwhile',
    );
  });

  it('is refused where what is needed is not known: damage, or no snapshot at all', async () => {
    for (const folder of ['index', 'snapshots', 'data']) {
      const { drive, repository } = await fresh();
      const [name = ''] = namesBelow(drive, folder);
      drive.files.set(name, (drive.files.get(name) ?? new Uint8Array()).slice(1));
      expect(await codeOf(repository.planPrune()), folder).toBe('repository-damaged');
    }
    const { drive, repository } = await fresh();
    for (const name of namesBelow(drive, 'snapshots')) drive.files.delete(name);
    expect(await codeOf(repository.planPrune())).toBe('snapshot-missing');
  });

  it('stops before it removes anything once its lock is gone', async () => {
    const { drive, repository } = await fresh();
    await repository.forget([base.ids[0]]);
    const plan = await repository.planPrune();
    const files = new Set(namesBelow(drive, 'data'));
    const robbed = watchDrive(drive, async (call, name) => {
      if (call === 'create' && name.startsWith('index/')) for (const lock of namesBelow(drive, 'locks')) drive.files.delete(lock);
    });
    expect(await codeOf((await reopen(robbed, base.masterKey, more)).prune(plan, silent))).toBe('lock-lost');
    expect([...files].every((name) => drive.files.has(name))).toBe(true);
    expect(await restoreFiles(await reopen(drive, base.masterKey), base.tree)).toEqual(below(last));
  });

  it('copies nothing that does not open, and says afterwards which pack that was', async () => {
    const drive = createMemoryDrive();
    const repository = await create(drive);
    const first = await backUp(repository, old);
    await backUp(repository, { 'a.txt': old['a.txt'] });
    await repository.forget([first.id]);
    const plan = await repository.planPrune();
    const [id = ''] = plan.repackPacks;
    const name = `data/${id.slice(0, 2)}/${id}`;
    drive.files.set(
      name,
      (drive.files.get(name) ?? new Uint8Array()).map((byte, at) => (at % 100 === 20 ? byte ^ 1 : byte)),
    );
    const before = namesBelow(drive, 'data');
    expect(await codeOf(repository.prune(plan, silent))).toBe('damaged');
    expect(before.every((each) => drive.files.has(each))).toBe(true);
    expect((await repository.check(silent)).faults).toContainEqual(expect.objectContaining({ what: 'pack-damaged', id }));
    expect(await codeOf(repository.planPrune())).toBe('repository-damaged');
  });

  it('puts many small index files together', async () => {
    const { drive, repository } = await fresh();
    for (let at = 0; at < 12; at += 1) await backUp(repository, { ...last, [`${at}`]: letters(at + 20, 500) });
    expect(namesBelow(drive, 'index').length).toBeGreaterThan(12);
    await repository.forget([base.ids[0]]);
    await repository.prune(await repository.planPrune(), silent);
    expect(namesBelow(drive, 'index')).toHaveLength(1);
    expect((await verifyAll(repository)).faults).toEqual([]);
  });
});

describe('damage', () => {
  it('of an index is passed over, written anew by the next backup, and repaired', async () => {
    const { drive, repository, again } = await fresh();
    const [name = ''] = namesBelow(drive, 'index');
    drive.files.set(name, (drive.files.get(name) ?? new Uint8Array()).slice(0, 100));
    expect(await restoreFiles(repository, base.tree)).toEqual(below(last));
    const report = await repository.check(silent);
    expect(new Set(whats(report))).toEqual(new Set(['index-damaged', 'pack-unindexed']));
    const writer = await (await again()).startWriting();
    await writer.commit(newSnapshot(await saveArchive(writer, last)));
    expect(whats(await (await again()).check(silent))).toEqual(['index-damaged']);
    const plan = await repository.planRepair(silent);
    expect([plan.badIndexes, plan.lostBlobs]).toEqual([[name.slice(6)], []]);
    await repository.repair(plan, silent);
    expect((await verifyAll(await again())).faults).toEqual([]);
  });

  it('of a snapshot leaves the others usable, and goes when the owner says so', async () => {
    const { drive, repository } = await fresh();
    drive.files.set(`snapshots/${base.ids[0]}`, new Uint8Array(10));
    const { snapshots, damaged } = await repository.snapshots();
    expect([snapshots.map(({ id }) => id), damaged]).toEqual([[base.ids[1]], [base.ids[0]]]);
    await repository.repair(await repository.planRepair(silent), silent);
    expect(namesBelow(drive, 'snapshots')).toEqual([`snapshots/${base.ids[1]}`]);
  });

  it('of a pack is named with what it affects, healed by the next backup, and then repaired without a loss', async () => {
    const { drive, repository, again } = await fresh();
    const name = await packOf(drive, 'd/e.txt');
    drive.files.set(
      name,
      (drive.files.get(name) ?? new Uint8Array()).map((byte, at) => (at % 50 === 0 ? byte ^ 1 : byte)),
    );
    expect((await repository.check(silent)).faults).toEqual([]);
    const { faults, readPacks, packs } = await verifyAll(repository);
    expect(faults).toMatchObject([{ what: 'pack-damaged', id: name.slice(8) }]);
    expect(faults[0]?.affects).toContain('/archive/d/e.txt');
    expect(readPacks).not.toContain(name.slice(8));
    expect(packs).toBeGreaterThan(0);
    expect(whats(await repository.check(silent))).toEqual(['pack-damaged']);
    expect((await repository.planRepair(silent)).lostBlobs.length).toBeGreaterThan(0);
    const healed = await backUp(repository, last);
    expect(healed.tree).toBe(base.tree);
    const plan = await repository.planRepair(silent);
    expect(plan.snapshotsLacking.map(({ id }) => id)).not.toContain(healed.id);
    await repository.repair(plan, silent);
    expect(drive.files.has(name)).toBe(false);
    const calm = await again();
    expect((await verifyAll(calm)).faults).toEqual([]);
    expect(await restoreFiles(calm, healed.tree)).toEqual(below(last));
  });

  it('of a pack that nothing heals costs the files in it, and no others', async () => {
    const { drive, repository, again } = await fresh();
    drive.files.delete(await packOf(drive, 'd/e.txt'));
    const plan = await repository.planRepair(silent);
    await repository.repair(plan, silent);
    const calm = await again();
    expect((await verifyAll(calm)).faults).toEqual([]);
    const [newest] = (await calm.snapshots()).snapshots;
    const left = await restoreFiles(calm, newest?.tree ?? '');
    expect(left).not.toHaveProperty('archive/d/e.txt');
    for (const [path, text] of Object.entries(left)) expect(below(last)[path]).toBe(text);
    expect(JSON.stringify(newest)).not.toContain(base.ids[1]);
  });

  it('of one copy of a blob does no harm where there is another', async () => {
    const { drive, repository, again } = await fresh();
    const files = { 'both.txt': letters(7, 3000) };
    const writers = [await repository.startWriting(), await (await again()).startWriting()];
    const before = new Set(namesBelow(drive, 'data'));
    const trees = [];
    for (const writer of writers) trees.push((await writer.commit(newSnapshot(await saveArchive(writer, files)))).tree);
    const added = namesBelow(drive, 'data').filter((name) => !before.has(name));
    expect([added.length, trees[0]]).toEqual([4, trees[1]]);
    for (const name of added) {
      const spoiled = copyDrive(drive);
      spoiled.files.set(name, new Uint8Array(drive.files.get(name)?.length ?? 0));
      const reader = await reopen(spoiled, base.masterKey, more);
      expect(await restoreFiles(reader, trees[0] ?? '')).toEqual(below(files));
      expect((await verifyAll(reader)).faults).toMatchObject([{ what: 'pack-damaged', affects: [] }]);
      const plan = await reader.planRepair(silent);
      expect([plan.lostBlobs, plan.snapshotsLacking]).toEqual([[], []]);
      await reader.repair(plan, silent);
      expect((await verifyAll(await reopen(spoiled, base.masterKey))).faults).toEqual([]);
    }
  });

  it('is not said to be repaired where the drive did not do as it was told', async () => {
    const { drive } = await fresh();
    drive.files.set(`snapshots/${base.ids[0]}`, new Uint8Array(10));
    const remove: Drive['remove'] = async (name) => (name.startsWith('snapshots/') ? undefined : drive.remove(name));
    const repository = await reopen({ ...drive, remove }, base.masterKey, more);
    expect(await codeOf(repository.repair(await repository.planRepair(silent), silent))).toBe('repository-damaged');
  });

  it('is not repaired by a plan that was made for another state', async () => {
    const { drive, repository } = await fresh();
    drive.files.set(`snapshots/${base.ids[0]}`, new Uint8Array(10));
    const plan = await repository.planRepair(silent);
    await backUp(await reopen(drive, base.masterKey), { b: 'c' });
    expect(await codeOf(repository.repair(plan, silent))).toBe('changed-meanwhile');
  });
});

describe('verifying', () => {
  it('reads first what was read longest ago, and says how much has been read within a year', async () => {
    const { drive, again } = await fresh();
    const nowMs = startMs + 800 * dayMs;
    const ids = namesBelow(drive, 'data').map((name) => name.slice(8));
    const readAtMs = new Map(ids.map((id, at) => [id, at === 0 ? startMs : nowMs - at * dayMs] as const));
    const repository = await reopen(drive, base.masterKey, testClock(nowMs));
    const report = await repository.verify({ share: 0.0001, readAtMs }, silent);
    expect([report.readPacks, report.packsRead, report.share]).toEqual([[ids[0]], 1, 1]);
    const unread = await (await again()).verify({ share: 0, readAtMs: new Map() }, silent);
    expect([unread.packsRead, unread.share]).toEqual([0, 0]);
  });

  it('names whatever was dropped, added, renamed, truncated, altered or swapped', async () => {
    const names = [...base.drive.files.keys()].filter((name) => !/^(snapshots|config)/.test(name)).sort();
    const all = [...names, 'config', ...base.ids.map((id) => `snapshots/${id}`)];
    const pick = fc.nat({ max: 1_000_000 });
    const kinds = fc.constantFrom('drop', 'add', 'rename', 'truncate', 'alter', 'swap');
    await fc.assert(
      fc.asyncProperty(kinds, pick, pick, pick, async (kind, first, second, where) => {
        const { drive, repository } = await fresh();
        const { files } = drive;
        // A snapshot that was taken away is known only to whoever remembers it.
        const from = kind === 'drop' ? names : all;
        const name = from[first % from.length] ?? '';
        const other = all.filter((each) => each !== name)[second % (all.length - 1)] ?? '';
        const bytes = files.get(name) ?? new Uint8Array();
        const otherId = [...base.ids.join('')].reverse().join('').slice(0, 64);
        const folder = name.startsWith('data/') ? `data/${otherId.slice(0, 2)}` : (name.split('/')[0] ?? '');
        const newName = name === 'config' ? 'config' : `${folder}/${otherId}`;
        if (kind === 'drop') files.delete(name);
        if (kind === 'add') files.set(newName, bytes.slice(0, where % bytes.length));
        if (kind === 'rename') {
          files.delete(name);
          files.set(newName, name === 'config' ? bytes.slice(1) : bytes);
        }
        if (kind === 'truncate') files.set(name, bytes.slice(0, where % bytes.length));
        if (kind === 'alter') files.set(name, bytes.with(where % bytes.length, (bytes[where % bytes.length] ?? 0) ^ 0x10));
        if (kind === 'swap')
          [name, other].forEach((each, at) => files.set(each, base.drive.files.get(at === 0 ? other : name)?.slice() ?? bytes));
        const { faults } = await verifyAll(repository);
        const ids = [name, newName, other].map((each) => each.slice(each.lastIndexOf('/') + 1));
        const isNamed = faults.some(({ id }) => ids.includes(id));
        // An index or the only key that is gone shows by what it stood for.
        const isShown = faults.some(({ what }) => what === 'pack-unindexed' || what === 'key');
        expect(isNamed || (kind === 'drop' && isShown), `${kind} ${name}: ${JSON.stringify(faults)}`).toBe(true);
        const restored = await codeOf(restoreFiles(repository, base.tree).then((found) => expect(found).toEqual(below(last))));
        expect(restored).toMatch(/^(nothing was thrown|damaged|not-found|drive-missing)$/);
      }),
      { numRuns: 60 },
    );
  });
});

it('opens from the drive and the password alone', async () => {
  expect(await restoreFiles(await open(base.drive), base.tree)).toEqual(below(last));
});
