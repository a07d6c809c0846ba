// Who may write, and which roots are being read. Web Locks where they exist; else locks inside this process.

export type Release = () => void;

export interface Locks {
  /** Null where someone holds the name in any way. */
  tryExclusive(name: string): Promise<Release | null>;
  /** Waits for an exclusive holder. */
  shared(name: string): Promise<Release>;
}

function held(manager: LockManager, name: string, options: LockOptions): Promise<Release | null> {
  return new Promise((resolve, reject) => {
    const holding = manager.request(name, options, (lock) => {
      if (lock === null) return resolve(null);
      return new Promise<void>((release) => resolve(() => release()));
    });
    holding.catch(reject);
  });
}

export function webLocks(manager: LockManager): Locks {
  return {
    tryExclusive: (name) => held(manager, name, { mode: 'exclusive', ifAvailable: true }),
    shared: async (name) => (await held(manager, name, { mode: 'shared' })) ?? (() => {}),
  };
}

/** Locks for one process, where there are no others (Node). */
export function localLocks(): Locks {
  const holders = new Map<string, { exclusive: boolean; count: number; waiting: (() => void)[] }>();
  const releaser = (name: string): Release => {
    let released = false;
    return () => {
      const holder = holders.get(name);
      if (released || holder === undefined) return;
      released = true;
      holder.count -= 1;
      if (holder.count > 0) return;
      holders.delete(name);
      for (const wake of holder.waiting) wake();
    };
  };
  return {
    tryExclusive: async (name) => {
      if (holders.has(name)) return null;
      holders.set(name, { exclusive: true, count: 1, waiting: [] });
      return releaser(name);
    },
    shared: async (name) => {
      for (let holder = holders.get(name); holder?.exclusive; holder = holders.get(name)) {
        const { waiting } = holder;
        await new Promise<void>((wake) => waiting.push(wake));
      }
      const holder = holders.get(name);
      if (holder) holder.count += 1;
      else holders.set(name, { exclusive: false, count: 1, waiting: [] });
      return releaser(name);
    },
  };
}

const locksByDatabase = new Map<string, Locks>();

/** The browser's locks, or in Node one set for each database name. */
export function defaultLocks(databaseName: string): Locks {
  const manager = typeof navigator === 'undefined' ? undefined : (navigator as { locks?: LockManager }).locks;
  if (manager) return webLocks(manager);
  const known = locksByDatabase.get(databaseName) ?? localLocks();
  locksByDatabase.set(databaseName, known);
  return known;
}
