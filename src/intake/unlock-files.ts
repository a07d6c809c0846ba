// Opening locked files of a drop. Loaded when a secret is given.

import type { OpenedSet } from '../bytes/file-set';
import { CamphorError } from '../model/error';
import type { Secret } from '../model/secret-form';
import type { DroppedFile } from '../model/verbs';
import type { LockedFile } from '../model/view';
import { findInner } from './inner-locks';
import { examine, lockedSource } from './locked-files';
import type { Lock, LockedSource, ReportSteps, Unlocked } from './locks/lock';

/** Where locked files lie. */
export interface LockedPlaces {
  readonly drop: readonly DroppedFile[];
  /** Of the plan: archives with locked files in them. */
  readonly sets: readonly OpenedSet[];
}

/**
 * Opens a locked file with what its owner gave, and with the same those that are asked for with it; gives what was opened, by the ids
 * of files: at least one. One that the secret does not open stays locked. Throws CamphorError `not-found` (not locked), `wrong-secret`,
 * `secret-malformed`, `damaged`, `secret-costs-too-much`, `unsupported-version`, `archive-limit`, `archive-unreadable`.
 */
export async function unlockFiles(
  places: LockedPlaces,
  file: LockedFile,
  secret: Secret,
  report: ReportSteps,
): Promise<ReadonlyMap<string, Unlocked>> {
  const opened = new Map<string, Unlocked>();
  const all = [file, ...file.others];
  let openAlike: ((other: LockedSource) => Promise<Unlocked>) | undefined;
  let refusal: CamphorError | null = null;
  for (const [at, { fileId }] of all.entries()) {
    const { lock, source } = await lockOf(places, fileId);
    const tried = lock.triesEach === true ? all.length : 1;
    try {
      const reportPart: ReportSteps = (done, total) => report(at * total + done, tried * total);
      const inside = await (openAlike?.(source) ?? lock.open(source, secret, reportPart));
      opened.set(fileId, inside);
      if (inside.kind === 'file') openAlike ??= inside.openAlike;
      report(at + 1, tried);
    } catch (error) {
      if (!(error instanceof CamphorError)) throw error;
      refusal ??= error;
    }
    if (at + 1 === (opened.size > 0 ? tried : Math.min(tried, lock.triesAtMost ?? tried))) break;
  }
  if (opened.size === 0) throw refusal ?? new CamphorError('not-found');
  return opened;
}

async function lockOf({ drop, sets }: LockedPlaces, fileId: string): Promise<{ readonly lock: Lock; readonly source: LockedSource }> {
  const dropped = drop[Number(fileId)];
  if (dropped !== undefined) {
    const found = await examine(drop, dropped);
    if (found.kind === 'locked') return { lock: found.lock, source: lockedSource(drop, dropped) };
  }
  const inner = dropped === undefined ? await findInner(sets, fileId) : null;
  if (inner === null) throw new CamphorError('not-found');
  return inner;
}
