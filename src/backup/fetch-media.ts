// Media that lie on a drive only, brought here. Each medium's bytes come from the first of its places that has them whole; what
// no place gives is left as it is and counted.

import { joinBytes } from '../bytes/join-bytes';
import { CamphorError } from '../model/error';
import type { RestoreProgress } from '../model/backup-view';
import type { ReceiptId, Sha256Hex } from '../model/ids';
import type { Repository } from '../repository/repository';
import type { ArchiveReader, ArchiveWriter, MediaEntry } from '../vault/archive';
import type { BackupEnvironment } from './environment';

export interface MediaFetch {
  openReader(): Promise<ArchiveReader>;
  openWriter(): Promise<ArchiveWriter>;
  /** The repository of that id; null where no drive leads to it. */
  repositoryOf(id: string): Promise<Repository | null>;
  makeThumbnail: NonNullable<BackupEnvironment['makeThumbnail']>;
  readonly report: (progress: RestoreProgress) => void;
  /** True where the owner wants it to end; asked between media. */
  isPaused(): boolean;
}

/** Media are committed when this much has come, so that a killed run keeps what it had. */
const commitBytes = 64 * 1024 * 1024;

/** A larger medium gets no small picture. */
const pictureLimitBytes = 32 * 1024 * 1024;
const noReceipt = '' as ReceiptId;

const isElsewhere = (entry: MediaEntry): boolean => entry.chunks.length === 0 && entry.sizeBytes > 0 && (entry.places ?? []).length > 0;

async function listWanted(reader: ArchiveReader, media: readonly Sha256Hex[] | null): Promise<MediaEntry[]> {
  const wanted: MediaEntry[] = [];
  if (media === null) {
    for await (const entry of reader.mediaEntries()) if (isElsewhere(entry)) wanted.push(entry);
    return wanted;
  }
  for (const sha256 of media) {
    const entry = await reader.media(sha256);
    if (entry === null) throw new CamphorError('not-found', { what: 'media' });
    if (isElsewhere(entry)) wanted.push(entry);
  }
  return wanted;
}

async function* readPlaces(entry: MediaEntry, repositoryOf: MediaFetch['repositoryOf']): AsyncGenerator<Uint8Array> {
  for (const place of entry.places ?? []) {
    const repository = await repositoryOf(place.repository);
    if (repository === null) continue;
    await repository.loadIndex();
    if (!place.blobs.every((blob) => repository.hasBlob('data', blob))) continue;
    for (const blob of place.blobs) yield await repository.readBlob('data', blob);
    return;
  }
  throw new CamphorError('not-found', { what: 'medium-elsewhere' });
}

/** A medium that no drive gives now is left for another time; all else ends the run. */
const leaveCodes: ReadonlySet<string> = new Set(['not-found', 'damaged', 'drive-missing']);

/** Brings media here, in commits of `commitBytes`. A medium whose bytes do not hash to its name is dropped by the vault. */
export async function fetchMedia(fetch: MediaFetch, media: readonly Sha256Hex[] | null): Promise<RestoreProgress> {
  const reader = await fetch.openReader();
  const wanted = await listWanted(reader, media).finally(() => reader.release());
  const totalBytes = wanted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  let progress: RestoreProgress = { media: 0, totalMedia: wanted.length, doneBytes: 0, totalBytes };
  for (let at = 0; at < wanted.length && !fetch.isPaused();) {
    const writer = await fetch.openWriter();
    try {
      for (let bytes = 0; at < wanted.length && bytes < commitBytes && !fetch.isPaused(); at += 1) {
        const entry = wanted[at] as MediaEntry;
        bytes += entry.sizeBytes;
        const came = await putMedium(writer, entry, fetch);
        progress = { ...progress, media: progress.media + (came ? 1 : 0), doneBytes: progress.doneBytes + entry.sizeBytes };
        fetch.report(progress);
      }
      (await writer.commit()).release();
    } catch (error) {
      await writer.abandon();
      throw error;
    }
  }
  return progress;
}

async function putMedium(writer: ArchiveWriter, entry: MediaEntry, fetch: MediaFetch): Promise<boolean> {
  const pieces: Uint8Array[] = [];
  const isPictured = entry.thumbnail === null && entry.sizeBytes <= pictureLimitBytes;
  const read = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of readPlaces(entry, fetch.repositoryOf)) {
      if (isPictured) pieces.push(piece);
      yield piece;
    }
  };
  try {
    const kept = await writer.putMedia(read(), entry.receipts[0] ?? noReceipt, entry.sizeBytes);
    // Its pieces are what they claim to be, but together they are another medium: the place was wrong.
    if (kept.sha256 !== entry.sha256) {
      if ((await writer.base.media(kept.sha256)) === null) writer.removeMedia(kept.sha256);
      return false;
    }
    const thumbnail = isPictured ? await fetch.makeThumbnail(joinBytes(pieces, entry.sizeBytes), entry.mime).catch(() => null) : null;
    if (thumbnail !== null) await writer.putThumbnail(entry.sha256, thumbnail);
    return true;
  } catch (error) {
    if (error instanceof CamphorError && leaveCodes.has(error.code)) return false;
    throw error;
  }
}
