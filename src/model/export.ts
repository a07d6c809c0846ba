// A single-file export: the whole archive in one age file.

/** What will open it: a passphrase, or an age identity whose recipient (`age1…`) this is. */
export interface ExportLock {
  readonly kind: 'passphrase' | 'recipient';
  readonly text: string;
}

export interface ExportResult {
  /** Of the file, which was read back whole. */
  readonly fileBytes: number;
  /** Files inside of it. */
  readonly files: number;
  readonly conversations: number;
  readonly messages: number;
  readonly media: number;
  /** Media of which a message tells and whose bytes are not on this device, or are damaged here. */
  readonly leftOutMedia: number;
}

/** Where the file lies inside of the browser (origin-private file system), until it was downloaded. */
export const privateExportName = 'camphor-export.age';
