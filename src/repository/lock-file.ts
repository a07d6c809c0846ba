// A lock file: who is at work on the repository, and whether others may be too. How long it counts is the reader's matter.

import type { FileId } from './repository';
import { damagedUnless, fields, optionalText } from './stored-json';
import { readStoredTime, storedTime } from './stored-text';

const username = 'camphor';
/** Others look for a process of this number only where the hostname is theirs, and ours is random. */
const processId = 1;

export interface NewLock {
  readonly createdAtMs: number;
  /** Nobody else may be at work meanwhile: prune, forget, repair. */
  readonly exclusive: boolean;
  readonly hostname: string;
}

export interface Lock extends NewLock {
  readonly id: FileId;
  readonly username: string;
}

/** The JSON of a lock for `sealJson`. */
export function encodeLock({ createdAtMs, exclusive, hostname }: NewLock): unknown {
  return { time: storedTime(createdAtMs), exclusive, hostname, username, pid: processId };
}

/** A lock from its file's name and JSON. Throws CamphorError `damaged` where it does not say since when, or how. */
export function parseLock(fileId: FileId, json: unknown): Lock {
  const file = fields(json);
  const createdAtMs = readStoredTime(file['time']);
  const { exclusive } = file;
  damagedUnless(createdAtMs !== null && typeof exclusive === 'boolean');
  return { id: fileId, createdAtMs, exclusive, hostname: optionalText(file['hostname']), username: optionalText(file['username']) };
}
