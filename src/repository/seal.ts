// Sealing as restic does it (doc/design.rst): a random nonce, AES-256-CTR from it, Poly1305-AES over the ciphertext.
// sealed = nonce 16 ‖ ciphertext ‖ tag 16. There is no associated data: what a file is, its name (a hash) says.

import { poly1305Aes, poly1305NonceBytes, poly1305TagBytes, sameTag } from '../crypto/poly1305-aes';
import type { RandomBytes } from '../crypto/random';
import { CamphorError } from '../model/error';
import type { MasterKey } from './master-key';

/** By how much a sealed piece is longer than what is in it. */
export const sealOverheadBytes = poly1305NonceBytes + poly1305TagBytes;

const isZero = (bytes: Uint8Array): boolean => bytes.every((byte) => byte === 0);

/** The counter is the whole nonce, as a number of 128 bits. */
const counting = (nonce: Uint8Array<ArrayBuffer>) => ({ name: 'AES-CTR', counter: nonce, length: 128 });

/** Sealed bytes under a nonce drawn from `random`. Throws CamphorError `no-randomness` for a zero nonce. */
export async function seal(key: MasterKey, plain: Uint8Array<ArrayBuffer>, random: RandomBytes): Promise<Uint8Array<ArrayBuffer>> {
  const nonce = random(poly1305NonceBytes);
  if (nonce.length !== poly1305NonceBytes || isZero(nonce)) throw new CamphorError('no-randomness');
  const cipherText = new Uint8Array(await crypto.subtle.encrypt(counting(nonce), key.encryption, plain));
  const sealed = new Uint8Array(cipherText.length + sealOverheadBytes);
  sealed.set(nonce);
  sealed.set(cipherText, nonce.length);
  sealed.set(await poly1305Aes(key.authentication, nonce, cipherText), nonce.length + cipherText.length);
  return sealed;
}

/** What `seal` was given. Throws CamphorError `damaged`, before anything is decrypted, when any bit differs. */
export async function unseal(key: MasterKey, sealed: Uint8Array<ArrayBuffer>): Promise<Uint8Array<ArrayBuffer>> {
  if (sealed.length < sealOverheadBytes) throw new CamphorError('damaged');
  const nonce = sealed.slice(0, poly1305NonceBytes);
  if (isZero(nonce)) throw new CamphorError('damaged');
  const cipherText = sealed.subarray(poly1305NonceBytes, sealed.length - poly1305TagBytes);
  const tag = await poly1305Aes(key.authentication, nonce, cipherText);
  if (!sameTag(tag, sealed.subarray(sealed.length - poly1305TagBytes))) throw new CamphorError('damaged');
  return new Uint8Array(await crypto.subtle.decrypt(counting(nonce), key.encryption, cipherText));
}
