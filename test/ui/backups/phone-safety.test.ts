import { expect, test } from 'vitest';
import type { DriveStatus } from '../../../src/model/backup-view';
import { type PhoneSafety, phoneSafety } from '../../../src/ui/backups/phone-safety';
import { driveStatus } from '../fake-drive';

const situations: readonly (readonly [PhoneSafety, Partial<DriveStatus>])[] = [
  ['safe', {}],
  ['safe', { kind: 'folder', isSynced: true }],
  ['unverified', { lastVerifiedAtMs: null }],
  ['behind', { isUpToDate: false }],
  ['behind', { isUpToDate: false, lastVerifiedAtMs: null, warnings: ['backup-failed'] }],
  ['none', { lastBackupAtMs: null, snapshotCount: 2, isUpToDate: false }],
  ['here', { kind: 'folder', isSynced: false }],
  ['here', { kind: 'folder', isSynced: null, warnings: ['not-synced'] }],
  ['harmed', { warnings: ['verify-failed'] }],
  ['harmed', { warnings: ['snapshots-vanished'] }],
  ['harmed', { kind: 'folder', isSynced: false, warnings: ['verify-failed'] }],
];

for (const [safety, status] of situations)
  test(`${JSON.stringify(status)} is ${safety}`, () => {
    expect(phoneSafety(driveStatus(status))).toBe(safety);
  });
