// The payload of an age file (C2SP, age.md, "Payload"): STREAM over pieces of 64 KiB, each sealed by ChaCha20-Poly1305 under a
// nonce of its number and whether it is the last. So any piece opens alone, and the file need not be decrypted to be read.

import { chacha20poly1305 } from '@noble/ciphers/chacha.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { CamphorError } from '../model/error';
import type { RandomAccess } from './age-header';

export const pieceBytes = 64 * 1024;
const tagBytes = 16;
const sealedPieceBytes = pieceBytes + tagBytes;
const nonceBytes = 16;
/** One piece is held for each of so many places that are read in turn. */
const heldPieces = 32;
/** Ciphertext read at once. */
const stepPieces = 16;

interface Sealed {
  readonly file: RandomAccess;
  readonly fromByte: number;
  readonly key: Uint8Array;
  readonly pieces: number;
}

/** Bytes of the whole file whose header has `headerBytes`. */
export function sizeOfAge(headerBytes: number, plainBytes: number): number {
  return headerBytes + nonceBytes + plainBytes + tagBytes * Math.max(1, Math.ceil(plainBytes / pieceBytes));
}

function openPiece({ key, pieces }: Sealed, number: number, sealed: Uint8Array): Uint8Array {
  const nonce = new Uint8Array(12);
  new DataView(nonce.buffer).setBigUint64(3, BigInt(number));
  nonce[11] = number === pieces - 1 ? 1 : 0;
  try {
    return chacha20poly1305(key, nonce).decrypt(sealed);
  } catch (cause) {
    throw new CamphorError('damaged', { offsetBytes: number * pieceBytes }, cause);
  }
}

/** Pieces [first, end), at most `stepPieces` of them. */
async function readPieces(sealed: Sealed, first: number, end: number): Promise<Uint8Array[]> {
  const { file, fromByte } = sealed;
  const from = fromByte + first * sealedPieceBytes;
  const bytes = await file.read(from, Math.min(file.sizeBytes, fromByte + end * sealedPieceBytes));
  return Array.from({ length: end - first }, (_, at) =>
    openPiece(sealed, first + at, bytes.subarray(at * sealedPieceBytes, (at + 1) * sealedPieceBytes)),
  );
}

/** Gives pieces [first, end), at most `stepPieces` of them; one that was the last of a step is held. */
function holdPieces(sealed: Sealed): { has(number: number): boolean; get(first: number, end: number): Promise<readonly Uint8Array[]> } {
  const held = new Map<number, Uint8Array>();
  const hold = (number: number, piece: Uint8Array): void => {
    held.delete(number);
    held.set(number, piece);
    for (const oldest of held.keys()) if (held.size > heldPieces) held.delete(oldest);
  };
  return {
    has: (number) => held.has(number),
    async get(first, end) {
      const known = end - first === 1 ? held.get(first) : undefined;
      const read = known === undefined ? await readPieces(sealed, first, end) : [known];
      // Whoever reads in small steps comes back to the piece where the step ended.
      const last = read.at(-1);
      if (last !== undefined) hold(end - 1, last);
      return read;
    },
  };
}

/**
 * The content by its place. The last piece is opened first, so that a file that was cut short is known at once; every other
 * when it is read. Throws CamphorError `damaged`, here and when reading.
 */
export async function openPayload(file: RandomAccess, headerBytes: number, fileKey: Uint8Array): Promise<RandomAccess> {
  const fromByte = headerBytes + nonceBytes;
  const sealedBytes = file.sizeBytes - fromByte;
  const pieces = Math.ceil(sealedBytes / sealedPieceBytes);
  const lastBytes = sealedBytes - (pieces - 1) * sealedPieceBytes;
  // Only a payload of nothing at all ends in an empty piece.
  if (sealedBytes < tagBytes || lastBytes < tagBytes || (lastBytes === tagBytes && pieces > 1)) throw new CamphorError('damaged');
  const nonce = await file.read(headerBytes, fromByte);
  const key = hkdf(sha256, fileKey, nonce, new TextEncoder().encode('payload'), 32);
  const held = holdPieces({ file, fromByte, key, pieces });
  await held.get(pieces - 1, pieces);
  const sizeBytes = sealedBytes - pieces * tagBytes;
  return {
    sizeBytes,
    async read(fromPlain, toPlain) {
      const from = Math.max(0, fromPlain);
      const to = Math.min(toPlain, sizeBytes);
      const plain = new Uint8Array(Math.max(0, to - from));
      const end = Math.ceil(to / pieceBytes);
      for (let first = Math.floor(from / pieceBytes); from < to && first < end;) {
        const next = held.has(first) ? first + 1 : Math.min(first + stepPieces, end);
        for (const piece of await held.get(first, next)) {
          const at = first * pieceBytes;
          plain.set(piece.subarray(Math.max(0, from - at), to - at), Math.max(0, at - from));
          first++;
        }
      }
      return plain;
    },
  };
}
