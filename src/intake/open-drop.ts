// What one drop holds: its files and ZIPs as sets, and the archives that importers recognise in them.

import { sourceOfBlob } from '../bytes/blob-source';
import type { OpenedSet } from '../bytes/file-set';
import { openFileSet } from '../bytes/file-set';
import { camphorFormat } from '../importers/camphor/camphor-snapshot';
import type { Importer } from '../importers/importer';
import { CamphorError } from '../model/error';
import type { DroppedFile, ServedSnapshotVerbs } from '../model/verbs';
import type { ImportPlan } from '../model/view';
import type { ArchiveJob } from './archive-job';
import { hashWhileReading } from './identity';
import { openServedFiles } from './served-files';

export interface OpenedDrop {
  readonly sets: readonly OpenedSet[];
  readonly jobs: readonly ArchiveJob[];
  readonly problems: ImportPlan['problems'];
}

/** Opens a drop and asks every importer. What cannot be opened is named. */
export async function openDrop(
  drop: readonly DroppedFile[],
  importers: readonly Importer[],
  zone: string,
  planId: string,
): Promise<OpenedDrop> {
  const isFolder = drop.some(({ path }) => path.includes('/'));
  const name = isFolder ? (drop[0]?.path.split('/')[0] ?? '') : (drop[0]?.path ?? '');
  const sources = drop.map(({ path, file }) => ({ path, source: sourceOfBlob(file), modifiedAtMs: file.lastModified }));
  const opened = await openFileSet(name, isFolder ? 'folder' : 'files', sources);
  const jobs: ArchiveJob[] = [];
  const problems = opened.refused.map(({ path, error }): { code: string; detail: string } => ({ code: error.code, detail: path }));
  for (const set of opened.sets) {
    const found = await detect(set, sizeOf(set, drop), importers, zone, () => `${planId}/${jobs.length}`, jobs);
    if (found > 0) continue;
    for (const { code, detail } of set.problems) problems.push({ code, detail });
  }
  return { sets: opened.sets, jobs, problems };
}

/** A snapshot that another thread serves, as a drop of one archive. Throws `unrecognised-archive`, `unsupported-version`. */
export async function openServed(served: ServedSnapshotVerbs, importers: readonly Importer[], planId: string): Promise<OpenedDrop> {
  const { set, servedFrom } = await openServedFiles(served);
  const sizeBytes = set.entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
  const importer = importers.find(({ format }) => format === camphorFormat);
  const [detection] = (await importer?.detect(set)) ?? [];
  if (importer === undefined || detection === undefined) throw new CamphorError('unrecognised-archive');
  const questions = await importer.ask(set, detection);
  const job: ArchiveJob = {
    archiveId: `${planId}/0`,
    set,
    hashed: hashWhileReading(set),
    sizeBytes,
    importer,
    detection,
    questions,
    zone: 'UTC',
    servedFrom,
  };
  return { sets: [set], jobs: [job], problems: [] };
}

/** Names of what no importer claims and no message refers to; a ZIP in which nothing was found is named as a whole. */
export function listUnrecognised({ sets, jobs }: OpenedDrop, mediaOf: (job: ArchiveJob) => ReadonlySet<number>): string[] {
  return sets.flatMap((set) => {
    const own = jobs.filter((job) => job.set === set);
    if (own.length === 0 && set.container === 'zip') return [set.name];
    const used = new Set([...set.openedEntries, ...own.flatMap((job) => [...job.detection.entries, ...mediaOf(job)])]);
    return set.entries.flatMap(({ path }, index) => (used.has(index) ? [] : [path]));
  });
}

/** Size of the file that the set is: of a ZIP as it was dropped, of others what is in them. */
function sizeOf(set: OpenedSet, drop: readonly DroppedFile[]): number {
  const zip = set.container === 'zip' ? drop.find(({ path }) => path === set.name || path.endsWith(`/${set.name}`)) : undefined;
  return zip?.file.size ?? set.entries.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
}

async function detect(
  set: OpenedSet,
  sizeBytes: number,
  importers: readonly Importer[],
  zone: string,
  nextId: () => string,
  jobs: ArchiveJob[],
): Promise<number> {
  const hashed = hashWhileReading(set);
  const claimed = new Set<number>();
  let found = 0;
  for (const importer of importers) {
    for (const detection of await importer.detect(hashed.files)) {
      if (detection.entries.some((entry) => claimed.has(entry))) continue;
      for (const entry of detection.entries) claimed.add(entry);
      const questions = await importer.ask(hashed.files, detection);
      jobs.push({ archiveId: nextId(), set, hashed, sizeBytes, importer, detection, questions, zone, servedFrom: null });
      found++;
    }
  }
  return found;
}
