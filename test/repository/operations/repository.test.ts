import { readContent } from '../../../src/drives/file-content';
import { describe, expect, it } from 'vitest';
import { hashBytes } from '../../../src/crypto/hashes';
import { createMemoryDrive } from '../../../src/drives/memory';
import { CamphorError } from '../../../src/model/error';
import { sealConfigFile } from '../../../src/repository/config-file';
import { openRepository } from '../../../src/repository/open-repository';
import { restoreConfig, unpackRemembered } from '../../../src/repository/remembered-key';
import { sealJson } from '../../../src/repository/unpacked';
import { random, utf8 } from '../codec';
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
  password,
  reopen,
  restoreFiles,
  saveArchive,
  silent,
  startMs,
  testClock,
  testEnvironment,
} from './small-repository';

const files = { 'README.txt': 'read me', 'months/2026-01.jsonl': letters(1, 5000), 'months/2026-02.jsonl': letters(2, 5000), empty: '' };

const many = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`file-${at}`, letters(at, 1500)]));

describe('writing and reading', () => {
  it('gives back what was saved, to another device too, and saves nothing twice', async () => {
    const drive = createMemoryDrive();
    const repository = await create(drive);
    const first = await backUp(repository, files);
    const packs = namesBelow(drive, 'data').length;
    const second = await backUp(repository, files, { parent: first.id });
    expect(namesBelow(drive, 'data')).toHaveLength(packs);
    expect(second.tree).toBe(first.tree);
    expect(second.takenAtMs).toBe(first.takenAtMs + 1000);
    expect(namesBelow(drive, 'locks')).toEqual([]);

    const other = await open(copyDrive(drive));
    const { snapshots, damaged } = await other.snapshots();
    expect([snapshots.map(({ id }) => id), damaged]).toEqual([[second.id, first.id], []]);
    expect(await restoreFiles(other, second.tree)).toEqual(below(files));
    expect((await other.verify({ share: 1, readAtMs: new Map() }, silent)).faults).toEqual([]);
  });

  it('makes packs of the size asked for, spread by chance, and few at the end', async () => {
    const drive = createMemoryDrive();
    const repository = await create(drive, { packBytes: 8192, checkpointBytes: 65_536 });
    const { tree } = await backUp(repository, many);
    const sizes = namesBelow(drive, 'data').map((name) => drive.files.get(name)?.length ?? 0);
    expect(sizes.length).toBeGreaterThan(20);
    expect(Math.max(...sizes)).toBeLessThan(8192 + 40_000);
    expect(sizes.filter((size) => size < 4096).length).toBeLessThan(12);
    expect(namesBelow(drive, 'index').length).toBeGreaterThan(2);
    expect(await restoreFiles(await open(drive), tree)).toEqual(below(many));
  });

  it('names what was sent in an index beside what is being sent', async () => {
    const memory = createMemoryDrive();
    let release = (): void => {};
    const held = new Promise<void>((resolve) => (release = resolve));
    const drive = watchDrive(memory, async (call, name) => {
      if (call === 'create' && name.startsWith('index/')) await held;
    });
    await create(memory);
    const repository = await open(drive, { packBytes: 8192, checkpointBytes: 65_536 });
    const writer = await repository.startWriting();
    const tree = await saveArchive(writer, many);
    expect(namesBelow(memory, 'index')).toEqual([]);
    expect(writer.sentBytes).toBeGreaterThan(2 * 65_536);
    release();
    await writer.commit(newSnapshot(tree));
    expect(namesBelow(memory, 'index').length).toBeGreaterThan(1);
    expect(await restoreFiles(await open(memory), tree)).toEqual(below(many));
  });

  it('makes no snapshot where such an index could not be made', async () => {
    const memory = createMemoryDrive();
    let failures = 0;
    const drive = watchDrive(memory, async (call, name) => {
      if (call === 'create' && name.startsWith('index/') && failures++ === 0) throw new CamphorError('drive-failed');
    });
    await create(memory);
    const repository = await open(drive, { packBytes: 8192, checkpointBytes: 65_536 });
    expect(await codeOf(backUp(repository, many))).toBe('drive-failed');
    expect(namesBelow(memory, 'snapshots')).toEqual([]);
    const { tree } = await backUp(await open(memory), many);
    expect(await restoreFiles(await open(memory), tree)).toEqual(below(many));
  });

  it('goes on where a killed run had made an index', async () => {
    const drive = createMemoryDrive();
    const repository = await create(drive);
    const writer = await repository.startWriting();
    await saveArchive(writer, files);
    await writer.checkpoint();
    const sent = writer.sentBytes;
    await writer.abandon();
    const again = await (await open(drive)).startWriting();
    const tree = await saveArchive(again, files);
    expect([sent > 0, again.sentBytes]).toEqual([true, 0]);
    await again.commit(newSnapshot(tree));
  });

  it('reads the index once for many readers, and again only for what is new', async () => {
    const memory = createMemoryDrive();
    const repository = await create(memory);
    const { tree } = await backUp(repository, files);
    const reads: string[] = [];
    const drive = watchDrive(memory, async (call, name) => {
      if (call === 'read' && name.startsWith('index/')) reads.push(name);
    });
    const reader = await reopen(drive, repository.exportMasterKey());
    await Promise.all([1, 2, 3, 4].map(() => restoreFiles(reader, tree)));
    expect(reads).toEqual(namesBelow(memory, 'index'));
    expect(await codeOf(reader.readBlob('data', '0'.repeat(64)))).toBe('not-found');
    const { tree: later } = await backUp(repository, { 'later.txt': 'later' });
    expect(await restoreFiles(reader, later)).toEqual(below({ 'later.txt': 'later' }));
    expect(reads.sort()).toEqual(namesBelow(memory, 'index').sort());
    memory.files.set(`index/${'a'.repeat(64)}`, utf8('damaged'));
    await reader.loadIndex();
    const before = reads.length;
    expect(await codeOf(reader.readBlob('data', '0'.repeat(64)))).toBe('not-found');
    expect(reads.length).toBe(before);
  });

  it('refuses trees that name what is not there, and two nodes of one name', async () => {
    const writer = await (await create(createMemoryDrive())).startWriting();
    const { id } = await writer.saveBlob('data', utf8('x'));
    const file = { name: 'a', type: 'file', mtimeMs: startMs, sizeBytes: 1, content: [id], subtree: null } as const;
    await expect(writer.saveTree([file, file])).rejects.toThrow(RangeError);
    expect(await codeOf(writer.saveTree([{ ...file, content: ['0'.repeat(64)] }]))).toBe('not-found');
    expect(await codeOf(writer.commit(newSnapshot('0'.repeat(64))))).toBe('not-found');
    const tree = await writer.saveTree([file]);
    await writer.commit(newSnapshot(tree));
    expect(await codeOf(writer.saveBlob('data', utf8('y')))).toBe('cancelled');
  });

  it('keeps a blob under the id that its caller knows, and under its own where that is another', async () => {
    const memory = createMemoryDrive();
    const repository = await create(memory);
    const writer = await repository.startWriting();
    const [known, mistaken] = [utf8('a medium'), utf8('another')];
    const [id, own] = [await hashBytes(known), await hashBytes(mistaken)];
    expect((await writer.saveBlob('data', known, id)).id).toBe(id);
    expect(await writer.saveBlob('data', known, id)).toEqual({ id, sentBytes: 0 });
    const wrong = 'ab'.repeat(32);
    expect((await writer.saveBlob('data', mistaken, wrong)).id).toBe(own);
    expect(writer.hasBlob('data', wrong)).toBe(false);
    const node = { type: 'file', mtimeMs: startMs, sizeBytes: 8, subtree: null } as const;
    const tree = await writer.saveTree([
      { ...node, name: 'a', content: [id] },
      { ...node, name: 'b', content: [own] },
    ]);
    await writer.commit(newSnapshot(tree));
    const reader = await reopen(memory, repository.exportMasterKey());
    expect([await reader.readBlob('data', id), await reader.readBlob('data', own)]).toEqual([known, mistaken]);
  });

  it('puts snapshots in order where a clock is wrong', async () => {
    const drive = createMemoryDrive({ nowMs: () => startMs + 5000 });
    const repository = await create(drive);
    const first = await backUp(repository, files, { takenAtMs: startMs + 86_400_000 });
    const second = await backUp(repository, { a: 'b' }, { takenAtMs: startMs - 86_400_000 });
    const early = await backUp(await create(createMemoryDrive({ nowMs: () => startMs + 5000 })), files, { takenAtMs: 1 });
    expect([first.takenAtMs, second.takenAtMs - first.takenAtMs, early.takenAtMs]).toEqual([startMs + 86_400_000, 1000, startMs + 5000]);
  });

  it('reads every pack back where the drive is not atomic, and writes again what came back otherwise', async () => {
    const memory = createMemoryDrive({ traits: { isAtomic: false } });
    let spoiled = 0;
    let packReads = 0;
    const drive = watchDrive(memory, async (call, name) => {
      if (call === 'read' && name.startsWith('data/')) packReads += 1;
    });
    const repository = await create({
      ...drive,
      async create(name, content, options) {
        const isFirstPack = name.startsWith('data/') && spoiled === 0;
        if (isFirstPack) spoiled += 1;
        const spoil = async () => (await readContent(content)).map((byte, at) => (at === 40 ? byte ^ 1 : byte));
        await drive.create(name, isFirstPack ? await spoil() : content, options);
      },
    });
    const { tree } = await backUp(repository, files);
    expect([spoiled, packReads >= namesBelow(memory, 'data').length]).toEqual([1, true]);
    expect(await restoreFiles(await open(memory), tree)).toEqual(below(files));
  });
});

