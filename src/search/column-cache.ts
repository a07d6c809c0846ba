// Values by segment and name within a budget of bytes. The segment that was used longest ago goes first, with all it has.

import type { SegmentId } from '../model/ids';

export interface ColumnCache {
  /** What `load` gave, once; a failure is not kept. */
  get<Value>(id: SegmentId, name: string, load: () => Promise<Value>, bytesOf: (value: Value) => number): Promise<Value>;
  has(id: SegmentId, name: string): boolean;
  clear(): void;
}

interface Kept {
  readonly values: Map<string, Promise<unknown>>;
  bytes: number;
}

export function createColumnCache(budgetBytes: number): ColumnCache {
  /** In the order of last use. */
  const kept = new Map<SegmentId, Kept>();
  let bytes = 0;

  const use = (id: SegmentId): Kept => {
    const entry = kept.get(id) ?? { values: new Map(), bytes: 0 };
    kept.delete(id);
    kept.set(id, entry);
    return entry;
  };
  const account = (id: SegmentId, entry: Kept, added: number): void => {
    if (kept.get(id) !== entry) return;
    entry.bytes += added;
    bytes += added;
    for (const [oldest, { bytes: freed }] of kept) {
      if (bytes <= budgetBytes || oldest === id) break;
      kept.delete(oldest);
      bytes -= freed;
    }
  };
  return {
    get: (id, name, load, bytesOf) => {
      const entry = use(id);
      const known = entry.values.get(name);
      if (known !== undefined) return known as ReturnType<typeof load>;
      const loading = load();
      entry.values.set(name, loading);
      loading.then(
        (value) => account(id, entry, bytesOf(value)),
        () => entry.values.delete(name),
      );
      return loading;
    },
    has: (id, name) => kept.get(id)?.values.has(name) === true,
    clear: () => {
      kept.clear();
      bytes = 0;
    },
  };
}
