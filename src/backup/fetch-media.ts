// Media that lie on a drive only, brought here. Each medium's bytes come from the first of its places that has them whole; what
// no place gives is left as it is and counted.

import { joinBytes } from '../bytes/join-bytes';
import { CamphorError } from '../model/error';
import type { RestoreProgress } from '../model/backup-view';
import type { ReceiptId, Sha256Hex } from '../model/ids';
import type { BlobId, Repository } from '../repository/repository';
import type { ArchiveReader, ArchiveWriter, MediaEntry } from '../vault/archive';
import type { BackupEnvironment } from './environment';
import { readAhead } from '../model/read-ahead';

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

/** The same repositories, each with its index loaded, once. */
function loadOnce(repositoryOf: MediaFetch['repositoryOf']): MediaFetch['repositoryOf'] {
  const loaded = new Map<string, Promise<Repository | null>>();
  const load = async (id: string): Promise<Repository | null> => {
    const repository = await repositoryOf(id);
    await repository?.loadIndex();
    return repository;
  };
  return (id) => {
    const known = loaded.get(id) ?? load(id);
    loaded.set(id, known);
    return known;
  };
}

/** Where a medium lies whole: its blobs in a repository whose index names all of them. */
interface Whereabouts {
  readonly repository: Repository;
  readonly blobs: readonly BlobId[];
}

/** The first of its places that has it; null where none has. */
async function findWhereabouts(entry: MediaEntry, repositoryOf: MediaFetch['repositoryOf']): Promise<Whereabouts | null> {
  for (const { repository: id, blobs } of entry.places ?? []) {
    const repository = await repositoryOf(id);
    if (repository === null) continue;
    if (blobs.every((blob) => repository.hasBlob('data', blob))) return { repository, blobs };
  }
  return null;
}

/**
 * The media in the order in which they lie in packs, so that each pack is fetched once: by their sums, as the vault has them,
 * every medium would be in another pack than the one before. Media of several repositories keep these apart.
 */
async function inPackOrder(wanted: readonly MediaEntry[], repositoryOf: MediaFetch['repositoryOf']): Promise<readonly MediaEntry[]> {
  const groups = new Map<Repository | null, { entry: MediaEntry; first: BlobId | undefined }[]>();
  for (const entry of wanted) {
    const found = await findWhereabouts(entry, repositoryOf);
    const group = groups.get(found?.repository ?? null) ?? [];
    groups.set(found?.repository ?? null, group);
    group.push({ entry, first: found?.blobs[0] });
  }
  return [...groups].flatMap(([repository, group]) => {
    const sorted = repository === null ? group : repository.inPackOrder('data', group, ({ first }) => first);
    return sorted.map(({ entry }) => entry);
  });
}

interface Coming {
  readonly entry: MediaEntry;
  /** All of it, where it is one blob; the others are read blob by blob. Null where no place has it. */
  readonly pieces: Iterable<Uint8Array> | AsyncIterable<Uint8Array> | null;
}

async function* readBlobs({ repository, blobs }: Whereabouts): AsyncGenerator<Uint8Array> {
  for (const blob of blobs) yield await repository.readBlob('data', blob);
}

/** Begins with the reading. Throws what reading throws, where that concerns more than this medium. */
async function openMedium(entry: MediaEntry, repositoryOf: MediaFetch['repositoryOf']): Promise<Coming> {
  try {
    const found = await findWhereabouts(entry, repositoryOf);
    if (found === null) return { entry, pieces: null };
    const [only, ...more] = found.blobs;
    const isOne = only !== undefined && more.length === 0;
    return { entry, pieces: isOne ? [await found.repository.readBlob('data', only)] : readBlobs(found) };
  } catch (error) {
    if (isLeft(error)) return { entry, pieces: null };
    throw error;
  }
}

/** A medium that no drive gives now is left for another time; all else ends the run. */
const leaveCodes: ReadonlySet<string> = new Set(['not-found', 'damaged', 'drive-missing']);
const isLeft = (error: unknown): boolean => error instanceof CamphorError && leaveCodes.has(error.code);
/** Media of one blob are fetched and opened while others are put away; each has at most 64 MiB, nearly all at most 8. */
const mediaAtOnce = 4;

/** Brings media here, in commits of `commitBytes`. A medium whose bytes do not hash to its name is dropped by the vault. */
export async function fetchMedia(fetch: MediaFetch, media: readonly Sha256Hex[] | null): Promise<RestoreProgress> {
  const reader = await fetch.openReader();
  const wanted = await listWanted(reader, media).finally(() => reader.release());
  const totalBytes = wanted.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const repositoryOf = loadOnce(fetch.repositoryOf);
  const coming = readAhead(await inPackOrder(wanted, repositoryOf), mediaAtOnce, (entry) => openMedium(entry, repositoryOf));
  const run: FetchRun = { fetch, coming, progress: { media: 0, totalMedia: wanted.length, doneBytes: 0, totalBytes } };
  try {
    while (!fetch.isPaused() && (await putSome(run)));
  } finally {
    await coming.return();
  }
  return run.progress;
}

interface FetchRun {
  readonly fetch: MediaFetch;
  readonly coming: AsyncGenerator<Coming, void, void>;
  progress: RestoreProgress;
}

/** One commit. False where all are done. */
async function putSome(run: FetchRun): Promise<boolean> {
  const { fetch, coming } = run;
  let next = await coming.next();
  if (next.done === true) return false;
  const writer = await fetch.openWriter();
  try {
    for (let bytes = 0; next.done !== true; next = await coming.next()) {
      const { entry } = next.value;
      const came = await putMedium(writer, next.value, fetch);
      bytes += entry.sizeBytes;
      const { progress } = run;
      run.progress = { ...progress, media: progress.media + (came ? 1 : 0), doneBytes: progress.doneBytes + entry.sizeBytes };
      fetch.report(run.progress);
      if (bytes >= commitBytes || fetch.isPaused()) break;
    }
    (await writer.commit()).release();
  } catch (error) {
    await writer.abandon();
    throw error;
  }
  return next.done !== true;
}

async function putMedium(writer: ArchiveWriter, { entry, pieces: coming }: Coming, fetch: MediaFetch): Promise<boolean> {
  if (coming === null) return false;
  const pieces: Uint8Array[] = [];
  const isPictured = entry.thumbnail === null && entry.sizeBytes <= pictureLimitBytes;
  const read = async function* (): AsyncGenerator<Uint8Array> {
    for await (const piece of coming) {
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
    if (isLeft(error)) return false;
    throw error;
  }
}
