// SHA-256 by the engine: of bytes that are in memory, and of a long stream by its pieces (docs/decisions/0002-identity-of-files.md).

import { freeBytes } from '../model/free-bytes';
import type { Sha256Hex } from '../model/ids';

/** Lower-case hex digits. */
export function toHex(bytes: Uint8Array): string {
  let hex = '';
  for (const byte of bytes) hex += byte.toString(16).padStart(2, '0');
  return hex;
}

/** SHA-256 of bytes in memory, several times as fast as `createSha256`, but in one piece. */
export async function hashBytes(bytes: Uint8Array<ArrayBuffer>): Promise<Sha256Hex> {
  return toHex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))) as Sha256Hex;
}

/** Streams up to this long are hashed as one piece, which is their plain SHA-256. */
export const hashPieceBytes = 16 * 1024 * 1024;

export interface PieceHash {
  /** Takes bytes in order. Resolves when the next may come: at most two pieces are in memory. */
  update(bytes: Uint8Array): Promise<void>;
  /** The SHA-256 of the only piece, or of the SHA-256s of all pieces one after the other; ends it. */
  finish(): Promise<{ readonly hash: Sha256Hex; readonly pieces: number }>;
}

/** The same bytes with room behind them; what they lay in is given back. */
function larger(bytes: Uint8Array<ArrayBuffer>, sizeBytes: number): Uint8Array<ArrayBuffer> {
  const copy = new Uint8Array(sizeBytes);
  copy.set(bytes);
  freeBytes(bytes);
  return copy;
}

/** Hashes by the engine's own code, beside the thread that reads: 15 times as fast as `createSha256`, which holds the thread up. */
export function createPieceHash(pieceBytes = hashPieceBytes): PieceHash {
  const digests: Uint8Array[] = [];
  let piece = new Uint8Array(Math.min(pieceBytes, 1024 * 1024));
  let filledBytes = 0;
  let pending: Promise<void> = Promise.resolve();
  const digest = async (bytes: Uint8Array<ArrayBuffer>): Promise<void> => {
    digests.push(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes)));
  };
  const take = (bytes: Uint8Array): void => {
    const neededBytes = filledBytes + bytes.length;
    if (neededBytes > piece.length) piece = larger(piece, Math.min(pieceBytes, Math.max(piece.length * 2, neededBytes)));
    piece.set(bytes, filledBytes);
    filledBytes += bytes.length;
  };
  return {
    async update(bytes) {
      for (let at = 0; at < bytes.length;) {
        const part = bytes.subarray(at, at + pieceBytes - filledBytes);
        take(part);
        at += part.length;
        if (filledBytes < pieceBytes) continue;
        await pending;
        // It copies before it returns: the piece is filled again.
        pending = digest(piece);
        filledBytes = 0;
      }
    },
    async finish() {
      await pending;
      if (filledBytes > 0 || digests.length === 0) await digest(piece.subarray(0, filledBytes));
      freeBytes(piece);
      const joined = new Uint8Array(digests.length * 32);
      digests.forEach((each, index) => joined.set(each, index * 32));
      const hash = digests.length === 1 ? (toHex(joined) as Sha256Hex) : await hashBytes(joined);
      return { hash, pieces: digests.length };
    },
  };
}
