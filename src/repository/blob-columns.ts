// The columns of the index of blobs, 57 bytes an entry.

/** No entry. */
export const none = 0xffffffff;
/** Of 32 bits. */
export const idWords = 8;

export interface BlobColumns {
  readonly ids: Uint32Array;
  readonly isTree: Uint8Array;
  /** Number of the pack. */
  readonly pack: Uint32Array;
  readonly offset: Uint32Array;
  readonly length: Uint32Array;
  /** 0: not compressed. */
  readonly uncompressed: Uint32Array;
  /** Next copy of the same blob, in another pack; `none` after the last. */
  readonly copy: Uint32Array;
  /** Next blob of the same pack; `none` after the last. */
  readonly beside: Uint32Array;
}

/** Empty columns for so many entries. */
export function makeColumns(capacity: number): BlobColumns {
  const column = (): Uint32Array => new Uint32Array(capacity);
  return {
    ids: new Uint32Array(capacity * idWords),
    isTree: new Uint8Array(capacity),
    pack: column(),
    offset: column(),
    length: column(),
    uncompressed: column(),
    copy: column(),
    beside: column(),
  };
}

/** The same entries with room for more. */
export function growColumns(old: BlobColumns, capacity: number): BlobColumns {
  const columns = makeColumns(capacity);
  for (const name of Object.keys(old) as (keyof BlobColumns)[]) columns[name].set(old[name]);
  return columns;
}
