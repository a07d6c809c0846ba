// A reader of the root in force, held against the sweep by a shared lock.

import { CamphorError } from '../model/error';
import type { ArchiveReader } from './archive';
import type { VaultContext } from './context';
import { type ArchiveState, archiveReader, stateOnDisk } from './reader';
import { openRoot, readPointer, readRootRow } from './root';

export const rootLock = (number: number): string => `root-${number}`;

/** A root may go between finding and locking it only when two commits come between; more tries than that mean damage. */
const tries = 5;

export interface HeldState {
  readonly state: ArchiveState;
  readonly release: () => void;
}

/** Throws CamphorError `locked`, `vault-damaged`, `damaged`, `tampered`. */
export async function holdCurrentState(context: VaultContext): Promise<HeldState> {
  for (let attempt = 0; attempt < tries; attempt += 1) {
    const { number } = await readPointer(context);
    const release = await context.locks.shared(rootLock(number));
    try {
      const row = await readRootRow(context, number);
      if (row) return { state: stateOnDisk(context, number, await openRoot(context, row)), release };
    } catch (error) {
      release();
      throw error;
    }
    release();
  }
  throw new CamphorError('vault-damaged');
}

export async function openReader(context: VaultContext): Promise<ArchiveReader> {
  const { state, release } = await holdCurrentState(context);
  return archiveReader(state, release);
}
