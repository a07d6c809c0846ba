// Sealing as restic does it (doc/design.rst): a random nonce, AES-256-CTR from it, Poly1305-AES over the ciphertext.
// sealed = nonce 16 ‖ ciphertext ‖ tag 16. There is no associated data: what a file is, its name (a hash) says.

import { joinBytes } from '../bytes/join-bytes';
import { poly1305Aes, poly1305NonceBytes, poly1305TagBytes, sameTag } from '../crypto/poly1305-aes';
import type { RandomBytes } from '../crypto/random';
import { CamphorError } from '../model/error';
import type { SealingKey } from './master-key';

/** By how much a sealed piece is longer than what is in it. */
export const sealOverheadBytes = poly1305NonceBytes + poly1305TagBytes;

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/** The counter is the whole nonce, as a number of 128 bits. */
const counting = (nonce: Uint8Array<ArrayBuffer>) => ({ name: 'AES-CTR', counter: nonce, length: 128 });

/** What sealed bytes consist of; a pack takes them as they are, without a copy of each blob in between. */
export interface SealedParts {
  readonly nonce: Uint8Array<ArrayBuffer>;
  readonly cipherText: Uint8Array<ArrayBuffer>;
  readonly tag: Uint8Array<ArrayBuffer>;
}

/** Seals under a nonce drawn from `random`. Throws CamphorError `no-randomness` for a zero nonce. */
export async function sealParts(key: SealingKey, plain: Uint8Array<ArrayBuffer>, random: RandomBytes): Promise<SealedParts> {
  const nonce = random(poly1305NonceBytes);
  if (nonce.length !== poly1305NonceBytes || isZero(nonce)) throw new CamphorError('no-randomness');
  const cipherText = new Uint8Array(await crypto.subtle.encrypt(counting(nonce), key.encryption, plain));
  return { nonce, cipherText, tag: await poly1305Aes(key.authentication, nonce, cipherText) };
}

/** What `sealParts` was given. Throws CamphorError `damaged`, before anything is decrypted, when any bit differs. */
export async function unsealParts(key: SealingKey, { nonce, cipherText, tag }: SealedParts): Promise<Uint8Array<ArrayBuffer>> {
  if (isZero(nonce)) throw new CamphorError('damaged');
  if (!sameTag(await poly1305Aes(key.authentication, nonce, cipherText), tag)) throw new CamphorError('damaged');
  return new Uint8Array(await crypto.subtle.decrypt(counting(nonce), key.encryption, cipherText));
}

/** The same as one piece. */
export async function seal(key: SealingKey, plain: Uint8Array<ArrayBuffer>, random: RandomBytes): Promise<Uint8Array<ArrayBuffer>> {
  const { nonce, cipherText, tag } = await sealParts(key, plain, random);
  return joinBytes([nonce, cipherText, tag], cipherText.length + sealOverheadBytes) as Uint8Array<ArrayBuffer>;
}

/** What `seal` was given. Throws as `unsealParts`. */
export async function unseal(key: SealingKey, sealed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (sealed.length < sealOverheadBytes) throw new CamphorError('damaged');
  const tagAt = sealed.length - poly1305TagBytes;
  return unsealParts(key, {
    nonce: sealed.slice(0, poly1305NonceBytes),
    cipherText: sealed.subarray(poly1305NonceBytes, tagAt),
    tag: sealed.subarray(tagAt),
  });
}
