// How much an archive may ask of us. Real exports stay far below: their media are hardly compressible, their text about 1:8.

export const archiveLimits = {
  /** Entries of one ZIP. */
  entryCount: 100_000,
  /** A ZIP's central directory; 100,000 entries with long names take about 20 MiB. */
  directoryBytes: 64 << 20,
  /** One entry, inflated. */
  entryBytes: 128 * 2 ** 30,
  /** All entries of one ZIP, inflated. */
  totalBytes: 2 ** 40,
  /** Inflated against compressed size, for whatever is larger than `ratioFromBytes` inflated. */
  ratio: 200,
  ratioFromBytes: 64 << 20,
  /** A ZIP in a ZIP is opened; a ZIP in that is not. */
  nestingDepth: 2,
  /** ZIPs inside of ZIPs are held whole, all of one drop together. */
  nestedInMemoryBytes: 64 << 20,
  /** ZIPs opened out of one drop. */
  zipCount: 1_000,
} as const;

export type ArchiveLimits = { readonly [Name in keyof typeof archiveLimits]: number };

/** For a ZIP that the owner's own key opened, and for one that was just written: a life's media in one. */
export const ownArchiveLimits: ArchiveLimits = { ...archiveLimits, entryCount: 1_000_000, directoryBytes: 256 << 20 };

/** True where `sizeBytes` out of `compressedBytes` is more than any honest archive has. */
export function isBombRatio(sizeBytes: number, compressedBytes: number, limits: ArchiveLimits): boolean {
  return sizeBytes > limits.ratioFromBytes && sizeBytes > compressedBytes * limits.ratio;
}
