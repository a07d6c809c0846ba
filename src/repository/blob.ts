// A blob: a piece of a file or a tree, named by the SHA-256 of its plaintext, compressed where that helps, and sealed.

import { freeBytes } from '../model/free-bytes';
import type { ZstdCodec } from '../bytes/zstd';
import { hashBytes } from '../crypto/hashes';
import type { RandomBytes } from '../crypto/random';
import { CamphorError } from '../model/error';
import type { SealingKey } from './master-key';
import type { BlobId, BlobType } from './repository';
import { sealOverheadBytes, sealParts, unseal, unsealParts } from './seal';

/** No blob, written or read, unfolds to more. restic's own chunks end at 8 MiB. */
export const blobLimitBytes = 64 * 1024 * 1024;

export interface SealedBlob {
  readonly id: BlobId;
  readonly type: BlobType;
  /** The sealed bytes, one piece after the other; they belong to whoever has the blob. */
  readonly pieces: readonly Uint8Array<ArrayBuffer>[];
  readonly sealedBytes: number;
  /** Null where the blob is not compressed. */
  readonly uncompressedLength: number | null;
}

/** The level that stock restic's "auto" is about equal to. */
const level = 3;
/** Below this a frame's header outweighs what it saves. */
const worthCompressingBytes = 48;
/** Whether one above this length is worth it is seen from a sample. */
const wholeTrialBytes = 128 * 1024;
/** Out of its middle, since pictures and voices begin with text-like heads. */
const sampleBytes = 8 * 1024;
const sampleLevel = 1;
/** A frame must save at least this part. */
const leastSaving = 1 / 32;

const view = (bytes: Uint8Array): Uint8Array<ArrayBuffer> => bytes as Uint8Array<ArrayBuffer>;

/** The frame, or null where the blob is to be kept as it is. */
function squeeze(codec: ZstdCodec, plain: Uint8Array): Uint8Array<ArrayBuffer> | null {
  if (plain.length < worthCompressingBytes) return null;
  const isShorter = (packed: Uint8Array, whole: Uint8Array) => packed.length < whole.length * (1 - leastSaving);
  if (plain.length > wholeTrialBytes) {
    const middle = (plain.length - sampleBytes) >> 1;
    const sample = plain.subarray(middle, middle + sampleBytes);
    if (!isShorter(codec.compress(sample, sampleLevel), sample)) return null;
  }
  const packed = codec.compress(plain, level);
  return isShorter(packed, plain) ? view(packed) : null;
}

/**
 * Seals a blob, compressed where `codec` is given and it helps, and opens it again before handing it on: a fault of
 * compression or of memory must not reach the drive. `codec` null: version 1 of the format, which does not compress.
 * `known`: its id, where it was hashed before. Throws RangeError for an empty blob or one above 64 MiB, CamphorError
 * `unexpected` where it does not open again.
 */
export async function sealBlob(
  key: SealingKey,
  type: BlobType,
  plain: Uint8Array<ArrayBuffer>,
  codec: ZstdCodec | null,
  random: RandomBytes,
  known?: BlobId,
): Promise<SealedBlob> {
  if (plain.length === 0 || plain.length > blobLimitBytes) throw new RangeError('a blob has 1 byte to 64 MiB');
  const packed = codec === null ? null : squeeze(codec, plain);
  const [id, parts] = await Promise.all([known ?? hashBytes(plain), sealParts(key, packed ?? plain, random)]);
  const uncompressedLength = packed === null ? null : plain.length;
  try {
    const opened = await unsealParts(key, parts);
    await openInside(opened, uncompressedLength, id, codec);
    freeBytes(opened);
  } catch (cause) {
    throw new CamphorError('unexpected', {}, cause);
  }
  const { nonce, cipherText, tag } = parts;
  return { id, type, pieces: [nonce, cipherText, tag], sealedBytes: cipherText.length + sealOverheadBytes, uncompressedLength };
}

/**
 * The plaintext of a sealed blob: authenticated, then unfolded, then hashed. Throws CamphorError `damaged` where the seal,
 * the length or the hash is another, or where it would unfold to more than 64 MiB.
 */
export async function openBlob(
  key: SealingKey,
  sealed: Uint8Array<ArrayBuffer>,
  uncompressedLength: number | null,
  id: BlobId,
  codec: ZstdCodec | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const plainLength = uncompressedLength ?? sealed.length - sealOverheadBytes;
  if (sealed.length > blobLimitBytes + sealOverheadBytes || plainLength > blobLimitBytes) throw new CamphorError('damaged');
  return openInside(await unseal(key, sealed), uncompressedLength, id, codec);
}

async function openInside(
  inside: Uint8Array<ArrayBuffer>,
  uncompressedLength: number | null,
  id: BlobId,
  codec: ZstdCodec | null,
): Promise<Uint8Array<ArrayBuffer>> {
  const plain = uncompressedLength === null ? inside : unfold(codec, inside, uncompressedLength);
  if ((await hashBytes(plain)) !== id) throw new CamphorError('damaged');
  return plain;
}

function unfold(codec: ZstdCodec | null, frame: Uint8Array, plainLength: number): Uint8Array<ArrayBuffer> {
  if (codec === null) throw new CamphorError('damaged');
  const plain = codec.decompressBounded(frame, plainLength);
  if (plain.length !== plainLength) throw new CamphorError('damaged');
  return view(plain);
}
