// The database that was read last, where it had to be held whole: a plan reads it, then the import, a phone's twice. To be read anew it
// would be decrypted anew, beside what the reading before has left to the collector.

import { freeBytes } from '../../model/free-bytes';
import type { FileEntry } from '../source';

export interface HeldDatabase {
  readonly entry: FileEntry;
  /** Of the database in it, whose file may have ended before. */
  readonly sizeBytes: number;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

let kept: HeldDatabase | null = null;

/** What is kept, where it is this very entry's; another's is given back. */
export function takeHeld(entry: FileEntry): HeldDatabase | null {
  const taken = kept?.entry === entry ? kept : null;
  if (taken === null) freeHeld();
  kept = null;
  return taken;
}

/** Keeps it for the next reading of that entry, instead of what was kept before. */
export function keepHeld(held: HeldDatabase): void {
  if (kept !== held) freeHeld();
  kept = held;
}

/** Gives back what is kept. */
export function freeHeld(): void {
  if (kept !== null) freeBytes(kept.bytes);
  kept = null;
}
