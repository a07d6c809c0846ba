// Index, snapshot and lock files: JSON, sealed; in version 2 of the format compressed behind a byte that says so. The name
// of such a file is the SHA-256 of what is stored.

import type { ZstdCodec } from '../bytes/zstd';
import { hashBytes } from '../crypto/hashes';
import type { RandomBytes } from '../crypto/random';
import { CamphorError } from '../model/error';
import type { MasterKey } from './master-key';
import type { FileId } from './repository';
import { seal, unseal } from './seal';
import { damagedUnless, parseJson } from './stored-json';
import { storedJson } from './stored-text';

/** The most that a file of each kind may unfold to; stock restic keeps indexes below 8 MiB. */
export const unpackedLimitBytes = { index: 64 * 2 ** 20, snapshot: 8 * 2 ** 20, lock: 2 ** 20 } as const;

export interface SealedFile {
  readonly id: FileId;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

const compressed = 0x02;
const openingBrace = 0x7b;
const openingBracket = 0x5b;
const level = 3;

/** Throws CamphorError `damaged` where a file is not what its name says: cut, extended, or another one. */
export async function checkFileName(bytes: Uint8Array<ArrayBuffer>, name: FileId): Promise<void> {
  if ((await hashBytes(bytes)) !== name) throw new CamphorError('damaged');
}

function fold(text: Uint8Array<ArrayBuffer>, codec: ZstdCodec | null): Uint8Array<ArrayBuffer> {
  const frame = codec?.compress(text, level);
  if (frame === undefined || frame.length + 1 >= text.length) return text;
  const folded = new Uint8Array(frame.length + 1);
  folded[0] = compressed;
  folded.set(frame, 1);
  return folded;
}

/** A file of that JSON, and its name. `codec` null: version 1 of the format, which does not compress. */
export async function sealJson(key: MasterKey, value: unknown, codec: ZstdCodec | null, random: RandomBytes): Promise<SealedFile> {
  const bytes = await seal(key, fold(new TextEncoder().encode(storedJson(value)), codec), random);
  return { id: await hashBytes(bytes), bytes };
}

/**
 * The JSON of a file, which is checked against its name, its seal and the limit of its kind.
 * Throws CamphorError `damaged`.
 */
export async function openJson(
  key: MasterKey,
  file: SealedFile,
  kind: keyof typeof unpackedLimitBytes,
  codec: ZstdCodec | null,
): Promise<unknown> {
  const limitBytes = unpackedLimitBytes[kind];
  damagedUnless(file.bytes.length <= limitBytes);
  await checkFileName(file.bytes, file.id);
  const inside = await unseal(key, file.bytes);
  if (inside[0] === openingBrace || inside[0] === openingBracket) return parseJson(inside);
  damagedUnless(inside[0] === compressed && codec !== null);
  return parseJson(codec.decompressBounded(inside.subarray(1), limitBytes));
}
