// A backup: the snapshot of what the vault holds now, sent as far as the repository lacks it.

import { CamphorError } from '../model/error';
import type { BackupPlan, BackupResult, BackupStage, ReportBackup } from '../model/backup-view';
import type { Manifest } from '../model/portable';
import type { BlobId, Repository, RepositoryWriter, Snapshot } from '../repository/repository';
import type { ArchiveReader } from '../vault/archive';
import type { Notes } from '../vault/notes';
import { type BackupCache, openBackupCache } from './backup-cache';
import { type SavedData, type BlobSink, countingSink, SomethingNew, writerSink } from './blob-sink';
import { type BuildInput, buildSnapshot, type BuiltSnapshot } from './build-snapshot';
import { type Content, readContent } from './content';
import { countVault, listOurs, refuseShrunkVault, type VaultCounts } from './shrink-guard';
import { snapshotPaths, snapshotTag } from './snapshot-tag';

export interface PushEnvironment {
  readonly vault: { openReader(): Promise<ArchiveReader>; readonly notes: Pick<Notes, 'entries' | 'setEntries' | 'overlays'> };
  readonly repository: Repository;
  /** The device's nickname: random, constant. */
  readonly hostname: string;
  /** The last backup of this device failed: packs that it sent count, though no index names them. */
  readonly followsFailure?: boolean;
  nowMs(): number;
  yieldToEvents(): Promise<void>;
  /** Asked between steps; true ends a backup with `cancelled`, after what was sent has been indexed. */
  isCancelled?(): boolean;
}

export interface PushOptions {
  /** Also where there is much less than in the last snapshot. */
  readonly evenIfSmaller: boolean;
}

export interface PushResult extends Pick<BackupResult, 'sentBytes' | 'newMedia' | 'changedMonths'> {
  /** Null where nothing had changed since the last snapshot of this device. */
  readonly snapshot: Snapshot | null;
  /** The last snapshot of this device from before. */
  readonly previous: Snapshot | null;
  readonly manifest: Manifest;
  /** Media of the vault that are not in the snapshot: their bytes are elsewhere, or damaged. */
  readonly leftOutMedia: number;
}

export type PlannedPush = Omit<BackupPlan, 'planId' | 'others'>;

/** Steps are short; progress is told, and others are let in, this often. */
const stepMs = 40;

interface Run {
  readonly environment: PushEnvironment;
  readonly reader: ArchiveReader;
  readonly cache: BackupCache;
  readonly counts: VaultCounts;
  readonly report: ReportBackup;
  readonly startedAtMs: number;
  readonly totalBytes: number;
  /** Read once: a backup that finds something new goes through it twice. */
  content: Promise<Content> | null;
}

/** What a message is taken for in the progress, before its month was made. */
const bytesPerMessage = 120;

async function startRun(environment: PushEnvironment, report: ReportBackup): Promise<Run> {
  await environment.repository.loadIndex();
  const reader = await environment.vault.openReader();
  try {
    const cache = await openBackupCache(environment.vault.notes);
    const counts = await countVault(reader, environment.repository);
    const totalBytes = counts.messages * bytesPerMessage + counts.mediaBytes;
    return { environment, reader, cache, counts, report, startedAtMs: environment.nowMs(), totalBytes, content: null };
  } catch (error) {
    reader.release();
    throw error;
  }
}

type Done = Parameters<BuildInput['onStep']>[0];

function tell({ environment, report, startedAtMs, totalBytes }: Run, stage: BackupStage, done: Done, sentBytes: number): void {
  const doneBytes = Math.min(totalBytes, done.messages * bytesPerMessage + done.mediaBytes);
  const elapsedMs = environment.nowMs() - startedAtMs;
  const bytesPerSecond = sentBytes > 0 && elapsedMs > 0 ? Math.round((sentBytes * 1000) / elapsedMs) : null;
  report({ stage, doneBytes, totalBytes, sentBytes, bytesPerSecond, untilMs: null });
}

interface BuildMode {
  readonly sink: BlobSink;
  readonly stage: BackupStage;
  readonly readsMedia: boolean;
  sentBytes(): number;
}

type OnStep = BuildInput['onStep'];

function stepper(run: Run, { stage, sentBytes }: Pick<BuildMode, 'stage' | 'sentBytes'>): OnStep {
  const { environment } = run;
  let lastAtMs = -Infinity;
  return async (done) => {
    if (environment.isCancelled?.() === true) throw new CamphorError('cancelled');
    const nowMs = environment.nowMs();
    if (Math.abs(nowMs - lastAtMs) < stepMs) return;
    lastAtMs = nowMs;
    tell(run, stage, done, sentBytes());
    await environment.yieldToEvents();
  };
}

function contentOf(run: Run, onStep: OnStep): Promise<Content> {
  const { reader, cache } = run;
  return (run.content ??= readContent({ reader, cache, atOnce, onStep }));
}

async function build(run: Run, mode: BuildMode): Promise<BuiltSnapshot> {
  const { environment, reader, cache } = run;
  const { sink, readsMedia } = mode;
  const overlays = await environment.vault.notes.overlays(null);
  const onStep = stepper(run, mode);
  const content = await contentOf(run, onStep);
  return buildSnapshot({ reader, overlays, cache, sink, content, repositoryId: environment.repository.id, readsMedia, atOnce, onStep });
}

