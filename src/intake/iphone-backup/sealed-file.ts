// A file of an encrypted backup, decrypted where it is read: AES-256-CBC under a key of its own, IV of zeros, PKCS #7.

import { freeBytes } from '../../model/free-bytes';
import { sourceOfRanges } from '../../bytes/ranged-source';
import type { ByteSource } from '../../bytes/source';
import { blockBytes, openCbcRanges, paddingOf } from '../../crypto/cbc-ranges';

export interface SealedFile {
  readonly sealed: ByteSource;
  readonly key: Uint8Array;
  /** Of what is in it: `sizeOfSealed`, or what another list says and the size of the whole agrees with. */
  readonly sizeBytes: number;
  /** Called when the end was read and its padding is none: the file is damaged, or not whole. Its bytes are given as they are. */
  onDamage(): void;
}

/** Below what engines map anew for each array: three are made of each piece, and given back. */
const pieceBytes = 512 * 1024;

/** Bytes of the file that holds `plainBytes`: padding is always there. */
export const sealedSizeOf = (plainBytes: number): number => (Math.floor(plainBytes / blockBytes) + 1) * blockBytes;

/** Size of what is in it by its padding; null where it has none, or is no whole number of blocks. Reads two blocks. */
export async function sizeOfSealed(sealed: ByteSource, key: Uint8Array): Promise<number | null> {
  const { sizeBytes } = sealed;
  if (sizeBytes === 0) return 0;
  if (sizeBytes % blockBytes !== 0) return null;
  const from = Math.max(0, sizeBytes - 2 * blockBytes);
  const tail = await sealed.read(from, sizeBytes);
  const padding = paddingOf(decryptTail(tail, key));
  return padding === null ? null : sizeBytes - padding;
}

function decryptTail(tail: Uint8Array, key: Uint8Array): Uint8Array {
  const before = tail.length > blockBytes ? tail.subarray(0, blockBytes) : new Uint8Array(blockBytes);
  return openCbcRanges(key).decryptSync(tail.subarray(-blockBytes), before);
}

/** What is in the file, readable at any place, and at once where the sealed one is. */
export function sourceOfSealed(file: SealedFile): ByteSource {
  const { sealed, key, sizeBytes } = file;
  const ranges = openCbcRanges(key);
  const check = createEndCheck(file);
  const { readSync } = sealed;
  const open = async (stored: Uint8Array, range: BlockRange): Promise<Uint8Array> => {
    const isWhole = range.start === 0 && range.end === sealed.sizeBytes;
    // Most media are read whole, and open with the padding that they have.
    const whole = isWhole ? await ranges.decryptWhole(stored) : null;
    if (whole?.length === sizeBytes) return whole;
    const { blocks, before } = cut(stored, range);
    const opened = await ranges.decrypt(blocks, before);
    check(opened, range.start);
    return opened;
  };
  const read = async (fromByte: number, toByte: number): Promise<Uint8Array> => {
    const range = rangeOf(fromByte, toByte, sealed.sizeBytes);
    const stored = await sealed.read(range.readFrom, range.end);
    const opened = await open(stored, range);
    if (sealed.givesOwn === true) freeBytes(stored as Uint8Array<ArrayBuffer>);
    return opened.subarray(fromByte - range.start, toByte - range.start);
  };
  const readAtOnce = (fromByte: number, toByte: number): Uint8Array => {
    const range = rangeOf(fromByte, toByte, sealed.sizeBytes);
    const stored = readSync!(range.readFrom, range.end);
    const { blocks, before } = cut(stored, range);
    const opened = ranges.decryptSync(blocks, before);
    if (sealed.givesOwn === true) freeBytes(stored as Uint8Array<ArrayBuffer>);
    check(opened, range.start);
    return opened.subarray(fromByte - range.start, toByte - range.start);
  };
  const source = sourceOfRanges(sizeBytes, read, readSync === undefined ? undefined : readAtOnce, pieceBytes);
  return { ...source, givesOwn: true, streamLent: () => lend(source) };
}

async function* lend(source: ByteSource): AsyncGenerator<Uint8Array> {
  for await (const chunk of source.stream()) {
    yield chunk;
    freeBytes(chunk as Uint8Array<ArrayBuffer>);
  }
}

/** Whole blocks around a range; the one before them is read with them. */
interface BlockRange {
  readonly start: number;
  readonly end: number;
  readonly readFrom: number;
}

/** Where the range ends in the last block but one, the last, of nothing but padding, is read too: it tells whether the end is right. */
function rangeOf(fromByte: number, toByte: number, sealedBytes: number): BlockRange {
  const start = Math.floor(fromByte / blockBytes) * blockBytes;
  const whole = Math.ceil(toByte / blockBytes) * blockBytes;
  const end = whole + blockBytes === sealedBytes ? sealedBytes : Math.min(whole, sealedBytes - (sealedBytes % blockBytes));
  return { start, end, readFrom: Math.max(0, start - blockBytes) };
}

function cut(read: Uint8Array, { start, readFrom }: BlockRange): { readonly blocks: Uint8Array; readonly before: Uint8Array } {
  const isFirst = start === readFrom;
  return {
    blocks: isFirst ? read : read.subarray(blockBytes),
    before: isFirst ? new Uint8Array(blockBytes) : read.subarray(0, blockBytes),
  };
}

/** Looks at the padding once, when the last block was decrypted. */
function createEndCheck({ sealed, sizeBytes, onDamage }: SealedFile): (opened: Uint8Array, start: number) => void {
  let isChecked = false;
  return (opened, start) => {
    if (isChecked || start + opened.length !== sealed.sizeBytes) return;
    isChecked = true;
    if (paddingOf(opened.subarray(-blockBytes)) !== sealed.sizeBytes - sizeBytes) onDamage();
  };
}
