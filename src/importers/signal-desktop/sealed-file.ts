// Files that Signal Desktop seals, each with a key of its own that stands with the message (since 2024, `version` 2).

import { createBase64Decoder } from '../../bytes/base64';
import type { FileEntry } from '../../bytes/source';
import { openCbcHmac } from '../../crypto/cbc-hmac';
import { CamphorError } from '../../model/error';
import type { JsonObject } from '../../model/json';
import { countOf, words } from '../json-fields';

const sealedVersion = 2;
const keyBytes = 64;
/** A sealed file is opened whole. */
const sealedLimitBytes = 256 << 20;

/** The key of a sealed file; null for one that is not. */
export function keyOf(attachment: JsonObject): Uint8Array | null {
  const localKey = words(attachment['localKey']);
  if (localKey === null || (countOf(attachment['version']) ?? 1) < sealedVersion) return null;
  const key = createBase64Decoder().push(new TextEncoder().encode(localKey));
  return key.length === keyBytes ? key : null;
}

/** Its content, without the zeros that hide its size; null where it is damaged or too large. */
export async function readSealed(entry: FileEntry, key: Uint8Array, sizeBytes: number | null): Promise<Uint8Array | null> {
  if (entry.sizeBytes > sealedLimitBytes) return null;
  try {
    const plain = await openCbcHmac(await entry.open().read(0, entry.sizeBytes), key);
    return sizeBytes === null ? plain : plain.subarray(0, sizeBytes);
  } catch (error) {
    if (error instanceof CamphorError && error.code === 'tampered') return null;
    throw error;
  }
}
