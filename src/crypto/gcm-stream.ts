// AES-256-GCM over a file of any size (NIST SP 800-38D): its tag is checked in one pass, and afterwards it is decrypted at any place.
// WebCrypto takes a message whole; so counter mode is done by itself, and GHASH is had from WebCrypto's own tags.

import { ecb, unsafe } from '@noble/ciphers/aes.js';

const blockBytes = 16;
/** x^128 = 1 + x + x^2 + x^7, with x^0 as the highest bit. */
const reduction = 0xe1n << 120n;
const pieceBytes = 1 << 20;

/** Decrypts a message whose tag was checked. Places count from the ciphertext's beginning. */
export interface GcmMessage {
  /** The tag that a ciphertext has; its pieces may be of any length. */
  tagOf(ciphertext: AsyncIterable<Uint8Array>): Promise<Uint8Array>;
  decrypt(ciphertext: Uint8Array, fromByte: number): Promise<Uint8Array>;
  /** As `decrypt`, slower and at once. */
  decryptSync(ciphertext: Uint8Array, fromByte: number): Uint8Array;
}

/** A message under a key of 32 bytes and an IV of any length, without further data. */
export async function gcmMessage(key: Uint8Array<ArrayBuffer>, iv: Uint8Array): Promise<GcmMessage> {
  const expanded = unsafe.expandKeyLE(key.slice());
  const hashKey = toNumber(encryptBlock(key, new Uint8Array(blockBytes)));
  const first = firstCounter(hashKey, iv);
  const counterKey = await crypto.subtle.importKey('raw', key, 'AES-CTR', false, ['decrypt']);
  const gcmKey = await crypto.subtle.importKey('raw', key, 'AES-GCM', false, ['encrypt']);
  return {
    async tagOf(ciphertext) {
      const hashed = await hashCiphertext(gcmKey, key, hashKey, ciphertext);
      return toBytes(hashed ^ toNumber(encryptBlock(key, first)));
    },
    decrypt: (ciphertext, fromByte) =>
      aligned(ciphertext, fromByte, async (bytes, block) => {
        const algorithm = { name: 'AES-CTR', counter: counterAt(first, block), length: 32 };
        return new Uint8Array(await crypto.subtle.decrypt(algorithm, counterKey, bytes));
      }),
    decryptSync: (ciphertext, fromByte) => {
      const skipped = fromByte % blockBytes;
      const bytes = padFront(ciphertext, skipped);
      return unsafe.ctr32(expanded, false, counterAt(first, Math.floor(fromByte / blockBytes)), bytes).subarray(skipped);
    },
  };
}

async function aligned(
  bytes: Uint8Array,
  fromByte: number,
  decrypt: (bytes: Uint8Array<ArrayBuffer>, block: number) => Promise<Uint8Array>,
): Promise<Uint8Array> {
  const skipped = fromByte % blockBytes;
  return (await decrypt(padFront(bytes, skipped), Math.floor(fromByte / blockBytes))).subarray(skipped);
}

/** A copy, so that noble finds whole words, with what comes before it in its block. */
function padFront(bytes: Uint8Array, count: number): Uint8Array<ArrayBuffer> {
  const padded = new Uint8Array(count + bytes.length);
  padded.set(bytes, count);
  return padded;
}

/** §7.1, step 2: an IV of 12 bytes is followed by the number 1, any other is hashed. */
function firstCounter(hashKey: bigint, iv: Uint8Array): Uint8Array {
  if (iv.length === 12) return Uint8Array.of(...iv, 0, 0, 0, 1);
  let hash = 0n;
  for (let at = 0; at < iv.length; at += blockBytes) {
    const block = new Uint8Array(blockBytes);
    block.set(iv.subarray(at, at + blockBytes));
    hash = multiply(hash ^ toNumber(block), hashKey);
  }
  return toBytes(multiply(hash ^ BigInt(iv.length * 8), hashKey));
}

/** The counter of block `number` of the ciphertext: only the last 32 bits count, and begin anew behind the highest. */
function counterAt(first: Uint8Array, number: number): Uint8Array<ArrayBuffer> {
  const counter = new Uint8Array(first);
  const view = new DataView(counter.buffer);
  view.setUint32(12, (view.getUint32(12) + 1 + number) % 2 ** 32);
  return counter;
}

/**
 * GHASH of the whole ciphertext with its lengths. WebCrypto tells the hash of a piece: encrypting nothing with the piece as additional
 * data gives (hash + lengths) · H + E(J), of which all but the hash is known; so hash · H comes out, and pieces add up by powers of H.
 */
async function hashCiphertext(gcmKey: CryptoKey, key: Uint8Array, hashKey: bigint, ciphertext: AsyncIterable<Uint8Array>): Promise<bigint> {
  const nonce = new Uint8Array(12);
  const mask = toNumber(encryptBlock(key, firstCounter(hashKey, nonce)));
  const wholePower = power(hashKey, pieceBytes / blockBytes);
  let hashed = 0n;
  let totalBytes = 0;
  for await (const piece of inPieces(ciphertext)) {
    const algorithm = { name: 'AES-GCM', iv: nonce, additionalData: piece };
    const tag = toNumber(new Uint8Array(await crypto.subtle.encrypt(algorithm, gcmKey, new Uint8Array(0))));
    const lengths = multiply(BigInt(piece.length * 8) << 64n, hashKey);
    const isWhole = piece.length === pieceBytes;
    hashed = multiply(hashed, isWhole ? wholePower : power(hashKey, Math.ceil(piece.length / blockBytes))) ^ tag ^ mask ^ lengths;
    totalBytes += piece.length;
  }
  return hashed ^ multiply(BigInt(totalBytes) * 8n, hashKey);
}

/** Pieces of exactly `pieceBytes`, the last one shorter. */
async function* inPieces(chunks: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array<ArrayBuffer>, void, void> {
  let piece = new Uint8Array(pieceBytes);
  let filled = 0;
  for await (const chunk of chunks) {
    for (let at = 0; at < chunk.length;) {
      const part = chunk.subarray(at, at + pieceBytes - filled);
      piece.set(part, filled);
      filled += part.length;
      at += part.length;
      if (filled < pieceBytes) continue;
      yield piece;
      piece = new Uint8Array(pieceBytes);
      filled = 0;
    }
  }
  if (filled > 0) yield piece.slice(0, filled);
}

function power(base: bigint, exponent: number): bigint {
  let result = 1n << 127n;
  let square = base;
  for (let left = exponent; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = multiply(result, square);
    square = multiply(square, square);
  }
  return result;
}

/** §6.3, the product of two blocks. */
function multiply(one: bigint, other: bigint): bigint {
  let product = 0n;
  let shifted = other;
  for (let bit = 127n; bit >= 0n; bit--) {
    if ((one >> bit) & 1n) product ^= shifted;
    shifted = shifted & 1n ? (shifted >> 1n) ^ reduction : shifted >> 1n;
  }
  return product;
}

const encryptBlock = (key: Uint8Array, block: Uint8Array): Uint8Array => ecb(key, { disablePadding: true }).encrypt(block);

function toNumber(block: Uint8Array): bigint {
  const view = new DataView(block.buffer, block.byteOffset, blockBytes);
  return (view.getBigUint64(0) << 64n) | view.getBigUint64(8);
}

function toBytes(value: bigint): Uint8Array {
  const bytes = new Uint8Array(blockBytes);
  const view = new DataView(bytes.buffer);
  view.setBigUint64(0, value >> 64n);
  view.setBigUint64(8, value & 0xffff_ffff_ffff_ffffn);
  return bytes;
}
