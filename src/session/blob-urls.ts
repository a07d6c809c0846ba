// Blob addresses of media on the screen: made once each, the least recently asked for revoked first, all at a lock.

export interface BlobUrls<Key> {
  /** The address for `key`; `read` is called where none is kept. Null where there is nothing to show. */
  get(key: Key, read: () => Promise<Blob | null>): Promise<string | null>;
  /** Revokes all; reads under way give nothing to keep. */
  clear(): void;
}

/** Keeps at most `limitCount` addresses and `limitBytes` of blobs, but always the last one. */
export function createBlobUrls<Key>(limitCount: number, limitBytes: number): BlobUrls<Key> {
  const kept = new Map<Key, { readonly url: Promise<string | null>; sizeBytes: number; isRead: boolean }>();
  let totalBytes = 0;
  const drop = (key: Key): void => {
    const entry = kept.get(key);
    if (entry === undefined) return;
    kept.delete(key);
    totalBytes -= entry.sizeBytes;
    void entry.url.then(
      (url) => url !== null && URL.revokeObjectURL(url),
      () => {},
    );
  };
  // What is being read, or was just now, is about to be used, however much was asked for meanwhile.
  const shrink = (fresh: Key): void => {
    for (const key of kept.keys()) {
      if (kept.size <= limitCount && totalBytes <= limitBytes) return;
      if (key !== fresh && kept.get(key)?.isRead) drop(key);
    }
  };
  return {
    get: (key, read) => {
      const known = kept.get(key);
      if (known !== undefined) {
        kept.delete(key);
        kept.set(key, known);
        return known.url;
      }
      const url = read().then((blob) => {
        entry.isRead = true;
        if (blob === null) return null;
        if (kept.get(key) === entry) {
          entry.sizeBytes = blob.size;
          totalBytes += blob.size;
        }
        return URL.createObjectURL(blob);
      });
      const entry = { url, sizeBytes: 0, isRead: false };
      kept.set(key, entry);
      void url.then(
        () => shrink(key),
        () => kept.get(key) === entry && kept.delete(key),
      );
      return url;
    },
    clear: () => {
      for (const key of kept.keys()) drop(key);
    },
  };
}
