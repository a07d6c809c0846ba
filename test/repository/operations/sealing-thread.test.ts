// Backups whose blobs are sealed behind ports: nothing is lost or mixed up, whoever seals what, and a thread that fails ends the backup.

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { hashBytes } from '../../../src/crypto/hashes';
import type { Sha256Hex } from '../../../src/model/ids';
import { CamphorError } from '../../../src/model/error';
import type { Drive } from '../../../src/drives/drive';
import { createMemoryDrive, type MemoryDrive } from '../../../src/drives/memory';
import { importMasterKey, type SealingKey } from '../../../src/repository/master-key';
import type { PackFiles } from '../../../src/repository/pack-files';
import type { PackMaker, PlainBlob } from '../../../src/repository/pack-maker';
import { openBlob } from '../../../src/repository/blob';
import { readContent } from '../../../src/drives/file-content';
import { reachSealing, sealingVerbs, type SealingPortVerbs } from '../../../workers/sealing-port';
import { serve } from '../../../workers/serve';
import { random, realCodec, utf8 } from '../codec';
import { backUp, create, newSnapshot, restoreFiles, startMs } from './small-repository';

const codec = await realCodec();
const noFiles = async (): Promise<PackFiles | null> => null;

/** Two files of each thread; tells of those that were freed before what was in them was on the drive. */
function twoFiles(drive: MemoryDrive) {
  const seen = { kept: 0, refused: 0, freedEarly: 0, inUse: 0, ended: 0 };
  const isOnDrive = (bytes: Uint8Array): boolean => [...drive.files.values()].some((file) => Buffer.compare(file, bytes) === 0);
  const open = async (): Promise<PackFiles> => {
    const used = new Map<number, Uint8Array<ArrayBuffer>>();
    return {
      async keep(bytes) {
        const number = [0, 1].find((each) => !used.has(each));
        if (number === undefined) {
          seen.refused += 1;
          return null;
        }
        used.set(number, bytes.slice());
        seen.kept += 1;
        seen.inUse += 1;
        // Node's threads cannot hand on a File.
        return { content: new Blob([bytes]) as File, number };
      },
      free(number) {
        if (!isOnDrive(used.get(number)!)) seen.freedEarly += 1;
        if (used.delete(number)) seen.inUse -= 1;
      },
      end: async () => void (seen.ended += 1),
    };
  };
  return { open, seen };
}

/** The other end of a port, which counts what comes; `change` is what is wrong with it. */
function connected(change: (verbs: SealingPortVerbs) => Partial<SealingPortVerbs> = () => ({}), ports = 2, openFiles = noFiles) {
  const seen = { groups: [] as number[], byPort: [] as number[], ended: 0 };
  const openPort = async (): Promise<MessagePort> => {
    const at = seen.byPort.push(0) - 1;
    const { port1, port2 } = new MessageChannel();
    const verbs = sealingVerbs(codec, random, openFiles);
    const counted: SealingPortVerbs = {
      ...verbs,
      add: (maker, blobs) => {
        seen.groups.push(blobs.length);
        seen.byPort[at] = (seen.byPort[at] ?? 0) + blobs.length;
        return verbs.add(maker, blobs);
      },
      end: async (maker) => {
        seen.ended += 1;
        return verbs.end(maker);
      },
    };
    serve({ ...counted, ...change(counted) }, port1);
    return port2;
  };
  return { seen, openPort, open: reachSealing(openPort, ports) };
}

async function sealingKey(): Promise<SealingKey> {
  const { encryption, authentication } = await importMasterKey(random(64));
  return { encryption, authentication };
}

async function plainBlob(bytes: Uint8Array<ArrayBuffer>, claimed?: Sha256Hex): Promise<PlainBlob> {
  return { type: 'data', plain: bytes, id: claimed ?? (await hashBytes(bytes)), isClaimed: claimed !== undefined };
}

const isPacked = (added: Awaited<ReturnType<PackMaker['add']>>) => !('length' in added);

