// Files of one archive together, and what one drop holds as such sets: the files are one, and each ZIP, TAR or MHT among them one more.

import { CamphorError } from '../model/error';
import { archiveLimits, type ArchiveLimits } from './limits';
import { sourceOfBytes } from './memory-source';
import { isMht, openMht } from './mht';
import type { ByteSource, ContainerProblem, FileEntry, FileSet } from './source';
import { inflateTar, isTarInGzip } from './tar-gzip';
import { isTar, openTar } from './tar-entries';
import { isZip, openZip, type OpenedZip } from './zip';
import { readLocalHeader } from './zip-header';

/**
 * A set of `files` in their order. `problems` may go on growing while entries are read (a checksum is known only at the
 * end of an entry), so it is kept as it is, not copied.
 */
export function fileSetOfFiles(
  name: string,
  container: FileSet['container'],
  files: readonly FileEntry[],
  problems: readonly ContainerProblem[] = [],
): FileSet {
  let indexByPath: Map<string, number> | null = null;
  return {
    name,
    container,
    entries: files,
    problems,
    indexOf(path) {
      indexByPath ??= new Map(files.map((file, index) => [file.path, index] as const).reverse());
      return indexByPath.get(path) ?? -1;
    },
  };
}

/** A file as it was dropped, or as it lies in a dropped folder. */
export interface DroppedSource {
  readonly path: string;
  readonly source: ByteSource;
  readonly modifiedAtMs: number | null;
  /** What it holds, where its owner's secret opened it already. */
  readonly archive?: OpenedZip;
  /** Only its owner's secret would show what is in it: kept as it is, and counted as a problem. */
  readonly isSealed?: true;
}

export interface OpenedSet extends FileSet {
  /** Entries that were opened as sets of their own, or refused: whoever names unrecognised files leaves these out. */
  readonly openedEntries: ReadonlySet<number>;
  /** For a ZIP its central directory as it is in the file, which identifies it; null elsewhere, and where it is missing. */
  readonly directory: ByteSource | null;
  /** Of an archive its path in the drop, through those around it; absent elsewhere. */
  readonly path?: string;
}

export interface OpenedFiles {
  readonly sets: readonly OpenedSet[];
  /** Dropped files that could not be opened at all, each with its reason; the rest is in `sets`. */
  readonly refused: readonly { readonly path: string; readonly error: CamphorError }[];
}

/** A file that begins so inside a ZIP makes it a document or program that only looks like an archive of files. */
const documentStart =
  /^(\[Content_Types\]\.xml|_rels\/|docProps\/|word\/|xl\/|ppt\/|mimetype|META-INF\/|AndroidManifest\.xml|classes\.dex)/;
const headBytes = 512;
const archiveName = /\.(?:zip|tar|tgz|tar\.gz|mht|mhtml)$/i;
/** Of more files than this only those named as archives are asked whether they are: opening 100,000 files takes half a minute. */
const probedFilesLimit = 1_000;

/**
 * Opens what was dropped. Whether a file is a ZIP, an MHT, a TAR or a TAR in gzip is decided by its first bytes; of files inside a
 * ZIP, which would have to be inflated for that, by name and first bytes. An archive stays an entry of the set that it lies
 * in, since a message may name it as its attachment; a set of nothing but opened archives is left out. One that cannot be
 * opened is refused where it was dropped itself, else a problem of its set. Throws only what is no CamphorError.
 */
export async function openFileSet(
  name: string,
  container: 'files' | 'folder',
  files: readonly DroppedSource[],
  limits: ArchiveLimits = archiveLimits,
): Promise<OpenedFiles> {
  const entries = files.map((file): FileEntry => {
    const { path, modifiedAtMs, source } = file;
    return { path, sizeBytes: source.sizeBytes, modifiedAtMs, open: () => source };
  });
  const unlocked = new Map<FileEntry, OpenedZip>();
  for (const [index, entry] of entries.entries()) {
    const archive = files[index]?.archive;
    if (archive !== undefined) unlocked.set(entry, archive);
  }
  const drop: Drop = { limits, unlocked, sets: [], refused: [], heldBytes: 0 };
  const problems = files.flatMap(({ path, isSealed }, entry): ContainerProblem[] =>
    isSealed === true ? [{ code: 'entry-encrypted', detail: path, entry }] : [],
  );
  await openEntries(drop, { name, container, entries, problems, directory: null }, 0);
  const holdsMore = (set: OpenedSet) => set.openedEntries.size < set.entries.length || (set.container === 'zip' && set.problems.length > 0);
  return { sets: drop.sets.filter(holdsMore), refused: drop.refused };
}

