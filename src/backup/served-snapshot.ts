// A snapshot's files, for whoever restores it: listed folder by folder, read piece by piece. Only the folders' trees are known;
// what they hold is read again when it is asked for, so that a snapshot of a life takes little memory.

import { CamphorError } from '../model/error';
import type { ServedFile } from '../model/verbs';
import type { BlobId, Repository, Snapshot, TreeNode } from '../repository/repository';
import { pieceBytes } from './file-blobs';
import { copyParts, type TreeReader } from './read-snapshot';

export interface SnapshotFiles {
  repositoryId(): Promise<string>;
  /** All files, folder by folder (those of a folder before those of the folders in it), 10,000 at a time; the last page is shorter. */
  list(fromIndex: number): Promise<readonly ServedFile[]>;
  /** Bytes [fromByte, toByte) of a file, as far as it has them; at most 64 MiB. */
  read(index: number, fromByte: number, toByte: number): Promise<Uint8Array<ArrayBuffer>>;
}

const pageFiles = 10_000;
const readLimitBytes = 64 * 1024 * 1024;
const cacheLimitBytes = 32 * 1024 * 1024;
const cachedTrees = 16;
/** More is no snapshot of ours: each folder's tree is met in one place, and a tree may be named by many. */
const folderLimit = 500_000;
const depthLimit = 16;

interface Folder {
  readonly path: string;
  readonly tree: BlobId;
  /** Number of its first file. */
  readonly from: number;
  readonly files: number;
}

/** Opens the folders of a snapshot. Throws what reading trees throws, and `damaged` for one that is no snapshot of letters. */
export async function openSnapshotFiles(
  repository: Pick<Repository, 'id' | 'readBlob' | 'readTree'>,
  { tree }: Pick<Snapshot, 'tree'>,
): Promise<SnapshotFiles> {
  const folders = await listFolders(repository, tree);
  const total = folders.reduce((sum, { files }) => sum + files, 0);
  const nodeAt = openNodes(repository, folders);
  const blobs = openBlobs(repository);
  return {
    repositoryId: async () => repository.id,
    async list(fromIndex) {
      const page: ServedFile[] = [];
      for (let index = Math.max(0, fromIndex); index < total && page.length < pageFiles; index++) {
        const { path, node } = await nodeAt(index);
        page.push({ path, sizeBytes: node.sizeBytes, blobs: node.content });
      }
      return page;
    },
    async read(index, fromByte, toByte) {
      const { node } = await nodeAt(index);
      if (!(fromByte >= 0 && toByte - fromByte <= readLimitBytes)) throw new RangeError('bytes of a file');
      return readRange(node, fromByte, toByte, blobs);
    },
  };
}

type NodeAt = (index: number) => Promise<{ readonly path: string; readonly node: TreeNode }>;

function openNodes(reader: Pick<TreeReader, 'readTree'>, folders: readonly Folder[]): NodeAt {
  const filesOf = remember<Folder, readonly TreeNode[]>(
    cachedTrees,
    () => 1,
    async ({ tree }) => filesIn(await reader.readTree(tree)),
  );
  return async (index) => {
    const folder = folders[lastNotAfter(folders, index)];
    const node = folder === undefined ? undefined : (await filesOf(folder))[index - folder.from];
    if (folder === undefined || node === undefined) throw new CamphorError('not-found');
    return { path: folder.path + node.name, node };
  };
}

const filesIn = (nodes: readonly TreeNode[]): TreeNode[] => nodes.filter(({ type }) => type === 'file');

