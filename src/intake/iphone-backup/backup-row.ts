// A file as a backup's list of files names it.

export interface BackupRow {
  /** 40 hexadecimal digits: the name of the file in the backup's folder. */
  readonly fileId: string;
  readonly domain: string;
  readonly path: string;
  /** As the list says it, often not true of databases; null where it says none. */
  readonly sizeBytes: number | null;
  readonly modifiedAtMs: number | null;
  /** Class and wrapped key, 44 bytes; null where the file has none, which is then not encrypted. */
  readonly key: Uint8Array | null;
}

/** What is asked of a list before the costly part of a row is read. */
export type IsWanted = (domain: string, path: string) => boolean;

export interface RowReader {
  /** Each file of the list; those that are not wanted by their place alone. Folders and links are left out. */
  rows(isWanted: IsWanted): Iterable<BackupRow>;
  /** Rows that are damaged, in words without content; complete once all were read. */
  readonly faults: readonly string[];
  close(): void;
}

export const fileIdPattern = /^[0-9a-f]{40}$/;
