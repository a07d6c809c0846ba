// What the contract fake of Google Drive knows, and how it answers.
import { json } from './fake-consent';
import type { FakeAnswer } from './fake-service';
import { fileFieldNames, type GoogleTree } from './google-tree';

export interface NewFile {
  readonly id: string;
  readonly name: string;
  readonly mimeType: string;
  readonly parentId: string;
}

export interface UploadSession {
  readonly file: NewFile;
  readonly mask: readonly string[];
  readonly sizeBytes: number;
  received: Buffer;
}

/** What a test sets. */
export interface GoogleKnobs {
  /** Of the next request to an upload session so many bytes arrive; the test cuts the line. Null: all. */
  keepsBytes: number | null;
  /** Listings say that they may lack something. */
  isSearchIncomplete: boolean;
  /** Files that came within so many ms are found by nobody yet: searches follow behind what was written. */
  findsAfterMs: number;
}

/** What the fake knows beside its consent. */
export interface GoogleState {
  readonly tree: GoogleTree;
  readonly violations: string[];
  /** Ids that were given for files to come. */
  readonly given: Set<string>;
  readonly sessions: Map<string, UploadSession>;
  readonly knobs: GoogleKnobs;
}

export const googleHost = 'www.googleapis.com';

export function googleError(status: number, reason: string): FakeAnswer {
  const message = 'The fake says why in its violations.';
  return json(status, { error: { code: status, message, errors: [{ domain: 'global', reason, message }] } });
}

/** For what the reference does not allow. */
export function refuse({ violations }: Pick<GoogleState, 'violations'>, why: string): FakeAnswer {
  violations.push(why);
  return googleError(400, 'invalid');
}

/** The names of a mask for a file; null where it has others, or none. */
export function fileMask(query: URLSearchParams): readonly string[] | null {
  const names = (query.get('fields') ?? '').split(',');
  return names.every((name) => fileFieldNames.includes(name)) ? names : null;
}
