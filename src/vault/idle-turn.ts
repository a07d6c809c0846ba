// A turn to write for what is done while nobody waits.

import { CamphorError } from '../model/error';
import { type Locks, type Release, sweepLock, writerLock } from './locks';

/** For a short step that nobody waits for: an import that comes meanwhile waits for its end, as for a sweep's. Throws `busy`. */
export async function idleTurn(locks: Locks): Promise<Release> {
  const idle = await locks.tryExclusive(sweepLock);
  const writing = idle && (await locks.tryExclusive(writerLock));
  if (!writing) idle?.();
  if (!idle || !writing) throw new CamphorError('busy');
  return () => {
    writing();
    idle();
  };
}
