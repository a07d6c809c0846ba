// Who may write, and which roots are being read. Web Locks where they exist; else locks inside this process.

export type Release = () => void;

/** Held by whoever writes. */
export const writerLock = 'vault-archive';
/** Held while the sweep runs, for which a writer waits. */
export const sweepLock = 'vault-sweep';

export interface Locks {
  /** Null where someone holds the name in any way. */
  tryExclusive(name: string): Promise<Release | null>;
  /** Waits for all holders. */
  exclusive(name: string): Promise<Release>;
  /** Waits for an exclusive holder. */
  shared(name: string): Promise<Release>;
}

function request(manager: LockManager, name: string, options: LockOptions): Promise<Release | null> {
  return new Promise((resolve, reject) => {
    const holding = manager.request(name, options, (lock) => {
      if (lock === null) return resolve(null);
      return new Promise<void>((release) => resolve(() => release()));
    });
    holding.catch(reject);
  });
}

const nothing: Release = () => {};

export function webLocks(manager: LockManager): Locks {
  return {
    tryExclusive: (name) => request(manager, name, { mode: 'exclusive', ifAvailable: true }),
    exclusive: async (name) => (await request(manager, name, { mode: 'exclusive' })) ?? nothing,
    shared: async (name) => (await request(manager, name, { mode: 'shared' })) ?? nothing,
  };
}

interface Holder {
  readonly exclusive: boolean;
  count: number;
  readonly waiting: (() => void)[];
}

/** Takes the name if it is free for this; gives what releases it, once. */
function take(holders: Map<string, Holder>, name: string, exclusive: boolean): Release | null {
  const known = holders.get(name);
  if (known && (exclusive || known.exclusive)) return null;
  const holder = known ?? { exclusive, count: 0, waiting: [] };
  holder.count += 1;
  holders.set(name, holder);
  let released = false;
  return () => {
    if (released) return;
    released = true;
    holder.count -= 1;
    if (holder.count > 0) return;
    holders.delete(name);
    for (const wake of holder.waiting) wake();
  };
}

async function takeInTurn(holders: Map<string, Holder>, name: string, exclusive: boolean): Promise<Release> {
  for (;;) {
    const release = take(holders, name, exclusive);
    if (release) return release;
    await new Promise<void>((wake) => holders.get(name)?.waiting.push(wake));
  }
}

/** Locks for one process, where there are no others (Node). */
export function localLocks(): Locks {
  const holders = new Map<string, Holder>();
  return {
    tryExclusive: async (name) => take(holders, name, true),
    exclusive: (name) => takeInTurn(holders, name, true),
    shared: (name) => takeInTurn(holders, name, false),
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
