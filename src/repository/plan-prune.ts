// What a prune would remove: packs that no snapshot needs, and the unneeded part of others where it is large.

import type { PrunePlan } from '../model/backup-view';
import { CamphorError } from '../model/error';
import { checkWritable, type RepositoryContext } from './context';
import { findDamagedPacks } from './find-damage';
import { IdSet } from './id-set';
import { checkIndexWhole } from './load-index';
import type { BlobId, BlobType, FileId } from './repository';
import { listSnapshots } from './snapshots';
import { readState } from './state-id';
import { walkTree } from './walk-trees';

/** Unneeded bytes that may stay, against those that are needed: as stock restic. */
const tolerated = 0.05;

export interface DetailedPrunePlan extends PrunePlan {
  /** Whether a pack's copy of a blob is the one to keep. */
  isKept(packId: FileId, type: BlobType, id: BlobId): boolean;
}

/**
 * All blobs that snapshots need. Throws CamphorError `repository-damaged` where a snapshot lacks something: what is needed
 * is not known then. `snapshot-missing` where there is none at all, which is no reason to remove everything.
 */
async function findUsed(context: RepositoryContext): Promise<Record<BlobType, IdSet>> {
  const { snapshots, damaged, isSuspect } = await listSnapshots(context, true);
  if (isSuspect) throw new CamphorError('listing-suspect');
  if (damaged.length > 0) throw new CamphorError('repository-damaged', { snapshots: damaged.length });
  if (snapshots.length === 0) throw new CamphorError('snapshot-missing');
  const used = { data: new IdSet(), tree: new IdSet() };
  let missing = 0;
  for (const { tree } of snapshots) {
    await walkTree(context, tree, used.tree, {
      node: ({ content }) => {
        for (const id of content) if (used.data.add(id) && !context.index.blobs.has('data', id)) missing += 1;
      },
      lost: () => (missing += 1),
    });
  }
  if (missing > 0) throw new CamphorError('repository-damaged', { missing });
  return used;
}

interface PackUse {
  readonly id: FileId;
  readonly usedBytes: number;
  readonly unusedBytes: number;
}

const total = (uses: readonly PackUse[], field: 'usedBytes' | 'unusedBytes'): number => uses.reduce((sum, use) => sum + use[field], 0);

/** Packs that are worth sending anew without what is not needed: the worst first, until little is left. */
function chooseRepack(partly: readonly PackUse[], toleratedBytes: number): PackUse[] {
  const share = ({ usedBytes, unusedBytes }: PackUse): number => unusedBytes / (usedBytes + unusedBytes);
  const worstFirst = [...partly].sort((one, other) => share(other) - share(one) || (one.id < other.id ? -1 : 1));
  let leftBytes = total(partly, 'unusedBytes');
  return worstFirst.filter(({ unusedBytes }) => {
    if (leftBytes <= toleratedBytes) return false;
    leftBytes -= unusedBytes;
    return true;
  });
}

function weigh(context: RepositoryContext, isKept: DetailedPrunePlan['isKept']): PackUse[] {
  const { blobs } = context.index;
  return [...blobs.packIds()].map((id) => {
    let [usedBytes, unusedBytes] = [0, 0];
    for (const blob of blobs.blobsOf(id)) {
      if (isKept(id, blob.type, blob.id)) usedBytes += blob.lengthBytes;
      else unusedBytes += blob.lengthBytes;
    }
    return { id, usedBytes, unusedBytes };
  });
}

/** Throws CamphorError `repository-damaged`, `listing-suspect`, `snapshot-missing`, `repository-read-only`. */
export async function makePrunePlan(context: RepositoryContext, isThorough = false): Promise<DetailedPrunePlan> {
  const { stateId, packs, isSuspect } = await readState(context);
  if (isSuspect) throw new CamphorError('listing-suspect');
  const { damaged, isListingCut } = await findDamagedPacks(context, async () => packs);
  if (isListingCut) throw new CamphorError('listing-suspect');
  checkWritable(context);
  checkIndexWhole(context);
  if (damaged.length > 0) throw new CamphorError('repository-damaged', { packs: damaged.length });
  const used = await findUsed(context);
  const isKept = (packId: FileId, type: BlobType, id: BlobId): boolean =>
    used[type].has(id) && context.index.blobs.find(type, id)?.packId === packId;
  const uses = weigh(context, isKept);
  const unindexed = [...packs.sizes].filter(([id]) => !context.index.blobs.hasPack(id));
  const usedBytes = total(uses, 'usedBytes');
  const partly = uses.filter((use) => use.usedBytes > 0 && use.unusedBytes > 0);
  const repack = chooseRepack(partly, isThorough ? 0 : usedBytes * tolerated);
  const unused = uses.filter((use) => use.usedBytes === 0);
  return {
    stateId,
    removePacks: [...unused.map(({ id }) => id), ...unindexed.map(([id]) => id)].sort(),
    repackPacks: repack.map(({ id }) => id).sort(),
    unusedBytes: total(uses, 'unusedBytes') + unindexed.reduce((sum, [, sizeBytes]) => sum + sizeBytes, 0),
    usedBytes,
    repackBytes: total(repack, 'usedBytes'),
    ...(isThorough ? { isThorough } : {}),
    isKept,
  };
}

/** See `Repository.planPrune`. */
export async function planPrune(context: RepositoryContext, isThorough = false): Promise<PrunePlan> {
  const { isKept: _, ...plan } = await makePrunePlan(context, isThorough);
  return plan;
}
