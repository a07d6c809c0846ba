// Files of a drop that only their owner's secret opens (locks/lock.ts). What was opened takes the place of the file and is planned
// as any other; it is read in place, and never lies decrypted anywhere.

import { sourceOfBlob } from '../bytes/blob-source';
import type { DroppedSource } from '../bytes/file-set';
import type { DroppedFile } from '../model/verbs';
import type { ImportPlan, LockedFile } from '../model/view';
import { askOnce, type Examined, examineFile, type FoundLocked, foundLocked } from './examine-locked';
import type { LockedSource, Unlocked } from './locks/lock';
import { locks } from './locks/locks';
import type { PhoneBackup } from './locks/phone-backup';

export interface SeparatedDrop {
  /** All that is not locked, or no longer; what stays while it is locked too. */
  readonly files: readonly DroppedSource[];
  readonly locked: readonly LockedFile[];
  /** Backups of phones that are open, by their file's id. */
  readonly backups: ReadonlyMap<string, PhoneBackup>;
  /** Locked, and damaged so that no secret would open them; of those that stay one of each kind. */
  readonly problems: ImportPlan['problems'];
}

/** Of more files than this only those with the name of a locked one are looked into. */
const probedFilesLimit = 1_000;
/** So many are looked into at once: to open a file is to wait for the browser. */
const examinedAtOnce = 32;

/** What was opened of a drop, by the ids of files; what needs no secret is added when it is found. */
export type UnlockedFiles = Map<string, Unlocked>;

/** `unlocked`: what was opened, by the id of its file, which is its number in the drop. Throws what reading a file throws. */
export async function separateLocked(drop: readonly DroppedFile[], unlocked: UnlockedFiles): Promise<SeparatedDrop> {
  const files: DroppedSource[] = [];
  const locked: FoundLocked[] = [];
  const backups = new Map<string, PhoneBackup>();
  const problems = new Map<string, { code: string; detail: string }>();
  const open = withoutParts(drop, unlocked);
  const keep = ({ path, file }: DroppedFile, rest: Partial<DroppedSource> = {}): void =>
    void files.push({ path, source: sourceOfBlob(file), modifiedAtMs: file.lastModified, ...rest });
  for await (const [number, dropped, examined] of examineAll(drop, open, unlocked)) {
    const { path, file } = dropped;
    const fileId = String(number);
    const found: Examined = examined ?? { kind: 'unlocked', inside: unlocked.get(fileId)! };
    if (found.kind === 'open') keep(dropped);
    else if (found.kind === 'problem') {
      problems.set(found.stays ? found.code : path, { code: found.code, detail: path });
      if (found.stays) keep(dropped, { isSealed: true });
    } else if (found.kind === 'locked') {
      locked.push(await foundLocked(found, lockedSource(drop, dropped), fileId));
      if (found.lock.staysWhileLocked === true) keep(dropped, { isSealed: true });
    } else {
      unlocked.set(fileId, found.inside);
      if (found.inside.kind === 'backup') backups.set(fileId, found.inside.backup);
      else files.push({ ...filesOf(found.inside, file), modifiedAtMs: file.lastModified });
    }
  }
  const waiting = new Set(locked.flatMap(({ path, lock }) => (lock.suffixesBeside ?? []).map((suffix) => path + suffix)));
  return { files: files.filter(({ path }) => !waiting.has(path)), locked: askOnce(locked), backups, problems: [...problems.values()] };
}

type Numbered = readonly [number: number, dropped: DroppedFile];

/** Files of the drop with their numbers, without those that are parts of others. */
function withoutParts(drop: readonly DroppedFile[], unlocked: UnlockedFiles): readonly Numbered[] {
  const taken = takenPaths(unlocked);
  const { roots, isPart } = findRoots(drop);
  return [...drop.entries()].filter(([number, dropped]) => {
    const isTaken = taken.has(dropped.path) || (!roots.has(dropped) && isPart(dropped.path));
    return unlocked.has(String(number)) || !isTaken;
  });
}

/** Each with what it is to the first lock that recognises it; null for what was opened already. */
async function* examineAll(
  drop: readonly DroppedFile[],
  files: readonly Numbered[],
  unlocked: UnlockedFiles,
): AsyncGenerator<readonly [...Numbered, Examined | null], void, void> {
  for (let from = 0; from < files.length; from += examinedAtOnce) {
    const some = files.slice(from, from + examinedAtOnce);
    const examined = await Promise.all(
      some.map(async ([number, dropped]) => (unlocked.has(String(number)) ? null : examine(drop, dropped))),
    );
    for (const [at, [number, dropped]] of some.entries()) yield [number, dropped, examined[at] ?? null];
  }
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

const filesOf = (inside: Exclude<Unlocked, { readonly kind: 'backup' }>, file: File): Omit<DroppedSource, 'modifiedAtMs'> =>
  inside.kind === 'file'
    ? { path: inside.path, source: inside.source }
    : { path: inside.path, source: sourceOfBlob(file), archive: inside.archive };

function takenPaths(unlocked: UnlockedFiles): ReadonlySet<string> {
  const paths = [...unlocked.values()].flatMap((inside) => (inside.kind === 'archive' ? [...(inside.takes ?? [])] : []));
  return new Set(paths);
}

/** A drop is looked at anew whenever one of its files was opened: what the others are was found already. */
const known = new WeakMap<readonly DroppedFile[], Map<DroppedFile, Promise<Examined>>>();

/** What a file of the drop is to the first lock that recognises it. Throws what is no CamphorError. */
export function examine(drop: readonly DroppedFile[], dropped: DroppedFile): Promise<Examined> {
  const examined = known.get(drop) ?? new Map<DroppedFile, Promise<Examined>>();
  known.set(drop, examined);
  const before = examined.get(dropped);
  if (before !== undefined) return before;
  const fitting = drop.length <= probedFilesLimit ? locks : locks.filter(({ names }) => names.test(dropped.path));
  const now = examineFile(lockedSource(drop, dropped), fitting);
  examined.set(dropped, now);
  now.catch(() => examined.delete(dropped));
  return now;
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
  const files = indexed.get(drop) ?? new Map(drop.map(({ path, file }) => [path, file]));
  indexed.set(drop, files);
  return files;
}
