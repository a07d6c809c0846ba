// A segment's signature: a Bloom filter over the grams of its texts, by which a search leaves out segments that cannot hold
// a term. One byte of version, then the bits. Measured sizes and rates of false candidates: docs/search.md.

import { freeBytes } from '../model/free-bytes';
import { GramSet } from './gram-set';
import { visitGrams } from './grams';
import { normaliseJoined } from './normalise';
import type { JoinedTexts } from './normalise';

/** Names the rules of normalisation, grams and hashes together: a signature of another version says nothing. */
export const signatureVersion = 1;

/** With three hashes: 9 % of the segments that do not hold a pair of characters pass for it, at 3.9 bytes a message. */
const bitsPerGram = 5;
const hashFactors = [1, 0x9e3779b1, 0x85ebca77] as const;
/** Beyond these many different grams (some 20 MB of text) the signature is left empty, which means "may hold anything". */
const gramLimit = 1 << 21;

/** The signature of a segment's texts, as they are (not normalised). */
export function signatureOf(texts: JoinedTexts): Uint8Array<ArrayBuffer> {
  return signatureOfNormalised(normaliseJoined(texts));
}

/** The signature of texts that `normaliseJoined` made. */
export function signatureOfNormalised({ joined, ends }: JoinedTexts): Uint8Array<ArrayBuffer> {
  const grams = new GramSet();
  const add = (hash: number): void => grams.add(hash);
  let from = 0;
  for (let text = 0; text < ends.length; text++) {
    const to = ends[text] ?? from;
    visitGrams(joined, from, to, false, add);
    from = to;
  }
  if (grams.size > gramLimit) return Uint8Array.of(signatureVersion);
  const signature = new Uint8Array(1 + Math.ceil((grams.size * bitsPerGram) / 8 + 1));
  signature[0] = signatureVersion;
  const bitCount = (signature.length - 1) * 8;
  const hashes = grams.values();
  grams.free();
  for (const hash of hashes) {
    for (const factor of hashFactors) {
      const bit = bitOf(hash, factor, bitCount);
      const byte = 1 + (bit >>> 3);
      signature[byte] = (signature[byte] ?? 0) | (1 << (bit & 7));
    }
  }
  freeBytes(hashes);
  return signature;
}

/** False only where no text of the segment holds a term with these grams (of `termGrams`). */
export function mayContain(signature: Uint8Array, grams: Uint32Array): boolean {
  const bitCount = (signature.length - 1) * 8;
  if (signature[0] !== signatureVersion || bitCount <= 0) return true;
  for (const hash of grams) {
    for (const factor of hashFactors) {
      const bit = bitOf(hash, factor, bitCount);
      if (((signature[1 + (bit >>> 3)] ?? 0) & (1 << (bit & 7))) === 0) return false;
    }
  }
  return true;
}

/** One of the filter's bits for a gram: the product's upper part, scaled to the number of bits. */
function bitOf(hash: number, factor: number, bitCount: number): number {
  return Math.floor(((Math.imul(hash, factor) >>> 0) / 2 ** 32) * bitCount);
}
