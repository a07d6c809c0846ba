// The end of a pack: a sealed list of what is in it, and the length of that (restic's doc/design.rst, "Pack Format").
// entry = type 1 ‖ sealed length 4 [‖ uncompressed length 4] ‖ id 32, numbers little-endian.

import type { RandomBytes } from '../crypto/random';
import type { PackBlob } from './blob-index';
import type { SealingKey } from './master-key';
import { seal, sealOverheadBytes, unseal } from './seal';
import { damagedUnless, uint32Limit } from './stored-json';

/** The sealed list's limit, as in restic: some 400,000 entries. */
export const packHeaderLimitBytes = 16 * 1024 * 1024;
/** What follows the sealed list. */
export const packTailBytes = 4;

const entryBytes = 37;
const longEntryBytes = 41;
const treeFlag = 1;
const compressedFlag = 2;
const idBytes = 32;

const sizeOf = ({ uncompressedLength }: PackBlob): number => (uncompressedLength === null ? entryBytes : longEntryBytes);

/** How long a pack's sealed list and tail are. */
export function packHeaderBytes(blobs: readonly PackBlob[]): number {
  return blobs.reduce((sum, blob) => sum + sizeOf(blob), sealOverheadBytes + packTailBytes);
}

/** How long a pack with these blobs is, from its first byte to its last: what its file must measure. */
export function packSizeBytes(blobs: readonly PackBlob[]): number {
  return blobs.reduce((sum, { lengthBytes }) => sum + lengthBytes, packHeaderBytes(blobs));
}

const toHex = (bytes: Uint8Array): string => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');

/** The list before it is sealed; blobs in the order in which they lie. */
export function encodePackHeader(blobs: readonly PackBlob[]): Uint8Array<ArrayBuffer> {
  const plain = new Uint8Array(blobs.reduce((sum, blob) => sum + sizeOf(blob), 0));
  const view = new DataView(plain.buffer);
  let at = 0;
  for (const blob of blobs) {
    const isLong = blob.uncompressedLength !== null;
    plain[at] = (blob.type === 'tree' ? treeFlag : 0) | (isLong ? compressedFlag : 0);
    view.setUint32(at + 1, blob.lengthBytes, true);
    if (blob.uncompressedLength !== null) view.setUint32(at + 5, blob.uncompressedLength, true);
    at += sizeOf(blob);
    for (let byte = 0; byte < idBytes; byte += 1) plain[at - idBytes + byte] = Number.parseInt(blob.id.slice(byte * 2, byte * 2 + 2), 16);
  }
  return plain;
}

/**
 * The blobs of a list that was unsealed; they lie one after the other from the pack's beginning. Throws CamphorError
 * `damaged` for an empty list, an unknown type, a cut entry, a blob without content, or more than 4 GiB.
 */
export function decodePackHeader(plain: Uint8Array): readonly PackBlob[] {
  const view = new DataView(plain.buffer, plain.byteOffset, plain.byteLength);
  const blobs: PackBlob[] = [];
  let offsetBytes = 0;
  for (let at = 0; at < plain.length;) {
    const kind = view.getUint8(at);
    const isLong = (kind & compressedFlag) !== 0;
    const end = at + (isLong ? longEntryBytes : entryBytes);
    damagedUnless(kind <= 3 && end <= plain.length);
    const lengthBytes = view.getUint32(at + 1, true);
    const uncompressedLength = isLong ? view.getUint32(at + 5, true) : null;
    damagedUnless(lengthBytes > sealOverheadBytes && uncompressedLength !== 0);
    const id = toHex(plain.subarray(end - idBytes, end));
    blobs.push({ id, type: (kind & treeFlag) === 0 ? 'data' : 'tree', offsetBytes, lengthBytes, uncompressedLength });
    offsetBytes += lengthBytes;
    at = end;
  }
  damagedUnless(blobs.length > 0 && offsetBytes <= uint32Limit);
  return blobs;
}

/** What goes behind the blobs: the sealed list and its length. Throws RangeError for an empty or too long list. */
export async function sealPackHeader(key: SealingKey, blobs: readonly PackBlob[], random: RandomBytes): Promise<Uint8Array<ArrayBuffer>> {
  const sealed = await seal(key, encodePackHeader(blobs), random);
  if (blobs.length === 0 || sealed.length > packHeaderLimitBytes) throw new RangeError('a pack holds 1 to some 400,000 blobs');
  const header = new Uint8Array(sealed.length + packTailBytes);
  header.set(sealed);
  new DataView(header.buffer).setUint32(sealed.length, sealed.length, true);
  return header;
}

/**
 * From a pack's last four bytes: how long its sealed list is, which lies right before them. Throws CamphorError `damaged`
 * where a file of `fileBytes` cannot end so.
 */
export function readPackTail(tail: Uint8Array, fileBytes: number): number {
  damagedUnless(tail.length === packTailBytes);
  const length = new DataView(tail.buffer, tail.byteOffset).getUint32(0, true);
  const least = sealOverheadBytes + entryBytes;
  damagedUnless(length >= least && length <= packHeaderLimitBytes && length + packTailBytes + sealOverheadBytes < fileBytes);
  return length;
}

/** The blobs of a pack by its sealed list. Throws CamphorError `damaged`, also where the file is not exactly as long as they and the list. */
export async function openPackHeader(
  key: SealingKey,
  sealedList: Uint8Array<ArrayBuffer>,
  fileBytes: number,
): Promise<readonly PackBlob[]> {
  damagedUnless(sealedList.length <= packHeaderLimitBytes);
  const blobs = decodePackHeader(await unseal(key, sealedList));
  damagedUnless(packSizeBytes(blobs) === fileBytes);
  return blobs;
}
