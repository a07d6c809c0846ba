// Backups before anything of them is loaded: the first call loads them.

import { keepAwake } from './attention';
import type { BackupSession, BackupSessionEnvironment } from './backup-session';
import type { BackupCalls } from './session';

export interface LazyBackup {
  readonly calls: BackupCalls;
  /** By hand: at once. Idle: at the next commit point. */
  end(cause: 'hand' | 'idle'): void;
}

type LazyEnvironment = Pick<BackupSessionEnvironment, 'vaultWorker' | 'startRestore' | 'onChanged'>;

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
  let loading: Promise<BackupSession> | null = null;
  let loaded: BackupSession | null = null;
  const get = (): Promise<BackupSession> => {
    const started = (loading ??= load(environment));
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
  };
  const calls = new Proxy(own, {
    get: (known, name) =>
      name in known ? Reflect.get(known, name) : (...args: unknown[]) => call(name as keyof BackupSession['calls'], args),
  });
  const call = async (name: keyof BackupSession['calls'], args: readonly unknown[]): Promise<unknown> =>
    ((await get()).calls[name] as (...args: readonly unknown[]) => unknown)(...args);
  return {
    calls: calls as unknown as BackupCalls,
    end: (cause) => {
      if (cause === 'idle') loaded?.endIdle();
      else loaded?.endAll();
    },
  };
}
