// Between dropping what is lost and salvaging what is left: whoever has the content elsewhere gives it once more.

import { hashBytes } from '../crypto/hashes';
import { sealBlob } from './blob';
import type { RepositoryContext } from './context';
import type { HeldLock } from './held-lock';
import { findLosses, type DetailedRepairPlan } from './plan-repair';
import type { BlobId, BlobType, Heal } from './repository';
import { listSnapshots } from './snapshots';
import { createPackWriter, writeIndexFiles } from './write-packs';

type Lost = Parameters<Heal>[0];

/** A tree that was lost may name others that nobody knew of: our own are four deep, and each round brings one level at least. */
const roundLimit = 8;

/** What the plan found lost, and what damaged packs held besides: a lost tree hides what it named. */
function lostBlobs({ index }: RepositoryContext, { lostBlobs: named, damagedPacks }: DetailedRepairPlan): Lost {
  const held = damagedPacks.flatMap(({ examined }) => examined.lost).map(({ type, id }) => ({ type, id }));
  const unique = new Map([...named, ...held].map((blob) => [`${blob.type}/${blob.id}`, blob]));
  return [...unique.values()].filter(({ type, id }) => !index.blobs.has(type, id));
}

/** Keeps what is given and was lost: packs, read back, then their index. Gives how many blobs there were. */
async function healOnce(context: RepositoryContext, lock: HeldLock, lost: Lost, heal: Heal): Promise<number> {
  const { key, packing, environment } = context;
  const wanted: Record<BlobType, Set<BlobId>> = { data: new Set(), tree: new Set() };
  for (const { type, id } of lost) wanted[type].add(id);
  const packs = createPackWriter(context);
  let healed = 0;
  try {
    await heal(lost, async (type, plain) => {
      // Another client's prune must not see what is in no index yet as garbage.
      void lock.refresh();
      if (!wanted[type].delete(await hashBytes(plain))) return;
      await packs.add(await sealBlob(key, type, plain, packing, environment.random));
      healed += 1;
    });
    await packs.flush();
  } finally {
    await packs.settle();
  }
  await lock.assertHeld();
  await writeIndexFiles(context, packs.takeSent());
  return healed;
}

/** Gives how many blobs are whole again. Throws what `heal` throws, and CamphorError `lock-lost`. */
export async function healLost(context: RepositoryContext, lock: HeldLock, plan: DetailedRepairPlan, heal: Heal): Promise<number> {
  let lost = lostBlobs(context, plan);
  let healedBlobs = 0;
  for (let round = 0; round < roundLimit && lost.length > 0; round += 1) {
    const healed = await healOnce(context, lock, lost, heal);
    healedBlobs += healed;
    if (healed === 0) break;
    lost = (await findLosses(context, (await listSnapshots(context)).snapshots)).lostBlobs;
  }
  return healedBlobs;
}