describe('keys', () => {
  it('opens by any of its passwords, or by what a device remembers, and never loses the last', async () => {
    const drive = createMemoryDrive();
    const repository = await create(drive);
    const second = await repository.addKey('another long password', 'recovery');
    expect(await codeOf(repository.addKey('short', 'passphrase'))).toBe('secret-too-weak');
    const environment = testEnvironment(drive);
    const other = await openRepository({ ...environment, password: 'another long password' });
    const keys = await other.keys();
    expect(keys.map(({ label, isInUse }) => [label, isInUse])).toEqual(
      expect.arrayContaining([
        ['passphrase', false],
        ['recovery', true],
      ]),
    );
    const first = keys.find(({ id }) => id !== second.id)?.id ?? '';
    await other.removeKey(first);
    expect(await codeOf(other.removeKey(second.id))).toBe('busy');
    expect(await codeOf(open(drive))).toBe('wrong-secret');
    const remembered = await reopen(drive, repository.exportMasterKey());
    expect([remembered.id, (await remembered.keys()).some(({ isInUse }) => isInUse)]).toEqual([repository.id, false]);
  });

  it('passes over damaged key files, and says so where none is sound', async () => {
    const drive = createMemoryDrive();
    const repository = await create(drive);
    const [name = ''] = namesBelow(drive, 'keys');
    for (const letter of ['0', 'f']) drive.files.set(`keys/${letter.repeat(64)}`, utf8('{"kdf":"scrypt"'));
    expect((await open(drive)).id).toBe(repository.id);
    expect((await repository.check(silent)).faults.map(({ what, id }) => [what, id[0]])).toEqual(expect.arrayContaining([['key', '0']]));
    drive.files.delete(name);
    expect(await codeOf(open(drive))).toBe('repository-damaged');
    const remembered = await reopen(drive, repository.exportMasterKey());
    await remembered.addKey(password, 'passphrase');
    expect((await open(drive)).id).toBe(repository.id);
  });

  it('knows another repository, made in its place, from its own with a damaged config', async () => {
    const [drive, later] = [createMemoryDrive(), createMemoryDrive()];
    const remembered = (await create(drive)).exportMasterKey();
    await backUp(await create(later), files);
    expect(await codeOf(reopen(later, remembered))).toBe('wrong-secret');
    await backUp(await reopen(drive, remembered), files);
    drive.files.set('config', new Uint8Array(100));
    expect(await codeOf(reopen(drive, remembered))).toBe('repository-damaged');
  });

  it('tells a place without a repository from one that lost its config, which a device can bring back', async () => {
    const drive = createMemoryDrive();
    expect(await codeOf(open(drive))).toBe('no-repository');
    const repository = await create(drive);
    await backUp(repository, files);
    expect(await codeOf(create(drive))).toBe('repository-exists');
    expect(await codeOf(restoreConfig({ drive, random }, repository.exportMasterKey()))).toBe('repository-exists');
    drive.files.delete('config');
    expect(await codeOf(open(drive))).toBe('repository-damaged');
    await restoreConfig({ drive, random }, repository.exportMasterKey());
    expect((await (await open(drive)).check(silent)).faults).toEqual([]);
  });
});

