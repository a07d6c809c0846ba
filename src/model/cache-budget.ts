// One budget for all that a thread keeps decrypted in memory: whatever was used longest ago goes first, whichever cache it is in.

export interface CacheBudget {
  readonly limitBytes: number;
  /** What is kept now, by the caches' own estimates. */
  heldBytes(): number;
  /** A cache within the budget. `bytesOf` estimates a value; `stays`: lets go only when nothing else is left. */
  cache<Key, Value>(bytesOf: (value: Value) => number, stays?: boolean): Cache<Key, Value>;
  /** Lets go of everything. */
  clear(): void;
}

export interface Cache<Key, Value> {
  /** The value kept, or what `load` gives, once; a failure is not kept. */
  get(key: Key, load: () => Promise<Value>): Promise<Value>;
  has(key: Key): boolean;
  clear(): void;
}

interface Held {
  bytes: number;
  drop(): void;
}

/** What every entry takes beside its value. */
const entryBytes = 200;

export function createCacheBudget(limitBytes: number): CacheBudget {
  /** In the order of last use: what goes first, and what goes after all of that. */
  const [passing, staying] = [new Set<Held>(), new Set<Held>()];
  let held = 0;
  const release = (entry: Held, from: Set<Held>): void => {
    if (from.delete(entry)) held -= entry.bytes;
  };
  const makeRoom = (newest: Held): void => {
    for (const entries of [passing, staying]) {
      for (const entry of entries) {
        if (held <= limitBytes) return;
        if (entry === newest) continue;
        release(entry, entries);
        entry.drop();
      }
    }
  };
  const use = (entry: Held, among: Set<Held>): void => {
    if (among.delete(entry)) among.add(entry);
  };
  const hold = (entry: Held, bytes: number, among: Set<Held>): void => {
    entry.bytes = bytes;
    held += bytes;
    among.add(entry);
    makeRoom(entry);
  };
  return {
    limitBytes,
    heldBytes: () => held,
    cache: <Key, Value>(bytesOf: (value: Value) => number, stays = false): Cache<Key, Value> => {
      const among = stays ? staying : passing;
      const kept = new Map<Key, { readonly value: Promise<Value>; readonly entry: Held }>();
      const keep = (key: Key, value: Promise<Value>): Promise<Value> => {
        const entry: Held = { bytes: 0, drop: () => void (kept.get(key)?.entry === entry && kept.delete(key)) };
        kept.set(key, { value, entry });
        value.then((loaded) => kept.get(key)?.entry === entry && hold(entry, entryBytes + bytesOf(loaded), among), entry.drop);
        return value;
      };
      return {
        get: (key, load) => {
          const known = kept.get(key);
          if (known === undefined) return keep(key, load());
          use(known.entry, among);
          return known.value;
        },
        has: (key) => kept.has(key),
        clear: () => {
          for (const { entry } of kept.values()) release(entry, among);
          kept.clear();
        },
      };
    },
    clear: () => {
      for (const entry of [...passing, ...staying]) entry.drop();
      passing.clear();
      staying.clear();
      held = 0;
    },
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
