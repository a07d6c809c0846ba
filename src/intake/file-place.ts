// A file of a drop by its place, and as an id that the screen can hand back.

import type { OpenedSet } from '../bytes/file-set';
import { CamphorError } from '../model/error';
import type { ArchiveJob } from './archive-job';

/** A file of a drop: its set's number among the sets, and its own in the set. */
export interface FilePlace {
  readonly set: number;
  readonly entry: number;
}

/** What was opened, and which archives were found in it. */
export interface JobPlan {
  readonly sets: readonly OpenedSet[];
  readonly jobs: readonly ArchiveJob[];
}

/** A place as one text. */
export const fileIdOf = ({ set, entry }: FilePlace): string => `${set}/${entry}`;

/** The place that `fileIdOf` wrote. Throws `not-found`. */
export function placeOf({ sets }: Pick<JobPlan, 'sets'>, fileId: string): FilePlace {
  const [set = -1, entry = -1] = fileId.split('/').map(Number);
  if (sets[set]?.entries[entry] === undefined) throw new CamphorError('not-found');
  return { set, entry };
}

/** The file of a job that a mapping made; null for other jobs. */
export function tableIdOf({ sets }: Pick<JobPlan, 'sets'>, { importer, set, detection }: ArchiveJob): string | null {
  const [entry] = detection.entries;
  return importer.format.startsWith('table-') && entry !== undefined ? fileIdOf({ set: sets.indexOf(set), entry }) : null;
}