/** Reading the vault, sealing and sending wait for different things. */
const atOnce = { media: 32, conversations: 4, months: 2 };

/** What a backup would send. Reads messages that changed, no media, and sends nothing. */
export async function planBackup(environment: PushEnvironment, report: ReportBackup): Promise<PlannedPush> {
  const run = await startRun(environment, report);
  try {
    const sink = countingSink(environment.repository, false);
    const built = await build(run, { sink, stage: 'planning', readsMedia: false, sentBytes: () => 0 });
    const { manifest, changedMonths, months, newMedia, totalBytes, unreadBytes } = built;
    const { conversations, messages, media } = manifest;
    return { conversations, messages, changedMonths, months, newMedia, media, newBytes: sink.newBytes + unreadBytes, totalBytes };
  } finally {
    await run.cache.flush();
    run.reader.release();
  }
}

/** Ids of all data blobs that a backup made now would refer to. */
export async function listVaultBlobs(environment: PushEnvironment, report: ReportBackup): Promise<ReadonlySet<BlobId>> {
  const run = await startRun(environment, report);
  const listed = new Set<BlobId>();
  try {
    const counting = countingSink(environment.repository, false);
    const has = (id: BlobId): boolean => listed.add(id).size > 0 && counting.has(id);
    const saveData = async (plain: Uint8Array<ArrayBuffer>): Promise<SavedData> => {
      const saved = await counting.saveData(plain);
      listed.add(saved.id);
      return saved;
    };
    await build(run, { sink: { ...counting, has, saveData }, stage: 'planning', readsMedia: true, sentBytes: () => 0 });
    return listed;
  } finally {
    await run.cache.flush();
    run.reader.release();
  }
}

/**
 * Sends what the repository lacks, and a snapshot of all. Nothing is sent, not even a lock, where the tree is that of the last
 * snapshot of this device. Throws `vault-shrank`, `cancelled`, and what reading the vault and writing to the repository throw.
 */
export async function pushBackup(environment: PushEnvironment, options: PushOptions, report: ReportBackup): Promise<PushResult> {
  const run = await startRun(environment, report);
  try {
    const ours = await listOurs(environment.repository);
    if (!options.evenIfSmaller) await refuseShrunkVault(run.counts, environment.repository, ours, environment.hostname);
    const previous = ours.find(({ hostname }) => hostname === environment.hostname) ?? null;
    const unchanged = previous === null ? null : await buildUnchanged(run, previous);
    if (unchanged !== null) {
      await run.cache.close();
      const { manifest, leftOutMedia } = unchanged;
      return { snapshot: null, previous, sentBytes: 0, newMedia: 0, changedMonths: 0, manifest, leftOutMedia };
    }
    const result = await sendTwice(run, previous);
    await run.cache.close();
    return result;
  } finally {
    await run.cache.flush();
    run.reader.release();
  }
}

/** The snapshot where it would be the same as that one; null as soon as something is found that is new. */
async function buildUnchanged(run: Run, previous: Snapshot): Promise<BuiltSnapshot | null> {
  const sink = countingSink(run.environment.repository, true);
  try {
    const built = await build(run, { sink, stage: 'planning', readsMedia: true, sentBytes: () => 0 });
    return built.tree === previous.tree ? built : null;
  } catch (error) {
    if (error instanceof SomethingNew) return null;
    throw error;
  }
}

/** Once more where the lock was lost and with it blobs that were relied on. */
async function sendTwice(run: Run, previous: Snapshot | null): Promise<PushResult> {
  const { repository } = run.environment;
  try {
    return await send(run, previous, run.environment.followsFailure === true);
  } catch (error) {
    if (!(error instanceof CamphorError) || error.code !== 'lock-lost') throw error;
    await repository.loadIndex();
    return send(run, previous, true);
  }
}

async function send(run: Run, previous: Snapshot | null, adopts: boolean): Promise<PushResult> {
  const { environment } = run;
  // Read while the lock waits; what comes of it is for the building.
  const reading = contentOf(run, stepper(run, { stage: 'sending', sentBytes: () => 0 })).catch(() => {});
  const writer = await environment.repository.startWriting({ adopts, isAlone: true }).finally(() => reading);
  try {
    const sentBytes = (): number => writer.sentBytes;
    const built = await build(run, { sink: writerSink(writer), stage: 'sending', readsMedia: true, sentBytes });
    const { manifest, leftOutMedia, newMedia, changedMonths } = built;
    tell(run, 'committing', { messages: manifest.messages, mediaBytes: Infinity }, writer.sentBytes);
    const snapshot = await writer.commit({
      takenAtMs: Math.max(environment.nowMs(), (previous?.takenAtMs ?? -Infinity) + 1000),
      tree: built.tree,
      paths: snapshotPaths,
      hostname: environment.hostname,
      tags: [snapshotTag],
      parent: previous?.id ?? null,
    });
    return { snapshot, previous, sentBytes: writer.sentBytes, newMedia, changedMonths, manifest, leftOutMedia };
  } catch (error) {
    await stopWriting(writer, error);
    throw error;
  }
}

/** After a pause what was sent is indexed, so that it need not be sent again. */
async function stopWriting(writer: RepositoryWriter, error: unknown): Promise<void> {
  if (error instanceof CamphorError && error.code === 'cancelled') await writer.checkpoint().catch(() => {});
  await writer.abandon().catch(() => {});
}
