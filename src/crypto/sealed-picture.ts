// Pictures of WeChat 4 that are sealed with a key of the account: a head, AES-128-ECB over the beginning of the picture, its middle as it
// is, and one byte XORed over its end. There is no MAC: what can be checked is the padding of AES and how pictures begin.
// Facts: header and lengths as in recarto404/WxDatDecrypt and sjzar/chatlog, in own words.

import { ecb } from '@noble/ciphers/aes.js';

const headBytes = 15;
const aesLengthAt = 6;
const xorLengthAt = 10;
const blockBytes = 16;
/** How much `readSealedHead` wants: the head and the first block. */
export const sealedHeadBytes = headBytes + blockBytes;

/** Where the parts of one file lie. */
export interface SealedLayout {
  /** The first block as it is stored. */
  readonly firstBlock: Uint8Array;
  /** Bytes of the picture that AES covers. */
  readonly aesBytes: number;
  /** Bytes of the picture's end that the XOR covers. */
  readonly xorBytes: number;
  /** Of the picture. */
  readonly sizeBytes: number;
  /** Of the file. */
  readonly storedBytes: number;
}

/** The layout that the head tells; null where the parts that it names are not all in a file of `storedBytes`. */
export function readSealedHead(head: Uint8Array, storedBytes: number): SealedLayout | null {
  if (head.length < sealedHeadBytes) return null;
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const aesBytes = view.getUint32(aesLengthAt, true);
  const xorBytes = view.getUint32(xorLengthAt, true);
  const sizeBytes = storedBytes - headBytes - paddedBytes(aesBytes) + aesBytes;
  if (aesBytes + xorBytes > sizeBytes) return null;
  return { firstBlock: head.slice(headBytes, sealedHeadBytes), aesBytes, xorBytes, sizeBytes, storedBytes };
}

/** PKCS 7: whole blocks, and one more where they are full. */
const paddedBytes = (plainBytes: number): number => plainBytes - (plainBytes % blockBytes) + blockBytes;

/** Bytes [from, to) of the file as it is stored. */
export type ReadStored = (from: number, to: number) => Promise<Uint8Array>;

/** The beginning of the picture, at most a block of it, if `key` (16 bytes) is its key. */
export function openFirstBlock({ firstBlock, aesBytes }: SealedLayout, key: Uint8Array): Uint8Array {
  return decrypt(firstBlock, key).subarray(0, aesBytes);
}

/**
 * Whether the block in which AES ends is padded as it must be; by chance it is for one key in 256 where a single byte pads it, and
 * practically for none where many do: `padBytes` says how many.
 */
export async function checkPadding(
  { aesBytes }: SealedLayout,
  key: Uint8Array,
  readStored: ReadStored,
): Promise<{ readonly isRight: boolean; readonly padBytes: number }> {
  const end = headBytes + paddedBytes(aesBytes);
  const padBytes = paddedBytes(aesBytes) - aesBytes;
  const last = decrypt(await readStored(end - blockBytes, end), key);
  return { isRight: last.subarray(blockBytes - padBytes).every((byte) => byte === padBytes), padBytes };
}

/** Bytes [from, to) of the picture, which lie in its size; nothing but the blocks and bytes they need is read. */
export async function readSealed(
  layout: SealedLayout,
  account: { readonly key: Uint8Array; readonly xorByte: number },
  readStored: ReadStored,
  [from, to]: readonly [from: number, to: number],
): Promise<Uint8Array> {
  const { aesBytes, xorBytes, sizeBytes } = layout;
  const picture = new Uint8Array(to - from);
  if (from < aesBytes) {
    const end = Math.min(to, aesBytes);
    const firstBlock = from - (from % blockBytes);
    const stored = await readStored(headBytes + firstBlock, headBytes + end + ((blockBytes - (end % blockBytes)) % blockBytes));
    picture.set(decrypt(stored, account.key).subarray(from - firstBlock, end - firstBlock));
  }
  const plainFrom = Math.max(from, aesBytes);
  if (plainFrom < to) {
    const shift = headBytes + paddedBytes(aesBytes) - aesBytes;
    picture.set(await readStored(plainFrom + shift, to + shift), plainFrom - from);
  }
  for (let at = Math.max(from, sizeBytes - xorBytes); at < to; at += 1) picture[at - from] = (picture[at - from] ?? 0) ^ account.xorByte;
  return picture;
}

/** How pictures end: JPEG, PNG, GIF. */
const trailers: readonly { readonly begins: readonly number[]; readonly ends: readonly number[] }[] = [
  { begins: [0xff, 0xd8, 0xff], ends: [0xff, 0xd9] },
  { begins: [0x89, 0x50, 0x4e, 0x47], ends: [0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82] },
  { begins: [0x47, 0x49, 0x46, 0x38], ends: [0x00, 0x3b] },
];

/** The byte XORed over the end, as a picture that begins so must end; null where it does not tell. */
export async function findXorByte(layout: SealedLayout, beginning: Uint8Array, readStored: ReadStored): Promise<number | null> {
  const ends = trailers.find(({ begins }) => begins.every((byte, at) => beginning[at] === byte))?.ends;
  if (ends === undefined || layout.xorBytes < ends.length) return null;
  const stored = await readStored(layout.storedBytes - ends.length, layout.storedBytes);
  const found = (stored[0] ?? 0) ^ (ends[0] ?? 0);
  return ends.every((byte, at) => ((stored[at] ?? 0) ^ byte) === found) ? found : null;
}

function decrypt(blocks: Uint8Array, key: Uint8Array): Uint8Array {
  return blocks.length === 0 || blocks.length % blockBytes > 0
    ? new Uint8Array(blocks.length)
    : ecb(key, { disablePadding: true }).decrypt(blocks.slice());
}
