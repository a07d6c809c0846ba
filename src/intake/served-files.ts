// Files that another thread serves as a set of files: each read is a question over the port.

import type { OpenedSet } from '../bytes/file-set';
import { fileSetOfFiles } from '../bytes/file-set';
import { sourceOfRanges } from '../bytes/ranged-source';
import type { FileEntry } from '../bytes/source';
import { CamphorError } from '../model/error';
import type { ServedFile, ServedSnapshotVerbs } from '../model/verbs';
import type { ServedFrom } from './snapshot-job';

/** A page of the list that is not the last has as many. */
const pageFiles = 10_000;
const filesLimit = 10_000_000;

export interface ServedSet {
  readonly set: OpenedSet;
  readonly servedFrom: ServedFrom;
}

/** Throws what the other side throws. */
export async function openServedFiles(served: ServedSnapshotVerbs): Promise<ServedSet> {
  const repository = await served.repositoryId();
  const files: ServedFile[] = [];
  for (let page = await served.list(0); ; page = await served.list(files.length)) {
    for (const file of page) files.push(file);
    if (page.length < pageFiles || files.length > filesLimit) break;
  }
  const entries = files.map(({ path, sizeBytes }, index): FileEntry => {
    const source = sourceOfRanges(sizeBytes, (fromByte, toByte) => readPieces(served, index, fromByte, toByte));
    return { path, sizeBytes, modifiedAtMs: null, open: () => source };
  });
  const set = { ...fileSetOfFiles('', 'folder', entries), openedEntries: new Set<number>(), directory: null };
  return { set, servedFrom: { repository, blobsOf: (entry) => files[entry]?.blobs ?? [] } };
}

/** One answer holds no more than this. */
const pieceBytes = 16 * 1024 * 1024;

async function readPieces(served: ServedSnapshotVerbs, index: number, fromByte: number, toByte: number): Promise<Uint8Array> {
  const bytes = new Uint8Array(toByte - fromByte);
  for (let at = fromByte; at < toByte;) {
    const end = Math.min(at + pieceBytes, toByte);
    const piece = await served.read(index, at, end);
    if (piece.length !== end - at) throw new CamphorError('archive-unreadable', { offsetBytes: at });
    if (piece.length === bytes.length) return piece;
    bytes.set(piece, at - fromByte);
    at = end;
  }
  return bytes;
}
