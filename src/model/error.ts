// An error: an operation that could not go on. A small closed union; each code has its text in both languages.

import { driveErrorCodes } from './drive';

export const errorCodes = [
  'unrecognised-archive',
  'archive-unreadable',
  'database-damaged',
  'database-packed',
  'zip-damaged',
  'zip-bomb',
  'archive-limit',
  'folder-unreadable',
  'wrong-secret',
  'damaged',
  'tampered',
  'unsupported-version',
  'newer-vault',
  'vault-damaged',
  'vault-evicted',
  'locked',
  'storage-full',
  'storage-failed',
  'storage-unavailable',
  'busy',
  'changed-meanwhile',
  'cancelled',
  'secret-too-weak',
  'no-randomness',
  'insecure-origin',
  'offline',
  'query-invalid',
  'query-too-slow',
  'not-found',
  'canvas-blocked',
  'no-repository',
  'repository-exists',
  'repository-damaged',
  'newer-repository',
  'repository-read-only',
  'repository-locked',
  'lock-lost',
  'snapshot-missing',
  'listing-suspect',
  'snapshots-vanished',
  'vault-shrank',
  'secret-costs-too-much',
  'secret-malformed',
  'recipient-invalid',
  'too-many-messages',
  'sign-in-refused',
  'sign-in-failed',
  ...driveErrorCodes,
  'unexpected',
] as const;
export type ErrorCode = (typeof errorCodes)[number];

/** Crosses threads as `{ code, facts }`; `facts` are numbers and words for the text, never content of a chat. */
export class CamphorError extends Error {
  override readonly name = 'CamphorError';
  readonly code: ErrorCode;
  readonly facts: Readonly<Record<string, string | number>>;

  constructor(code: ErrorCode, facts: Readonly<Record<string, string | number>> = {}, cause?: unknown) {
    super(code, { cause });
    this.code = code;
    this.facts = facts;
  }
}
