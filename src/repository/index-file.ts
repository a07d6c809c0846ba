// An index file: which packs there are and what is in each (restic's doc/design.rst, "Indexing").

import type { PackBlob } from './blob-index';
import type { FileId } from './repository';
import { count, damagedUnless, type Fields, fields, id, list, uint32Limit } from './stored-json';

export interface IndexedPack {
  readonly id: FileId;
  readonly blobs: readonly PackBlob[];
}

export interface IndexFile {
  readonly packs: readonly IndexedPack[];
  /** There are fields that stock restic does not write, such as rustic's `packs_to_delete`: not ours to rewrite or prune. */
  readonly isForeign: boolean;
}

const fileFields: ReadonlySet<string> = new Set(['packs', 'supersedes']);
const packFields: ReadonlySet<string> = new Set(['id', 'blobs']);
const blobFields: ReadonlySet<string> = new Set(['id', 'type', 'offset', 'length', 'uncompressed_length']);

const knowsOnly = (object: Fields, known: ReadonlySet<string>): boolean => Object.keys(object).every((name) => known.has(name));

function parseBlob(blob: Fields): PackBlob {
  const { type } = blob;
  damagedUnless(type === 'data' || type === 'tree');
  const lengthBytes = count(blob['length'], uint32Limit);
  const offsetBytes = count(blob['offset'], uint32Limit - lengthBytes);
  const uncompressedLength = count(blob['uncompressed_length'] ?? 0, uint32Limit);
  return { id: id(blob['id']), type, offsetBytes, lengthBytes, uncompressedLength: uncompressedLength === 0 ? null : uncompressedLength };
}

/** The packs of an index file's JSON. Throws CamphorError `damaged` for anything that no index holds. */
export function parseIndexFile(json: unknown): IndexFile {
  const file = fields(json);
  let isForeign = !knowsOnly(file, fileFields);
  const packs = list(file['packs'] ?? []).map((each): IndexedPack => {
    const pack = fields(each);
    isForeign ||= !knowsOnly(pack, packFields);
    const blobs = list(pack['blobs'] ?? []).map((one) => {
      const blob = fields(one);
      isForeign ||= !knowsOnly(blob, blobFields);
      return parseBlob(blob);
    });
    return { id: id(pack['id']), blobs };
  });
  return { packs, isForeign };
}

/** The JSON of an index file for `sealJson`. All blobs of a pack must be in one file. */
export function encodeIndexFile(packs: Iterable<IndexedPack>): unknown {
  const encodeBlob = ({ id: blobId, type, offsetBytes, lengthBytes, uncompressedLength }: PackBlob) => ({
    id: blobId,
    type,
    offset: offsetBytes,
    length: lengthBytes,
    ...(uncompressedLength === null ? {} : { uncompressed_length: uncompressedLength }),
  });
  return { packs: Array.from(packs, (pack) => ({ id: pack.id, blobs: pack.blobs.map(encodeBlob) })) };
}
