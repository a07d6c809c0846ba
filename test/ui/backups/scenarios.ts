// States of backups by name, for tests and for the harness.

import { CamphorError } from '../../../src/model/error';
import type { FakeBackupOptions } from '../fake-backup';
import { driveStatus, failingDoctor, healthyDoctor, snapshot, wholeCheck } from '../fake-drive';

const dayMs = 86_400_000;

const folder = driveStatus({
  id: 'd2',
  kind: 'folder',
  name: 'Synced folder',
  place: 'Backups',
  isSynced: false,
  schedule: 'weekly',
  lastVerifiedAtMs: null,
  verifiedShare: 0,
  isUpToDate: false,
  warnings: ['not-synced', 'never-verified'],
});

/** Named after what the owner sees. */
export const backupScenarios = {
  none: {},
  well: { drives: [driveStatus(), folder] },
  fresh: {
    drives: [
      driveStatus({
        lastBackupAtMs: null,
        lastCheckedAtMs: null,
        lastVerifiedAtMs: null,
        verifiedShare: 0,
        snapshotCount: 0,
        isUpToDate: false,
        warnings: ['never-backed-up', 'no-recovery'],
      }),
    ],
    snapshots: [],
  },
  overdue: {
    drives: [
      driveStatus({
        lastBackupAtMs: Date.now() - 12 * dayMs,
        dueAtMs: Date.now() - 11 * dayMs,
        isUpToDate: false,
        warnings: ['overdue', 'clock-skew'],
      }),
    ],
  },
  folder: { drives: [{ ...folder, warnings: ['not-synced', 'folder-permission', 'no-recovery'] }] },
  harmed: {
    drives: [driveStatus({ warnings: ['verify-failed', 'drive-unreliable', 'verify-old'] })],
    check: {
      ...wholeCheck,
      faults: [
        { what: 'pack-damaged', id: '9f2c77aa10b3', affects: ['/archive/conversations/aaaa/2024-05.jsonl'] },
        { what: 'stale-lock', id: '77aa10b39f2c', affects: [] },
      ],
      moreFaults: 3,
    },
  },
  vanished: { drives: [driveStatus({ warnings: ['snapshots-vanished', 'read-only'] })] },
  gone: {
    drives: [
      driveStatus({ lastDrilledAtMs: null, warnings: ['drill-due'] }),
      driveStatus({ id: 'd2', name: 'Old server', place: 'https://old.example.org/camphor/', warnings: ['drive-gone'] }),
    ],
  },
  evicted: {
    drives: [
      driveStatus({
        lastBackupAtMs: null,
        lastCheckedAtMs: null,
        lastVerifiedAtMs: null,
        lastDrilledAtMs: null,
        isUpToDate: false,
        warnings: ['holds-more', 'never-backed-up'],
      }),
    ],
  },
  stuck: { drives: [driveStatus()], stuck: true },
  others: {
    drives: [driveStatus({ isUpToDate: false })],
    plan: { others: [snapshot('5a0009', { hostname: 'brave-heron', isOwnDevice: false, takenAtMs: Date.now() - 3 * dayMs })] },
  },
  cors: { doctor: failingDoctor('preflight', 'cors-missing') },
  limited: {
    doctor: healthyDoctor({
      steps: healthyDoctor().steps.map((step) =>
        step.id === 'cut-upload' ? { ...step, outcome: 'limited' as const, finding: 'stub-left' as const } : step,
      ),
    }),
  },
  existing: { doctor: healthyDoctor({ holds: 'repository' }) },
  shrank: { drives: [driveStatus()], fail: { run: new CamphorError('vault-shrank') } },
  full: { drives: [driveStatus()], fail: { run: new CamphorError('drive-full') } },
  unreadable: { fail: { drives: new CamphorError('unexpected') } },
} as const satisfies Readonly<Record<string, FakeBackupOptions>>;
export type BackupScenario = keyof typeof backupScenarios;
