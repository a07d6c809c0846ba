// How far a long job is. Reported at most every 100 ms; a report is a snapshot, never a delta.

export interface Progress {
  readonly stage: 'opening' | 'scanning' | 'reading' | 'matching' | 'media' | 'committing' | 'verifying' | 'sealing' | 'deriving';
  readonly doneBytes: number;
  /** Null while it is not known. */
  readonly totalBytes: number | null;
  readonly messages: number;
  readonly media: number;
}

export type ReportProgress = (progress: Progress) => void;
