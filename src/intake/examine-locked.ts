// What a file is to the locks, and one question for all files that one secret opens.

import { CamphorError } from '../model/error';
import type { LockedFile } from '../model/view';
import { type Lock, type LockedSource, lockHeadBytes, type Unlocked } from './locks/lock';

export type Examined =
  | { readonly kind: 'open' }
  | { readonly kind: 'unlocked'; readonly inside: Unlocked }
  | { readonly kind: 'locked'; readonly lock: Lock; readonly opensBy: LockedFile['opensBy'] }
  /** No secret opens it. `stays`: the archive keeps it as it is. */
  | { readonly kind: 'problem'; readonly code: string; readonly stays: boolean };

/** By the first of `locks` that recognises it. Throws what is no CamphorError. */
export async function examineFile(file: LockedSource, locks: readonly Lock[]): Promise<Examined> {
  if (locks.length === 0) return { kind: 'open' };
  const head = await file.source.read(0, lockHeadBytes).catch(() => new Uint8Array());
  for (const lock of locks) {
    if (!lock.recognises(head, { path: file.path, sizeBytes: file.source.sizeBytes })) continue;
    try {
      const opensBy = await lock.examine(file);
      if (opensBy !== null) return { kind: 'locked', lock, opensBy };
      const inside = (await lock.openPlain?.(file)) ?? null;
      if (inside !== null) return { kind: 'unlocked', inside };
    } catch (error) {
      if (!(error instanceof CamphorError)) throw error;
      const code = error.code === 'damaged' ? 'entry-damaged' : error.code;
      return { kind: 'problem', code, stays: lock.staysWhileLocked === true };
    }
  }
  return { kind: 'open' };
}

export interface FoundLocked extends Pick<LockedFile, 'fileId' | 'path' | 'opensBy'> {
  readonly lock: Lock;
  /** The same for files that one secret opens. */
  readonly group: string;
}

export async function foundLocked(
  { lock, opensBy }: Extract<Examined, { readonly kind: 'locked' }>,
  file: LockedSource,
  fileId: string,
): Promise<FoundLocked> {
  const group = lock.groupOf === undefined ? fileId : `${lock.kind} ${await lock.groupOf(file)}`;
  return { fileId, path: file.path, lock, opensBy, group };
}

/** One question for each group. */
export function askOnce(found: readonly FoundLocked[]): readonly LockedFile[] {
  const groups = new Map<string, LockedFile & { others: { fileId: string; path: string }[] }>();
  for (const { fileId, path, lock, opensBy, group } of found) {
    const first = groups.get(group);
    if (first === undefined) groups.set(group, { fileId, path, kind: lock.kind, opensBy, others: [] });
    else first.others.push({ fileId, path });
  }
  return [...groups.values()];
}
