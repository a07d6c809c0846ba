// ZIP archives of any size, read in place: the directory, and of the entries only what is asked for.

import { CamphorError } from '../model/error';
import { archiveLimits, isBombRatio, type ArchiveLimits } from './limits';
import { sourceOfRanges } from './ranged-source';
import { repairPath } from './safe-name';
import type { ByteSource, ContainerProblem, FileEntry } from './source';
import { assertLimit, readDirectory } from './zip-directory';
import { type EntryCipher, sourceOfEntry, type ZipRoom } from './zip-entry';
import {
  contentMethod,
  flagEncrypted,
  flagStrong,
  localHeaderBytes,
  methodAes,
  methodDeflated,
  methodStored,
  readLocalHeader,
  type ZipItem,
} from './zip-header';
import { salvageItems } from './zip-salvage';

export interface OpenedZip {
  /** Files that can be read, in the order of the directory, each path once. */
  readonly entries: readonly FileEntry[];
  /** Grows while entries are read: see FileSet. */
  readonly problems: ContainerProblem[];
  /** The central directory as it is in the file, which identifies the archive; null where there is none. */
  readonly directory: ByteSource | null;
}

/** With a long name and extra fields. */
const firstHeaderBytes = 4096;

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

/** The items of a ZIP with the room that each has. */
interface ListedZip {
  readonly placed: readonly PlacedItem[];
  /** Null where there is none, or it is damaged: then the items were found by their local headers. */
  readonly directory: { readonly offsetBytes: number; readonly lengthBytes: number } | null;
  readonly salvaged: string | null;
}

async function listZip(source: ByteSource, limits: ArchiveLimits): Promise<ListedZip> {
  const directory = await readDirectory(source, limits);
  if (directory && !directory.isShort) return { placed: placeItems(directory.items, directory.offsetBytes), directory, salvaged: null };
  const placed = await salvageItems(source, limits);
  if (placed.length === 0) throw new CamphorError('zip-damaged', { sizeBytes: source.sizeBytes });
  return { placed, directory: null, salvaged: directory ? 'the directory is damaged' : 'there is no directory' };
}

/** Which items of a ZIP are encrypted, by its directory; without one by its first header, so that little is read. Throws as `openZip`. */
export async function encryptedItems(source: ByteSource, limits: ArchiveLimits): Promise<readonly ZipItem[]> {
  const directory = await readDirectory(source, limits);
  const first = directory === null ? readLocalHeader(await source.read(0, firstHeaderBytes), 0) : null;
  const items = directory?.items ?? (first === null ? [] : [first.item]);
  return items.filter(({ flags }) => flags & flagEncrypted);
}

/** The encrypted entries of a ZIP, each as what `sourceOfEntry` reads. Throws as `openZip`. */
export async function encryptedRooms(source: ByteSource, limits: ArchiveLimits, cipher: EntryCipher | null): Promise<readonly ZipRoom[]> {
  const { placed } = await listZip(source, limits);
  return placed
    .filter(({ item, endOffset }) => item.flags & flagEncrypted && item.headerOffset + localHeaderBytes <= endOffset)
    .map((place) => ({ source, ...place, cipher, report: () => {} }));
}

/**
 * Opens a ZIP. Without a directory the entries are found by their local headers (`zip-salvaged`). Encrypted entries without
 * `cipher` and those of unknown methods are left out and reported. Throws CamphorError `zip-damaged` (nothing found), `zip-bomb` or
 * `archive-limit` (facts: limit, found, allowed), or what the source throws.
 */
export async function openZip(
  source: ByteSource,
  limits: ArchiveLimits = archiveLimits,
  cipher: EntryCipher | null = null,
): Promise<OpenedZip> {
  const problems: ContainerProblem[] = [];
  const { placed, directory, salvaged } = await listZip(source, limits);
  if (salvaged !== null) problems.push({ code: 'zip-salvaged', detail: salvaged });
  assertNoBomb(placed, source.sizeBytes, limits);
  const entries = selectEntries(source, placed, problems, cipher);
  if (!directory) return { entries, problems, directory: null };
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

function selectEntries(
  source: ByteSource,
  placed: readonly PlacedItem[],
  problems: ContainerProblem[],
  cipher: EntryCipher | null,
): FileEntry[] {
  const entries: FileEntry[] = [];
  const paths = new Set<string>();
  for (const place of placed) {
    const { item } = place;
    if (/[/\\]$/.test(item.name) && item.sizeBytes === 0) continue;
    const { path, isUnsafe } = repairPath(item.name);
    const refusal = refuse(place, paths.has(path), cipher !== null);
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
    entries.push(entryOf({ source, ...place, report, cipher: place.item.flags & flagEncrypted ? cipher : null }, path));
  }
  return entries;
}

/** Why an item cannot be an entry; null where it can. */
function refuse(
  { item, endOffset }: PlacedItem,
  isKnownPath: boolean,
  isUnlocked: boolean,
): Pick<ContainerProblem, 'code' | 'detail'> | null {
  const isEncrypted = (item.flags & flagEncrypted) !== 0;
  if (isEncrypted && !isUnlocked) return { code: 'entry-encrypted', detail: 'needs a password' };
  if (isEncrypted && !isKnownCipher(item)) return { code: 'entry-encrypted', detail: 'in a way that is not known' };
  const method = contentMethod(item);
  if (method !== methodStored && method !== methodDeflated) return { code: 'not-understood', detail: `compression method ${method}` };
  if (item.headerOffset + localHeaderBytes > endOffset) return { code: 'entry-damaged', detail: 'lies outside of the file' };
  return isKnownPath ? { code: 'duplicate-id', detail: 'a second file of this name' } : null;
}

/** Whether an encrypted item is one that a password opens: WinZip's AES, or the old cipher of ZIP. */
export function isKnownCipher({ flags, method, aes }: ZipItem): boolean {
  if (flags & flagStrong) return false;
  if (method !== methodAes) return true;
  return aes !== null && aes.version >= 1 && aes.version <= 2 && aes.strength >= 1 && aes.strength <= 3;
}

function entryOf(room: ZipRoom, path: string): FileEntry {
  let { item } = room;
  if (item.method === methodStored && room.cipher === null && item.sizeBytes !== item.compressedBytes) {
    room.report('sizes differ');
    item = { ...item, sizeBytes: item.compressedBytes };
  }
  const { sizeBytes, modifiedAtMs } = item;
  const open = (): ByteSource => sourceOfEntry({ ...room, item });
  if (room.cipher === null) return { path, sizeBytes, modifiedAtMs, open };
  // One for all who open it: its MAC is checked once.
  let opened: ByteSource | null = null;
  return { path, sizeBytes, modifiedAtMs, open: () => (opened ??= open()) };
}