describe('packs made behind ports', () => {
  test('hold each blob once, under its id, and open by the key', async () => {
    const key = await sealingKey();
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.uint8Array({ minLength: 1, maxLength: 300 }), { selector: String, maxLength: 40 }),
        async (all) => {
          const { open } = connected();
          const maker = await open({ key, compresses: true, packBytes: 1000 });
          const plains = new Map<string, Uint8Array>(
            await Promise.all(all.map(async (bytes) => [await hashBytes(bytes.slice()), bytes] as const)),
          );
          const added = await Promise.all(all.map(async (bytes) => maker.add(await plainBlob(bytes.slice()))));
          const full = added.map((one) => ('length' in one ? null : one.full)).filter((pack) => pack !== null);
          const packs = [...full, ...(await maker.flush())];
          expect(packs.flatMap(({ blobs }) => blobs.map(({ id }) => id)).sort()).toEqual([...plains.keys()].sort());
          for (const { content, blobs, id } of packs) {
            const file = await readContent(content);
            expect(await hashBytes(file)).toBe(id);
            for (const blob of blobs) {
              const sealed = file.slice(blob.offsetBytes, blob.offsetBytes + blob.lengthBytes);
              expect(await openBlob(key, sealed, blob.uncompressedLength, blob.id, codec)).toEqual(
                new Uint8Array(plains.get(blob.id) ?? []),
              );
            }
          }
        },
      ),
      { numRuns: 25 },
    );
  });

  test('take many small blobs in few messages', async () => {
    const { open, seen } = connected(undefined, 1);
    const maker = await open({ key: await sealingKey(), compresses: true, packBytes: 1_000_000 });
    const blobs = await Promise.all(Array.from({ length: 100 }, (_, at) => plainBlob(utf8(`message ${at}`))));
    expect((await Promise.all(blobs.map((blob) => maker.add(blob)))).every(isPacked)).toBe(true);
    expect(seen.groups.reduce((sum, count) => sum + count, 0)).toBe(100);
    expect(seen.groups.length).toBeLessThanOrEqual(3);
  });

  test('give back bytes whose claimed id is not theirs, and pack the others', async () => {
    const { open } = connected();
    const maker = await open({ key: await sealingKey(), compresses: false, packBytes: 1_000_000 });
    const [wrong, right] = await Promise.all([
      maker.add(await plainBlob(utf8('one'), await hashBytes(utf8('another')))),
      maker.add(await plainBlob(utf8('two'), await hashBytes(utf8('two')))),
    ]);
    expect(wrong).toEqual(utf8('one'));
    expect(isPacked(right)).toBe(true);
    expect((await maker.flush()).flatMap(({ blobs }) => blobs)).toHaveLength(1);
  });
});

