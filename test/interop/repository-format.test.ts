import { readContent } from '../../src/drives/file-content';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ZstdCodec } from '../../src/bytes/zstd';
import { hashBytes } from '../../src/crypto/hashes';
import { openBlob, sealBlob } from '../../src/repository/blob';
import { BlobIndex } from '../../src/repository/blob-index';
import { makeConfigFile, readConfigFile } from '../../src/repository/config-file';
import { encodeIndexFile, type IndexedPack, parseIndexFile } from '../../src/repository/index-file';
import { makeKeyFile, openKeyFile, scryptForRandomSecrets } from '../../src/repository/key-file';
import { encodeLock, parseLock } from '../../src/repository/lock-file';
import { makeMasterKey, type MasterKey } from '../../src/repository/master-key';
import { createPackBuilder } from '../../src/repository/pack-builder';
import { openPackHeader, packSizeBytes, packTailBytes, readPackTail } from '../../src/repository/pack-header';
import type { BlobType, Snapshot, TreeNode } from '../../src/repository/repository';
import { encodeSnapshot, parseSnapshot } from '../../src/repository/snapshot-file';
import { quoteName, storedJson, unquoteName } from '../../src/repository/stored-text';
import { decodeTree, encodeTree } from '../../src/repository/tree-codec';
import { openJson, sealJson } from '../../src/repository/unpacked';
import { random, realCodec, utf8 } from '../repository/codec';
import { makeRestic, type Restic } from './restic';

const password = 'correct horse battery staple';
const takenAtMs = Date.UTC(2026, 10, 22, 1, 2, 3, 400);

let codec: ZstdCodec;
let restic: Restic;
beforeAll(async () => {
  codec = await realCodec();
});
beforeEach(async () => {
  restic = await makeRestic({ password });
});
afterEach(() => restic.remove());

const read = async (...path: readonly string[]): Promise<Uint8Array<ArrayBuffer>> => new Uint8Array(await readFile(join(...path)));

async function write(name: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(join(restic.repository, name)), { recursive: true });
  await writeFile(join(restic.repository, name), bytes);
}

