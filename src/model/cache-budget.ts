// One budget for all that a thread keeps decrypted in memory: whatever was used longest ago goes first, whichever cache it is in.

export interface CacheBudget {
  readonly limitBytes: number;
  /** What is kept now, by the caches' own estimates. */
  heldBytes(): number;
  /** A cache within the budget. `bytesOf` estimates a value; `stays`: lets go only when nothing else is left. */
  cache<Key, Value>(bytesOf: (value: Value) => number, stays?: boolean): Cache<Key, Value>;
  /** Lets go of everything, and of what is still being loaded. */
  clear(): void;
}

export interface Cache<Key, Value> {
  /** The value kept, or what `load` gives, once; a failure is not kept. */
  get(key: Key, load: () => Promise<Value>): Promise<Value>;
  /** Whether it is kept, or being loaded. */
  has(key: Key): boolean;
  clear(): void;
}

interface Held {
  bytes: number;
  drop(): void;
}

/** In the order of last use. */
type Queue = Set<Held>;

interface Account {
  heldBytes: number;
  hold(entry: Held, bytes: number, among: Queue): void;
  release(entry: Held, among: Queue): void;
}

/** What every entry takes beside its value. */
const entryBytes = 200;

/** `queues`: what goes first, and what goes after all of that. */
function openAccount(limitBytes: number, queues: readonly Queue[]): Account {
  const makeRoom = (newest: Held): void => {
    for (const queue of queues) {
      for (const entry of queue) {
        if (account.heldBytes <= limitBytes) return;
        if (entry === newest) continue;
        account.release(entry, queue);
        entry.drop();
      }
    }
  };
  const account: Account = {
    heldBytes: 0,
    hold: (entry, bytes, among) => {
      entry.bytes = bytes;
      account.heldBytes += bytes;
      among.add(entry);
      makeRoom(entry);
    },
    release: (entry, among) => {
      if (among.delete(entry)) account.heldBytes -= entry.bytes;
    },
  };
  return account;
}

function openCache<Key, Value>(account: Account, among: Queue, bytesOf: (value: Value) => number): Cache<Key, Value> {
  const kept = new Map<Key, { readonly value: Promise<Value>; readonly entry: Held }>();
  const keep = (key: Key, value: Promise<Value>): Promise<Value> => {
    const isKept = (): boolean => kept.get(key)?.entry === entry;
    const entry: Held = { bytes: 0, drop: () => void (isKept() && kept.delete(key)) };
    kept.set(key, { value, entry });
    value.then((loaded) => isKept() && account.hold(entry, entryBytes + bytesOf(loaded), among), entry.drop);
    return value;
  };
  return {
    get: (key, load) => {
      const known = kept.get(key);
      if (known === undefined) return keep(key, load());
      // What is still loading is in no queue yet.
      if (among.delete(known.entry)) among.add(known.entry);
      return known.value;
    },
    has: (key) => kept.has(key),
    clear: () => {
      for (const { entry } of kept.values()) account.release(entry, among);
      kept.clear();
    },
  };
}

export function createCacheBudget(limitBytes: number): CacheBudget {
  const [passing, staying]: readonly [Queue, Queue] = [new Set(), new Set()];
  const account = openAccount(limitBytes, [passing, staying]);
  const clears: (() => void)[] = [];
  return {
    limitBytes,
    heldBytes: () => account.heldBytes,
    cache: <Key, Value>(bytesOf: (value: Value) => number, stays = false) => {
      const cache = openCache<Key, Value>(account, stays ? staying : passing, bytesOf);
      clears.push(cache.clear);
      return cache;
    },
    clear: () => clears.forEach((clear) => clear()),
  };
}

const mebibyte = 1024 * 1024;
/** Of a device that does not say what it has. */
const usualGibibytes = 4;

/** For all threads of a tab together: a thirty-second of the device's memory, 64 MiB to 256 MiB; browsers say 8 GiB at most. */
export function cacheBytesOf(deviceMemoryGib: number | undefined): number {
  const share = ((deviceMemoryGib ?? usualGibibytes) * 1024) / 32;
  return Math.min(256, Math.max(64, Math.round(share))) * mebibyte;
}
