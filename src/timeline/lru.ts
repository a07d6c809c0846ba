// A cache of promises: what was used longest ago goes first, what failed is not kept.

export interface Lru<Key, Value> {
  get(key: Key, load: () => Promise<Value>): Promise<Value>;
  clear(): void;
}

export function createLru<Key, Value>(limit: number): Lru<Key, Value> {
  const kept = new Map<Key, Promise<Value>>();
  return {
    get: (key, load) => {
      const value = kept.get(key) ?? load();
      kept.delete(key);
      kept.set(key, value);
      for (const oldest of kept.keys()) {
        if (kept.size <= limit) break;
        kept.delete(oldest);
      }
      value.catch(() => {
        if (kept.get(key) === value) kept.delete(key);
      });
      return value;
    },
    clear: () => kept.clear(),
  };
}
