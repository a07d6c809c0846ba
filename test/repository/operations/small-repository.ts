// Repositories small enough to be broken in every way, on a drive in memory or any other.

import { createMemoryDrive, type MemoryDrive } from '../../../src/drives/memory';
import type { Drive } from '../../../src/drives/drive';
import type { ReportProgress } from '../../../src/model/progress';
import { createRepository, type CreateRepositoryOptions } from '../../../src/repository/create-repository';
import type { RepositoryEnvironment } from '../../../src/repository/environment';
import { scryptForRandomSecrets } from '../../../src/repository/key-file';
import { openRepository } from '../../../src/repository/open-repository';
import type { BlobId, NewSnapshot, Repository, RepositoryWriter, Snapshot, TreeNode } from '../../../src/repository/repository';
import { random, realCodec, utf8 } from '../codec';

export const password = 'correct horse battery staple';
export const startMs = Date.UTC(2026, 0, 1);
export const tag = 'camphor';
export const silent: ReportProgress = () => {};

const codec = await realCodec();

/** A clock that a test moves; waiting moves it too. */
export function testClock(nowMs = startMs) {
  const clock = { nowMs };
  return {
    clock,
    nowMs: () => clock.nowMs,
    sleep: async (ms: number) => {
      clock.nowMs += ms;
    },
    repeat: () => () => {},
  };
}

export function testEnvironment(drive: Drive, more: Partial<RepositoryEnvironment> = {}): RepositoryEnvironment {
  const { nowMs, sleep, repeat } = testClock();
  return { drive, codec, random, nowMs, sleep, repeat, hostname: 'amber-otter', scryptCost: scryptForRandomSecrets, ...more };
}

export const create = (drive: Drive, more: Partial<CreateRepositoryOptions> = {}): Promise<Repository> =>
  createRepository({ ...testEnvironment(drive), password, label: 'passphrase', ...more });

export const open = (drive: Drive, more: Partial<RepositoryEnvironment> = {}): Promise<Repository> =>
  openRepository({ ...testEnvironment(drive, more), password });

/** Opens without the cost of a password. */
export const reopen = (drive: Drive, masterKey: Uint8Array, more: Partial<RepositoryEnvironment> = {}): Promise<Repository> =>
  openRepository({ ...testEnvironment(drive, more), masterKey });

/** Contents by path, such as `a/b.txt`. */
export type Files = Readonly<Record<string, string>>;

const node = (name: string, content: readonly BlobId[], subtree: BlobId | null, sizeBytes: number): TreeNode => ({
  name,
  type: subtree === null ? 'file' : 'dir',
  mtimeMs: startMs,
  sizeBytes,
  content,
  subtree,
});

/** Saves files in folders; gives the id of the tree of all. */
export async function saveFiles(writer: RepositoryWriter, files: Files): Promise<BlobId> {
  const nodes: TreeNode[] = [];
  const folders = new Map<string, Record<string, string>>();
  for (const [path, text] of Object.entries(files)) {
    const [first = '', ...rest] = path.split('/');
    if (rest.length > 0) folders.set(first, { ...folders.get(first), [rest.join('/')]: text });
    else nodes.push(node(first, text === '' ? [] : [(await writer.saveBlob('data', utf8(text))).id], null, utf8(text).length));
  }
  for (const [name, below] of folders) nodes.push(node(name, [], await saveFiles(writer, below), 0));
  return writer.saveTree(nodes);
}

export async function saveArchive(writer: RepositoryWriter, files: Files): Promise<BlobId> {
  return writer.saveTree([node('archive', [], await saveFiles(writer, files), 0)]);
}

export const newSnapshot = (tree: BlobId, more: Partial<NewSnapshot> = {}): NewSnapshot => ({
  takenAtMs: startMs,
  tree,
  paths: ['/archive'],
  hostname: 'amber-otter',
  tags: [tag],
  parent: null,
  ...more,
});

export async function backUp(repository: Repository, files: Files, more: Partial<NewSnapshot> = {}): Promise<Snapshot> {
  const writer = await repository.startWriting();
  try {
    return await writer.commit(newSnapshot(await saveArchive(writer, files), more));
  } catch (error) {
    await writer.abandon();
    throw error;
  }
}

/** All files below a tree, by path. Throws what reading them throws. */
export async function restoreFiles(repository: Repository, tree: BlobId, path = ''): Promise<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const { name, content, subtree } of await repository.readTree(tree)) {
    const below = path === '' ? name : `${path}/${name}`;
    if (subtree !== null) Object.assign(files, await restoreFiles(repository, subtree, below));
    else
      files[below] = (await Promise.all(content.map((id) => repository.readBlob('data', id))))
        .map((bytes) => new TextDecoder().decode(bytes))
        .join('');
  }
  return files;
}

export const below = (files: Files): Record<string, string> =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`archive/${path}`, text]));

/** A drive with the same files, to be changed freely. */
export const copyDrive = (drive: MemoryDrive): MemoryDrive =>
  createMemoryDrive({ files: new Map([...drive.files].map(([name, bytes]) => [name, bytes.slice()])), traits: drive.traits });

export const namesBelow = (drive: MemoryDrive, folder: string): string[] =>
  [...drive.files.keys()].filter((name) => name.startsWith(`${folder}/`));

export const codeOf = (run: Promise<unknown>): Promise<string> =>
  run.then(
    () => 'nothing was thrown',
    (error: { code?: string; message: string }) => error.code ?? error.message,
  );

/** Text that does not compress to nothing, the same for the same seed. */
export function letters(seed: number, length: number): string {
  let state = seed + 1;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff;
    return String.fromCharCode(97 + ((state >> 16) % 26));
  }).join('');
}