describe('a backup with sealing threads', () => {
  test('reads as any other, and each seals a part', async () => {
    const { open, seen } = connected();
    const drive = createMemoryDrive();
    const repository = await create(drive, { openPackMaker: open, packBytes: 20_000 });
    const writer = await repository.startWriting();
    const texts = Array.from({ length: 60 }, (_, at) => `${at} `.repeat(900));
    const saved = await Promise.all(texts.map((text) => writer.saveBlob('data', utf8(text))));
    const content = saved.map(({ id }) => id);
    const sizeBytes = texts.reduce((sum, text) => sum + text.length, 0);
    const tree = await writer.saveTree([{ name: 'all', type: 'file', mtimeMs: startMs, sizeBytes, content, subtree: null }]);
    await writer.commit(newSnapshot(tree));
    await expect.poll(() => seen.ended).toBe(2);
    for (const count of seen.byPort) expect(count).toBeGreaterThan(20);
    const blobs = await Promise.all(content.map((id) => repository.readBlob('data', id)));
    expect(blobs.map((bytes) => new TextDecoder().decode(bytes))).toEqual(texts);
    expect((await repository.check(() => {})).faults).toEqual([]);
  });

  test('has its packs in files, each freed once it is on the drive, and in memory where none is free', async () => {
    const drive = createMemoryDrive();
    // Slow, so that packs wait.
    const slow: Drive = {
      ...drive,
      create: (...args) => new Promise((resolve) => setTimeout(resolve, 20)).then(() => drive.create(...args)),
    };
    const { open: openFiles, seen } = twoFiles(drive);
    const repository = await create(slow, { openPackMaker: connected(undefined, 2, openFiles).open, packBytes: 5_000 });
    const files = Object.fromEntries(Array.from({ length: 60 }, (_, at) => [`${at}.txt`, Buffer.from(random(900)).toString('hex')]));
    const { tree } = await backUp(repository, files);
    await expect.poll(() => seen.ended).toBe(2);
    expect(seen.kept).toBeGreaterThan(4);
    expect(seen.refused).toBeGreaterThan(0);
    expect([seen.freedEarly, seen.inUse]).toEqual([0, 0]);
    expect(await restoreFiles(repository, tree)).toEqual(
      Object.fromEntries(Object.entries(files).map(([name, text]) => [`archive/${name}`, text])),
    );
  });

  test('frees files of packs that could not be sent', async () => {
    const drive = createMemoryDrive();
    const { open: openFiles, seen } = twoFiles(drive);
    const repository = await create(drive, { openPackMaker: connected(undefined, 2, openFiles).open, packBytes: 5_000 });
    const { create: createFile } = drive;
    drive.create = (name, ...rest) =>
      name.startsWith('data/') ? Promise.reject(new CamphorError('drive-full')) : createFile(name, ...rest);
    const writer = await repository.startWriting();
    const saved = await Promise.allSettled(Array.from({ length: 30 }, () => writer.saveBlob('data', random(900))));
    expect(saved.map(({ status }) => status)).toContain('rejected');
    await writer.abandon();
    await expect.poll(() => seen.ended).toBe(2);
    expect([seen.kept > 0, seen.freedEarly > 0]).toEqual([true, true]);
  });

  test('is made without them where they cannot be had', async () => {
    const openPackMaker = () => Promise.reject(new CamphorError('unexpected', { worker: 'sealing' }));
    const repository = await create(createMemoryDrive(), { openPackMaker });
    const { tree } = await backUp(repository, { 'one.txt': 'one' });
    expect(await restoreFiles(repository, tree)).toEqual({ 'archive/one.txt': 'one' });
  });

  test('asks for them again where none could be had, and takes those that can', async () => {
    const { openPort, seen } = connected();
    let calls = 0;
    const sometimes = () => {
      calls += 1;
      return calls <= 3 ? Promise.reject(new CamphorError('unexpected', { worker: 'sealing' })) : openPort();
    };
    const repository = await create(createMemoryDrive(), { openPackMaker: reachSealing(sometimes, 2) });
    await backUp(repository, { 'one.txt': 'one' });
    expect(seen.byPort).toEqual([]);
    const { tree } = await backUp(repository, { 'two.txt': 'two' });
    expect(calls).toBe(4);
    expect(seen.byPort).toHaveLength(1);
    await backUp(repository, { 'three.txt': 'three' });
    expect(calls).toBe(4);
    expect(await restoreFiles(repository, tree)).toEqual({ 'archive/two.txt': 'two' });
  });

  test('fails as a whole where one fails, and leaves no lock', async () => {
    const { open } = connected(() => ({
      add: async () => {
        throw new RangeError('memory');
      },
    }));
    const drive = createMemoryDrive();
    const repository = await create(drive, { openPackMaker: open });
    const writer = await repository.startWriting();
    await expect(writer.saveBlob('data', utf8('one'))).rejects.toMatchObject({ code: 'unexpected' });
    await expect(writer.saveBlob('data', utf8('two'))).rejects.toMatchObject({ code: 'unexpected' });
    await writer.abandon();
    expect((await drive.list('locks')).entries).toEqual([]);
  });
});
