// What one drop holds: its files and ZIPs as sets, and the archives that importers recognise in them.

import type { OpenedSet } from '../bytes/file-set';
import { openFileSet } from '../bytes/file-set';
import { sourceOfBlob } from '../bytes/blob-source';
import { archiveLimits, ownArchiveLimits } from '../bytes/limits';
import { camphorFormat } from '../importers/camphor/camphor-snapshot';
import type { Importer } from '../importers/importer';
import { CamphorError } from '../model/error';
import type { DroppedFile, ServedSnapshotVerbs } from '../model/verbs';
import type { BackupView } from '../model/phone-backup';
import type { ImportPlan, LockedFile } from '../model/view';
import type { ArchiveJob } from './archive-job';
import type { FilePlace, JobPlan } from './file-place';
import { hashWhileReading } from './identity';
import type { UnlockedFiles } from './locked-files';
import { nameInside } from './locks/age-lock';
import { openChosenApps } from './open-backups';
import { openServedFiles } from './served-files';

export interface OpenedDrop extends JobPlan {
  readonly locked: readonly LockedFile[];
  readonly backups: readonly BackupView[];
  readonly problems: ImportPlan['problems'];
}

/** What the owner did about a drop since it was dropped. */
export interface OwnersPart {
  /** What was in locked files, by their id. */
  readonly unlocked: UnlockedFiles;
  /** Apps of phones' backups that are looked into, by the id of the backup's file. */
  readonly chosen: ReadonlyMap<string, readonly string[]>;
}

/** Opens a drop and asks every importer. What cannot be opened is named. */
export async function openDrop(
  drop: readonly DroppedFile[],
  importers: readonly Importer[],
  zone: string,
  planId: string,
  { unlocked, chosen }: OwnersPart = { unlocked: new Map(), chosen: new Map() },
): Promise<OpenedDrop> {
  const isFolder = drop.some(({ path }) => path.includes('/'));
  const name = isFolder ? (drop[0]?.path.split('/')[0] ?? '') : (drop[0]?.path ?? '');
  const { separateLocked } = await import('./locked-files');
  const { files, locked, backups, problems: unopened } = await separateLocked(drop, unlocked);
  const limits = unlocked.size > 0 ? ownArchiveLimits : archiveLimits;
  const opened = await openFileSet(name, isFolder ? 'folder' : 'files', files, limits);
  const jobs: ArchiveJob[] = [];
  const problems = [...unopened, ...opened.refused.map(({ path, error }) => ({ code: error.code as string, detail: path }))];
  const apps = await openChosenApps(backups, chosen);
  const { openInnerLocks } = await import('./inner-locks');
  const { sets, ...inner } = await openInnerLocks([...opened.sets, ...apps.formatsOf.keys()], unlocked);
  problems.push(...inner.problems);
  const formatsOf = new Map([...apps.formatsOf.values()].map((formats, at) => [sets[opened.sets.length + at], formats]));
  for (const set of sets) {
    const formats = formatsOf.get(set);
    const asked = formats === undefined ? importers : importers.filter(({ format }) => formats.includes(format));
    const isOfPhone = formats !== undefined;
    const found = await detect(set, zipOf(set, drop), asked, { zone, isOfPhone }, () => `${planId}/${jobs.length}`, jobs);
    if (found > 0) continue;
    // A file that is locked, and still an entry, is asked for.
    for (const { code, detail, entry } of set.problems)
      if (code !== 'entry-encrypted' || entry === undefined) problems.push({ code, detail });
  }
  return { sets, jobs, locked: [...locked, ...inner.locked], backups: apps.views, problems };
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
    zip: null,
    importer,
    detection,
    questions,
    zone: 'UTC',
    servedFrom,
  };
  return { sets: [set], jobs: [job], locked: [], backups: [], problems: [] };
}

type MediaOf = (job: ArchiveJob) => ReadonlySet<number>;

/** Names of what no importer claims and no message refers to; a ZIP in which nothing was found is named as a whole. */
export function listUnrecognised(drop: JobPlan, mediaOf: MediaOf): string[] {
  return drop.sets.flatMap((set, number) => {
    const isNothing = set.container === 'zip' && drop.jobs.every((job) => job.set !== set);
    return isNothing ? [set.name] : unusedEntries(drop, number, mediaOf).map((entry) => set.entries[entry]?.path ?? '');
  });
}

/** The same files one by one, those inside of such a ZIP too. */
export function unrecognisedFiles(drop: JobPlan, mediaOf: MediaOf): FilePlace[] {
  return drop.sets.flatMap((_, set) => unusedEntries(drop, set, mediaOf).map((entry) => ({ set, entry })));
}

function unusedEntries({ sets, jobs }: JobPlan, number: number, mediaOf: MediaOf): number[] {
  const set = sets[number];
  if (set === undefined) return [];
  const own = jobs.filter((job) => job.set === set);
  const used = new Set([...set.openedEntries, ...own.flatMap((job) => [...job.detection.entries, ...mediaOf(job)])]);
  return [...set.entries.keys()].filter((entry) => !used.has(entry));
}

/** The ZIP that was dropped and that the set is; null where it is another's inside, or no ZIP. */
export function zipOf(set: OpenedSet, drop: readonly DroppedFile[]): File | null {
  const isIt = (path: string): boolean => path === set.name || path.endsWith(`/${set.name}`);
  const zip = set.container === 'zip' ? drop.find(({ path }) => isIt(path) || isIt(nameInside(path))) : undefined;
  return zip?.file ?? null;
}

/** A job with its questions asked; the zone that a question guesses is the one that clocks are read in. */
export async function makeJob(found: Omit<ArchiveJob, 'questions'>): Promise<ArchiveJob> {
  const questions = await found.importer.ask(found.hashed.files, found.detection);
  const guess = questions.find(({ id }) => id === 'zone')?.guess;
  return { ...found, questions, zone: guess ?? found.zone };
}

async function detect(
  set: OpenedSet,
  zip: File | null,
  importers: readonly Importer[],
  common: Pick<ArchiveJob, 'zone' | 'isOfPhone'>,
  nextId: () => string,
  jobs: ArchiveJob[],
): Promise<number> {
  const hashed = hashWhileReading(set);
  const sizeBytes = zip?.size ?? set.entries.reduce((sum, entry) => sum + entry.sizeBytes, 0);
  const own = zip === null ? null : sourceOfBlob(zip);
  const claimed = new Set<number>();
  let found = 0;
  for (const importer of importers) {
    for (const detection of await importer.detect(hashed.files)) {
      if (detection.entries.some((entry) => claimed.has(entry))) continue;
      for (const entry of detection.entries) claimed.add(entry);
      jobs.push(await makeJob({ ...common, archiveId: nextId(), set, hashed, sizeBytes, zip: own, importer, detection, servedFrom: null }));
      found++;
    }
  }
  return found;
}
