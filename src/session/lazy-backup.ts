// Backups before anything of them is loaded: the first call loads them.

import { keepAwake } from './attention';
import type { BackupSchedule } from './backup-schedule';
import type { BackupSession, BackupSessionEnvironment } from './backup-session';
import type { BackupCalls } from './session';

export interface LazyBackup {
  readonly calls: BackupCalls;
  /** The vault is open: what is due runs by itself. */
  opened(): void;
  /** By hand: at once. Idle: at the next commit point. */
  end(cause: 'hand' | 'idle'): void;
}

type LazyEnvironment = Pick<BackupSessionEnvironment, 'vaultWorker' | 'startRestore' | 'onChanged'>;

/** When the next backup is due, in the clear: a device without one loads nothing for it. */
const dueKey = 'camphor-backup-due';

async function loadSchedule(calls: BackupCalls): Promise<BackupSchedule> {
  const [{ createBackupSchedule }, { readConditions }, { keepOverdueMark }] = await Promise.all([
    import('./backup-schedule'),
    import('./conditions'),
    import('./overdue-mark'),
  ]);
  return createBackupSchedule({
    storage: localStorage,
    storageKey: dueKey,
    nowMs: () => Date.now(),
    setTimer: (run, afterMs) => {
      const timer = setTimeout(run, afterMs);
      return () => clearTimeout(timer);
    },
    isOnline: () => navigator.onLine,
    conditions: readConditions,
    onDue: (dueMs) => void keepOverdueMark(dueMs),
    drives: () => calls.drives(),
    run: (...order) => calls.run(...order),
  });
}

async function load(environment: LazyEnvironment): Promise<BackupSession> {
  const { createBackupSession } = await import('./backup-session');
  return createBackupSession({
    ...environment,
    holdLock: (name, whileHeld) => navigator.locks.request(name, { mode: 'shared' }, whileHeld),
    keepAwake,
    setTimer: (run, afterMs) => void setTimeout(run, afterMs),
  });
}

export function lazyBackup(environment: LazyEnvironment): LazyBackup {
  const onChanged = (): void => {
    environment.onChanged();
    onSchedule((schedule) => schedule.refresh());
  };
  let loading: Promise<BackupSession> | null = null;
  let loaded: BackupSession | null = null;
  const get = (): Promise<BackupSession> => {
    const started = (loading ??= load({ ...environment, onChanged }));
    started.then(
      (session) => (loaded = session),
      () => (loading = null),
    );
    return started;
  };
  const own = {
    get isRunning() {
      return loaded?.isRunning ?? false;
    },
    hasFolderChooser: 'showDirectoryPicker' in globalThis,
    hasPasskeys: 'PublicKeyCredential' in globalThis,
    get mayHaveDrives() {
      return localStorage.getItem(dueKey) !== null;
    },
  };
  const calls = new Proxy(own, {
    get: (known, name) =>
      name in known ? Reflect.get(known, name) : (...args: unknown[]) => call(name as keyof BackupSession['calls'], args),
  });
  const call = async (name: keyof BackupSession['calls'], args: readonly unknown[]): Promise<unknown> =>
    ((await get()).calls[name] as (...args: readonly unknown[]) => unknown)(...args);
  let schedule: Promise<BackupSchedule> | null = null;
  let isOpen = false;
  const onSchedule = (act: (schedule: BackupSchedule) => void): void => {
    schedule ??= loadSchedule(calls as unknown as BackupCalls);
    schedule.then(
      (ready) => {
        if (!isOpen) return;
        ready.start();
        act(ready);
      },
      () => (schedule = null),
    );
  };
  return {
    calls: calls as unknown as BackupCalls,
    opened: () => {
      isOpen = true;
      if (localStorage.getItem(dueKey) !== null) onSchedule(() => {});
    },
    end: (cause) => {
      isOpen = false;
      schedule?.then((running) => running.stop()).catch(() => {});
      if (cause === 'idle') loaded?.endIdle();
      else loaded?.endAll();
    },
  };
}
