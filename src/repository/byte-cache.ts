// Bytes kept by name up to a sum; what was used longest ago goes first.

export interface ByteCache {
  get(name: string): Uint8Array<ArrayBuffer> | null;
  /** Keeps the bytes, unless they alone are more than half of what there is room for. */
  put(name: string, bytes: Uint8Array<ArrayBuffer>): void;
  remove(name: string): void;
  clear(): void;
}

export function createByteCache(limitBytes: number): ByteCache {
  const kept = new Map<string, Uint8Array<ArrayBuffer>>();
  let heldBytes = 0;
  const remove = (name: string): void => {
    heldBytes -= kept.get(name)?.length ?? 0;
    kept.delete(name);
  };
  return {
    get(name) {
      const bytes = kept.get(name);
      if (!bytes) return null;
      kept.delete(name);
      kept.set(name, bytes);
      return bytes;
    },
    put(name, bytes) {
      if (bytes.length * 2 > limitBytes) return;
      remove(name);
      kept.set(name, bytes);
      heldBytes += bytes.length;
      for (const oldest of kept.keys()) {
        if (heldBytes <= limitBytes) break;
        remove(oldest);
      }
    },
    remove,
    clear() {
      kept.clear();
      heldBytes = 0;
    },
  };
}
