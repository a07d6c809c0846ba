// Signal's Android backups (`.backup`, versions 0 and 1): keys from the passphrase, and single frames. Each frame has the next value of a
// counter, which takes the first four bytes of the IV, and a MAC of its own, which is checked before it is decrypted.

import { ctr } from '@noble/ciphers/aes.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { hmac } from '@noble/hashes/hmac.js';
import { sha256, sha512 } from '@noble/hashes/sha2.js';
import { sameTag } from './poly1305-aes';

export interface SignalBackupKeys {
  /** 32 bytes, for AES-256-CTR. */
  readonly cipher: Uint8Array<ArrayBuffer>;
  /** 32 bytes, for HMAC-SHA-256. */
  readonly mac: Uint8Array<ArrayBuffer>;
}

/** What stands in the clear at the beginning of a backup. */
export interface SignalBackupHeader {
  /** 16 bytes; the first four are the counter of the first frame. */
  readonly iv: Uint8Array;
  /** Null in the oldest backups. */
  readonly salt: Uint8Array | null;
  /** 0: lengths of frames stand in the clear; 1: they are encrypted. */
  readonly version: number;
}

/** The MAC behind each frame and each file: so many bytes of an HMAC. */
export const signalMacBytes = 10;
export const signalLengthBytes = 4;
/** Rounds of SHA-512; the same in every backup, so no file can ask for more. */
export const signalBackupRounds = 250_000;

const stepRounds = 2_500;
const exportInfo = new TextEncoder().encode('Backup Export');

/** Keys from the 30 digits, without blanks. `report` is told of the rounds. */
export function deriveSignalBackupKeys(
  digits: string,
  salt: Uint8Array | null,
  report: (doneRounds: number) => void = () => {},
): SignalBackupKeys {
  const passphrase = new TextEncoder().encode(digits);
  const hash = sha512.create();
  if (salt !== null) hash.update(salt);
  const input = new Uint8Array(64 + passphrase.length);
  input.set(hash.update(passphrase).update(passphrase).digest());
  input.set(passphrase, 64);
  for (let round = 1; round < signalBackupRounds; round++) {
    input.set(sha512(input));
    if (round % stepRounds === 0) report(round);
  }
  const keys = hkdf(sha256, input.slice(0, 32), new Uint8Array(0), exportInfo, 64);
  return { cipher: keys.slice(0, 32), mac: keys.slice(32) };
}

/** The IV of the frame, or of the file behind one, that has this value of the counter. */
export function signalIv(iv: Uint8Array, counter: number): Uint8Array<ArrayBuffer> {
  const own = Uint8Array.from(iv);
  new DataView(own.buffer).setUint32(0, counter);
  return own;
}

/** The counter of the first frame. */
export const signalFirstCounter = (iv: Uint8Array): number => new DataView(iv.buffer, iv.byteOffset, iv.length).getUint32(0);

/** The counter `by` values later: it wraps at 2^32. */
export const signalCounterAfter = (counter: number, by: number): number => (counter + by) >>> 0;

export interface SignalFrameOpener {
  /** Bytes that follow the four of `head`, MAC included; anything at all where they are not what was written. */
  lengthOf(head: Uint8Array, counter: number): number;
  /** What is in the frame; null where its MAC says that it is not what was written. `body`: all that follows the head. */
  open(head: Uint8Array, body: Uint8Array, counter: number): Uint8Array | null;
  /** What would be in the frame, whatever its MAC says: to find out where the next one may begin, and for nothing else. */
  guess(body: Uint8Array, counter: number): Uint8Array;
}

/** Opens frames of one backup, at once, by @noble: there are millions, each of a few hundred bytes, too small for WebCrypto. */
export function signalFrameOpener({ cipher, mac }: SignalBackupKeys, { iv, version }: SignalBackupHeader): SignalFrameOpener {
  const keyed = hmac.create(sha256, mac);
  const isLengthSealed = version >= 1;
  const decrypt = (bytes: Uint8Array, counter: number): Uint8Array => ctr(cipher, signalIv(iv, counter)).decrypt(bytes);
  const contentOf = (body: Uint8Array, counter: number): Uint8Array => {
    const sealed = body.subarray(0, -signalMacBytes);
    if (!isLengthSealed) return decrypt(sealed, counter);
    // The key stream of a frame begins with its length.
    const whole = new Uint8Array(signalLengthBytes + sealed.length);
    whole.set(sealed, signalLengthBytes);
    return decrypt(whole, counter).subarray(signalLengthBytes);
  };
  return {
    lengthOf(head, counter) {
      const clear = isLengthSealed ? decrypt(head, counter) : head;
      return new DataView(clear.buffer, clear.byteOffset, signalLengthBytes).getUint32(0);
    },
    open(head, body, counter) {
      if (body.length < signalMacBytes) return null;
      const hash = keyed.clone();
      if (isLengthSealed) hash.update(head);
      const tag = hash.update(body.subarray(0, -signalMacBytes)).digest();
      return sameTag(tag.subarray(0, signalMacBytes), body.subarray(-signalMacBytes)) ? contentOf(body, counter) : null;
    },
    guess: contentOf,
  };
}
