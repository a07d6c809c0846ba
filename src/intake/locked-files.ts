// Files of a drop that only their owner's secret opens (locks/lock.ts). What was opened takes the place of the file and is planned
// as any other; it is read in place, and never lies decrypted anywhere.

import { sourceOfBlob } from '../bytes/blob-source';
import type { DroppedSource } from '../bytes/file-set';
import { CamphorError } from '../model/error';
import type { DroppedFile } from '../model/verbs';
import type { ImportPlan, LockedFile } from '../model/view';
import { type Lock, type LockedSource, lockHeadBytes, type Unlocked } from './locks/lock';
import { locks } from './locks/locks';
import type { PhoneBackup } from './locks/phone-backup';

export interface SeparatedDrop {
  /** All that is not locked, or no longer. */
  readonly files: readonly DroppedSource[];
  readonly locked: readonly LockedFile[];
  /** Backups of phones that are open, by their file's id. */
  readonly backups: ReadonlyMap<string, PhoneBackup>;
  /** Locked, and damaged so that no secret would open them. */
  readonly problems: ImportPlan['problems'];
}

/** Of more files than this only those with the name of a locked one are looked into. */
const probedFilesLimit = 1_000;

/** What was opened of a drop, by the ids of files; what needs no secret is added when it is found. */
export type UnlockedFiles = Map<string, Unlocked>;

/** `unlocked`: what was opened, by the id of its file, which is its number in the drop. Throws what reading a file throws. */
export async function separateLocked(drop: readonly DroppedFile[], unlocked: UnlockedFiles): Promise<SeparatedDrop> {
  const files: DroppedSource[] = [];
  const locked: FoundLocked[] = [];
  const backups = new Map<string, PhoneBackup>();
  const problems: { code: string; detail: string }[] = [];
  const taken = takenPaths(unlocked);
  const { roots, isPart } = findRoots(drop);
  for (const [number, dropped] of drop.entries()) {
    const { path, file } = dropped;
    const fileId = String(number);
    const known = unlocked.get(fileId);
    if (known === undefined && (taken.has(path) || (!roots.has(dropped) && isPart(path)))) continue;
    const found: Examined = known === undefined ? await examine(drop, dropped) : { kind: 'unlocked', inside: known };
    if (found.kind === 'open') files.push({ path, source: sourceOfBlob(file), modifiedAtMs: file.lastModified });
    else if (found.kind === 'problem') problems.push({ code: found.code, detail: path });
    else if (found.kind === 'locked')
      locked.push({ fileId, path, ...found, group: await groupOf(found.lock, lockedSource(drop, dropped), fileId) });
    else {
      unlocked.set(fileId, found.inside);
      if (found.inside.kind === 'backup') backups.set(fileId, found.inside.backup);
      else files.push({ ...filesOf(found.inside, file), modifiedAtMs: file.lastModified });
    }
  }
  const waiting = new Set(locked.flatMap(({ path, lock }) => (lock.suffixesBeside ?? []).map((suffix) => path + suffix)));
  return { files: files.filter(({ path }) => !waiting.has(path)), locked: askOnce(locked), backups, problems };
}

/** Files that stand for many others of the drop, such as the list of a backup's files. */
function findRoots(drop: readonly DroppedFile[]): { readonly roots: ReadonlySet<DroppedFile>; isPart(path: string): boolean } {
  const roots = new Set<DroppedFile>();
  const parts: ((path: string) => boolean)[] = [];
  const withParts = locks.filter(({ partsOf }) => partsOf !== undefined);
  for (const dropped of drop) {
    const lock = withParts.find(({ names }) => names.test(dropped.path));
    if (lock?.partsOf === undefined) continue;
    roots.add(dropped);
    parts.push(lock.partsOf(lockedSource(drop, dropped)));
  }
  return { roots, isPart: (path) => parts.some((isIt) => isIt(path)) };
}

interface FoundLocked extends Pick<LockedFile, 'fileId' | 'path' | 'opensBy'> {
  readonly lock: Lock;
  readonly group: string;
}

/** The same for files that one secret opens; its id for one that is asked for by itself. */
async function groupOf(lock: Lock, file: LockedSource, fileId: string): Promise<string> {
  return lock.groupOf === undefined ? fileId : `${lock.kind} ${await lock.groupOf(file)}`;
}

/** One question for each group. */
function askOnce(found: readonly FoundLocked[]): readonly LockedFile[] {
  const groups = new Map<string, LockedFile & { others: { fileId: string; path: string }[] }>();
  for (const { fileId, path, lock, opensBy, group } of found) {
    const first = groups.get(group);
    if (first === undefined) groups.set(group, { fileId, path, kind: lock.kind, opensBy, others: [] });
    else first.others.push({ fileId, path });
  }
  return [...groups.values()];
}

const filesOf = (inside: Exclude<Unlocked, { readonly kind: 'backup' }>, file: File): Omit<DroppedSource, 'modifiedAtMs'> =>
  inside.kind === 'file'
    ? { path: inside.path, source: inside.source }
    : { path: inside.path, source: sourceOfBlob(file), archive: inside.archive };

function takenPaths(unlocked: UnlockedFiles): ReadonlySet<string> {
  const paths = [...unlocked.values()].flatMap((inside) => (inside.kind === 'archive' ? [...(inside.takes ?? [])] : []));
  return new Set(paths);
}

type Examined =
  | { readonly kind: 'open' }
  | { readonly kind: 'unlocked'; readonly inside: Unlocked }
  | { readonly kind: 'locked'; readonly lock: Lock; readonly opensBy: LockedFile['opensBy'] }
  | { readonly kind: 'problem'; readonly code: string };

/** What a file of the drop is to the first lock that recognises it. Throws what is no CamphorError. */
export async function examine(drop: readonly DroppedFile[], dropped: DroppedFile): Promise<Examined> {
  const fitting = drop.length <= probedFilesLimit ? locks : locks.filter(({ names }) => names.test(dropped.path));
  if (fitting.length === 0) return { kind: 'open' };
  const file = lockedSource(drop, dropped);
  const head = await file.source.read(0, lockHeadBytes).catch(() => new Uint8Array());
  for (const lock of fitting) {
    if (!lock.recognises(head, { path: file.path, sizeBytes: file.source.sizeBytes })) continue;
    try {
      const opensBy = await lock.examine(file);
      if (opensBy !== null) return { kind: 'locked', lock, opensBy };
      const inside = (await lock.openPlain?.(file)) ?? null;
      if (inside !== null) return { kind: 'unlocked', inside };
    } catch (error) {
      if (!(error instanceof CamphorError)) throw error;
      return { kind: 'problem', code: error.code === 'damaged' ? 'entry-damaged' : error.code };
    }
  }
  return { kind: 'open' };
}

/** A file of the drop as locks see it. */
export function lockedSource(drop: readonly DroppedFile[], { path, file }: DroppedFile): LockedSource {
  return {
    path,
    source: sourceOfBlob(file),
    beside(wanted) {
      const other = filesByPath(drop).get(wanted);
      return other === undefined ? null : sourceOfBlob(other);
    },
    sizeOf: (wanted) => filesByPath(drop).get(wanted)?.size ?? null,
    get paths() {
      return drop.map((each) => each.path);
    },
  };
}

const indexed = new WeakMap<readonly DroppedFile[], ReadonlyMap<string, File>>();

function filesByPath(drop: readonly DroppedFile[]): ReadonlyMap<string, File> {
  const known = indexed.get(drop) ?? new Map(drop.map(({ path, file }) => [path, file]));
  indexed.set(drop, known);
  return known;
}
