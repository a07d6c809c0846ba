// Sealing: AES-256-GCM by WebCrypto, and the key that each sealed object has for itself.

import { CamphorError } from '../model/error';

export type KeyBytes = Uint8Array<ArrayBuffer>;

export const keySizeBytes = 32;
export const nonceSizeBytes = 12;
export const tagSizeBytes = 16;

const utf8 = new TextEncoder();

/** WebCrypto asks for views of unshared buffers; none of ours are shared. */
const view = (bytes: Uint8Array) => bytes as Uint8Array<ArrayBuffer>;

/** An AES-256-GCM key of 32 bytes. Never extractable. Throws RangeError for another length. */
export function importSealingKey(keyBytes: Uint8Array): Promise<CryptoKey> {
  if (keyBytes.length !== keySizeBytes) throw new RangeError('a sealing key has 32 bytes');
  return crypto.subtle.importKey('raw', view(keyBytes), 'AES-GCM', false, ['encrypt', 'decrypt']);
}

/** An HKDF base key of 32 bytes: derives others, seals nothing itself, and cannot be extracted. */
export function importBaseKey(keyBytes: Uint8Array): Promise<CryptoKey> {
  if (keyBytes.length !== keySizeBytes) throw new RangeError('a base key has 32 bytes');
  return crypto.subtle.importKey('raw', view(keyBytes), 'HKDF', false, ['deriveKey']);
}

/** The AES-256-GCM key that `base` gives for a name: HKDF-SHA-256 with `salt`, and the name in UTF-8 as info. */
export function deriveSealingKey(base: CryptoKey, salt: Uint8Array, name: string): Promise<CryptoKey> {
  const params = { name: 'HKDF', hash: 'SHA-256', salt: view(salt), info: utf8.encode(name) };
  return crypto.subtle.deriveKey(params, base, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']);
}

function params(nonce: Uint8Array, context: string) {
  if (nonce.length !== nonceSizeBytes) throw new RangeError('a nonce has 12 bytes');
  return { name: 'AES-GCM', iv: view(nonce), additionalData: utf8.encode(context), tagLength: tagSizeBytes * 8 };
}

/** Ciphertext and tag. `context` is authenticated with them and is needed to open them again. */
export async function seal(key: CryptoKey, nonce: Uint8Array, context: string, plain: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await crypto.subtle.encrypt(params(nonce, context), key, view(plain)));
}

/** What `seal` was given. Throws CamphorError `tampered`, and gives nothing, when any bit differs. */
export async function unseal(key: CryptoKey, nonce: Uint8Array, context: string, sealed: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const how = params(nonce, context);
  if (sealed.length < tagSizeBytes) throw new CamphorError('tampered');
  try {
    return new Uint8Array(await crypto.subtle.decrypt(how, key, view(sealed)));
  } catch (cause) {
    throw new CamphorError('tampered', {}, cause);
  }
}