describe('locks', () => {
  it('lets two write at once, and keeps a prune away from either', async () => {
    const drive = createMemoryDrive();
    const one = await create(drive);
    const other = await open(drive, { hostname: 'blue-heron' });
    const writers = [await one.startWriting(), await other.startWriting()];
    expect((await one.locks()).map(({ hostname, exclusive, isStale }) => [hostname, exclusive, isStale])).toEqual(
      expect.arrayContaining([
        ['amber-otter', false, false],
        ['blue-heron', false, false],
      ]),
    );
    expect(await codeOf(one.forget([]))).toBe('repository-locked');
    for (const [at, writer] of writers.entries()) await writer.commit(newSnapshot(await saveArchive(writer, { [`${at}`]: `${at}` })));
    expect((await one.snapshots()).snapshots).toHaveLength(2);
    expect((await one.check(silent)).faults).toEqual([]);
  });

  it('keeps writers out while something is removed, and leaves no lock behind', async () => {
    const memory = createMemoryDrive();
    const repository = await create(memory);
    const [first] = [await backUp(repository, files), await backUp(repository, { a: 'b' })];
    const outcomes: string[] = [];
    const other = await open(memory, { hostname: 'blue-heron' });
    const drive = watchDrive(memory, async (call, name) => {
      if (call === 'remove' && name.startsWith('snapshots/')) outcomes.push(await codeOf(other.startWriting()));
    });
    await (await reopen(drive, repository.exportMasterKey())).forget([first.id]);
    expect([outcomes, namesBelow(memory, 'locks')]).toEqual([['repository-locked'], []]);
  });

  it('renews its lock every five minutes, and gives up one that it slept through', async () => {
    const drive = createMemoryDrive();
    const environment = testClock();
    const repository = await create(drive, environment);
    const writer = await repository.startWriting();
    const [before] = namesBelow(drive, 'locks');
    environment.clock.nowMs += 6 * 60_000;
    const tree = await saveArchive(writer, files);
    await writer.checkpoint();
    const [after] = namesBelow(drive, 'locks');
    expect([after === before, namesBelow(drive, 'locks').length]).toEqual([false, 1]);
    environment.clock.nowMs += 26 * 60_000;
    expect(await codeOf(writer.commit(newSnapshot(tree)))).toBe('lock-lost');
    await writer.abandon();
    expect([namesBelow(drive, 'locks'), namesBelow(drive, 'snapshots')]).toEqual([[], []]);
  });

  it('passes over stale locks by the drive’s clock, or of this device, and by its own clock over none of others', async () => {
    const late = startMs + 31 * 60_000;
    for (const [driveMs, hostname, outcome] of [
      [late, 'blue-heron', 'nothing was thrown'],
      [null, 'blue-heron', 'repository-locked'],
      [null, 'amber-otter', 'nothing was thrown'],
      [startMs, 'amber-otter', 'repository-locked'],
    ] as const) {
      const drive = createMemoryDrive();
      const repository = await create(drive, { hostname });
      await repository.startWriting();
      const later = createMemoryDrive({ files: drive.files, ...(driveMs === null ? {} : { nowMs: () => driveMs }) });
      const other = await reopen(later, repository.exportMasterKey(), testClock(late));
      expect(await codeOf(other.forget([])), `${driveMs} ${hostname}`).toBe(outcome);
    }
  });

  it('removes stale locks when told to, unreadable ones among them', async () => {
    const drive = createMemoryDrive();
    const repository = await create(drive);
    drive.files.set(`locks/${'a'.repeat(64)}`, utf8('nothing that opens'));
    drive.files.set(`locks/${'b'.repeat(64)}`, utf8(''));
    expect(await codeOf(repository.startWriting())).toBe('repository-locked');
    expect(await repository.removeStaleLocks()).toBe(1);
    await backUp(repository, files);
  });

  it('lets go of its locks when closed', async () => {
    const drive = createMemoryDrive();
    const repository = await create(drive);
    const writer = await repository.startWriting();
    await repository.close();
    expect(namesBelow(drive, 'locks')).toEqual([]);
    expect(await codeOf(writer.saveBlob('data', utf8('late')))).toBe('cancelled');
  });
});

