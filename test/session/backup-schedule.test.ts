import { describe, expect, it } from 'vitest';
import type { BackupResult, DriveStatus } from '../../src/model/backup-view';
import { createBackupSchedule, nextDueMs } from '../../src/session/backup-schedule';

const hourMs = 3_600_000;

/** A device with drives that are due at these times, and a clock that moves from timer to timer. */
function makeDevice(dueAtMs: (number | null)[], options: { fails?: boolean; online?: boolean } = {}) {
  const stored = new Map<string, string>();
  const runs: string[] = [];
  let nowMs = 1_000_000_000;
  let timer: { run: () => void; atMs: number } | null = null;
  const asked = { drives: 0 };
  const due = dueAtMs.map((after) => (after === null ? null : nowMs + after));
  const schedule = createBackupSchedule({
    storage: {
      getItem: (key) => stored.get(key) ?? null,
      setItem: (key, value) => void stored.set(key, value),
      removeItem: (key) => void stored.delete(key),
    },
    storageKey: 'camphor-backup-due',
    nowMs: () => nowMs,
    setTimer: (run, afterMs) => {
      const own = { run, atMs: nowMs + afterMs };
      timer = own;
      return () => {
        if (timer === own) timer = null;
      };
    },
    isOnline: () => options.online ?? true,
    drives: async () => {
      asked.drives += 1;
      return due.map((atMs, index) => ({ id: `drive ${index}`, dueAtMs: atMs }) as DriveStatus);
    },
    run: async (drive) => {
      runs.push(drive);
      if (options.fails === true) throw new Error('no answer');
      due[Number(drive.slice(6))] = nowMs + 24 * hourMs;
      return {} as BackupResult;
    },
  });
  const settle = () => new Promise((resolve) => setTimeout(resolve));
  /** Lets time pass, timer by timer. */
  const pass = async (ms: number): Promise<void> => {
    const untilMs = nowMs + ms;
    for (let next = timer; next !== null && next.atMs <= untilMs; next = timer) {
      nowMs = next.atMs;
      timer = null;
      next.run();
      await settle();
    }
    nowMs = untilMs;
  };
  const refresh = async (): Promise<void> => {
    schedule.refresh();
    await settle();
  };
  return { schedule, runs, stored, asked, pass, refresh };
}

describe('the next date', () => {
  it('is the earliest of all drives, or none', () => {
    const at = (dueAtMs: number | null) => ({ dueAtMs }) as DriveStatus;
    expect(nextDueMs([])).toBeNull();
    expect(nextDueMs([at(null)])).toBeNull();
    expect(nextDueMs([at(5), at(null), at(3)])).toBe(3);
  });
});

describe('a backup by itself', () => {
  it('asks for nothing on a device that never planned one', async () => {
    const { schedule, asked, pass } = makeDevice([0]);
    schedule.start();
    await pass(48 * hourMs);
    expect(asked.drives).toBe(0);
  });

  it('runs when it is due, the drives that are due only, and again a period later', async () => {
    const { schedule, runs, pass, refresh } = makeDevice([2 * hourMs, 30 * hourMs, null]);
    schedule.start();
    await refresh();
    await pass(hourMs);
    expect(runs).toEqual([]);
    await pass(2 * hourMs);
    expect(runs).toEqual(['drive 0']);
    await pass(24 * hourMs);
    expect(runs).toEqual(['drive 0', 'drive 0']);
    await pass(4 * hourMs);
    expect(runs).toEqual(['drive 0', 'drive 0', 'drive 1']);
  });

  it('is tried again after a failure, not at once, and never without a network or a vault', async () => {
    const failing = makeDevice([0], { fails: true });
    failing.schedule.start();
    await failing.refresh();
    await failing.pass(hourMs);
    expect(failing.runs.length).toBeGreaterThan(1);
    expect(failing.runs.length).toBeLessThan(6);
    failing.schedule.stop();
    const before = failing.runs.length;
    await failing.pass(5 * hourMs);
    expect(failing.runs.length).toBe(before);
    const offline = makeDevice([0], { online: false });
    offline.schedule.start();
    await offline.refresh();
    await offline.pass(5 * hourMs);
    expect(offline.runs).toEqual([]);
  });

  it('forgets the date when no drive has a schedule any more, and all of it with the last drive', async () => {
    for (const [dueAtMs, left] of [
      [[null], ['none']],
      [[], []],
    ] as const) {
      const { schedule, stored, refresh, pass, runs } = makeDevice([...dueAtMs]);
      stored.set('camphor-backup-due', '5');
      schedule.start();
      await refresh();
      expect([...stored.values()]).toEqual(left);
      await pass(48 * hourMs);
      expect(runs).toEqual([]);
    }
  });
});
