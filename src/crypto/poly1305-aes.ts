// Poly1305-AES as its author defined it (cr.yp.to/mac/poly1305-20050329.pdf): the tag of a message under a nonce.
// Not the variant of RFC 8439: here the second half of the one-time key is AES-128 of the nonce.

import { poly1305 } from './poly1305';

export const poly1305TagBytes = 16;
export const poly1305NonceBytes = 16;

export interface Poly1305AesKey {
  /** AES-128; by CTR mode, which WebCrypto has, where the paper wants a single block. Never extractable. */
  readonly k: CryptoKey;
  /** 16 bytes, clamped on use. */
  readonly r: Uint8Array;
}

/** A key from its two halves of 16 bytes each. Throws RangeError for other lengths. */
export async function importPoly1305AesKey(k: Uint8Array<ArrayBuffer>, r: Uint8Array): Promise<Poly1305AesKey> {
  if (k.length !== 16 || r.length !== 16) throw new RangeError('a Poly1305-AES key is two halves of 16 bytes');
  return { k: await crypto.subtle.importKey('raw', k, 'AES-CTR', false, ['encrypt']), r: r.slice() };
}

/** The tag, 16 bytes, of a message under a nonce of 16 bytes. */
export async function poly1305Aes(
  key: Poly1305AesKey,
  nonce: Uint8Array<ArrayBuffer>,
  message: Uint8Array,
): Promise<Uint8Array<ArrayBuffer>> {
  // AES of the nonce is the first block of key stream for a counter that begins with the nonce.
  const block = await crypto.subtle.encrypt({ name: 'AES-CTR', counter: nonce, length: 128 }, key.k, new Uint8Array(16));
  const oneTime = new Uint8Array(32);
  oneTime.set(key.r);
  oneTime.set(new Uint8Array(block), 16);
  return poly1305(message, oneTime);
}

/** Compares two tags in a time that depends on their length only. */
export function sameTag(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length;
  for (let at = 0; at < one.length; at += 1) difference |= (one[at] ?? 0) ^ (other[at] ?? 0);
  return difference === 0;
}
