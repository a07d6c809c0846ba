// Files and folders of the contract fake of Google Drive: known by ids, under names that several may have. What counts of them
// lies on disk under its path, as whoever copies the folder gets it.
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

export const folderType = 'application/vnd.google-apps.folder';

export interface GoogleNode {
  readonly id: string;
  readonly name: string;
  readonly mimeType: string;
  readonly parentId: string;
  readonly createdTime: string;
  /** Null for a folder. */
  readonly bytes: Buffer | null;
  isTrashed: boolean;
}

export interface GoogleTree {
  readonly nodes: ReadonlyMap<string, GoogleNode>;
  /** The node and all above it are out of the trash. */
  isShown(node: GoogleNode): boolean;
  add(node: Omit<GoogleNode, 'createdTime' | 'isTrashed'>): GoogleNode;
  /** With all below it. */
  remove(id: string): void;
  /** The owner puts what has this path into the trash. */
  trash(path: string): void;
  /** Another file under the name of the one at this path. */
  addTwin(path: string, bytes: Buffer): void;
  /** Paths of all files, from the owner's own Drive's root. */
  paths(): readonly string[];
  newId(): string;
}

/** `root` is the owner's own Drive. */
export function createGoogleTree(root: string): GoogleTree {
  const nodes = new Map<string, GoogleNode>();
  let lastMs = 0;
  const pathOf = ({ name, parentId }: GoogleNode): string => {
    const parent = nodes.get(parentId);
    return parent === undefined ? name : `${pathOf(parent)}/${name}`;
  };
  const place = (path: string): void => {
    const alike = [...nodes.values()].filter((node) => tree.isShown(node) && pathOf(node) === path);
    const [first] = alike.toSorted((one, other) => (`${one.createdTime}${one.id}` < `${other.createdTime}${other.id}` ? -1 : 1));
    const onDisk = join(root, path);
    if (first === undefined) return rmSync(onDisk, { recursive: true, force: true });
    if (first.bytes === null) return void mkdirSync(onDisk, { recursive: true });
    if (!existsSync(dirname(onDisk))) mkdirSync(dirname(onDisk), { recursive: true });
    writeFileSync(onDisk, first.bytes);
  };
  const tree: GoogleTree = {
    nodes,
    isShown(node) {
      const parent = nodes.get(node.parentId);
      return !node.isTrashed && (parent === undefined || tree.isShown(parent));
    },
    add(about) {
      // No two at the same moment, so that the order is the one in which they came.
      lastMs = Math.max(Date.now(), lastMs + 1);
      const node = { ...about, createdTime: new Date(lastMs).toISOString(), isTrashed: false };
      nodes.set(node.id, node);
      place(pathOf(node));
      return node;
    },
    remove(id) {
      const node = nodes.get(id);
      if (node === undefined) return;
      for (const below of nodes.values()) if (below.parentId === id) tree.remove(below.id);
      const path = pathOf(node);
      nodes.delete(id);
      place(path);
    },
    trash(path) {
      for (const node of nodes.values()) if (pathOf(node) === path) node.isTrashed = true;
      place(path);
    },
    paths: () => [...nodes.values()].filter(({ bytes }) => bytes !== null).map(pathOf),
    addTwin(path, bytes) {
      const first = [...nodes.values()].find((node) => node.bytes !== null && pathOf(node) === path);
      if (first === undefined) throw new Error(`nothing at ${path}`);
      tree.add({ ...first, id: tree.newId(), bytes });
    },
    newId: () => randomBytes(25).toString('base64url').replaceAll('-', 'x'),
  };
  return tree;
}

/** The fields that a mask names, of all that a file has (size and hashes for files of bytes only). */
export function shownNode(tree: GoogleTree, node: GoogleNode, fields: readonly string[]): Record<string, unknown> {
  const { id, name, mimeType, parentId, createdTime, bytes } = node;
  const ofBytes = bytes === null ? {} : { size: String(bytes.length), sha256Checksum: createHash('sha256').update(bytes).digest('hex') };
  const all: Record<string, unknown> = { id, name, mimeType, parents: [parentId], createdTime, trashed: !tree.isShown(node), ...ofBytes };
  return Object.fromEntries(Object.entries(all).filter(([field]) => fields.includes(field)));
}

export const fileFieldNames = [
  'id',
  'name',
  'mimeType',
  'parents',
  'createdTime',
  'trashed',
  'size',
  'sha256Checksum',
  'md5Checksum',
  'kind',
];