const noise = (sizeBytes: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(Buffer.concat(Array.from({ length: sizeBytes / 1_000 }, () => random(1_000))));

async function hashesOf(files: readonly (readonly [path: string, bytes: Uint8Array<ArrayBuffer>])[]): Promise<Map<string, string>> {
  return new Map(await Promise.all(files.map(async ([path, bytes]) => [path, await hashBytes(bytes)] as const)));
}

/** What is written: names that need no quoting, and one of each kind that does. */
const files: ReadonlyMap<string, Uint8Array<ArrayBuffer>> = new Map([
  ['README.txt', utf8('How to read this.\n'.repeat(200))],
  ['empty.jsonl', new Uint8Array()],
  ['photo.jpg', noise(300_000)],
  // Blobs longer than the window of a frame.
  ['long.jsonl', utf8(Array.from({ length: 150_000 }, (_, at) => `{"at":${at},"text":"${(at * 2_654_435_761).toString(36)}"}\n`).join(''))],
  ['quote"back\\slash <&> \u0001\u007f.txt', utf8('q')],
  ['樟木箱 e\u0301 \u3000\u00a0\u00ad\u2028\u200d \u{e0001} 😀.txt', utf8('早上好\n'.repeat(50))],
]);

/** Writes a repository of one snapshot by our functions, each file in two blobs. */
async function writeRepository(version: 1 | 2): Promise<void> {
  const blobCodec = version === 1 ? null : codec;
  const master = await makeMasterKey(random);
  const key = await makeKeyFile({
    password,
    label: 'passphrase',
    hostname: 'otter',
    master,
    cost: scryptForRandomSecrets,
    createdAtMs: takenAtMs,
    random,
  });
  await write(`keys/${key.id}`, key.bytes);
  await write('config', (await makeConfigFile(master, random, version)).bytes);
  const packs = { data: createPackBuilder(master, 'data'), tree: createPackBuilder(master, 'tree') };
  const save = async (type: BlobType, plain: Uint8Array<ArrayBuffer>): Promise<string> => {
    const blob = await sealBlob(master, type, plain, blobCodec, random);
    packs[type].add(blob);
    return blob.id;
  };
  const nodes: TreeNode[] = [];
  for (const [name, bytes] of files) {
    const half = bytes.length >> 1;
    const pieces = [bytes.slice(0, half), bytes.slice(half)].filter(({ length }) => length > 0);
    const content: string[] = [];
    for (const piece of pieces) content.push(await save('data', piece));
    nodes.push({ name, type: 'file', mtimeMs: takenAtMs - 5_050, sizeBytes: bytes.length, content, subtree: null });
  }
  const inner = await save('tree', encodeTree(nodes));
  const folder: TreeNode = { name: 'archive', type: 'dir', mtimeMs: takenAtMs, sizeBytes: 0, content: [], subtree: inner };
  const tree = await save('tree', encodeTree([folder]));
  const finished = [await packs.data.finish(random), await packs.tree.finish(random)];
  for (const pack of finished) await write(`data/${pack.id.slice(0, 2)}/${pack.id}`, await readContent(pack.content));
  const index = await sealJson(master, encodeIndexFile(finished), blobCodec, random);
  await write(`index/${index.id}`, index.bytes);
  const about = { takenAtMs, tree, paths: ['/archive'], hostname: 'otter', tags: ['camphor'], parent: null };
  const snapshot = await sealJson(master, encodeSnapshot(about, 'camphor 1.0'), blobCodec, random);
  await write(`snapshots/${snapshot.id}`, snapshot.bytes);
  await mkdir(join(restic.repository, 'locks'), { recursive: true });
}

interface OpenedRepository {
  readonly master: MasterKey;
  readonly version: 1 | 2;
  readonly index: BlobIndex;
  readonly snapshots: readonly Snapshot[];
}

/** Reads all that a repository says of itself, and compares each pack's own list with the index. */
async function openRepository(): Promise<OpenedRepository> {
  const [keyId = ''] = await readdir(join(restic.repository, 'keys'));
  const master = await openKeyFile(await read(restic.repository, 'keys', keyId), keyId, password);
  if (master === null) throw new Error('the password is right');
  const { version } = await readConfigFile(master, await read(restic.repository, 'config'));
  const open = async (folder: string, id: string, kind: 'index' | 'snapshot'): Promise<unknown> =>
    openJson(master, { id, bytes: await read(restic.repository, folder, id) }, kind, version === 1 ? null : codec);
  const index = new BlobIndex();
  for (const id of await readdir(join(restic.repository, 'index'))) {
    const { packs, isForeign } = parseIndexFile(await open('index', id, 'index'));
    expect(isForeign).toBe(false);
    for (const pack of packs) {
      await expectListed(master, pack);
      index.addPack(pack.id, pack.blobs);
    }
  }
  const ids = await readdir(join(restic.repository, 'snapshots'));
  const snapshots = await Promise.all(ids.map(async (id) => parseSnapshot(id, await open('snapshots', id, 'snapshot'))));
  return { master, version, index, snapshots };
}

async function expectListed(master: MasterKey, { id, blobs }: IndexedPack): Promise<void> {
  const bytes = await read(restic.repository, 'data', id.slice(0, 2), id);
  const length = readPackTail(bytes.subarray(-packTailBytes), bytes.length);
  const listed = await openPackHeader(master, bytes.slice(-packTailBytes - length, -packTailBytes), bytes.length);
  expect(packSizeBytes(listed)).toBe(bytes.length);
  expect([...blobs].sort((one, other) => one.offsetBytes - other.offsetBytes)).toEqual(listed);
}

async function readBlob({ master, index }: OpenedRepository, type: BlobType, id: string): Promise<Uint8Array<ArrayBuffer>> {
  const place = index.find(type, id);
  if (place === null) throw new Error(`${type} blob ${id} is not in the index`);
  const pack = await read(restic.repository, 'data', place.packId.slice(0, 2), place.packId);
  const sealed = pack.slice(place.offsetBytes, place.offsetBytes + place.lengthBytes);
  return openBlob(master, sealed, place.uncompressedLength, id, codec);
}

/** Our ways of writing JSON and names give the bytes that are stored, whoever wrote them. */
function expectSameText(stored: Uint8Array): void {
  const text = new TextDecoder().decode(stored);
  const { nodes } = JSON.parse(text) as { readonly nodes: readonly { readonly name: string }[] };
  expect(`{"nodes":[${nodes.map(storedJson).join(',')}]}\n`).toBe(text);
  for (const { name } of nodes) expect(quoteName(unquoteName(name))).toBe(name);
  const byBytes = [...nodes].sort((one, other) => Buffer.compare(Buffer.from(unquoteName(one.name)), Buffer.from(unquoteName(other.name))));
  expect(byBytes).toEqual(nodes);
}

/** The SHA-256 of all files below a tree, by their paths. */
async function readFiles(repository: OpenedRepository, tree: string, path = ''): Promise<Map<string, string>> {
  const found = new Map<string, string>();
  const stored = await readBlob(repository, 'tree', tree);
  expectSameText(stored);
  for (const node of decodeTree(stored)) {
    const below = `${path}/${node.name}`;
    if (node.subtree !== null) for (const entry of await readFiles(repository, node.subtree, below)) found.set(...entry);
    if (node.type !== 'file') continue;
    const pieces = await Promise.all(node.content.map((id) => readBlob(repository, 'data', id)));
    const bytes = Uint8Array.from(Buffer.concat(pieces));
    expect(bytes.length).toBe(node.sizeBytes);
    found.set(below, await hashBytes(bytes));
  }
  return found;
}

describe.each([1, 2] as const)('a repository of version %i that we wrote', (version) => {
  beforeEach(() => writeRepository(version));

  it('passes check --read-data, is listed, and is restored byte for byte', async () => {
    expect(await restic.run('check', '--read-data')).toContain('no errors were found');
    const listed = await restic.run('ls', 'latest');
    for (const name of files.keys()) if (/^[\w.]+$/.test(name)) expect(listed).toContain(`/archive/${name}`);
    const [snapshot] = JSON.parse(await restic.run('snapshots', '--json')) as readonly Record<string, unknown>[];
    expect(snapshot).toMatchObject({
      time: '2026-11-22T01:02:03.4Z',
      hostname: 'otter',
      username: 'camphor',
      tags: ['camphor'],
      paths: ['/archive'],
    });
    const target = join(restic.folder, 'restored');
    await restic.run('restore', 'latest', '--target', target);
    expect((await readdir(join(target, 'archive'))).sort()).toEqual([...files.keys()].sort());
    for (const [name, bytes] of files) expect(await hashBytes(await read(target, 'archive', name))).toBe(await hashBytes(bytes));
  });

  it('can be rewritten, pruned and repaired, and is read by us afterwards', async () => {
    const expected = await hashesOf([...files].map(([name, bytes]) => [`/archive/${name}`, bytes]));
    // From restic 0.16 on; it refuses trees that it would not have written byte for byte the same.
    const commands = await restic.run('help');
    if (commands.includes('rewrite')) {
      await restic.run('rewrite', '--exclude', 'photo.jpg', '--forget');
      expected.delete('/archive/photo.jpg');
    }
    await restic.run(...(commands.includes('rebuild-index') ? ['rebuild-index'] : ['repair', 'index']), '--read-all-packs');
    await restic.run('prune', '--max-unused', '0');
    expect(await restic.run('check', '--read-data')).toContain('no errors were found');
    const repository = await openRepository();
    const [snapshot] = repository.snapshots;
    expect(await readFiles(repository, snapshot?.tree ?? '')).toEqual(expected);
  });

  it('keeps its key under other passwords that restic adds', async () => {
    const { master } = await openRepository();
    const before = await readdir(join(restic.repository, 'keys'));
    const passwordFile = join(restic.folder, 'new-password');
    await writeFile(passwordFile, '另一个密码\n');
    await restic.run('key', 'add', '--new-password-file', passwordFile);
    const [added = ''] = (await readdir(join(restic.repository, 'keys'))).filter((id) => !before.includes(id));
    const bytes = await read(restic.repository, 'keys', added);
    expect((await openKeyFile(bytes, added, '另一个密码'))?.bytes).toEqual(master.bytes);
    expect(await openKeyFile(bytes, added, password)).toBeNull();
  });

  it('honours our locks', async () => {
    const { master } = await openRepository();
    const lock = await sealJson(
      master,
      encodeLock({ createdAtMs: Date.now(), exclusive: false, hostname: 'otter' }),
      version === 1 ? null : codec,
      random,
    );
    await write(`locks/${lock.id}`, lock.bytes);
    const { code, stderr } = await restic.attempt(['prune']);
    expect(code).not.toBe(0);
    expect(stderr).toContain('already locked');
    expect(stderr).toContain('otter');
  });
});

const sources: ReadonlyMap<string, Uint8Array<ArrayBuffer>> = new Map([
  ['/text.jsonl', utf8('{"text":"good morning","sentAtMs":1700000000000}\n'.repeat(40_000))],
  ['/below/noise.bin', noise(3_000_000)],
  ['/below/empty', new Uint8Array()],
  ['/below/quote"back\\slash <&> \u0001.txt', utf8('q')],
  ['/below/樟木箱 \u00ad.txt', utf8('早上好')],
  ['/below/e\u0301 \u3000\u00a0\u2028\u2029\u200d \u{e0001}\u{10ffff} 😀\u007f\t\n\u0085\ufffd\u{1f468}\u200d\u{1f469}.txt', utf8('names')],
]);

describe.each([
  { version: 1, compression: 'auto' },
  { version: 2, compression: 'auto' },
  { version: 2, compression: 'max' },
  { version: 2, compression: 'off' },
] as const)('a repository of version $version that stock restic wrote, compression $compression', ({ version, compression }) => {
  const source = (): string => join(restic.folder, 'source');
  const writeSources = async (): Promise<void> => {
    for (const [path, bytes] of sources) {
      await mkdir(dirname(join(source(), path)), { recursive: true });
      await writeFile(join(source(), path), bytes);
    }
  };
  const backUp = (...args: readonly string[]) => restic.run('backup', source(), '--compression', compression, '--pack-size', '4', ...args);

  beforeEach(async () => {
    await writeSources();
    await restic.run('init', '--repository-version', String(version));
    await backUp('--tag', 'first', '--host', 'laptop');
  });

  const expectSources = async (): Promise<void> => {
    const repository = await openRepository();
    expect(repository.version).toBe(version);
    const latest = [...repository.snapshots].sort((one, other) => other.takenAtMs - one.takenAtMs)[0];
    expect(latest).toMatchObject({ paths: [source()], hostname: 'laptop' });
    const found = await readFiles(repository, latest?.tree ?? '');
    expect(found).toEqual(await hashesOf([...sources].map(([path, bytes]) => [source() + path, bytes])));
  };

  it('is read whole, before and after it was pruned', async () => {
    await expectSources();
    await writeFile(join(source(), 'text.jsonl'), sources.get('/text.jsonl')?.subarray(0, 900_000) ?? '');
    await backUp('--host', 'desk');
    await writeSources();
    await backUp('--host', 'laptop', '--force');
    await restic.run('forget', '--keep-last', '1', '--host', 'laptop', '--prune', '--max-unused', '0');
    await restic.run('forget', '--keep-last', '1', '--group-by', '', '--prune', '--max-unused', '0', '--repack-cacheable-only');
    expect((await openRepository()).snapshots.length).toBeLessThan(3);
    await expectSources();
  });

  it('has locks that we read', async () => {
    const { master } = await openRepository();
    // A lock is there while a backup waits for its input.
    const { done, endInput } = restic.start(['backup', '--stdin', '--stdin-filename', 'x', '--host', 'desk']);
    const startedAtMs = Date.now();
    // It is written under a name of its own first, and may be replaced: what is there is looked at anew.
    const readLock = async () => {
      const names = await readdir(join(restic.repository, 'locks'));
      const id = names.find((name) => /^[0-9a-f]{64}$/.test(name)) ?? '';
      const bytes = await read(restic.repository, 'locks', id);
      return parseLock(id, await openJson(master, { id, bytes }, 'lock', codec));
    };
    const lock = await vi.waitFor(readLock, { timeout: 60_000, interval: 20 });
    expect(lock).toMatchObject({ exclusive: false });
    expect(lock.hostname).not.toBe('');
    expect(Math.abs(lock.createdAtMs - startedAtMs)).toBeLessThan(60_000);
    endInput('text');
    expect((await done).code).toBe(0);
  });
});
