// Walking snapshots' trees: each tree once, however many snapshots share it, and only so deep. A few are read at once, since each waits
// for the drive, or for other threads, most of its time.

import { CamphorError } from '../model/error';
import { readAhead } from '../model/read-ahead';
import type { RepositoryContext } from './context';
import { IdSet } from './id-set';
import { readTree } from './read-blob';
import type { BlobId, TreeNode } from './repository';
import { isError } from './stored-file';

/** No archive of ours is deeper than 6; a file system's paths end at some 2,000. */
const depthLimit = 1_000;
const nodeLimit = 50_000_000;
const treesAtOnce = 4;

export interface TreeVisitor {
  /** A node, once for each tree that holds it, with its path from the snapshot's root. */
  node?(node: TreeNode, path: string): void;
  /** A tree that is not there or does not open: whatever lies below it stays unknown. */
  lost?(tree: BlobId, path: string, reason: 'missing' | 'damaged'): void;
}

interface Step {
  readonly tree: BlobId;
  readonly path: string;
  readonly depth: number;
}

async function readNodes(context: RepositoryContext, { tree, path }: Step, visitor: TreeVisitor): Promise<readonly TreeNode[] | null> {
  try {
    return await readTree(context, tree);
  } catch (error) {
    if (!isError(error, 'damaged', 'not-found', 'drive-missing')) throw error;
    visitor.lost?.(tree, path, error.code === 'damaged' ? 'damaged' : 'missing');
    return null;
  }
}

/**
 * Visits all that is below a tree, except for trees that are in `seen`, which takes up each. Throws CamphorError `damaged`
 * for what is deeper or more than any honest tree.
 */
export async function walkTree(context: RepositoryContext, root: BlobId, seen: IdSet, visitor: TreeVisitor): Promise<void> {
  const steps: Step[] = [{ tree: root, path: '', depth: 0 }];
  let nodes = 0;
  const visit = (step: Step, node: TreeNode): void => {
    const path = `${step.path}/${node.name}`;
    nodes += 1;
    if (nodes > nodeLimit || step.depth > depthLimit) throw new CamphorError('damaged');
    visitor.node?.(node, path);
    if (node.subtree !== null) steps.push({ tree: node.subtree, path, depth: step.depth + 1 });
  };
  while (steps.length > 0) {
    const some = steps.splice(-treesAtOnce).filter(({ tree }) => seen.add(tree));
    const read = readAhead(some, treesAtOnce, async (step) => ({ step, found: await readNodes(context, step, visitor) }));
    for await (const { step, found } of read) for (const node of found ?? []) visit(step, node);
  }
}

export interface MissingBlobs {
  readonly trees: ReadonlySet<BlobId>;
  readonly data: ReadonlySet<BlobId>;
}

/** What a tree refers to and no index names, or what does not open of its trees. */
export async function findMissing(context: RepositoryContext, root: BlobId, seen: IdSet = new IdSet()): Promise<MissingBlobs> {
  const trees = new Set<BlobId>();
  const data = new Set<BlobId>();
  await walkTree(context, root, seen, {
    node: ({ content }) => {
      for (const id of content) if (!context.index.blobs.has('data', id)) data.add(id);
    },
    lost: (tree) => trees.add(tree),
  });
  return { trees, data };
}
