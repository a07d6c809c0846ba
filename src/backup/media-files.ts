// The files below `media/`.

import { CamphorError } from '../model/error';
import type { ReceiptId, Sha256Hex } from '../model/ids';
import { type ArchiveReader, isHere, type MediaEntry, originalOf } from '../vault/archive';
import type { BackupCache } from './backup-cache';
import type { BlobSink } from './blob-sink';
import { createFileCutter, type FileBlobs, pieceBytes, wholeLimitBytes } from './file-blobs';
import { mediaFileName, mediaFolders } from './media-path';

export interface MediaTools {
  readonly reader: ArchiveReader;
  readonly cache: BackupCache;
  readonly sink: BlobSink;
  /** Media that are not here are described where they lie in this one. */
  readonly repositoryId: string;
  /** False for a plan: what the repository lacks is counted by its size, and not read. */
  readonly readsMedia: boolean;
  /** After each piece that was read. */
  onStep(bytes: number): Promise<void>;
}

export interface SavedMedium extends FileBlobs {
  readonly isNew: boolean;
  /** Plain bytes that a plan counted without reading them. */
  readonly unreadBytes: number;
}

/** Blobs under which the repository has it already; null where it has not, or where that is not known. */
function knownBlobs(
  entry: MediaEntry,
  { cache, sink, repositoryId }: Pick<MediaTools, 'cache' | 'sink' | 'repositoryId'>,
): readonly string[] | null {
  const { sha256, sizeBytes } = entry;
  if (sizeBytes === 0) return [];
  const places = (entry.places ?? []).filter(({ repository }) => repository === repositoryId).map(({ blobs }) => blobs);
  const own = sizeBytes <= wholeLimitBytes ? [[sha256]] : [cache.get(`medium/${sha256}`) as readonly string[] | null, ...places];
  return own.find((blobs) => blobs !== null && blobs.length > 0 && blobs.every((blob) => sink.has(blob))) ?? null;
}

/** Null for a medium whose bytes are neither here nor in the repository, or are damaged here. */
export async function saveMedium(entry: MediaEntry, tools: MediaTools): Promise<SavedMedium | null> {
  const { sizeBytes } = entry;
  const known = knownBlobs(entry, tools);
  if (known !== null) return { blobs: known, sizeBytes, isNew: false, unreadBytes: 0 };
  if (!isHere(entry)) return null;
  if (!tools.readsMedia) return { blobs: [], sizeBytes, isNew: true, unreadBytes: sizeBytes };
  try {
    const blobs = await readMedium(entry, tools);
    if (sizeBytes > wholeLimitBytes) await tools.cache.set(`medium/${entry.sha256}`, blobs);
    return { blobs, sizeBytes, isNew: true, unreadBytes: 0 };
  } catch (error) {
    if (error instanceof UnreadableMedium) return null;
    throw error;
  }
}

/** Its bytes here are damaged: everything else is backed up all the same, and what the drive has of it stays. */
class UnreadableMedium extends Error {
  override readonly name = 'UnreadableMedium';
}

async function readMedium(entry: MediaEntry, { reader, sink, onStep }: MediaTools): Promise<readonly string[]> {
  // One that is one blob has its id for a name.
  const claimed = entry.sizeBytes <= wholeLimitBytes ? entry.sha256 : undefined;
  const cutter = createFileCutter((plain) => sink.saveData(plain, claimed));
  const source = reader.openMedia(entry);
  for (let from = 0; from < entry.sizeBytes; from += pieceBytes) {
    const to = Math.min(from + pieceBytes, entry.sizeBytes);
    const bytes = await source.read(from, to).catch(refuseDamaged);
    if (bytes.length !== to - from) throw new UnreadableMedium();
    await cutter.push(source.givesOwn === true ? bytes : bytes.slice());
    await onStep(to - from);
  }
  const { blobs } = await cutter.finish();
  return blobs;
}

function refuseDamaged(error: unknown): never {
  const isDamaged = error instanceof CamphorError && (error.code === 'damaged' || error.code === 'tampered' || error.code === 'not-found');
  throw isDamaged ? new UnreadableMedium() : error;
}

export interface PlacedMedium {
  readonly sha256: Sha256Hex;
  readonly sizeBytes: number;
  /** Where the repository has it; null where it has not, or where that is not known. */
  readonly blobs: readonly string[] | null;
  readonly folders: readonly string[];
  readonly fileName: string;
  readonly firstAtMs: number | null;
}

export interface MediaList {
  /** Sorted by path. */
  readonly media: readonly PlacedMedium[];
  readonly byReceipt: ReadonlyMap<ReceiptId, readonly Sha256Hex[]>;
}

/** True for a file of originals only, none of which the owner lets travel. */
function staysHere(holders: readonly ReceiptId[], travelling: ReadonlySet<ReceiptId>): boolean {
  const originals = holders.map(originalOf);
  return originals.length > 0 && originals.every((receipt) => receipt !== null && !travelling.has(receipt));
}

/** All media of the vault but those that stay here. `travelling`: imports whose kept original goes with them. */
export async function* listTravelling(
  reader: Pick<ArchiveReader, 'mediaEntries'>,
  travelling: ReadonlySet<ReceiptId>,
): AsyncGenerator<MediaEntry, void, void> {
  for await (const entry of reader.mediaEntries()) if (!staysHere(entry.receipts, travelling)) yield entry;
}

/**
 * All media of the vault, in one pass, with their places in the snapshot. `firsts`: when each was first referred to;
 * `travelling`: imports whose kept original goes with them.
 */
export async function listMedia(
  tools: Pick<MediaTools, 'reader' | 'cache' | 'sink' | 'repositoryId'>,
  firsts: ReadonlyMap<Sha256Hex, number>,
  travelling: ReadonlySet<ReceiptId>,
): Promise<MediaList> {
  const media: PlacedMedium[] = [];
  const byReceipt = new Map<ReceiptId, Sha256Hex[]>();
  for await (const entry of listTravelling(tools.reader, travelling)) {
    const { sha256, sizeBytes, receipts } = entry;
    const firstAtMs = firsts.get(sha256) ?? null;
    const blobs = knownBlobs(entry, tools);
    media.push({ sha256, sizeBytes, blobs, folders: mediaFolders(sha256, firstAtMs), fileName: mediaFileName(entry), firstAtMs });
    for (const receipt of receipts) {
      const list = byReceipt.get(receipt);
      if (list === undefined) byReceipt.set(receipt, [sha256]);
      else list.push(sha256);
    }
  }
  const pathOf = ({ folders, fileName }: PlacedMedium): string => [...folders, fileName].join('/');
  const paths = new Map(media.map((medium) => [medium, pathOf(medium)]));
  media.sort((a, b) => ((paths.get(a) ?? '') < (paths.get(b) ?? '') ? -1 : 1));
  return { media, byReceipt };
}
