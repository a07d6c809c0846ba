// A problem: a piece of an archive that was not understood or is missing. The import goes on; the receipt keeps it.

export const problemCodes = [
  'not-understood',
  'ends-early',
  'line-too-long',
  'piece-too-large',
  'depth-limit',
  'bad-encoding',
  'bad-time',
  'bad-json',
  'duplicate-id',
  'entry-damaged',
  'entry-unsafe',
  'entry-encrypted',
  'zip-salvaged',
  'media-missing',
  'media-damaged',
  'media-too-large',
  'run-cut',
  'clock-shifted',
  'unknown-kind',
  'limit-reached',
  'ambiguous-merge',
] as const;
export type ProblemCode = (typeof problemCodes)[number];

export interface Problem {
  readonly code: ProblemCode;
  /** The raw piece (at most `problemRawLimitBytes`, cut at that length), as text; bytes that are no UTF-8 as `base64:`. */
  readonly raw: string;
  /** Short, for the details view; never shown alone, holds no message text. */
  readonly detail?: string;
}

export const problemRawLimitBytes = 65_536;
