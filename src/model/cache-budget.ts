// One budget for all that a thread keeps decrypted in memory: whatever was used longest ago goes first, whichever cache it is in.
//
// Work that goes over more than fits, in the same order each time, would find nothing that it kept: what it needs first would have
// gone for what it needed last. Such work says when a pass begins. What older passes used goes first, the oldest first, and of
// each what it used last.

export interface CacheBudget {
  readonly limitBytes: number;
  /** What is kept now, by the caches' own estimates. */
  heldBytes(): number;
  /** A cache within the budget, by default one whose values go in the middle. `bytesOf` estimates a value. */
  cache<Key, Value>(bytesOf: (value: Value) => number, goes?: Going): Cache<Key, Value>;
  /** A pass over what is kept begins, and ends with the next one. */
  beginPass(): void;
  /** Lets go of everything, and of what is still being loaded. */
  clear(): void;
}

/** `first`: before anything else, and even for what is only kept if there is room; `last`: when nothing else is left. */
export type Going = 'first' | 'middle' | 'last';

export interface Cache<Key, Value> {
  /** The value kept, or what `load` gives, once; a failure is not kept. `ifRoom`: nothing is let go for it but what goes first. */
  get(key: Key, load: () => Promise<Value>, ifRoom?: boolean): Promise<Value>;
  /** Whether it is kept, or being loaded. */
  has(key: Key): boolean;
  clear(): void;
}

interface Held {
  bytes: number;
  drop(): void;
}

/** What goes for the same reasons, by the pass that used it last. */
interface Queue {
  heldBytes: number;
  /** Of what is in none, or was taken out. */
  use(entry: Held): void;
  remove(entry: Held): boolean;
  beginPass(): void;
  /** What goes first comes first. */
  leaving(): Iterable<Held>;
}

/** Older ones are told apart no more. */
const passLimit = 16;

function openQueue(): Queue {
  // Before the first pass: in the order of use.
  let passes: Set<Held>[] = [new Set()];
  let inOrderOfUse = true;
  return {
    heldBytes: 0,
    use: (entry) => void passes.at(-1)?.add(entry),
    remove: (entry) => passes.some((pass) => pass.delete(entry)),
    beginPass: () => {
      inOrderOfUse = false;
      passes = [...passes.filter(({ size }) => size > 0), new Set()];
      const [oldest, next] = passes;
      if (passes.length > passLimit && oldest && next) passes.splice(0, 2, new Set([...next, ...oldest]));
    },
    *leaving() {
      for (const pass of passes) yield* inOrderOfUse ? pass : [...pass].reverse();
    },
  };
}

interface Account {
  heldBytes: number;
  /** Whether so much fits once everything of the first queue has gone, unless it is itself to lie there. */
  hasRoom(bytes: number, among: Queue): boolean;
  hold(entry: Held, bytes: number, among: Queue): void;
  release(entry: Held, among: Queue): void;
}

/** What every entry takes beside its value. */
const entryBytes = 200;

/** `queues`: what goes first comes first. */
function openAccount(limitBytes: number, queues: readonly Queue[]): Account {
  const makeRoom = (newest: Held): void => {
    for (const queue of queues) {
      if (account.heldBytes <= limitBytes) return;
      for (const entry of queue.leaving()) {
        if (account.heldBytes <= limitBytes) return;
        if (entry === newest) continue;
        account.release(entry, queue);
        entry.drop();
      }
    }
  };
  const account: Account = {
    heldBytes: 0,
    hasRoom: (bytes, among) => {
      const [first] = queues;
      const leaving = first === undefined || among === first ? 0 : first.heldBytes;
      return account.heldBytes - leaving + bytes <= limitBytes;
    },
    hold: (entry, bytes, among) => {
      entry.bytes = bytes;
      account.heldBytes += bytes;
      among.heldBytes += bytes;
      among.use(entry);
      makeRoom(entry);
    },
    release: (entry, among) => {
      if (!among.remove(entry)) return;
      account.heldBytes -= entry.bytes;
      among.heldBytes -= entry.bytes;
    },
  };
  return account;
}

function openCache<Key, Value>(account: Account, among: Queue, bytesOf: (value: Value) => number): Cache<Key, Value> {
  const kept = new Map<Key, { readonly value: Promise<Value>; readonly entry: Held }>();
  const keep = (key: Key, value: Promise<Value>, ifRoom: boolean): Promise<Value> => {
    const entry: Held = { bytes: 0, drop: () => void (kept.get(key)?.entry === entry && kept.delete(key)) };
    kept.set(key, { value, entry });
    const hold = (loaded: Value): void => {
      if (kept.get(key)?.entry !== entry) return;
      const bytes = entryBytes + bytesOf(loaded);
      if (ifRoom && !account.hasRoom(bytes, among)) entry.drop();
      else account.hold(entry, bytes, among);
    };
    value.then(hold, entry.drop);
    return value;
  };
  return {
    get: (key, load, ifRoom = false) => {
      const known = kept.get(key);
      if (known === undefined) return keep(key, load(), ifRoom);
      // What is still loading is in no queue yet.
      if (among.remove(known.entry)) among.use(known.entry);
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
  const queues = { first: openQueue(), middle: openQueue(), last: openQueue() };
  const account = openAccount(limitBytes, [queues.first, queues.middle, queues.last]);
  const clears: (() => void)[] = [];
  return {
    limitBytes,
    heldBytes: () => account.heldBytes,
    cache: <Key, Value>(bytesOf: (value: Value) => number, goes: Going = 'middle') => {
      const cache = openCache<Key, Value>(account, queues[goes], bytesOf);
      clears.push(cache.clear);
      return cache;
    },
    beginPass: () => {
      queues.first.beginPass();
      queues.middle.beginPass();
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
