// Whose turn it is to write: one at a time over all threads and tabs.

import { CamphorError } from '../model/error';
import { type Locks, type Release, sweepLock, writerLock } from './locks';

/** The writer's lock; waits for a sweep or a short step in another thread, not for a writer: then throws `busy`. */
export async function writerTurn(locks: Locks): Promise<Release> {
  const first = await locks.tryExclusive(writerLock);
  if (first) return first;
  const afterSweep = await locks.shared(sweepLock);
  const second = await locks.tryExclusive(writerLock).finally(afterSweep);
  if (second) return second;
  throw new CamphorError('busy');
}
