// Checking a drive and keeping what was found: structure at every backup, packs read whole a part at a time, those not read for
// longest first.

import type { CheckReport, ReportBackup, VerifyReport } from '../model/backup-view';
import type { Progress, ReportProgress } from '../model/progress';
import type { Connection } from './connection';
import { changeDriveState, type DriveState, loadReadTimes, saveReadTimes } from './drive-record';
import type { BackupEnvironment } from './environment';

/** Progress of the repository's work, as the backup screen shows it. */
export function asBackupProgress(report: ReportBackup): ReportProgress {
  return ({ stage, doneBytes, totalBytes }: Progress) =>
    report({
      stage: stage === 'committing' ? 'committing' : 'reading-back',
      doneBytes,
      totalBytes,
      sentBytes: 0,
      bytesPerSecond: null,
      untilMs: null,
    });
}

/** A part of the packs is read again this often, with a backup. */
const verifyEveryMs = 7 * 86_400_000;
export const weeklyShare = 0.05;

/** True where the last round, or the oldest snapshot that was never verified, is more than a week ago. */
export function isVerifyDue({ lastVerifiedAtMs, remembered }: DriveState, nowMs: number): boolean {
  const sinceMs = lastVerifiedAtMs ?? remembered.reduce((oldest, { takenAtMs }) => Math.min(oldest, takenAtMs), nowMs);
  return nowMs - sinceMs > verifyEveryMs;
}

/** True where nothing that was found harms a snapshot. */
export const isClean = ({ faults, moreFaults }: CheckReport): boolean =>
  moreFaults === 0 && faults.every(({ what }) => what === 'pack-unindexed' || what === 'stale-lock');

/** Structure only. */
export async function checkDrive(
  { vault, nowMs }: BackupEnvironment,
  { record, repository }: Connection,
  report: ReportBackup,
): Promise<CheckReport> {
  const found = await repository.check(asBackupProgress(report));
  await changeDriveState(vault.notes, record.id, { lastCheckedAtMs: nowMs(), hasFaults: !isClean(found) });
  return found;
}

/** `share` of the packs, 0..1. */
export async function verifyDrive(
  { vault, nowMs }: BackupEnvironment,
  { record, repository }: Connection,
  share: number,
  report: ReportBackup,
): Promise<VerifyReport> {
  const readAtMs = await loadReadTimes(vault.notes, record.id);
  const found = await repository.verify({ share, readAtMs }, asBackupProgress(report));
  const atMs = nowMs();
  for (const pack of found.readPacks) readAtMs.set(pack, atMs);
  await saveReadTimes(vault.notes, record.id, readAtMs);
  const hasFaults = !isClean(found);
  await changeDriveState(vault.notes, record.id, {
    lastCheckedAtMs: atMs,
    hasFaults,
    hasBadPacks: hasFaults,
    verifiedShare: found.share,
    ...(hasFaults ? {} : { lastVerifiedAtMs: atMs }),
  });
  return found;
}
