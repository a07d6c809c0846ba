// Where bytes come from. Nothing here knows of chats. Importers and containers read through this and nothing else.

/** Random access to bytes that are never all in memory at once. */
export interface ByteSource {
  readonly sizeBytes: number;
  /** Bytes [fromByte, toByte), clamped to the size. Throws CamphorError `archive-unreadable` when the file cannot be read. */
  read(fromByte: number, toByte: number): Promise<Uint8Array>;
  /** The bytes from `fromByte` on, in order, in chunks of at most 1 MiB (the last may be shorter). */
  stream(fromByte?: number): AsyncIterable<Uint8Array>;
}

/** One file of an archive. `path` uses `/`, is a label only, and is never used to write anywhere. */
export interface FileEntry {
  readonly path: string;
  readonly sizeBytes: number;
  readonly modifiedAtMs: number | null;
  open(): ByteSource;
}

/** The files of one archive: a dropped file alone, a folder, several files together, or the inside of a ZIP. */
export interface FileSet {
  /** Name of the ZIP, file or folder as the owner sees it. */
  readonly name: string;
  /** What holds the files; `zip` entries are inflated when read. */
  readonly container: 'files' | 'folder' | 'zip';
  /** Entries in a stable order; records refer to them by their index here. */
  readonly entries: readonly FileEntry[];
  /** Index of the entry with exactly this path, or -1. */
  indexOf(path: string): number;
  /** What went wrong while the container was opened (salvaged, unsafe names …). */
  readonly problems: readonly { readonly code: import('../model/problem').ProblemCode; readonly detail: string }[];
}
