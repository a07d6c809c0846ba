// Files of a drop that only their owner's secret opens (locks/lock.ts). What was opened takes the place of the file and is planned
// as any other; it is read in place, and never lies decrypted anywhere.

import { sourceOfBlob } from '../bytes/blob-source';
import type { DroppedSource } from '../bytes/file-set';
import { CamphorError } from '../model/error';
import type { Secret } from '../model/secret-form';
import type { DroppedFile } from '../model/verbs';
import type { ImportPlan, LockedFile } from '../model/view';
import { type Lock, type LockedSource, lockHeadBytes, type ReportSteps, type Unlocked } from './locks/lock';
import { locks } from './locks/locks';

export interface SeparatedDrop {
  /** All that is not locked, or no longer. */
  readonly files: readonly DroppedSource[];
  readonly locked: readonly LockedFile[];
  /** Locked, and damaged so that no secret would open them. */
  readonly problems: ImportPlan['problems'];
}

/** Of more files than this only those with the name of a locked one are looked into. */
const probedFilesLimit = 1_000;

/** `unlocked`: what was opened, by the id of its file, which is its number in the drop. Throws what reading a file throws. */
export async function separateLocked(drop: readonly DroppedFile[], unlocked: ReadonlyMap<string, Unlocked>): Promise<SeparatedDrop> {
  const files: DroppedSource[] = [];
  const locked: LockedFile[] = [];
  const problems: { code: string; detail: string }[] = [];
  const taken = takenPaths(unlocked);
  const opened = openedFiles(unlocked);
  const asked = new Set<string>();
  for (const [number, dropped] of drop.entries()) {
    const { path, file } = dropped;
    const fileId = String(number);
    const inside = opened.get(path) ?? unlocked.get(fileId);
    if (inside !== undefined && inside.kind !== 'files') files.push({ ...filesOf(inside, file), modifiedAtMs: file.lastModified });
    else if (!taken.has(path)) {
      const found = await examine(drop, dropped);
      if (found.kind === 'open') files.push({ path, source: sourceOfBlob(file), modifiedAtMs: file.lastModified });
      else if (found.kind === 'problem') problems.push({ code: found.code, detail: path });
      else if (isNew(asked, await groupOf(found.lock, lockedSource(drop, dropped))))
        locked.push({ fileId, path, kind: found.lock.kind, opensBy: found.opensBy });
    }
  }
  return { files, locked, problems };
}

/** Of files that one secret opens; null for one that is asked for by itself. */
async function groupOf(lock: Lock, file: LockedSource): Promise<string | null> {
  return lock.groupOf === undefined ? null : `${lock.kind} ${await lock.groupOf(file)}`;
}

function isNew(asked: Set<string>, group: string | null): boolean {
  if (group === null) return true;
  const isKnown = asked.has(group);
  asked.add(group);
  return !isKnown;
}

type UnlockedOne = Exclude<Unlocked, { readonly kind: 'files' }>;

/** Files that were opened together with others, by their paths in the drop. */
function openedFiles(unlocked: ReadonlyMap<string, Unlocked>): ReadonlyMap<string, UnlockedOne> {
  const opened = new Map<string, UnlockedOne>();
  for (const inside of unlocked.values())
    if (inside.kind === 'files') for (const [path, each] of inside.files) opened.set(path, { kind: 'file', ...each });
  return opened;
}

const filesOf = (inside: UnlockedOne, file: File): Omit<DroppedSource, 'modifiedAtMs'> =>
  inside.kind === 'file'
    ? { path: inside.path, source: inside.source }
    : { path: inside.path, source: sourceOfBlob(file), archive: inside.archive };

function takenPaths(unlocked: ReadonlyMap<string, Unlocked>): ReadonlySet<string> {
  const paths = [...unlocked.values()].flatMap((inside) => (inside.kind === 'archive' ? [...(inside.takes ?? [])] : []));
  return new Set(paths);
}

type Examined =
  | { readonly kind: 'open' }
  | { readonly kind: 'locked'; readonly lock: Lock; readonly opensBy: LockedFile['opensBy'] }
  | { readonly kind: 'problem'; readonly code: string };

async function examine(drop: readonly DroppedFile[], dropped: DroppedFile): Promise<Examined> {
  const fitting = drop.length <= probedFilesLimit ? locks : locks.filter(({ names }) => names.test(dropped.path));
  if (fitting.length === 0) return { kind: 'open' };
  const file = lockedSource(drop, dropped);
  const head = await file.source.read(0, lockHeadBytes).catch(() => new Uint8Array());
  for (const lock of fitting) {
    if (!lock.recognises(head, { path: file.path, sizeBytes: file.source.sizeBytes })) continue;
    try {
      const opensBy = await lock.examine(file);
      if (opensBy !== null) return { kind: 'locked', lock, opensBy };
    } catch (error) {
      if (!(error instanceof CamphorError)) throw error;
      return { kind: 'problem', code: error.code === 'damaged' ? 'entry-damaged' : error.code };
    }
  }
  return { kind: 'open' };
}

function lockedSource(drop: readonly DroppedFile[], { path, file }: DroppedFile): LockedSource {
  return {
    path,
    source: sourceOfBlob(file),
    beside(wanted) {
      const other = drop.find((each) => each.path === wanted);
      return other === undefined ? null : sourceOfBlob(other.file);
    },
    get paths() {
      return drop.map((each) => each.path);
    },
  };
}

/**
 * Opens file `fileId` of the drop with what its owner gave. Throws CamphorError `not-found` (no such file, or not locked), `wrong-secret`,
 * `secret-malformed`, `damaged`, `secret-costs-too-much`, `unsupported-version`, `archive-limit`, `archive-unreadable`.
 */
export async function unlockFile(drop: readonly DroppedFile[], fileId: string, secret: Secret, report: ReportSteps): Promise<Unlocked> {
  const dropped = drop[Number(fileId)];
  if (dropped === undefined) throw new CamphorError('not-found');
  const found = await examine(drop, dropped);
  if (found.kind !== 'locked') throw new CamphorError('not-found');
  return found.lock.open(lockedSource(drop, dropped), secret, report);
}
