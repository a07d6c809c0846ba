// A snapshot without what is lost: its trees again, less the files that lack a blob and the folders that do not open.
// Nodes are copied letter by letter, so that owners, modes and attributes that others wrote stay as they are.

import { readJsonPieces } from '../bytes/json-elements';
import { sourceOfBytes } from '../bytes/memory-source';
import { hashBytes } from '../crypto/hashes';
import { CamphorError } from '../model/error';
import { sealBlob } from './blob';
import type { RepositoryContext } from './context';
import { fileName } from './file-names';
import type { HeldLock } from './held-lock';
import { readTree, readTreeBytes } from './read-blob';
import type { BlobId, FileId, TreeNode } from './repository';
import { readJsonFile, writeJsonFile } from './sealed-json';
import { parseSnapshot } from './snapshot-file';
import { fields } from './stored-json';
import { isError } from './stored-file';
import { createPackWriter, writeIndexFiles, type PackWriter } from './write-packs';

const depthLimit = 1_000;

interface Salvage {
  readonly context: RepositoryContext;
  readonly packs: PackWriter;
  /** What has become of each tree: another id, its own, or null where it is lost. */
  readonly done: Map<BlobId, BlobId | null>;
}

/** The JSON of each node of a tree, as it stands there. */
async function nodeTexts(bytes: Uint8Array<ArrayBuffer>): Promise<string[]> {
  const texts: string[] = [];
  for await (const pieces of readJsonPieces(sourceOfBytes(bytes), { paths: ['nodes[*]'] })) {
    for (const piece of pieces) if (piece.kind === 'item') texts.push(piece.text);
  }
  return texts;
}

async function saveTree({ context, packs }: Salvage, texts: readonly string[]): Promise<BlobId> {
  const bytes = new TextEncoder().encode(`{"nodes":[${texts.join(',')}]}\n`);
  const id = await hashBytes(bytes);
  if (context.index.blobs.has('tree', id)) return id;
  await packs.add(await sealBlob(context.key, 'tree', bytes, context.packing, context.environment.random));
  return id;
}

/** The node's text, with another subtree where that changed; null where the node is lost. */
async function salvageNode(salvage: Salvage, node: TreeNode, text: string, depth: number): Promise<string | null> {
  const { blobs } = salvage.context.index;
  if (!node.content.every((id) => blobs.has('data', id))) return null;
  if (node.subtree === null) return text;
  const subtree = await salvageTree(salvage, node.subtree, depth + 1);
  return subtree === null ? null : text.replace(/("subtree"\s*:\s*")[0-9a-f]{64}"/, `$1${subtree}"`);
}

async function salvageNodes(salvage: Salvage, id: BlobId, depth: number): Promise<BlobId | null> {
  const { context } = salvage;
  let nodes;
  try {
    nodes = await readTree(context, id);
  } catch (error) {
    if (isError(error, 'damaged', 'not-found', 'drive-missing')) return null;
    throw error;
  }
  const texts = await nodeTexts(await readTreeBytes(context, id));
  if (texts.length !== nodes.length) throw new CamphorError('damaged');
  const kept: string[] = [];
  let isSame = true;
  for (const [at, node] of nodes.entries()) {
    const text = await salvageNode(salvage, node, texts[at] ?? '', depth);
    isSame &&= text === texts[at];
    if (text !== null) kept.push(text);
  }
  return isSame ? id : saveTree(salvage, kept);
}

/** The id of what is left of a tree; null where nothing is. */
async function salvageTree(salvage: Salvage, id: BlobId, depth: number): Promise<BlobId | null> {
  if (depth > depthLimit) throw new CamphorError('damaged');
  const known = salvage.done.get(id);
  if (known !== undefined) return known;
  const left = await salvageNodes(salvage, id, depth);
  salvage.done.set(id, left);
  return left;
}

/**
 * The snapshot's own JSON with another tree, written, read back and opened; statistics, which would be wrong now, are left
 * out. `change` is what else becomes of it. Gives its id.
 */
export async function rewriteSnapshot(
  context: RepositoryContext,
  id: FileId,
  tree: BlobId,
  change: { readonly parent?: FileId } = {},
): Promise<FileId> {
  const { summary: _, ...old } = fields(await readJsonFile(context, 'snapshots', id));
  const original = typeof old['original'] === 'string' ? old['original'] : id;
  const written = await writeJsonFile(context, 'snapshots', { ...old, ...change, tree, original });
  context.snapshots.set(written.id, parseSnapshot(written.id, await readJsonFile(context, 'snapshots', written.id)));
  return written.id;
}

/**
 * Replaces each of these snapshots by one that lacks nothing, whose `original` names it; one whose outermost folder is lost
 * goes without another in its place. Throws CamphorError `lock-lost`.
 */
export async function salvageSnapshots(context: RepositoryContext, lock: HeldLock, ids: readonly FileId[]): Promise<void> {
  const salvage: Salvage = { context, packs: createPackWriter(context), done: new Map() };
  const trees = new Map<FileId, BlobId | null>();
  for (const id of ids) {
    const { tree } = parseSnapshot(id, await readJsonFile(context, 'snapshots', id));
    trees.set(id, await salvageTree(salvage, tree, 0));
    await lock.refresh();
  }
  await salvage.packs.flush();
  await lock.assertHeld();
  await writeIndexFiles(context, salvage.packs.takeSent());
  for (const [id, tree] of trees) {
    await lock.assertHeld();
    if (tree !== null) await rewriteSnapshot(context, id, tree);
    await context.drive.remove(fileName('snapshots', id));
    context.snapshots.delete(id);
  }
}
