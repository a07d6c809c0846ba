// AES-256-CBC under HMAC-SHA-256, as Signal seals files: 16 bytes of IV, the ciphertext, 32 bytes of HMAC over both. Only opened here.

import { CamphorError } from '../model/error';

const keyBytes = 64;
const ivBytes = 16;
const macBytes = 32;

const view = (bytes: Uint8Array) => bytes as Uint8Array<ArrayBuffer>;

/**
 * What is in `sealed`. `key` is 32 bytes for AES, then 32 for HMAC. Throws RangeError for another length, CamphorError `tampered`, and
 * gives nothing, when any bit differs.
 */
export async function openCbcHmac(sealed: Uint8Array, key: Uint8Array): Promise<Uint8Array> {
  if (key.length !== keyBytes) throw new RangeError('the key has 64 bytes');
  if (sealed.length < ivBytes + macBytes) throw new CamphorError('tampered');
  const macAt = sealed.length - macBytes;
  const macKey = await crypto.subtle.importKey('raw', view(key.subarray(32)), { name: 'HMAC', hash: 'SHA-256' }, false, ['verify']);
  if (!(await crypto.subtle.verify('HMAC', macKey, view(sealed.subarray(macAt)), view(sealed.subarray(0, macAt)))))
    throw new CamphorError('tampered');
  const aesKey = await crypto.subtle.importKey('raw', view(key.subarray(0, 32)), 'AES-CBC', false, ['decrypt']);
  try {
    const iv = view(sealed.subarray(0, ivBytes));
    return new Uint8Array(await crypto.subtle.decrypt({ name: 'AES-CBC', iv }, aesKey, view(sealed.subarray(ivBytes, macAt))));
  } catch (cause) {
    throw new CamphorError('tampered', {}, cause);
  }
}
