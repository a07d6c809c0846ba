// Folders of a snapshot, saved as soon as they are complete.

import type { BlobId, TreeNode } from '../repository/repository';
import type { BlobSink } from './blob-sink';
import type { FileBlobs } from './file-blobs';
import { nodeTimeMs } from './utc-dates';

export function fileNode(name: string, { blobs, sizeBytes }: FileBlobs, atMs: number | null = null): TreeNode {
  return { name, type: 'file', mtimeMs: nodeTimeMs(atMs), sizeBytes, content: blobs, subtree: null };
}

export function folderNode(name: string, subtree: BlobId): TreeNode {
  return { name, type: 'dir', mtimeMs: nodeTimeMs(null), sizeBytes: 0, content: [], subtree };
}

interface OpenFolder {
  readonly name: string;
  readonly nodes: Promise<TreeNode>[];
}

export interface TreeBuilder {
  /** Files come sorted by their folders: a folder that was left is saved, and nothing may come into it any more. */
  add(folders: readonly string[], file: TreeNode): Promise<void>;
  /** Saves what is open. Gives the root's tree. Throws what saving threw. */
  finish(): Promise<BlobId>;
  /** Resolves when nothing is on its way, whatever came of it. */
  settle(): Promise<void>;
}

/** `atOnce`: folders that are being saved while files come; a saved one is named in the folder that it lies in. */
export function createTreeBuilder(saveTree: BlobSink['saveTree'], atOnce = 1): TreeBuilder {
  const open: OpenFolder[] = [{ name: '', nodes: [] }];
  const saving = new Set<Promise<unknown>>();
  const save = async ({ nodes }: OpenFolder): Promise<BlobId> => saveTree(await Promise.all(nodes));
  const closeTo = (depth: number): void => {
    while (open.length > depth) {
      const folder = open.pop() as OpenFolder;
      const saved = save(folder).then((subtree) => folderNode(folder.name, subtree));
      // A failure is heard where the folder that it lies in is saved.
      const settled: Promise<unknown> = saved.catch(() => {}).finally(() => saving.delete(settled));
      saving.add(settled);
      open[open.length - 1]?.nodes.push(saved);
    }
  };
  const leave = async (count: number): Promise<void> => {
    while (saving.size > count) await Promise.race(saving);
  };
  return {
    async add(folders, file) {
      const differing = folders.findIndex((name, depth) => open[depth + 1]?.name !== name);
      const common = differing < 0 ? folders.length : differing;
      closeTo(common + 1);
      for (const name of folders.slice(common)) open.push({ name, nodes: [] });
      open[open.length - 1]?.nodes.push(Promise.resolve(file));
      await leave(atOnce - 1);
    },
    finish() {
      closeTo(1);
      return save(open[0] as OpenFolder);
    },
    settle: () => leave(0),
  };
}
