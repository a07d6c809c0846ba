// Secrets that the owner kept, tried in silence on what is locked before anyone is asked. Loaded when something is locked.

import { CamphorError } from '../model/error';
import type { LockedFile } from '../model/view';
import type { KeptSecret } from '../vault/kept-secrets';
import type { OpenedDrop } from './open-drop';
import type { UnlockedFiles } from './locked-files';
import type { ReportSteps, Unlocked } from './locks/lock';
import { type LockedPlaces, unlockFiles } from './unlock-files';

/** A lock lies beneath one other, and groups of files may have secrets of their own. */
const roundsAtMost = 8;

export interface KeptTrial {
  readonly drop: LockedPlaces['drop'];
  /** What is opened is added. */
  readonly unlocked: UnlockedFiles;
  /** Files and secrets that did not fit before: a drop is looked at again whenever anything of it was opened. */
  readonly tried: Set<string>;
  readonly kept: readonly KeptSecret[];
  readonly report: ReportSteps;
  /** Opens the drop again, with all that is in `unlocked`. */
  look(): Promise<OpenedDrop>;
}

/** The drop once no kept secret opens any more of it; what does not fit is told to nobody. Throws what is no CamphorError. */
export async function openWithKept(opened: OpenedDrop, trial: KeptTrial): Promise<OpenedDrop> {
  let now = opened;
  for (let round = 0; round < roundsAtMost; round += 1) {
    let some = 0;
    for (const file of now.locked) {
      for (const [id, inside] of await tryAll(now, file, trial)) {
        trial.unlocked.set(id, inside);
        some += 1;
      }
    }
    if (some === 0) break;
    now = await trial.look();
  }
  return now;
}

async function tryAll({ sets }: OpenedDrop, file: LockedFile, trial: KeptTrial): Promise<ReadonlyMap<string, Unlocked>> {
  const { drop, tried, kept, report } = trial;
  for (const { id, kind, opensBy, secret } of kept) {
    const name = `${file.fileId} ${id}`;
    if (kind !== file.kind || opensBy !== file.opensBy || tried.has(name)) continue;
    tried.add(name);
    try {
      return await unlockFiles({ drop, sets }, file, secret, report);
    } catch (error) {
      if (!(error instanceof CamphorError)) throw error;
    }
  }
  return new Map();
}
