// The folders below `media` without what went, and with what is now first referred to on another day in that day's folder.

import type { BlobId, TreeNode, TreeSaver } from '../repository/repository';
import { mediaFolders } from './media-path';
import type { TreeReader } from './read-snapshot';
import type { Leaving, Staying } from './removal-survey';
import { folderNode } from './tree-builder';
import { nodeTimeMs } from './utc-dates';

export interface ForgottenMedia {
  readonly tree: BlobId;
  /** SHA-256 of files that went. */
  readonly gone: ReadonlySet<string>;
  readonly goneBytes: number;
}

interface Edits {
  readonly gone: Set<string>;
  goneBytes: number;
  /** Files that leave their folder. */
  readonly out: Set<TreeNode['name']>;
  /** Files that come into a folder, by its path. */
  readonly into: Map<string, TreeNode[]>;
  /** Folders that something leaves or comes into, and those around them. */
  readonly touched: Set<string>;
}

const pathOf = (folders: readonly string[]): string => folders.join('/');

function touch({ touched }: Edits, folders: readonly string[]): void {
  for (let depth = 0; depth <= folders.length; depth++) touched.add(pathOf(folders.slice(0, depth)));
}

function planFile(edits: Edits, node: TreeNode, folders: readonly string[], leaving: Leaving['media'], staying: Staying['media']): void {
  const sha256 = node.name.slice(0, 64);
  if (!leaving.has(sha256)) return;
  const referredMs = staying.get(sha256);
  if (referredMs === undefined) {
    edits.gone.add(sha256);
    edits.goneBytes += node.sizeBytes;
  } else {
    const atMs = referredMs === Infinity ? null : referredMs;
    const next = mediaFolders(sha256, atMs);
    const mtimeMs = nodeTimeMs(atMs);
    if (pathOf(next) === pathOf(folders) && mtimeMs === node.mtimeMs) return;
    edits.into.set(pathOf(next), [...(edits.into.get(pathOf(next)) ?? []), { ...node, mtimeMs }]);
    touch(edits, next);
  }
  edits.out.add(`${pathOf(folders)}/${node.name}`);
  touch(edits, folders);
}

async function plan(reader: TreeReader, tree: BlobId, leaving: Leaving['media'], staying: Staying['media']): Promise<Edits> {
  const edits: Edits = { gone: new Set(), goneBytes: 0, out: new Set(), into: new Map(), touched: new Set() };
  const walk = async (id: BlobId, folders: readonly string[]): Promise<void> => {
    for (const node of await reader.readTree(id)) {
      if (node.subtree === null) planFile(edits, node, folders, leaving, staying);
      else await walk(node.subtree, [...folders, node.name]);
    }
  };
  if (leaving.size > 0) await walk(tree, []);
  return edits;
}

/** Names of folders in a folder that something comes into. */
function comingBelow({ into }: Edits, path: string): string[] {
  const prefix = path === '' ? '' : `${path}/`;
  const below = [...into.keys()].filter((each) => each.startsWith(prefix) && each !== path);
  return below.map((each) => each.slice(prefix.length).split('/')[0] ?? '');
}

/** Null for a folder that is empty now. */
async function rebuild(reader: TreeReader, save: TreeSaver, edits: Edits, tree: BlobId | null, path: string): Promise<BlobId | null> {
  if (!edits.touched.has(path)) return tree;
  const nodes = tree === null ? [] : await reader.readTree(tree);
  const files = nodes.filter(({ name, subtree }) => subtree === null && !edits.out.has(`${path}/${name}`));
  const folders = new Map(nodes.filter(({ subtree }) => subtree !== null).map((node) => [node.name, node]));
  const names = new Set([...folders.keys(), ...comingBelow(edits, path)]);
  const kept: TreeNode[] = [...files, ...(edits.into.get(path) ?? [])];
  for (const name of names) {
    const before = folders.get(name);
    const subtree = await rebuild(reader, save, edits, before?.subtree ?? null, path === '' ? name : `${path}/${name}`);
    if (subtree !== null) kept.push(before?.subtree === subtree ? before : folderNode(name, subtree));
  }
  return kept.length === 0 && path !== '' ? null : save.saveTree(kept);
}

/** `tree`: of `media`. Media of `leaving` go where nothing of `staying` refers to them. */
export async function forgetMedia(
  reader: TreeReader,
  save: TreeSaver,
  tree: BlobId,
  { leaving, staying }: { readonly leaving: Leaving['media']; readonly staying: Staying['media'] },
): Promise<ForgottenMedia> {
  const edits = await plan(reader, tree, leaving, staying);
  const next = await rebuild(reader, save, edits, tree, '');
  return { tree: next ?? tree, gone: edits.gone, goneBytes: edits.goneBytes };
}
