// ZIP archives of any size, read in place: the directory, and of the entries only what is asked for.

import { CamphorError } from '../model/error';
import { archiveLimits, isBombRatio, type ArchiveLimits } from './limits';
import { sourceOfRanges } from './ranged-source';
import { repairPath } from './safe-name';
import type { ByteSource, ContainerProblem, FileEntry } from './source';
import { assertLimit, readDirectory } from './zip-directory';
import { sourceOfEntry } from './zip-entry';
import { flagEncrypted, localHeaderBytes, methodDeflated, methodStored, type ZipItem } from './zip-header';
import { salvageItems } from './zip-salvage';

export interface OpenedZip {
  /** Files that can be read, in the order of the directory, each path once. */
  readonly entries: readonly FileEntry[];
  /** Grows while entries are read: see FileSet. */
  readonly problems: ContainerProblem[];
  /** The central directory as it is in the file, which identifies the archive; null where there is none. */
  readonly directory: ByteSource | null;
}

/** An item and the room that it has in the file. */
interface PlacedItem {
  readonly item: ZipItem;
  readonly endOffset: number;
  readonly isCut: boolean;
}

/** True where a file that begins so is a ZIP (one that is empty or in parts included). */
export function isZip(head: Uint8Array): boolean {
  const [p, k, third, fourth] = head;
  if (p !== 0x50 || k !== 0x4b) return false;
  return (third === 3 && fourth === 4) || (third === 5 && fourth === 6) || (third === 7 && fourth === 8);
}

/**
 * Opens a ZIP. Without a directory the entries are found by their local headers (`zip-salvaged`). Encrypted entries and
 * those of unknown methods are left out and reported. Throws CamphorError `zip-damaged` (nothing found), `zip-bomb` or
 * `archive-limit` (facts: limit, found, allowed), or what the source throws.
 */
export async function openZip(source: ByteSource, limits: ArchiveLimits = archiveLimits): Promise<OpenedZip> {
  const problems: ContainerProblem[] = [];
  const directory = await readDirectory(source, limits);
  let placed: readonly PlacedItem[];
  if (directory && !directory.isShort) placed = placeItems(directory.items, directory.offsetBytes);
  else {
    placed = await salvageItems(source, limits);
    if (placed.length === 0) throw new CamphorError('zip-damaged', { sizeBytes: source.sizeBytes });
    problems.push({ code: 'zip-salvaged', detail: directory ? 'the directory is damaged' : 'there is no directory' });
  }
  assertNoBomb(placed, source.sizeBytes, limits);
  const entries = selectEntries(source, placed, problems);
  if (!directory || directory.isShort) return { entries, problems, directory: null };
  const read = (from: number, to: number) => source.read(directory.offsetBytes + from, directory.offsetBytes + to);
  return { entries, problems, directory: sourceOfRanges(directory.lengthBytes, read) };
}

/** Gives each item the room up to the next one's header. Throws `zip-bomb` where two want the same bytes (Fifield 2019). */
function placeItems(items: readonly ZipItem[], directoryOffset: number): readonly PlacedItem[] {
  const byOffset = [...items].sort((a, b) => a.headerOffset - b.headerOffset);
  const endOffsets = new Map<ZipItem, number>();
  for (const [index, item] of byOffset.entries()) {
    const endOffset = Math.min(byOffset[index + 1]?.headerOffset ?? directoryOffset, directoryOffset);
    const leastEnd = item.headerOffset + localHeaderBytes + item.nameBytes + item.compressedBytes;
    if (leastEnd > endOffset && endOffset < directoryOffset)
      throw new CamphorError('zip-bomb', { limit: 'overlap', found: leastEnd, allowed: endOffset });
    endOffsets.set(item, endOffset);
  }
  return items.map((item) => ({ item, endOffset: endOffsets.get(item) ?? 0, isCut: false }));
}

/** By the sizes that headers give, which bind: no entry is inflated beyond its own. */
function assertNoBomb(placed: readonly PlacedItem[], archiveBytes: number, limits: ArchiveLimits): void {
  let totalBytes = 0;
  for (const { item } of placed) {
    assertLimit('entryBytes', item.sizeBytes, limits);
    assertRatio(item.sizeBytes, item.compressedBytes, limits);
    totalBytes += item.sizeBytes;
  }
  assertLimit('totalBytes', totalBytes, limits);
  assertRatio(totalBytes, archiveBytes, limits);
}

function assertRatio(sizeBytes: number, compressedBytes: number, limits: ArchiveLimits): void {
  if (!isBombRatio(sizeBytes, compressedBytes, limits)) return;
  throw new CamphorError('zip-bomb', {
    limit: 'ratio',
    found: Math.round(sizeBytes / Math.max(1, compressedBytes)),
    allowed: limits.ratio,
  });
}

function selectEntries(source: ByteSource, placed: readonly PlacedItem[], problems: ContainerProblem[]): FileEntry[] {
  const entries: FileEntry[] = [];
  const paths = new Set<string>();
  for (const place of placed) {
    const { item } = place;
    if (/[/\\]$/.test(item.name) && item.sizeBytes === 0) continue;
    const { path, isUnsafe } = repairPath(item.name);
    const refusal = refuse(place, paths.has(path));
    if (refusal) {
      problems.push({ code: refusal.code, detail: `${path}: ${refusal.detail}` });
      continue;
    }
    const entry = entries.length;
    paths.add(path);
    if (isUnsafe) problems.push({ code: 'entry-unsafe', detail: `${path}: the name was not safe`, entry });
    const isKnown = new Set<string>();
    const report = (detail: string) => {
      if (!isKnown.has(detail)) problems.push({ code: 'entry-damaged', detail: `${path}: ${detail}`, entry });
      isKnown.add(detail);
    };
    if (place.isCut) report('the archive ends inside it');
    entries.push(entryOf(source, place, path, report));
  }
  return entries;
}

/** Why an item cannot be an entry; null where it can. */
function refuse({ item, endOffset }: PlacedItem, isKnownPath: boolean): Pick<ContainerProblem, 'code' | 'detail'> | null {
  if (item.flags & flagEncrypted) return { code: 'entry-encrypted', detail: 'needs a password' };
  if (item.method !== methodStored && item.method !== methodDeflated)
    return { code: 'not-understood', detail: `compression method ${item.method}` };
  if (item.headerOffset + localHeaderBytes > endOffset) return { code: 'entry-damaged', detail: 'lies outside of the file' };
  return isKnownPath ? { code: 'duplicate-id', detail: 'a second file of this name' } : null;
}

function entryOf(source: ByteSource, place: PlacedItem, path: string, report: (detail: string) => void): FileEntry {
  let { item } = place;
  if (item.method === methodStored && item.sizeBytes !== item.compressedBytes) {
    report('sizes differ');
    item = { ...item, sizeBytes: item.compressedBytes };
  }
  const room = { source, item, endOffset: place.endOffset, isCut: place.isCut, report };
  return { path, sizeBytes: item.sizeBytes, modifiedAtMs: item.modifiedAtMs, open: () => sourceOfEntry(room) };
}
