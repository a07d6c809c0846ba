// Listings of all packs. Over WebDAV one takes a request for each of up to 256 folders: what a commit has listed, the check that follows
// it does not ask for again.

import type { RepositoryContext } from './context';
import { listPacks, type ListedFiles } from './file-names';
import type { FileId } from './repository';

const seenForMs = 60_000;

/** True within the minute after something was seen on the drive. */
export const wasSeenLately = ({ environment }: RepositoryContext, atMs: number): boolean =>
  Math.abs(environment.nowMs() - atMs) < seenForMs;

/** As the drive lists them now. Kept for one check. */
export async function listAllPacks(context: RepositoryContext): Promise<ListedFiles> {
  const atMs = context.environment.nowMs();
  const listed = await listPacks(context.drive);
  context.keptListing = { ...listed, atMs };
  return listed;
}

/** The same packs with the same sizes as in the index, and nothing else. */
const agrees = ({ sizes, misplaced, isSuspect }: ListedFiles, packs: ReadonlyMap<FileId, number>): boolean =>
  !isSuspect && misplaced.length === 0 && sizes.size === packs.size && [...packs].every(([id, sizeBytes]) => sizes.get(id) === sizeBytes);

/** The kept listing, where it is of the last minute and there is nothing in it to find fault with; else what the drive lists now. */
export async function listPacksLately(context: RepositoryContext): Promise<ListedFiles> {
  const { keptListing: kept, drive, index } = context;
  context.keptListing = null;
  return kept !== null && wasSeenLately(context, kept.atMs) && agrees(kept, index.packSizes) ? kept : listPacks(drive);
}
