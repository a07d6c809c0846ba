// From a passphrase to a key: argon2id (RFC 9106), with a floor for what is written and a ceiling for what is believed.

import { CamphorError } from '../model/error';
import { importSealingKey, keySizeBytes } from './aead';

export interface Argon2Cost {
  readonly memoryKiB: number;
  readonly passes: number;
}

export interface Argon2Parameters extends Argon2Cost {
  readonly salt: Uint8Array;
}

/** What is used where memory allows: 0.85 s on the two cores we measure on. */
export const argon2Default: Argon2Cost = { memoryKiB: 64 * 1024, passes: 3 };
/** OWASP's least for argon2id; nothing weaker is written or accepted. */
export const argon2Floor: Argon2Cost = { memoryKiB: 19 * 1024, passes: 2 };
/** Above this a header is refused before any work: it could only be there to exhaust the device. */
const argon2Ceiling: Argon2Cost = { memoryKiB: 1024 * 1024, passes: 16 };

export const saltSizeBytes = 16;
export const passphraseFloorLetters = 10;

/** Throws CamphorError `tampered` for a cost outside what this app ever writes or could bear. */
export function checkArgon2(cost: Argon2Cost): void {
  const within = (value: number, floor: number, ceiling: number) => Number.isInteger(value) && value >= floor && value <= ceiling;
  const memoryOk = within(cost.memoryKiB, argon2Floor.memoryKiB, argon2Ceiling.memoryKiB);
  if (!memoryOk || !within(cost.passes, argon2Floor.passes, argon2Ceiling.passes)) throw new CamphorError('tampered');
}

/** One letter, or a short piece over and over. */
function isRepeated(letters: readonly string[]): boolean {
  return [1, 2, 3, 4].some((period) => letters.every((letter, at) => letter === letters[at % period]));
}

/** Every step of the code points the same: 1234567890, abcdefghij, 9876543210. */
function isSequence(letters: readonly string[]): boolean {
  const codes = letters.map((letter) => letter.codePointAt(0) ?? 0);
  const step = (codes[1] ?? 0) - (codes[0] ?? 0);
  const wraps = (at: number) => codes[at] === 0x30 && codes[at - 1] === 0x39;
  return Math.abs(step) === 1 && codes.every((code, at) => at === 0 || code - (codes[at - 1] ?? 0) === step || wraps(at));
}

/** The form that is derived from: NFKC, so that the same letters typed on another keyboard open the vault too. */
function normalise(passphrase: string): string {
  return passphrase.normalize('NFKC');
}

/** Throws CamphorError `secret-too-weak` for fewer than ten letters, a repeated piece or a plain sequence. */
export function checkPassphrase(passphrase: string): void {
  const letters = [...normalise(passphrase)];
  const trivial = letters.length < passphraseFloorLetters || isRepeated(letters) || isSequence(letters);
  if (trivial) throw new CamphorError('secret-too-weak', { floorLetters: passphraseFloorLetters });
}

/**
 * The sealing key of a passphrase. Reports the share done, 0 to 1. Throws `tampered` for parameters out of bounds,
 * RangeError where the memory cannot be had.
 */
export async function derivePassphraseKey(
  passphrase: string,
  parameters: Argon2Parameters,
  report?: (share: number) => void,
): Promise<CryptoKey> {
  checkArgon2(parameters);
  if (parameters.salt.length !== saltSizeBytes) throw new CamphorError('tampered');
  const cost = { m: parameters.memoryKiB, t: parameters.passes, p: 1, dkLen: keySizeBytes };
  const progress = report === undefined ? {} : { onProgress: report };
  const { argon2idAsync } = await import('@noble/hashes/argon2.js');
  const keyBytes = await argon2idAsync(normalise(passphrase), parameters.salt, { ...cost, ...progress, asyncTick: 50 });
  try {
    return await importSealingKey(keyBytes);
  } finally {
    keyBytes.fill(0);
  }
}
