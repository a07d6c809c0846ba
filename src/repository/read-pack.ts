// Reading of packs: what is in one by its own word, and the whole of one.

import { hashBytes } from '../crypto/hashes';
import { createSha256 } from '../crypto/sha256';
import { CamphorError } from '../model/error';
import type { PackBlob } from './blob-index';
import type { RepositoryContext } from './context';
import { packName } from './file-names';
import { openPackHeader, packTailBytes, readPackTail } from './pack-header';
import type { FileId } from './repository';
import { tryTwice } from './stored-file';

type PackReader = Pick<RepositoryContext, 'drive' | 'key'>;

/**
 * The blobs of a pack by its own list: two ranged reads. Throws CamphorError `damaged` where, twice, it has none that fits
 * a file of `sizeBytes`; `drive-missing`.
 */
export function readPackHeader({ drive, key }: PackReader, id: FileId, sizeBytes: number): Promise<readonly PackBlob[]> {
  return tryTwice(async () => {
    const name = packName(id);
    if (sizeBytes <= packTailBytes) throw new CamphorError('damaged');
    const tailAt = sizeBytes - packTailBytes;
    const length = readPackTail(await drive.read(name, { fromByte: tailAt, toByte: sizeBytes }), sizeBytes);
    return openPackHeader(key, await drive.read(name, { fromByte: tailAt - length, toByte: tailAt }), sizeBytes);
  });
}

/** Larger packs are not held whole; stock restic makes none above 128 MiB. */
const wholePackLimitBytes = 160 * 1024 * 1024;
const pieceBytes = 16 * 1024 * 1024;

/** The whole pack, or null where it is not what its name says. Throws what the drive throws. */
async function readWhole({ drive }: PackReader, id: FileId): Promise<Uint8Array<ArrayBuffer> | null> {
  const bytes = await drive.read(packName(id));
  return (await hashBytes(bytes)) === id ? bytes : null;
}

async function hashInPieces({ drive }: PackReader, id: FileId, sizeBytes: number): Promise<FileId> {
  const hash = createSha256();
  for (let at = 0; at < sizeBytes; at += pieceBytes) {
    hash.update(await drive.read(packName(id), { fromByte: at, toByte: Math.min(sizeBytes, at + pieceBytes) }));
  }
  return hash.digestHex();
}

export interface ReadPack {
  /** What is stored is what the name says. */
  readonly isWhole: boolean;
  /** The sealed bytes of one of its blobs. */
  readSealed(blob: PackBlob): Promise<Uint8Array<ArrayBuffer>>;
}

const cut = (bytes: Uint8Array<ArrayBuffer>, { offsetBytes, lengthBytes }: PackBlob) => bytes.slice(offsetBytes, offsetBytes + lengthBytes);

/** Every byte of a pack, hashed; read once more where the hash is another. Throws `drive-missing` and what the drive throws. */
export async function readPack(reader: PackReader, id: FileId, sizeBytes: number): Promise<ReadPack> {
  const readRange = ({ offsetBytes, lengthBytes }: PackBlob) =>
    reader.drive.read(packName(id), { fromByte: offsetBytes, toByte: offsetBytes + lengthBytes });
  if (sizeBytes > wholePackLimitBytes) {
    const isWhole = (await hashInPieces(reader, id, sizeBytes)) === id || (await hashInPieces(reader, id, sizeBytes)) === id;
    return { isWhole, readSealed: readRange };
  }
  const bytes = (await readWhole(reader, id)) ?? (await readWhole(reader, id));
  if (bytes === null) return { isWhole: false, readSealed: readRange };
  return { isWhole: true, readSealed: async (blob) => cut(bytes, blob) };
}
