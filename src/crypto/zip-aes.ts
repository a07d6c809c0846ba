// WinZip's encryption of an entry (winzip.com/aes_info): salt, two bytes that check the password, AES in counter mode with a
// little-endian counter from 1, ten bytes of HMAC-SHA-1 over the encrypted bytes.

import { unsafe } from '@noble/ciphers/aes.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { sameTag } from './poly1305-aes';

export const zipAesCheckBytes = 2;
export const zipAesMacBytes = 10;
const iterations = 1000;
const blockBytes = 16;

/** By the strength that the entry names: 1, 2, 3. */
const keyBytesOf = (strength: number): number => 8 + strength * 8;
export const zipAesSaltBytes = (strength: number): number => 4 + strength * 4;

export interface ZipAesKeys {
  /** To be compared with what stands behind the salt. */
  readonly check: Uint8Array;
  /** Whether the entry's last ten bytes are the MAC of the encrypted bytes. */
  isMac(encrypted: AsyncIterable<Uint8Array>, mac: Uint8Array): Promise<boolean>;
  /** Bytes from `fromByte` of what was encrypted. */
  decrypt(encrypted: Uint8Array, fromByte: number): Uint8Array;
}

/** PBKDF2 with HMAC-SHA-1, 1,000 iterations, of the password as UTF-8. */
export async function zipAesKeys(password: string, salt: Uint8Array, strength: number): Promise<ZipAesKeys> {
  const base = await crypto.subtle.importKey('raw', new TextEncoder().encode(password), 'PBKDF2', false, ['deriveBits']);
  const keyBytes = keyBytesOf(strength);
  const how = { name: 'PBKDF2', hash: 'SHA-1', salt: new Uint8Array(salt), iterations };
  const derived = new Uint8Array(await crypto.subtle.deriveBits(how, base, (2 * keyBytes + zipAesCheckBytes) * 8));
  const expanded = unsafe.expandKeyLE(derived.slice(0, keyBytes));
  const macKey = derived.slice(keyBytes, 2 * keyBytes);
  return {
    check: derived.slice(2 * keyBytes),
    async isMac(encrypted, mac) {
      const keyed = hmac.create(sha1, macKey);
      for await (const chunk of encrypted) keyed.update(chunk);
      return sameTag(keyed.digest().subarray(0, zipAesMacBytes), mac);
    },
    decrypt: (encrypted, fromByte) => decrypt(expanded, encrypted, fromByte),
  };
}

function decrypt(expandedKey: Uint32Array, encrypted: Uint8Array, fromByte: number): Uint8Array {
  const skipped = fromByte % blockBytes;
  const padded = new Uint8Array(skipped + encrypted.length);
  padded.set(encrypted, skipped);
  const first = Math.floor(fromByte / blockBytes) + 1;
  // The counter has 128 bits; noble counts 32 of them, so what passes 64 GiB is done in two parts.
  const untilCarry = (2 ** 32 - (first % 2 ** 32)) * blockBytes;
  const parts = [padded.subarray(0, untilCarry), padded.subarray(untilCarry)];
  const opened = new Uint8Array(padded.length);
  for (const [number, part] of parts.entries()) {
    if (part.length === 0) continue;
    const counter = counterAt(number === 0 ? first : first + untilCarry / blockBytes);
    opened.set(unsafe.ctr32(expandedKey, true, counter, part.slice()), number * untilCarry);
  }
  return opened.subarray(skipped);
}

function counterAt(number: number): Uint8Array {
  const counter = new Uint8Array(blockBytes);
  const view = new DataView(counter.buffer);
  view.setUint32(0, number % 2 ** 32, true);
  view.setUint32(4, Math.floor(number / 2 ** 32), true);
  return counter;
}
