// Types of make-backup.mjs, which the bench runs too.

export interface FileOfBackup {
  readonly domain: string;
  readonly path: string;
  readonly bytes: Uint8Array;
  /** What the list says; the size of `bytes` unless given. */
  readonly sizeBytes?: number;
  /** In the list, and not in the folder. */
  readonly isMissing?: boolean;
  /** Protection class. */
  readonly number?: number;
  readonly id?: string;
  /** In place of class and wrapped key in its row. */
  readonly rowKey?: Uint8Array;
}

export interface BackupOptions {
  readonly files: Iterable<FileOfBackup>;
  readonly password?: string | null;
  readonly rounds?: { readonly sha256: number; readonly sha1: number };
  readonly deviceName?: string;
  readonly state?: string;
}

export function backupFiles(options: BackupOptions): Generator<{ readonly path: string; readonly bytes: Uint8Array }, void, void>;
