import { describe, expect, test } from 'vitest';
import type { BackupWarning, DriveStatus } from '../../../src/model/backup-view';
import { countPlaces, headlineOf } from '../../../src/ui/backups/headline';
import { driveStatus } from '../fake-drive';

const of = (...drives: readonly Partial<DriveStatus>[]): string => headlineOf(drives.map(driveStatus)).of;
const warned = (...warnings: readonly BackupWarning[]): Partial<DriveStatus> => ({ warnings });

describe('the most important fact', () => {
  test('no drive, or none with a backup', () => {
    expect(headlineOf([])).toEqual({ look: 'warn', of: 'backup.headline.none', drive: null, other: null });
    expect(of({ lastBackupAtMs: null, snapshotCount: 0, warnings: ['never-backed-up'] })).toBe('backup.headline.none');
    expect(of({ lastBackupAtMs: null, snapshotCount: 2, warnings: ['never-backed-up'] })).toBe('backup.headline.joined');
  });

  test('safe only where it was backed up, is not overdue, and lies elsewhere', () => {
    expect(of({})).toBe('backup.headline.safe');
    expect(of({ lastVerifiedAtMs: null })).toBe('backup.headline.unverified');
    expect(of(warned('overdue'))).toBe('backup.headline.overdue');
    expect(of({ kind: 'folder', isSynced: false })).toBe('backup.headline.folder');
    expect(of({ kind: 'folder', isSynced: true })).toBe('backup.headline.safe');
    expect(of({ kind: 'folder', isSynced: null, warnings: ['not-synced'] })).toBe('backup.headline.folder');
  });

  test('a failed backup is not silent, unless another drive has all of it', () => {
    const failed: Partial<DriveStatus> = { ...warned('backup-failed'), isUpToDate: false };
    expect(headlineOf([driveStatus(failed)])).toMatchObject({ look: 'warn', of: 'backup.headline.failed' });
    expect(of({ ...warned('signed-out'), isUpToDate: false })).toBe('backup.headline.signed-out');
    expect(of(failed, { id: 'd2', isUpToDate: false })).toBe('backup.headline.failed');
    expect(of(failed, { id: 'd2', isUpToDate: true })).toBe('backup.headline.safe');
    expect(of({ ...failed, warnings: ['backup-failed', 'overdue'] })).toBe('backup.headline.overdue');
  });

  test('places elsewhere are counted once each', () => {
    const count = (...drives: readonly Partial<DriveStatus>[]): number => countPlaces(drives.map(driveStatus));
    expect(count()).toBe(0);
    expect(count({ place: 'one' })).toBe(1);
    expect(count({ place: 'one' }, { place: 'one', id: 'd2' })).toBe(1);
    expect(count({ place: 'one' }, { place: 'two', id: 'd2' })).toBe(2);
    expect(count({ place: 'one' }, { place: 'two', id: 'd2', lastBackupAtMs: null })).toBe(1);
    expect(count({ place: 'one' }, { place: 'two', id: 'd2', kind: 'folder', isSynced: false })).toBe(1);
  });

  test('one good drive is enough, and the verified one speaks', () => {
    expect(of(warned('overdue'), {})).toBe('backup.headline.safe');
    expect(of({ lastVerifiedAtMs: null }, { id: 'd2', lastBackupAtMs: Date.now() - 86_400_000 })).toBe('backup.headline.safe');
    expect(of({ kind: 'folder', isSynced: false }, { ...warned('overdue') })).toBe('backup.headline.overdue');
  });

  test('harm of any drive comes before the good of all others', () => {
    expect(headlineOf([driveStatus(), driveStatus({ id: 'd2', warnings: ['verify-failed'] })])).toMatchObject({
      look: 'danger',
      of: 'backup.headline.damaged',
      drive: { id: 'd2' },
    });
    expect(of({}, warned('snapshots-vanished'))).toBe('backup.headline.vanished');
  });
});
