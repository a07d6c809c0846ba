// Writing: blobs into packs, packs before their index, the index before the snapshot, all of it under a shared lock.

import { hashBytes } from '../crypto/hashes';
import { CamphorError } from '../model/error';
import { adoptPacks } from './adopt-packs';
import { assertHeld, checkSent, commitSnapshot } from './commit';
import { checkWritable, type RepositoryContext } from './context';
import { defaultCheckpointBytes } from './environment';
import { acquireLock, type HeldLock } from './held-lock';
import { IdSet } from './id-set';
import { refreshIndex } from './load-index';
import type { SentPack } from './pack-sender';
import type { BlobId, BlobType, NewSnapshot, RepositoryWriter, SavedBlob, Snapshot, StartWriting, TreeNode } from './repository';
import { encodeTree } from './tree-codec';
import { openSealingWriter, type SealingWriter, writeIndexFiles, type WrittenIndex } from './write-packs';

interface Writing {
  readonly context: RepositoryContext;
  readonly lock: HeldLock;
  readonly packs: SealingWriter;
  /** Of the index, when the lock had been taken. */
  readonly generation: number;
  /** Saved by this writer; in no index yet, or in one of ours. */
  readonly saved: Record<BlobType, IdSet>;
  /** Index files that this writer made. */
  readonly written: WrittenIndex[];
  indexBytes: number;
  /** `packs.sentBytes` as of the last index. */
  indexedBytes: number;
  /** One checkpoint at a time. */
  turn: Promise<void>;
  /** One is on its way that was not asked for. */
  isIndexing: boolean;
  /** Set where something failed or all is done: nothing more is written. */
  end: { readonly error: unknown } | null;
}

function checkGoing(writing: Writing): void {
  if (writing.end) throw writing.end.error;
  if (writing.context.isClosed) throw new CamphorError('cancelled');
}

/** A failure ends the writer: what it thought saved may not be. */
async function guarded<Result>(writing: Writing, run: () => Promise<Result>): Promise<Result> {
  checkGoing(writing);
  try {
    return await run();
  } catch (error) {
    writing.end ??= { error };
    throw error;
  }
}

const hasBlob = ({ context, saved }: Writing, type: BlobType, id: BlobId): boolean =>
  saved[type].has(id) || context.index.blobs.has(type, id);

/** Packs whose index is damaged, or was never written, are named anew, so that what is relied on here can be read by everyone. */
function takeRebuilt({ index }: RepositoryContext): SentPack[] {
  return [...index.rebuilt].map((id) => ({ id, blobs: index.blobs.blobsOf(id), seenAtMs: -Infinity }));
}

/**
 * Names the packs that are on the drive in an index. Lock and packs are looked at before: a prune may have taken these packs for
 * garbage, and an index must not name what is gone.
 */
async function indexSent(writing: Writing): Promise<void> {
  const { context, lock, packs, written } = writing;
  writing.indexedBytes = packs.sentBytes;
  const unindexed = [...packs.takeSent(), ...takeRebuilt(context)];
  if (unindexed.length === 0) return;
  await assertHeld(context, lock, written);
  await checkSent(context, unindexed);
  const files = await writeIndexFiles(context, unindexed);
  writing.indexBytes += files.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  written.push(...files);
}

/** One after the other. A failure ends the writer: the packs that it was to name are in no index. */
function inTurn(writing: Writing, run: () => Promise<void>): Promise<void> {
  const done = writing.turn.then(() => guarded(writing, run));
  writing.turn = done.catch(() => {});
  return done;
}

/** All that was saved is sent and indexed afterwards. */
function checkpoint(writing: Writing): Promise<void> {
  return inTurn(writing, async () => {
    await writing.packs.flush();
    await indexSent(writing);
  });
}