/** What one call of `openFileSet` gathers. */
interface Drop {
  readonly limits: ArchiveLimits;
  /** Archives that are open already. */
  readonly unlocked: ReadonlyMap<FileEntry, OpenedZip>;
  readonly sets: OpenedSet[];
  readonly refused: { path: string; error: CamphorError }[];
  /** Archives in archives, and those in gzip, held whole. */
  heldBytes: number;
}

interface UnopenedSet extends Pick<OpenedSet, 'name' | 'container' | 'entries' | 'path'> {
  readonly problems: ContainerProblem[];
  readonly directory: ByteSource | null;
}

/** Adds the set, and behind it the archives in it. `depth` is the number of archives around it. */
async function openEntries(drop: Drop, set: UnopenedSet, depth: number): Promise<void> {
  const { name, container, entries, problems, directory, path } = set;
  const openedEntries = new Set<number>();
  drop.sets.push({ ...fileSetOfFiles(name, container, entries, problems), openedEntries, directory, ...(path !== undefined && { path }) });
  const probesAll = depth === 0 && entries.length <= probedFilesLimit;
  for (const [index, entry] of entries.entries()) {
    if (!probesAll && !drop.unlocked.has(entry) && !archiveName.test(entry.path)) continue;
    try {
      const zip = await openNested(drop, entry, depth);
      if (!zip) continue;
      openedEntries.add(index);
      const nested = {
        name: baseName(entry.path),
        container: 'zip',
        entries: zip.entries,
        problems: zip.problems,
        directory: zip.directory,
        path: path === undefined ? entry.path : `${path}/${entry.path}`,
      } as const;
      await openEntries(drop, nested, depth + 1);
    } catch (error) {
      if (!(error instanceof CamphorError)) throw error;
      if (depth === 0 && !entry.path.includes('/')) {
        openedEntries.add(index);
        drop.refused.push({ path: entry.path, error });
      } else {
        const code = error.code === 'zip-bomb' || error.code === 'archive-limit' ? 'limit-reached' : 'entry-damaged';
        problems.push({ code, detail: `${entry.path}: ${error.code}`, entry: index });
      }
    }
  }
}

/** The entry as an archive, or null where it is none. Throws `archive-limit` for one that is too deep or too many. */
async function openNested(drop: Drop, entry: FileEntry, depth: number): Promise<OpenedZip | null> {
  const unlocked = drop.unlocked.get(entry);
  if (unlocked !== undefined) return unlocked;
  const source = entry.open();
  const { limits } = drop;
  const head = await source.read(0, headBytes);
  if (isZip(head)) {
    if (documentStart.test(readLocalHeader(head, 0)?.item.name ?? '')) return null;
    return openZip(await nestedSource(drop, source, depth), limits);
  }
  if (isMht(head)) return openMht(await nestedSource(drop, source, depth), limits);
  if (isTar(head)) return openTar(await nestedSource(drop, source, depth), limits);
  if (!(await isTarInGzip(source, head))) return null;
  assertRoom(drop, depth);
  return openTar(holdBytes(drop, await inflateTar(source, limits.nestedInMemoryBytes - drop.heldBytes)), limits);
}

function assertRoom({ limits, sets }: Drop, depth: number): void {
  const { nestingDepth, zipCount } = limits;
  if (depth >= nestingDepth) throw new CamphorError('archive-limit', { limit: 'nestingDepth', found: depth + 1, allowed: nestingDepth });
  if (sets.length > zipCount) throw new CamphorError('archive-limit', { limit: 'zipCount', found: sets.length, allowed: zipCount });
}

/** The archive's source, held whole where it lies in another: random access may mean to inflate from the start each time. */
async function nestedSource(drop: Drop, source: ByteSource, depth: number): Promise<ByteSource> {
  assertRoom(drop, depth);
  if (depth === 0) return source;
  const { nestedInMemoryBytes } = drop.limits;
  const heldBytes = drop.heldBytes + source.sizeBytes;
  if (heldBytes > nestedInMemoryBytes) {
    throw new CamphorError('archive-limit', { limit: 'nestedInMemoryBytes', found: heldBytes, allowed: nestedInMemoryBytes });
  }
  return holdBytes(drop, await source.read(0, source.sizeBytes));
}

function holdBytes(drop: Drop, bytes: Uint8Array): ByteSource {
  drop.heldBytes += bytes.length;
  return sourceOfBytes(bytes);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
