// Backups by themselves: when one is due while the app is open and unlocked. When it is due lies in the clear in this browser,
// so that a device without drives starts nothing for it.

import type { BackupResult, DriveStatus, ReportBackup } from '../model/backup-view';
import { areMet, type ConditionsNow } from './conditions';

/** The vault has just been opened: what the owner came for goes first. */
const settleMs = 20_000;
/** After a failure, and as the longest wait of one timer. */
const retryMs = 15 * 60_000;

export interface ScheduleEnvironment {
  readonly storage: Pick<Storage, 'getItem' | 'setItem' | 'removeItem'>;
  readonly storageKey: string;
  nowMs(): number;
  /** Gives the function that stops it. */
  setTimer(run: () => void, afterMs: number): () => void;
  isOnline(): boolean;
  conditions(): Promise<ConditionsNow>;
  /** When the next backup is due; null where none is. */
  onDue(dueMs: number | null): void;
  drives(): Promise<readonly DriveStatus[]>;
  run(drive: string, options: { readonly evenIfSmaller: false }, report: ReportBackup): Promise<BackupResult>;
}

export interface BackupSchedule {
  /** The vault is open: what is due will run. */
  start(): void;
  /** Drives or their schedules may have changed. */
  refresh(): void;
  stop(): void;
}

/** When the next backup of any drive is due, in ms; null where none is planned. */
export function nextDueMs(drives: readonly DriveStatus[]): number | null {
  const due = drives.flatMap(({ dueAtMs }) => (dueAtMs === null ? [] : [dueAtMs]));
  return due.length === 0 ? null : Math.min(...due);
}

export function createBackupSchedule(environment: ScheduleEnvironment): BackupSchedule {
  const { storage, storageKey, nowMs, setTimer } = environment;
  let stopTimer: () => void = () => {};
  let isOpen = false;
  let isRunning = false;
  const readDue = (): number | null => {
    const text = storage.getItem(storageKey);
    return text === null || !Number.isFinite(Number(text)) ? null : Number(text);
  };
  const wait = (leastMs: number): void => {
    stopTimer();
    const dueMs = readDue();
    if (!isOpen || isRunning || dueMs === null) return;
    stopTimer = setTimer(() => void runDue(), Math.min(retryMs, Math.max(leastMs, dueMs - nowMs())));
  };
  const keepDue = (drives: readonly DriveStatus[]): void => {
    const dueMs = nextDueMs(drives);
    if (drives.length === 0) storage.removeItem(storageKey);
    else storage.setItem(storageKey, dueMs === null ? 'none' : String(dueMs));
    environment.onDue(dueMs);
  };
  const runDue = async (): Promise<void> => {
    if (!isOpen || isRunning) return;
    const dueMs = readDue();
    if (dueMs === null || dueMs > nowMs() || !environment.isOnline()) return wait(retryMs);
    isRunning = true;
    try {
      for (const { id, dueAtMs, conditions } of await environment.drives()) {
        // What has to wait, or fails, shows in the drive's state as overdue; the next one has its turn all the same.
        if (dueAtMs === null || dueAtMs > nowMs() || !areMet(conditions, await environment.conditions())) continue;
        await environment.run(id, { evenIfSmaller: false }, () => {}).catch(() => {});
      }
      keepDue(await environment.drives());
    } catch {
      // Locked meanwhile, or no worker could be started: tried again below.
    } finally {
      isRunning = false;
      wait(retryMs);
    }
  };
  const refresh = async (): Promise<void> => {
    if (!isOpen || isRunning) return;
    keepDue(await environment.drives());
    wait(settleMs);
  };
  return {
    start: () => {
      if (isOpen) return;
      isOpen = true;
      wait(settleMs);
    },
    // A lock in between ends the call; the next opening reads what was kept.
    refresh: () => void refresh().catch(() => {}),
    stop: () => {
      isOpen = false;
      stopTimer();
    },
  };
}
