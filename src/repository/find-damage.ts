// Packs that are not what the index says: gone, of another size, or found damaged when they were read.

import type { RepositoryContext } from './context';
import { examinePack, keepGood, type ExaminedPack } from './examine-pack';
import { packName, type ListedFiles } from './file-names';
import { reloadIndex } from './load-index';
import type { FileId } from './repository';

export interface DamagedPack {
  readonly id: FileId;
  readonly what: 'pack-missing' | 'pack-size' | 'pack-damaged';
  readonly examined: ExaminedPack;
}

async function look(context: RepositoryContext, id: FileId, hasItsSize: boolean): Promise<DamagedPack | null> {
  const examined = await examinePack(context, id);
  if (examined.isWhole) return null;
  const there = hasItsSize ? 'pack-damaged' : 'pack-size';
  return { id, what: examined.isThere ? there : 'pack-missing', examined };
}

export interface FoundDamage {
  readonly damaged: readonly DamagedPack[];
  /** A pack is there that the listing left out: others may be too. */
  readonly isListingCut: boolean;
}

/**
 * Reads the index anew, holds it against the sizes of packs, and opens every blob of those that differ or were found
 * damaged since the repository was opened. From then on the index in memory knows only what opens, so that a backup
 * saves the rest anew. `listPacks` is called when the index has been read.
 */
export async function findDamagedPacks(context: RepositoryContext, packs: () => Promise<ListedFiles>): Promise<FoundDamage> {
  const doubtful = new Set(context.damagedPacks);
  context.damagedPacks.clear();
  await reloadIndex(context);
  const { sizes } = await packs();
  const found: DamagedPack[] = [];
  let isListingCut = false;
  for (const [id, wanted] of context.index.packSizes) {
    const sizeBytes = sizes.get(id) ?? (await context.drive.size(packName(id)));
    isListingCut ||= sizeBytes !== null && !sizes.has(id);
    const hasItsSize = sizeBytes === wanted;
    if (hasItsSize && !doubtful.has(id)) continue;
    const damaged = await look(context, id, hasItsSize);
    if (damaged) found.push(damaged);
  }
  for (const { id, examined } of found) keepGood(context, id, examined);
  return { damaged: found, isListingCut };
}
