// A set of ids in 32 bytes each and half as much again: what a walk over all snapshots has seen may be a million.

const words = 8;

export interface IdSet {
  /** True where it was not there yet. Throws RangeError for a text that is not 64 hex digits. */
  add(id: string): boolean;
  has(id: string): boolean;
  readonly size: number;
}

function readId(id: string, into: Uint32Array): void {
  if (!/^[0-9a-f]{64}$/.test(id)) throw new RangeError('an id has 64 hex digits');
  for (let word = 0; word < words; word += 1) into[word] = Number.parseInt(id.slice(word * 8, word * 8 + 8), 16);
}

/** An empty set. `seed`: random, so that no one can choose ids that fall on each other. */
export function createIdSet(seed: number = crypto.getRandomValues(new Uint32Array(1))[0] ?? 0): IdSet {
  const wanted = new Uint32Array(words);
  let slots = 1024;
  let ids = new Uint32Array(slots * words);
  let taken = new Uint8Array(slots);
  let size = 0;

  const slotOf = (): number => {
    let hash = seed;
    for (let word = 0; word < words; word += 1) {
      hash = Math.imul(hash ^ (wanted[word] ?? 0), 0x9e3779b1);
      hash ^= hash >>> 15;
    }
    let slot = (hash >>> 0) % slots;
    while (taken[slot] === 1 && wanted.some((word, at) => ids[slot * words + at] !== word)) slot = (slot + 1) % slots;
    return slot;
  };
  const put = (): boolean => {
    const slot = slotOf();
    if (taken[slot] === 1) return false;
    taken[slot] = 1;
    ids.set(wanted, slot * words);
    return true;
  };
  const grow = (): void => {
    const [oldIds, oldTaken] = [ids, taken];
    slots *= 2;
    ids = new Uint32Array(slots * words);
    taken = new Uint8Array(slots);
    for (let slot = 0; slot < oldTaken.length; slot += 1) {
      if (oldTaken[slot] !== 1) continue;
      wanted.set(oldIds.subarray(slot * words, slot * words + words));
      put();
    }
  };

  return {
    add(id) {
      if (size * 3 > slots * 2) grow();
      readId(id, wanted);
      const isNew = put();
      if (isNew) size += 1;
      return isNew;
    },
    has(id) {
      readId(id, wanted);
      return taken[slotOf()] === 1;
    },
    get size() {
      return size;
    },
  };
}
