// What an invented drive holds: its status, snapshots, keys, a doctor's report, files, a recovery sheet.

import type { BrowseEntry, CheckReport, DriveStatus, KeyView, PrunePlan, RecoverySheet, SnapshotView } from '../../src/model/backup-view';
import { defaultRetention, noConditions } from '../../src/model/backup-view';
import { type DoctorReport, type DoctorStep, doctorStepIds, unknownTraits } from '../../src/model/drive';
import type { ImportPlan } from '../../src/model/view';
import { inventedPlan } from './fake-plan';

const hourMs = 3_600_000;
const dayMs = 24 * hourMs;

/** Opens the invented repository. */
export const fakeRepositoryPassphrase = 'lantern orbit velvet harbour';
/** Words by their place, so that a test knows them. */
export const fakeWords: readonly string[] =
  'abandon ability able about above absent absorb abstract absurd abuse access accident account accuse achieve acid acoustic acquire across act action actor actress actual'.split(
    ' ',
  );

export function driveStatus(change: Partial<DriveStatus> = {}): DriveStatus {
  const now = Date.now();
  return {
    id: 'd1',
    kind: 'webdav',
    name: 'Nextcloud at home',
    place: 'https://cloud.example.org/remote.php/dav/files/robin/camphor/',
    repositoryId: '5c1f0a9e7b3d2468ace013579bdf02468ace013579bdf02468ace013579bdf02',
    schedule: 'daily',
    conditions: noConditions,
    retention: defaultRetention,
    isSynced: null,
    lastBackupAtMs: now - 20 * 60_000,
    lastCheckedAtMs: now - 20 * 60_000,
    lastVerifiedAtMs: now - 2 * dayMs,
    verifiedShare: 0.42,
    lastDrilledAtMs: now - 40 * dayMs,
    dueAtMs: now + 23 * hourMs,
    snapshotCount: 14,
    isUpToDate: true,
    warnings: [],
    ...change,
  };
}

export function snapshot(id: string, change: Partial<SnapshotView> = {}): SnapshotView {
  return {
    id,
    takenAtMs: Date.now() - 20 * 60_000,
    hostname: 'quiet-otter',
    isOwnDevice: true,
    isOurs: true,
    conversations: 12,
    messages: 1_012_511,
    media: 812,
    bytes: 4_100_000_000,
    added: { conversations: 0, messages: 31, media: 2 },
    ...change,
  };
}

export function inventedSnapshots(): readonly SnapshotView[] {
  const now = Date.now();
  return [
    snapshot('5a0001'),
    snapshot('5a0002', {
      takenAtMs: now - dayMs,
      hostname: 'brave-heron',
      isOwnDevice: false,
      messages: 1_012_470,
      added: { conversations: 1, messages: 4021, media: 60 },
    }),
    snapshot('5a0003', { takenAtMs: now - 9 * dayMs, messages: 1_008_449, added: null }),
    snapshot('5a0004', {
      takenAtMs: now - 40 * dayMs,
      hostname: 'nas',
      isOwnDevice: false,
      isOurs: false,
      conversations: null,
      messages: null,
      media: null,
      bytes: null,
      added: null,
    }),
  ];
}

export function inventedKeys(): readonly KeyView[] {
  const createdAtMs = Date.now() - 90 * dayMs;
  return [
    { id: 'k1', label: 'passphrase', hostname: 'quiet-otter', createdAtMs, isInUse: true },
    { id: 'k2', label: 'recovery', hostname: 'quiet-otter', createdAtMs, isInUse: false },
  ];
}

/** All steps well, as on a server that allows this page. */
export function healthyDoctor(change: Partial<DoctorReport> = {}): DoctorReport {
  return {
    steps: doctorStepIds.map((id): DoctorStep => ({
      id,
      outcome: 'ok',
      finding: null,
      facts: id === 'speed' ? { bytesPerSecond: 6_400_000 } : {},
    })),
    usable: true,
    traits: { ...unknownTraits, isAtomic: true },
    holds: 'nothing',
    ...change,
  };
}

/** A report whose step `id` fails with `finding`; what comes after it is skipped. */
export function failingDoctor(id: DoctorStep['id'], finding: NonNullable<DoctorStep['finding']>): DoctorReport {
  const at = doctorStepIds.indexOf(id);
  return healthyDoctor({
    usable: false,
    holds: 'unknown',
    steps: doctorStepIds.map((step, index) => ({
      id: step,
      outcome: index < at ? 'ok' : index === at ? 'failed' : 'skipped',
      finding: index === at ? finding : null,
      facts: {},
    })),
  });
}

export const wholeCheck: CheckReport = { packs: 261, blobs: 40_112, snapshots: 14, faults: [], moreFaults: 0 };

export const prunePlan: PrunePlan = {
  stateId: 'state',
  removePacks: ['p1', 'p2'],
  repackPacks: ['p3'],
  unusedBytes: 38_000_000,
  usedBytes: 4_100_000_000,
  repackBytes: 12_000_000,
};

export function restorePlan(): ImportPlan {
  const [first] = inventedPlan().archives;
  if (first === undefined) throw new Error('no archive in the invented plan');
  return {
    ...inventedPlan(),
    unrecognised: [],
    seen: [],
    readable: ['whatsapp', 'telegram'],
    problems: [],
    archives: [
      { ...first, title: null, source: 'camphor', format: 'camphor-snapshot', formatVersion: '1', questions: [], sizeBytes: 31_000_000 },
    ],
  };
}

export function browse(path: string): readonly BrowseEntry[] {
  const folder = (name: string, title: string | null = null): BrowseEntry => ({
    name,
    path: `${path}/${name}`,
    isFolder: true,
    sizeBytes: 0,
    modifiedAtMs: Date.UTC(2026, 4, 13),
    title,
  });
  const file = (name: string, sizeBytes: number): BrowseEntry => ({
    name,
    path: `${path}/${name}`,
    isFolder: false,
    sizeBytes,
    modifiedAtMs: Date.UTC(2026, 4, 13),
    title: null,
  });
  if (path.endsWith('/conversations')) return [folder('aaaa', 'Mum'), folder('bbbb', '国庆聚会 🎉')];
  if (path.includes('/conversations/'))
    return [file('conversation.json', 812), file('2026-04.jsonl', 48_213), file('2026-05.jsonl', 21_004)];
  if (path.endsWith('/media')) return [folder('2025'), folder('2026')];
  return [folder('conversations'), folder('media'), folder('receipts'), file('README.txt', 2140), file('manifest.json', 902)];
}

export function recoverySheet(drive: DriveStatus, words: readonly string[]): RecoverySheet {
  return {
    driveName: drive.name,
    kind: drive.kind,
    place: drive.place,
    repositoryId: drive.repositoryId,
    printedAtMs: Date.now(),
    words,
    commands: [
      { purpose: 'set-up', lines: [`rclone config create camphor webdav url=${drive.place} vendor=other user=____________`] },
      { purpose: 'list', lines: ['restic -r rclone:camphor: snapshots'] },
      { purpose: 'restore', lines: ['restic -r rclone:camphor: restore latest --target restored'] },
    ],
  };
}
