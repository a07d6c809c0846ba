// Listings of all packs. Over WebDAV one takes a request for each of up to 256 folders: what a commit has listed, the check that follows
// it does not ask for again.

import type { RepositoryContext } from './context';
import { listPacks, type ListedFiles } from './file-names';

/** So long a pack counts as there that was seen on the drive. */
export const seenForMs = 60_000;

/** As the drive lists them now. Kept for one check. */
export async function listAllPacks(context: RepositoryContext): Promise<ListedFiles> {
  const atMs = context.environment.nowMs();
  const listed = await listPacks(context.drive);
  context.keptListing = { ...listed, atMs };
  return listed;
}

/** The kept listing, where it is of the last minute and has each pack of the index with its size; else what the drive lists now. */
export async function listPacksLately(context: RepositoryContext): Promise<ListedFiles> {
  const { keptListing: kept, environment, drive, index } = context;
  context.keptListing = null;
  const isRecent = kept !== null && !kept.isSuspect && Math.abs(environment.nowMs() - kept.atMs) < seenForMs;
  return isRecent && [...index.packSizes].every(([id, sizeBytes]) => kept.sizes.get(id) === sizeBytes) ? kept : listPacks(drive);
}