async function listFolders(reader: Pick<TreeReader, 'readTree'>, root: BlobId): Promise<Folder[]> {
  const folders: Folder[] = [];
  const waiting: { readonly path: string; readonly tree: BlobId; readonly depth: number }[] = [{ path: '', tree: root, depth: 0 }];
  let from = 0;
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { path, tree, depth } = next;
    if (depth > depthLimit || folders.length + waiting.length > folderLimit) throw new CamphorError('damaged', { what: 'tree' });
    const nodes = await reader.readTree(tree);
    const files = filesIn(nodes).length;
    if (files > 0) folders.push({ path, tree, from, files });
    from += files;
    for (const { name, subtree } of nodes.toReversed())
      if (subtree !== null) waiting.push({ path: `${path}${name}/`, tree: subtree, depth: depth + 1 });
  }
  return folders;
}

function lastNotAfter(folders: readonly Folder[], index: number): number {
  let low = 0;
  let high = folders.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((folders[middle]?.from ?? 0) <= index) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** The values used last, up to a weight; one being read is read once. */
function remember<Key, Value>(
  limit: number,
  weigh: (value: Value) => number,
  read: (key: Key) => Promise<Value>,
): (key: Key) => Promise<Value> {
  const kept = new Map<Key, { readonly value: Promise<Value>; weight: number }>();
  let weight = 0;
  const drop = (key: Key): void => {
    weight -= kept.get(key)?.weight ?? 0;
    kept.delete(key);
  };
  return async (key) => {
    const known = kept.get(key);
    const entry = known ?? { value: read(key), weight: 0 };
    kept.delete(key);
    kept.set(key, entry);
    if (known !== undefined) return known.value;
    try {
      entry.weight = weigh(await entry.value);
    } catch (error) {
      if (kept.get(key) === entry) drop(key);
      throw error;
    }
    if (kept.get(key) === entry) weight += entry.weight;
    for (const oldest of kept.keys()) {
      if (weight <= limit || oldest === key) break;
      drop(oldest);
    }
    return entry.value;
  };
}

interface Blobs {
  read(blob: BlobId): Promise<Uint8Array<ArrayBuffer>>;
  /** Of those that were read. */
  readonly lengths: Map<BlobId, number>;
}

const lengthLimit = 200_000;

function openBlobs(reader: Pick<TreeReader, 'readBlob'>): Blobs {
  const lengths = new Map<BlobId, number>();
  const read = remember<BlobId, Uint8Array<ArrayBuffer>>(
    cacheLimitBytes,
    ({ length }) => length,
    (blob) => reader.readBlob('data', blob),
  );
  return {
    lengths,
    async read(blob) {
      const bytes = await read(blob);
      if (lengths.size >= lengthLimit) lengths.clear();
      lengths.set(blob, bytes.length);
      return bytes;
    },
  };
}

/** By the cuts that we make where the file can have them; else blob by blob from its beginning, as stock tools cut anywhere. */
async function readRange(node: TreeNode, fromByte: number, toByte: number, blobs: Blobs): Promise<Uint8Array<ArrayBuffer>> {
  const isOurCut = node.content.length > 1 && node.content.length === Math.ceil(node.sizeBytes / pieceBytes);
  const guessed = isOurCut ? await readParts(node, fromByte, toByte, blobs, pieceBytes) : null;
  return copyParts(guessed ?? (await readParts(node, fromByte, toByte, blobs, null)) ?? []);
}

/** Null where the blobs are not of the length that they were taken for. */
async function readParts(
  { content }: TreeNode,
  fromByte: number,
  toByte: number,
  blobs: Blobs,
  guessedLength: number | null,
): Promise<Uint8Array<ArrayBuffer>[] | null> {
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let at = 0;
  for (const [number, blob] of content.entries()) {
    if (at >= toByte) break;
    const guess = number < content.length - 1 ? guessedLength : null;
    const length = blobs.lengths.get(blob) ?? guess;
    if (length !== null && at + length <= fromByte) {
      at += length;
      continue;
    }
    const bytes = await blobs.read(blob);
    if (guess !== null && bytes.length !== guess) return null;
    parts.push(bytes.subarray(Math.max(0, fromByte - at), Math.max(0, toByte - at)));
    at += bytes.length;
  }
  return parts;
}
