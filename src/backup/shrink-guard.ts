// A vault that lost much (evicted, restored in part, a mistaken removal) must not quietly follow what was backed up of it.

import { CamphorError } from '../model/error';
import type { Repository, Snapshot } from '../repository/repository';
import { type ArchiveReader, isHere } from '../vault/archive';
import { readSnapshotCounts, type SnapshotCounts } from './read-snapshot';
import { isOurs } from './snapshot-tag';

/** A vault that holds less than this part of what was backed up of it has lost something. */
export const keptShare = 0.9;

/** The app's own snapshots, of all devices, the newest first. */
export async function listOurs(repository: Repository): Promise<readonly Snapshot[]> {
  const { snapshots } = await repository.snapshots();
  return snapshots.filter(isOurs);
}

/** Those of this device. */
export async function ownSnapshots(repository: Repository, hostname: string): Promise<readonly Snapshot[]> {
  return (await listOurs(repository)).filter((snapshot) => snapshot.hostname === hostname);
}

async function newestCounts(repository: Repository, snapshots: readonly Snapshot[]): Promise<SnapshotCounts | null> {
  for (const { tree } of snapshots) {
    const counts = await readSnapshotCounts(repository, tree);
    if (counts !== null) return counts;
  }
  return null;
}

export interface VaultCounts {
  readonly messages: number;
  /** Media whose bytes are here, or in the repository. */
  readonly media: number;
  /** Of all media. */
  readonly mediaBytes: number;
}

/** What a vault holds, by its catalogue. */
export async function countVault(reader: ArchiveReader, repository: Repository): Promise<VaultCounts> {
  const messages = (await reader.conversations()).reduce((sum, { messageCount }) => sum + messageCount, 0);
  let media = 0;
  let mediaBytes = 0;
  for await (const entry of reader.mediaEntries()) {
    mediaBytes += entry.sizeBytes;
    const places = (entry.places ?? []).filter(({ repository: id }) => id === repository.id);
    const isThere = (blobs: readonly string[]): boolean => blobs.length > 0 && blobs.every((blob) => repository.hasBlob('data', blob));
    if (isHere(entry) || isThere([entry.sha256]) || places.some(({ blobs }) => isThere(blobs))) media++;
  }
  return { messages, media, mediaBytes };
}

/**
 * Throws `vault-shrank` where messages or media are fewer by more than a tenth than in the last snapshot of this device, or
 * where there is nothing at all, and other devices have snapshots. `ours`: the newest first.
 */
export async function refuseShrunkVault(
  now: VaultCounts,
  repository: Repository,
  ours: readonly Snapshot[],
  hostname: string,
): Promise<void> {
  const own = ours.filter((snapshot) => snapshot.hostname === hostname);
  const isEmpty = now.messages === 0 && now.media === 0;
  const last = await newestCounts(repository, isEmpty ? ours : own);
  if (last === null) return;
  if (now.messages >= last.messages * keptShare && now.media >= last.media * keptShare) return;
  throw new CamphorError('vault-shrank', { messages: now.messages, before: last.messages, media: now.media, mediaBefore: last.media });
}
