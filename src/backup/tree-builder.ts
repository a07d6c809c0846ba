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

export interface TreeBuilder {
  /** Files come sorted by their folders: a folder that was left is saved, and nothing may come into it any more. */
  add(folders: readonly string[], file: TreeNode): Promise<void>;
  /** Saves what is open. Gives the root's tree. */
  finish(): Promise<BlobId>;
}

export function createTreeBuilder(saveTree: BlobSink['saveTree']): TreeBuilder {
  const open: { readonly name: string; readonly nodes: TreeNode[] }[] = [{ name: '', nodes: [] }];
  const closeTo = async (depth: number): Promise<void> => {
    while (open.length > depth) {
      const folder = open.pop();
      if (folder !== undefined) open[open.length - 1]?.nodes.push(folderNode(folder.name, await saveTree(folder.nodes)));
    }
  };
  return {
    async add(folders, file) {
      const differing = folders.findIndex((name, depth) => open[depth + 1]?.name !== name);
      const common = differing < 0 ? folders.length : differing;
      await closeTo(common + 1);
      for (const name of folders.slice(common)) open.push({ name, nodes: [] });
      open[open.length - 1]?.nodes.push(file);
    },
    async finish() {
      await closeTo(1);
      return saveTree(open[0]?.nodes ?? []);
    },
  };
}
