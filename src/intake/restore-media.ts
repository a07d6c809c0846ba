// Media of a snapshot: kept now, or left where they lie and known by their place.

import type { ReceiptId, Sha256Hex } from '../model/ids';
import type { MediaEntry, MediaPlace } from '../vault/archive';
import { isHere, originalHolder } from '../vault/archive';
import { mediaTypeOf } from '../importers/camphor/media-types';
import { problemOf } from '../importers/camphor/snapshot';
import { keepMedium, makeThumbnailOf } from './attachments';
import type { Restore } from './restore-state';
import { tell } from './restore-state';

/**
 * With `all`, bytes are kept of all that is not here; else only that there is such a medium, its size and its places. Gives
 * how many were looked at.
 */
export async function restoreMedia(restore: Restore): Promise<number> {
  const { choice, writer, progress, environment } = restore;
  const holders = listHolders(restore);
  const wanted = new Map(holders);
  if (choice.media === 'all') for (const sha256 of await listElsewhere(restore)) wanted.set(sha256, wanted.get(sha256) ?? []);
  const { files, tree } = restore.snapshot.loaded.snapshot;
  const sizeOf = (sha256: Sha256Hex): number => files.entries[tree.media.get(sha256) ?? -1]?.sizeBytes ?? 0;
  if (choice.media === 'all')
    for (const sha256 of tree.media.keys() as Iterable<Sha256Hex>) if (!wanted.has(sha256)) progress.doneBytes += sizeOf(sha256);
  for (const [sha256, receipts] of wanted) {
    const known = await writer.next.media(sha256);
    await keepOne(restore, sha256, receipts, known);
    progress.media++;
    if (choice.media === 'all') progress.doneBytes += sizeOf(sha256);
    tell(restore, 'media');
    await environment.yieldToEvents();
  }
  return wanted.size;
}

/** Media of the messages that were read, with those imports that came in and held them; sorted. */
function listHolders({ snapshot, state }: Restore): Map<Sha256Hex, ReceiptId[]> {
  const came = new Set([...state.conversations.values()].flatMap(({ parts }) => [...parts.keys()]));
  const holders = new Map<Sha256Hex, ReceiptId[]>();
  const held = new Set<string>();
  for (const { id, media } of snapshot.loaded.receipts.heads) {
    for (const sha256 of media as readonly Sha256Hex[]) {
      held.add(sha256);
      if (came.has(id) && state.media.has(sha256)) holders.set(sha256, [...(holders.get(sha256) ?? []), id]);
    }
  }
  if (came.has(snapshot.strayReceipt))
    for (const sha256 of state.media.keys()) if (!held.has(sha256)) holders.set(sha256, [snapshot.strayReceipt]);
  for (const { id, originals } of snapshot.loaded.receipts.heads) {
    if (!came.has(id)) continue;
    for (const { sha256 } of originals) holders.set(sha256, [...(holders.get(sha256) ?? []), originalHolder(id)]);
  }
  return new Map([...holders].sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Media that the vault knows of and does not have, and the snapshot has. */
async function listElsewhere({ snapshot, writer }: Restore): Promise<Sha256Hex[]> {
  const found: Sha256Hex[] = [];
  for (const sha256 of snapshot.loaded.snapshot.tree.media.keys() as Iterable<Sha256Hex>) {
    const entry = await writer.base.media(sha256);
    if (entry !== null && !isHere(entry)) found.push(sha256);
  }
  return found;
}

async function keepOne(restore: Restore, sha256: Sha256Hex, receipts: readonly ReceiptId[], known: MediaEntry | null): Promise<void> {
  const { writer, choice, snapshot, state } = restore;
  const { files, tree } = snapshot.loaded.snapshot;
  const file = tree.media.get(sha256);
  const entry = file === undefined ? undefined : files.entries[file];
  const here = known !== null && isHere(known);
  const noted: MediaEntry = {
    sha256,
    sizeBytes: entry?.sizeBytes ?? Math.max(1, state.media.get(sha256) ?? 0),
    mime: entry === undefined ? 'application/octet-stream' : mediaTypeOf(entry.path),
    chunks: [],
    thumbnail: null,
    widthPx: null,
    heightPx: null,
    ...known,
    receipts: [...new Set([...(known?.receipts ?? []), ...receipts])],
    ...(here || file === undefined ? {} : withPlace(restore, file, known)),
  };
  writer.setMedia(noted);
  if (here || entry === undefined || file === undefined || noted.sizeBytes === 0) return;
  if (choice.media === 'all') await keepBytes(restore, sha256, file, noted);
  else if (choice.media === 'thumbnails') {
    const thumbnail = await makeThumbnailOf({ ...restore, files }, noted, file);
    if (thumbnail !== null) await writer.putThumbnail(sha256, thumbnail);
  }
}

function withPlace({ snapshot }: Restore, file: number, known: MediaEntry | null): { places?: readonly MediaPlace[] } {
  const { servedFrom } = snapshot.job;
  if (servedFrom === null) return {};
  const others = (known?.places ?? []).filter(({ repository }) => repository !== servedFrom.repository);
  return { places: [...others, { repository: servedFrom.repository, blobs: [...servedFrom.blobsOf(file)] }] };
}

/** Bytes that cannot be read, or are not what their name says, are left out, and said. */
async function keepBytes(restore: Restore, sha256: Sha256Hex, file: number, noted: MediaEntry): Promise<void> {
  const { writer, environment, snapshot, problems, state } = restore;
  const { files } = snapshot.loaded.snapshot;
  const medium = await keepMedium({ environment, writer, files }, file, noted.receipts[0] ?? snapshot.strayReceipt);
  if (medium?.sha256 === sha256) return;
  problems.add(problemOf('media-damaged', '', sha256), { entry: file, offsetBytes: 0, lengthBytes: 0 });
  writer.setMedia(noted);
  // Other bytes than asked for: unless something else has them, they go.
  if (medium !== null && !state.media.has(medium.sha256) && (await writer.base.media(medium.sha256)) === null)
    writer.removeMedia(medium.sha256);
}
