// Room on this device: media that the newest snapshot on a drive has are let go here. What stays is their description, their small
// picture, and the place on the drive from which each is fetched when it is opened.

import { CamphorError } from '../model/error';
import type { FreeingChoice, FreeingObstacle, FreeingView, ReportBackup } from '../model/backup-view';
import type { BlobId, Repository } from '../repository/repository';
import { type ArchiveReader, isHere, type MediaEntry, type MediaPlace } from '../vault/archive';
import type { Connection } from './connection';
import { loadDriveState } from './drive-record';
import { statusOf } from './drive-status';
import type { BackupEnvironment } from './environment';
import { vaultNow } from './manage-drives';
import { findNode, type TreeReader } from './read-snapshot';
import { ownSnapshots } from './shrink-guard';
import { checkDrive, isClean } from './verify-drive';

/** Media whose bytes are here and in the newest snapshot. */
interface Freeable {
  readonly entry: MediaEntry;
  readonly blobs: readonly BlobId[];
}

/** What stands in the way, the gravest first: without a backup of everything, verified and elsewhere, nothing is let go. */
async function obstacleOf(environment: BackupEnvironment, { record }: Connection): Promise<FreeingObstacle | null> {
  const state = await loadDriveState(environment.vault.notes, record.id);
  const { warnings, isUpToDate } = statusOf(record, state, await vaultNow(environment), environment.nowMs());
  for (const warning of ['snapshots-vanished', 'verify-failed', 'not-synced'] as const) if (warnings.includes(warning)) return warning;
  if (!isUpToDate) return 'not-up-to-date';
  return state.lastVerifiedAtMs === null ? 'never-verified' : null;
}

interface Saved {
  readonly blobs: readonly BlobId[];
  /** End of the day that it lies under: the day of the earliest message that refers to it. NaN where that is none. */
  readonly dayEndMs: number;
}

const dayMs = 86_400_000;

/** Files below `media` of a snapshot, `<yyyy>/<mm>/<dd>/<sha256>.<extension>`, by SHA-256. */
async function mediaBlobs(reader: TreeReader, tree: BlobId): Promise<ReadonlyMap<string, Saved>> {
  const found = new Map<string, Saved>();
  const walk = async (id: BlobId, path: readonly string[]): Promise<void> => {
    for (const { name, subtree, content } of await reader.readTree(id)) {
      if (subtree !== null) await walk(subtree, [...path, name]);
      else found.set(name.slice(0, 64), { blobs: content, dayEndMs: Date.parse(`${path.join('-')}T00:00:00Z`) + dayMs });
    }
  };
  const media = await findNode(reader, tree, ['archive', 'media']);
  if (media?.subtree) await walk(media.subtree, []);
  return found;
}

/** Those that the newest snapshot of this device names, and whose blobs the index has. */
async function* freeable(
  reader: ArchiveReader,
  repository: Repository,
  hostname: string,
  { leastBytes, beforeMs }: FreeingChoice,
): AsyncGenerator<Freeable> {
  const [newest] = await ownSnapshots(repository, hostname);
  if (newest === undefined) return;
  await repository.loadIndex();
  const saved = await mediaBlobs(repository, newest.tree);
  for await (const entry of reader.mediaEntries()) {
    if (entry.sizeBytes < Math.max(1, leastBytes) || !isHere(entry)) continue;
    const { blobs = [], dayEndMs = NaN } = saved.get(entry.sha256) ?? {};
    const isOld = beforeMs === null || dayEndMs <= beforeMs;
    if (isOld && blobs.length > 0 && blobs.every((blob) => repository.hasBlob('data', blob))) yield { entry, blobs };
  }
}

/** What letting go of such media would free. */
export async function planFreeing(environment: BackupEnvironment, connection: Connection, choice: FreeingChoice): Promise<FreeingView> {
  const obstacle = await obstacleOf(environment, connection);
  let [media, bytes] = [0, 0];
  const reader = await environment.vault.openReader();
  try {
    for await (const { entry } of obstacle === null ? freeable(reader, connection.repository, connection.hostname, choice) : []) {
      media += 1;
      bytes += entry.sizeBytes;
    }
  } finally {
    reader.release();
  }
  return { media, bytes, obstacle };
}

/**
 * Lets go of them, in one commit, after the drive's structure was looked at once more. Throws `repository-damaged` where that is not
 * whole; where something else stands in the way, nothing goes and the answer says what.
 */
export async function freeMedia(
  environment: BackupEnvironment,
  connection: Connection,
  choice: FreeingChoice,
  report: ReportBackup,
): Promise<FreeingView> {
  const { repository, hostname } = connection;
  const obstacle = await obstacleOf(environment, connection);
  if (obstacle !== null) return { media: 0, bytes: 0, obstacle };
  if (!isClean(await checkDrive(environment, connection, report))) throw new CamphorError('repository-damaged');
  const writer = await environment.vault.openWriter();
  let [media, bytes] = [0, 0];
  try {
    for await (const { entry, blobs } of freeable(writer.base, repository, hostname, choice)) {
      writer.setMedia({ ...entry, chunks: [], places: withPlace(entry, repository.id, blobs) });
      media += 1;
      bytes += entry.sizeBytes;
    }
    if (media === 0) await writer.abandon();
    else (await writer.commitMove()).release();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
  if (media > 0) await makeRoom(environment);
  return { media, bytes, obstacle: null };
}

const sweepTries = 20;
const sweepPauseMs = 100;

/** Other threads let go of the state before a moment after they hear of the next one; one that does not leaves it to a later sweep. */
async function makeRoom({ vault, sleep }: BackupEnvironment): Promise<void> {
  for (let attempt = 0; attempt < sweepTries && (await vault.sweep()) === 0; attempt++) await sleep(sweepPauseMs);
}

/** The drive's place first, since it was looked at last; one place for each repository. */
function withPlace({ places = [] }: MediaEntry, repository: string, blobs: readonly BlobId[]): readonly MediaPlace[] {
  return [{ repository, blobs }, ...places.filter((place) => place.repository !== repository)];
}
