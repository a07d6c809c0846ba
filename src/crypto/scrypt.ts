// From a password to key bytes by scrypt (RFC 7914), with a ceiling for what is believed and a floor for what is written.

import { CamphorError } from '../model/error';

/** The names are those of RFC 7914; memory is 128·N·r bytes, work 128·N·r·p. */
export interface ScryptCost {
  readonly N: number;
  readonly r: number;
  readonly p: number;
}

/** For a secret that is random already: stretching adds nothing to 256 bits. Nothing cheaper is written. */
export const scryptForRandomSecrets: ScryptCost = { N: 2 ** 14, r: 8, p: 1 };
/** OWASP's least for scrypt, 128 MiB, and its equal in 32 MiB. */
const scryptDefault: ScryptCost = { N: 2 ** 17, r: 8, p: 1 };
const scryptSmall: ScryptCost = { N: 2 ** 15, r: 8, p: 3 };

const ceiling = { memoryBytes: 2 ** 30, workBytes: 2 ** 33, r: 1024, p: 1024 };

/** What to write for a passphrase, by `navigator.deviceMemory` in GiB; null where the engine does not say. */
export function scryptCost(deviceMemoryGiB: number | null): ScryptCost {
  return (deviceMemoryGiB ?? 0) >= 4 ? scryptDefault : scryptSmall;
}

/** Throws RangeError for less memory or work than this app ever asks for. */
export function checkScryptFloor({ N, r, p }: ScryptCost): void {
  const floor = scryptForRandomSecrets;
  if (N < floor.N || r < floor.r || p < floor.p) throw new RangeError('scrypt parameters below the floor');
}

const isCount = (value: number, limit: number): boolean => Number.isInteger(value) && value >= 1 && value <= limit;

/**
 * Throws CamphorError, before any work: `damaged` for numbers that scrypt does not take, `secret-costs-too-much` (with
 * `facts.memoryMiB`) for more than a device should be made to spend on a foreign file's word. What stock restic makes by
 * itself is 32 MiB and p up to some dozens.
 */
export function checkScryptCeiling({ N, r, p }: ScryptCost): void {
  const isPowerOfTwo = Number.isSafeInteger(N) && N >= 2 && Number.isInteger(Math.log2(N)) && 2 ** Math.log2(N) === N;
  const all = Number.MAX_SAFE_INTEGER;
  if (!isPowerOfTwo || !isCount(r, all) || !isCount(p, all)) throw new CamphorError('damaged');
  const memoryBytes = 128 * N * r;
  const bearable = memoryBytes <= ceiling.memoryBytes && memoryBytes * p <= ceiling.workBytes && r <= ceiling.r && p <= ceiling.p;
  if (!bearable) throw new CamphorError('secret-costs-too-much', { memoryMiB: Math.ceil(memoryBytes / 2 ** 20) });
}

/**
 * `sizeBytes` of key from a password (its UTF-8 bytes as they are) and a salt. Gives other work a turn meanwhile.
 * Throws as `checkScryptCeiling` does; `secret-costs-too-much` also where this device does not give the memory.
 */
export async function deriveByScrypt(
  password: string,
  salt: Uint8Array,
  cost: ScryptCost,
  sizeBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  checkScryptCeiling(cost);
  const { N, r, p } = cost;
  const { scryptAsync } = await import('@noble/hashes/scrypt.js');
  const secret = new TextEncoder().encode(password);
  try {
    const bytes = await scryptAsync(secret, salt, { N, r, p, dkLen: sizeBytes, maxmem: 2 * ceiling.memoryBytes, asyncTick: 50 });
    return bytes as Uint8Array<ArrayBuffer>;
  } catch (cause) {
    if (!(cause instanceof RangeError)) throw cause;
    throw new CamphorError('secret-costs-too-much', { memoryMiB: Math.ceil((128 * N * r) / 2 ** 20) }, cause);
  } finally {
    secret.fill(0);
  }
}
