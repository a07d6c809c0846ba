// All files of a snapshot, without a repository: the same paths and the same bytes. The tree is laid out first, for its paths
// and sizes, and built again for its bytes, so that no file is ever held whole.

import { CamphorError } from '../model/error';
import type { Manifest } from '../model/portable';
import type { Overlay } from '../model/overlay';
import type { TreeNode } from '../repository/repository';
import type { ArchiveReader } from '../vault/archive';
import type { BackupCache } from './backup-cache';
import { buildSnapshot, type BuildInput } from './build-snapshot';
import { buildAgain, numberingSink, type Piece } from './tree-bytes';

/** A file in the tree; `path` begins with `archive/`. */
export interface LaidOutFile {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number;
}

export interface TreeFile extends LaidOutFile {
  /** Once, and before the next file is asked for. */
  open(): AsyncIterable<Uint8Array>;
}

export interface TreeInput {
  readonly reader: ArchiveReader;
  readonly overlays: readonly Overlay[];
  /** Between steps. May throw, which ends it. */
  onStep(): Promise<void>;
}

export interface TreeFiles {
  /** In no particular order. Media that turn out to be damaged are listed here and missing there, as in a snapshot. */
  readonly laidOut: readonly LaidOutFile[];
  /** Of the tree as laid out. */
  readonly manifest: Manifest;
  /** Media that no file is there for: their bytes are elsewhere. */
  readonly leftOutMedia: number;
  /** May be asked for once. Throws what reading the vault throws. */
  files(): AsyncGenerator<TreeFile, void, void>;
}

const noCache: BackupCache = {
  get: () => null,
  set: async () => {},
  flush: async () => {},
  close: async () => {},
};

function* walk(trees: readonly (readonly TreeNode[])[], tree: string, below: string): Generator<[path: string, node: TreeNode]> {
  for (const node of trees[Number(tree)] ?? []) {
    if (node.subtree === null) yield [`${below}${node.name}`, node];
    else yield* walk(trees, node.subtree, `${below}${node.name}/`);
  }
}

export interface Layout {
  /** Without any bytes, and so without a blob. */
  readonly empty: LaidOutFile[];
  /** In the order in which their blobs come, each with its first. */
  readonly text: (LaidOutFile & { readonly firstBlob: number })[];
  /** By SHA-256; their blobs come apart, since a medium may turn out to be damaged. */
  readonly media: Map<string, LaidOutFile>;
}

function layOut(trees: readonly (readonly TreeNode[])[], tree: string): Layout {
  const layout: Layout = { empty: [], text: [], media: new Map() };
  for (const [path, { name, sizeBytes, mtimeMs, content }] of walk(trees, tree, '')) {
    const file = { path, sizeBytes, modifiedAtMs: mtimeMs };
    const [first] = content;
    if (sizeBytes === 0) layout.empty.push(file);
    else if (first === undefined) layout.media.set(name.slice(0, name.indexOf('.')), file);
    else layout.text.push({ ...file, firstBlob: Number(first) });
  }
  layout.text.sort((a, b) => a.firstBlob - b.firstBlob);
  return layout;
}

/** Lays the tree out: reads all messages, no media. Throws what reading the vault throws. */
export async function openTreeFiles({ reader, overlays, onStep }: TreeInput): Promise<TreeFiles> {
  const { sink, trees } = numberingSink(async () => {});
  const input: BuildInput = { reader, overlays, cache: noCache, sink, repositoryId: '', readsMedia: false, onStep };
  const { tree, manifest, leftOutMedia } = await buildSnapshot(input);
  const layout = layOut(trees, tree);
  return {
    laidOut: [...layout.empty, ...layout.text, ...layout.media.values()],
    manifest,
    leftOutMedia,
    files: () => filesOf(layout, input),
  };
}

async function* filesOf({ empty, text, media }: Layout, input: BuildInput): AsyncGenerator<TreeFile, void, void> {
  for (const file of empty) yield { ...file, async *open() {} };
  const { readable, writable } = new TransformStream<Piece, Piece>(undefined, { highWaterMark: 1 }, { highWaterMark: 0 });
  const pieces = readable.getReader();
  const building = buildAgain(writable.getWriter(), { text, media }, input);
  building.catch(() => undefined);
  const next = async (): Promise<Piece | null> => {
    const { value, done } = await pieces.read();
    return done ? null : value;
  };
  try {
    let piece = await next();
    while (piece !== null) {
      const { file } = piece;
      const rest = async function* (): AsyncGenerator<Uint8Array, void, void> {
        for (; piece !== null && piece.file === file; piece = await next()) yield piece.bytes;
      };
      yield { ...file, open: rest };
      // What was not read is passed over.
      while (piece !== null && piece.file === file) piece = await next();
    }
    await building;
  } finally {
    await pieces.cancel(new CamphorError('cancelled')).catch(() => undefined);
    await building.catch(() => undefined);
  }
}