/** What was sent by now is indexed from time to time, beside what is being sent, so that little is lost where a backup ends early. */
function indexWhenDue(writing: Writing): void {
  const { context, packs } = writing;
  const limit = context.environment.checkpointBytes ?? defaultCheckpointBytes;
  if (writing.isIndexing || packs.sentBytes - writing.indexedBytes < limit) return;
  writing.isIndexing = true;
  // Where it fails, whoever saves or commits next is told.
  void inTurn(writing, () => indexSent(writing))
    .catch(() => {})
    .finally(() => (writing.isIndexing = false));
}

/** Under the id that is claimed, which sealing finds out; where it is another, under its own. Takes the bytes. */
async function saveBlob(writing: Writing, type: BlobType, plain: Uint8Array<ArrayBuffer>, claimed?: BlobId): Promise<SavedBlob> {
  const { lock, packs, saved } = writing;
  const id = claimed ?? (await hashBytes(plain));
  if (hasBlob(writing, type, id)) return { id, sentBytes: 0 };
  if (claimed === undefined) saved[type].add(id);
  void lock.refresh();
  const sealed = await packs.seal({ type, plain, id, isClaimed: claimed !== undefined });
  if (typeof sealed !== 'number') return saveBlob(writing, type, sealed);
  saved[type].add(id);
  indexWhenDue(writing);
  return { id, sentBytes: sealed };
}

/** A tree that names what is not there would be found too late. */
function checkNodes(writing: Writing, nodes: readonly TreeNode[]): void {
  for (const { content, subtree } of nodes) {
    const isWhole = content.every((id) => hasBlob(writing, 'data', id)) && (subtree === null || hasBlob(writing, 'tree', subtree));
    if (!isWhole) throw new CamphorError('not-found');
  }
}

async function saveTree(writing: Writing, nodes: readonly TreeNode[]): Promise<BlobId> {
  const bytes = encodeTree(nodes);
  checkNodes(writing, nodes);
  return (await guarded(writing, () => saveBlob(writing, 'tree', bytes))).id;
}

async function commit(writing: Writing, snapshot: NewSnapshot): Promise<Snapshot> {
  if (!hasBlob(writing, 'tree', snapshot.tree)) throw new CamphorError('not-found');
  const made = await guarded(writing, async () => {
    await checkpoint(writing);
    return commitSnapshot(writing.context, writing.lock, writing.written, snapshot, writing.generation);
  });
  writing.end = { error: new CamphorError('cancelled') };
  writing.packs.end();
  await writing.lock.release();
  return made;
}

async function abandon(writing: Writing): Promise<void> {
  writing.end ??= { error: new CamphorError('cancelled') };
  await writing.turn;
  await writing.packs.settle();
  writing.packs.end();
  await writing.lock.release();
}

/**
 * Takes a shared lock, then brings the index up to date: what is in it then, no prune removes while the lock is held.
 * Throws CamphorError `repository-locked`, `repository-read-only`.
 */
export async function startWriting(context: RepositoryContext, { adopts, isAlone }: StartWriting = {}): Promise<RepositoryWriter> {
  checkWritable(context);
  const lock = await acquireLock(context, false, isAlone);
  let packs: SealingWriter;
  try {
    await refreshIndex(context);
    checkWritable(context);
    if (adopts === true || lock.followsKilled) await adoptPacks(context);
    packs = await openSealingWriter(context);
  } catch (error) {
    await lock.release();
    throw error;
  }
  const writing: Writing = {
    context,
    lock,
    packs,
    generation: context.index.generation,
    saved: { data: new IdSet(), tree: new IdSet() },
    written: [],
    indexBytes: 0,
    indexedBytes: 0,
    turn: Promise.resolve(),
    isIndexing: false,
    end: null,
  };
  return {
    saveBlob: (type, plain, claimed) => guarded(writing, () => saveBlob(writing, type, plain, claimed)),
    saveTree: (nodes) => saveTree(writing, nodes),
    hasBlob: (type, id) => hasBlob(writing, type, id),
    checkpoint: () => checkpoint(writing),
    commit: (snapshot) => commit(writing, snapshot),
    abandon: () => abandon(writing),
    get sentBytes() {
      return writing.packs.sentBytes + writing.indexBytes;
    },
  };
}
