import { expect, test } from 'vitest';
import type { DriveStatus } from '../../../src/model/backup-view';
import { type PhoneSafety, phoneSafety } from '../../../src/ui/backups/phone-safety';
import { driveStatus } from '../fake-drive';

const march = new Date(2024, 2, 5).getTime();
const june = new Date(2024, 5, 20).getTime();

/** `missingFromMs` of a conversation that begins in March; undefined: not asked. */
const situations: readonly (readonly [PhoneSafety, Partial<DriveStatus>, (number | null)?])[] = [
  ['safe', {}],
  ['safe', { kind: 'folder', isSynced: true }],
  ['unverified', { lastVerifiedAtMs: null }],
  ['behind', { isUpToDate: false }],
  ['behind', { isUpToDate: false, lastVerifiedAtMs: null, warnings: ['backup-failed'] }],
  ['safe', { isUpToDate: false }, null],
  ['unverified', { isUpToDate: false, lastVerifiedAtMs: null }, null],
  ['safe-until', { isUpToDate: false }, june],
  ['behind', { isUpToDate: false, lastVerifiedAtMs: null }, june],
  ['behind', { isUpToDate: false }, new Date(2024, 2, 30).getTime()],
  ['behind', { isUpToDate: false }, march],
  ['safe', {}, march],
  ['harmed', { isUpToDate: false, warnings: ['verify-failed'] }, null],
  ['none', { lastBackupAtMs: null, snapshotCount: 2, isUpToDate: false }],
  ['here', { kind: 'folder', isSynced: false }],
  ['here', { kind: 'folder', isSynced: null, warnings: ['not-synced'] }],
  ['harmed', { warnings: ['verify-failed'] }],
  ['harmed', { warnings: ['snapshots-vanished'] }],
  ['harmed', { kind: 'folder', isSynced: false, warnings: ['verify-failed'] }],
];

for (const [safety, status, missingFromMs] of situations)
  test(`${JSON.stringify(status)}, missing from ${missingFromMs}, is ${safety}`, () => {
    expect(phoneSafety(driveStatus(status), march, missingFromMs)).toBe(safety);
  });
