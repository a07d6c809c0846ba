// Where bytes come from. Nothing here knows of chats. Importers and containers read through this and nothing else.

import type { ProblemCode } from '../model/problem';
import type { PageCipher } from './sqlite/cipher-pages';

/** Random access to bytes that are never all in memory at once. */
export interface ByteSource {
  readonly sizeBytes: number;
  /** Bytes [fromByte, toByte), clamped to the size. Throws CamphorError `archive-unreadable` when the file cannot be read. */
  read(fromByte: number, toByte: number): Promise<Uint8Array>;
  /** True where what `read` and `readSync` give is the caller's alone, who may give its memory back (model/free-bytes). */
  readonly givesOwn?: boolean | undefined;
  /** The bytes from `fromByte` on, in order, in chunks of at most 1 MiB (the last may be shorter). */
  stream(fromByte?: number): AsyncIterable<Uint8Array>;
  /**
   * As `stream` from the start, in memory that is used again: a chunk holds only until the next is asked for. For a reader that
   * keeps none of it; absent where it would save nothing.
   */
  streamLent?(): AsyncIterable<Uint8Array>;
  /**
   * As `read`, at once: for SQLite, which cannot wait. Absent where bytes cannot be had so: in a deflated entry of a ZIP, on the
   * main thread, over a port.
   */
  readonly readSync?: ReadSync | undefined;
  /**
   * Of an encrypted database whose key is known: the bytes are those of the file as it lies there, and `sqlite/` opens its pages
   * through this. Whoever wraps a source of the same bytes passes it on.
   */
  readonly cipher?: PageCipher | undefined;
}

/** Bytes [fromByte, toByte), clamped to the size. Throws CamphorError `archive-unreadable` when the file cannot be read. */
export type ReadSync = (fromByte: number, toByte: number) => Uint8Array;

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
  /** What holds the files; `zip` stands for a TAR and an MHT too. Entries of a ZIP are inflated when read. */
  readonly container: 'files' | 'folder' | 'zip';
  /** Entries in a stable order; records refer to them by their index here. */
  readonly entries: readonly FileEntry[];
  /** Index of the entry with exactly this path, or -1. */
  indexOf(path: string): number;
  /**
   * What went wrong while the container was opened (salvaged, unsafe names …). It grows while entries are read: that an
   * entry of a ZIP is damaged is known only at its end, when its bytes have been delivered.
   */
  readonly problems: readonly ContainerProblem[];
}

/** A fault of the container itself, not of what it holds. */
export interface ContainerProblem {
  readonly code: ProblemCode;
  readonly detail: string;
  /** Index of the entry that it is about; absent where it is about the container, or about an entry left out. */
  readonly entry?: number;
}