describe('versions', () => {
  it('writes and reads version 1, which does not compress', async () => {
    const drive = createMemoryDrive();
    const repository = await create(drive, { version: 1 });
    const { tree } = await backUp(repository, files);
    const other = await open(drive);
    expect([other.version, await restoreFiles(other, tree)]).toEqual([1, below(files)]);
  });

  it('does not open one of a version to come', async () => {
    const drive = createMemoryDrive();
    const remembered = (await create(drive)).exportMasterKey();
    const { key, config } = await unpackRemembered(remembered);
    drive.files.set('config', await sealConfigFile(key, { ...config, version: 3 as never }, random));
    expect([await codeOf(open(drive)), await codeOf(reopen(drive, remembered))]).toEqual(['newer-repository', 'newer-repository']);
  });

  it('only reads where fields stand that are not ours', async () => {
    const drive = createMemoryDrive();
    const repository = await create(drive);
    const { tree } = await backUp(repository, files);
    const { key } = await unpackRemembered(repository.exportMasterKey());
    const foreign = await sealJson(key, { packs: [], packs_to_delete: [] }, null, random);
    drive.files.set(`index/${foreign.id}`, foreign.bytes);
    const other = await open(drive);
    await other.loadIndex();
    expect([other.readOnlyBecause, await codeOf(other.startWriting()), await codeOf(other.planPrune())]).toEqual([
      'foreign-fields',
      'repository-read-only',
      'repository-read-only',
    ]);
    expect(await restoreFiles(other, tree)).toEqual(below(files));
  });
});
