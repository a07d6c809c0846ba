// Locks beneath locks: files within archives, such as an encrypted database in a ZIP with a password or in a phone's backup. Only locks
// that open one file in place are asked, and what they opened is not looked into again: a lock lies beneath one other, no deeper.

import { fileSetOfFiles, type OpenedSet } from '../bytes/file-set';
import type { ContainerProblem, FileEntry } from '../bytes/source';
import type { ImportPlan, LockedFile } from '../model/view';
import { askOnce, examineFile, type FoundLocked, foundLocked } from './examine-locked';
import type { UnlockedFiles } from './locked-files';
import type { Lock, LockedSource } from './locks/lock';
import { locks } from './locks/locks';

export interface InnerLocks {
  /** As they were given, in their order, with what was opened in the place of the files. */
  readonly sets: readonly OpenedSet[];
  readonly locked: readonly LockedFile[];
  readonly problems: ImportPlan['problems'];
}

const innerLocks = locks.filter(({ opensInArchives }) => opensInArchives === true);

const pathOf = (set: OpenedSet): string => set.path ?? set.name;
const idOf = (set: OpenedSet, entry: number): string => `${pathOf(set)}//${entry}`;

/** Looks for locked files in all archives of `sets`; `unlocked` is what was opened, by their ids. Throws what reading throws. */
export async function openInnerLocks(sets: readonly OpenedSet[], unlocked: UnlockedFiles): Promise<InnerLocks> {
  const found: FoundLocked[] = [];
  const problems: { code: string; detail: string }[] = [];
  const opened: OpenedSet[] = [];
  for (const set of sets) opened.push(set.container === 'zip' ? await openIn(set, unlocked, found, problems) : set);
  return { sets: opened, locked: askOnce(found), problems };
}

/** What takes the place of entries, and which are spoken of by themselves. */
interface Changes {
  readonly entries: Map<number, FileEntry>;
  readonly openedEntries: Set<number>;
  readonly sealed: ContainerProblem[];
}

async function openIn(
  set: OpenedSet,
  unlocked: UnlockedFiles,
  found: FoundLocked[],
  problems: { code: string; detail: string }[],
): Promise<OpenedSet> {
  const changes: Changes = { entries: new Map(), openedEntries: new Set(), sealed: [] };
  for (const [index, entry] of set.entries.entries()) {
    const fitting = innerLocks.filter(({ names }) => names.test(entry.path));
    if (fitting.length === 0) continue;
    const inside = unlocked.get(idOf(set, index));
    if (inside?.kind === 'file') {
      const { source } = inside;
      changes.entries.set(index, { ...entry, sizeBytes: source.sizeBytes, open: () => source });
      continue;
    }
    const examined = await examineFile(sourceIn(set, entry), fitting);
    if (examined.kind === 'problem') {
      if (examined.stays) changes.sealed.push(sealedProblem(entry, index));
      else problems.push({ code: examined.code, detail: entry.path });
    } else if (examined.kind === 'locked') {
      found.push(await foundLocked(examined, sourceIn(set, entry), idOf(set, index)));
      if (examined.lock.staysWhileLocked === true) changes.sealed.push(sealedProblem(entry, index));
      else for (const own of withWhatIsBeside(set, entry, examined.lock)) changes.openedEntries.add(own);
    }
  }
  return changed(set, changes);
}

const sealedProblem = ({ path }: FileEntry, entry: number): ContainerProblem => ({ code: 'entry-encrypted', detail: path, entry });

function withWhatIsBeside(set: OpenedSet, { path }: FileEntry, { suffixesBeside = [] }: Lock): readonly number[] {
  return ['', ...suffixesBeside].map((suffix) => set.indexOf(path + suffix)).filter((index) => index >= 0);
}

function changed(set: OpenedSet, { entries, openedEntries, sealed }: Changes): OpenedSet {
  if (entries.size + openedEntries.size + sealed.length === 0) return set;
  // The set's own list goes on growing while its entries are read: it stays the same one.
  const problems = set.problems as ContainerProblem[];
  problems.push(...sealed);
  const all = set.entries.map((entry, index) => entries.get(index) ?? entry);
  return {
    ...set,
    ...fileSetOfFiles(set.name, set.container, all, problems),
    openedEntries: new Set([...set.openedEntries, ...openedEntries]),
  };
}

function sourceIn(set: OpenedSet, entry: FileEntry): LockedSource {
  const folder = `${pathOf(set)}/`;
  const find = (path: string): FileEntry | undefined =>
    path.startsWith(folder) ? set.entries[set.indexOf(path.slice(folder.length))] : undefined;
  return {
    path: folder + entry.path,
    source: entry.open(),
    beside: (path) => find(path)?.open() ?? null,
    sizeOf: (path) => find(path)?.sizeBytes ?? null,
    get paths() {
      return set.entries.map(({ path }) => folder + path);
    },
  };
}

/** The locked file with this id among those of `sets`; null where there is none. */
export async function findInner(
  sets: readonly OpenedSet[],
  fileId: string,
): Promise<{ readonly lock: Lock; readonly source: LockedSource } | null> {
  const at = fileId.lastIndexOf('//');
  const set = sets.find((each) => each.container === 'zip' && pathOf(each) === fileId.slice(0, at));
  const entry = set?.entries[Number(fileId.slice(at + 2))];
  if (set === undefined || entry === undefined) return null;
  const source = sourceIn(set, entry);
  const examined = await examineFile(source, innerLocks);
  return examined.kind === 'locked' ? { lock: examined.lock, source } : null;
}
