import { describe, expect, it } from 'vitest';
import { type BackupConditions, type BackupResult, type DriveStatus, noConditions } from '../../src/model/backup-view';
import { createBackupSchedule, nextDueMs } from '../../src/session/backup-schedule';
import { areMet, type ConditionsNow, readConditions } from '../../src/session/conditions';

const hourMs = 3_600_000;

interface Options {
  readonly fails?: boolean;
  readonly online?: boolean;
  readonly conditions?: readonly BackupConditions[];
  readonly now?: Partial<ConditionsNow>;
}

/** A device with drives that are due at these times, and a clock that moves from timer to timer. */
function makeDevice(dueAtMs: (number | null)[], options: Options = {}) {
  const now: { isMetered: boolean | null; isCharging: boolean | null } = { isMetered: null, isCharging: null, ...options.now };
  const told: (number | null)[] = [];
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
    conditions: async () => now,
    onDue: (dueMs) => void told.push(dueMs),
    drives: async () => {
      asked.drives += 1;
      return due.map(
        (atMs, index) => ({ id: `drive ${index}`, dueAtMs: atMs, conditions: options.conditions?.[index] ?? noConditions }) as DriveStatus,
      );
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
  return { schedule, runs, stored, asked, pass, refresh, now, told };
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

  it('waits for what its drive waits for, as far as the browser tells, and runs when that holds', async () => {
    const all: BackupConditions = { unmetered: true, charging: true };
    const { schedule, runs, pass, refresh, now } = makeDevice([0, 0], { conditions: [all, noConditions], now: { isMetered: true } });
    schedule.start();
    await refresh();
    await pass(hourMs);
    expect(runs).toEqual(['drive 1']);
    Object.assign(now, { isMetered: false, isCharging: false });
    await pass(hourMs);
    expect(runs).toEqual(['drive 1']);
    now.isCharging = null;
    await pass(hourMs);
    expect(runs).toEqual(['drive 1', 'drive 0']);
  });

  it('leaves the date for who marks the icon while the app is closed', async () => {
    const planned = makeDevice([2 * hourMs]);
    planned.schedule.start();
    await planned.refresh();
    expect(planned.told).toEqual([Number(planned.stored.get('camphor-backup-due'))]);
    const manual = makeDevice([null]);
    manual.schedule.start();
    await manual.refresh();
    expect(manual.told).toEqual([null]);
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

describe('conditions', () => {
  it('are what the browser tells of the connection and the battery, and nothing where it does not', async () => {
    const metered = async (connection: { readonly type?: string; readonly saveData?: boolean }) =>
      (await readConditions({ connection })).isMetered;
    expect(await readConditions({})).toEqual({ isMetered: null, isCharging: null });
    expect(await metered({ type: 'cellular' })).toBe(true);
    expect(await metered({ type: 'wifi' })).toBe(false);
    expect(await metered({ type: 'wifi', saveData: true })).toBe(true);
    expect(await metered({ type: 'unknown', saveData: false })).toBeNull();
    expect((await readConditions({ getBattery: async () => ({ charging: false }) })).isCharging).toBe(false);
    expect((await readConditions({ getBattery: () => Promise.reject(new Error('not allowed')) })).isCharging).toBeNull();
  });

  it('hold unless it is known that they do not', () => {
    const both: BackupConditions = { unmetered: true, charging: true };
    for (const isMetered of [true, false, null])
      for (const isCharging of [true, false, null]) {
        expect(areMet(noConditions, { isMetered, isCharging })).toBe(true);
        expect(areMet(both, { isMetered, isCharging })).toBe(isMetered !== true && isCharging !== false);
      }
  });
});
