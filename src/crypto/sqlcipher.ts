// SQLCipher, versions 1 to 4 and their variations: which parameters a database was written with is found by trying its first page.
// Nothing in the file names them. Facts: zetetic.net/sqlcipher/design and /sqlcipher-api; github.com/sqlcipher/sqlcipher.

import { CamphorError } from '../model/error';
import type { SqlcipherKey } from './sqlcipher-key';
import { sqlcipherPrefixBytes } from './sqlcipher-magic';
import { macBytes, pageChecker, sqlcipherPageOpener } from './sqlcipher-page';
import type { OpenSqlcipherPage, SqlcipherHash, SqlcipherLayout, SqlcipherPageKeys } from './sqlcipher-page';

export interface SqlcipherDerivation {
  readonly hash: SqlcipherHash;
  readonly iterations: number;
}

export interface FoundSqlcipher {
  /** What stands before the database in its file; not in its write-ahead log. */
  readonly prefixBytes: number;
  readonly layout: SqlcipherLayout;
  /** The one of the keys that fits. */
  readonly key: SqlcipherKey;
  /** Null for a key that is used as it is. */
  readonly derivation: SqlcipherDerivation | null;
  readonly openPage: OpenSqlcipherPage;
}

const largestPageBytes = 65_536;
const longestPrefixBytes = 1024;

/** As much of the file's beginning as `findSqlcipher` wants, or all of it: the largest page, and what may stand before it. */
export const sqlcipherHeadBytes = longestPrefixBytes + largestPageBytes;

/**
 * What the versions' defaults and their known variations take, cheapest first: one iteration where an application makes keys of its
 * own, few where it was to be fast, and those of an older version with the hash of a newer.
 */
const knownDerivations: readonly SqlcipherDerivation[] = [
  { hash: 'SHA-1', iterations: 1 },
  { hash: 'SHA-512', iterations: 1 },
  { hash: 'SHA-1', iterations: 4_000 },
  { hash: 'SHA-256', iterations: 4_000 },
  { hash: 'SHA-512', iterations: 4_000 },
  { hash: 'SHA-512', iterations: 10_000 },
  { hash: 'SHA-1', iterations: 64_000 },
  { hash: 'SHA-256', iterations: 64_000 },
  { hash: 'SHA-512', iterations: 64_000 },
  { hash: 'SHA-512', iterations: 256_000 },
];
const iterationsCeiling = 10_000_000;
const saltBytes = 16;
const ivBytes = 16;
const blockBytes = 16;
const macSaltMask = 0x3a;
const macIterations = 2;
const pageSizes = [4096, 1024, 512, 2048, 8192, 16_384, 32_768, 65_536];
const leastPageBytes = 512;
const macHashes: readonly SqlcipherHash[] = ['SHA-512', 'SHA-1', 'SHA-256'];
/** What applications leave plain of page 1, so that a file is known as a database; the salt is with the key then. */
const plainHeaders = [32, 16, 48, 64];

interface Round {
  readonly key: SqlcipherKey;
  /** Null where the key is used as it is. */
  readonly derivation: SqlcipherDerivation | null;
}

export interface FindSqlcipherOptions {
  /** In place of those that are known. */
  readonly derivations?: readonly SqlcipherDerivation[];
  /** Told how many of all rounds are done. */
  readonly onRound?: (doneRounds: number, totalRounds: number) => void;
}

/**
 * How a database that begins with `fileHead` is opened by one of `keys`; each is tried with a bounded number of derivations, and each of
 * these with all sizes of pages. Throws CamphorError `damaged` for a file shorter than a page, `secret-costs-too-much` before any
 * work, `wrong-secret` where no key fits: a first page that is damaged looks the same, since the check is its own HMAC.
 */
export async function findSqlcipher(
  fileHead: Uint8Array,
  keys: readonly SqlcipherKey[],
  { derivations = knownDerivations, onRound }: FindSqlcipherOptions = {},
): Promise<FoundSqlcipher> {
  const prefixBytes = sqlcipherPrefixBytes(fileHead);
  const head = fileHead.subarray(prefixBytes);
  if (head.length < leastPageBytes) throw new CamphorError('damaged');
  if (derivations.some(({ iterations }) => !Number.isInteger(iterations) || iterations < 1 || iterations > iterationsCeiling))
    throw new CamphorError('secret-costs-too-much', { memoryMiB: 0 });
  const rounds = keys.flatMap((key): Round[] =>
    key.kind === 'raw' ? [{ key, derivation: null }] : derivations.map((derivation) => ({ key, derivation })),
  );
  // A raw key costs nothing, so that it comes before all others.
  rounds.sort((one, other) => (one.derivation?.iterations ?? 0) - (other.derivation?.iterations ?? 0));
  for (const [done, round] of rounds.entries()) {
    onRound?.(done, rounds.length);
    const found = await tryKey(head, round);
    if (found !== null) return { ...found, prefixBytes };
  }
  throw new CamphorError('wrong-secret');
}

async function tryKey(head: Uint8Array, { key, derivation }: Round): Promise<Omit<FoundSqlcipher, 'prefixBytes'> | null> {
  const given = key.kind === 'raw' ? key.salt : null;
  const salt = given ?? head.slice(0, saltBytes);
  const clear = given === null ? [saltBytes] : [saltBytes, ...plainHeaders];
  const encryption = derivation === null ? key.bytes : await derive(derivation, key.bytes, salt);
  const macSalt = salt.map((byte) => byte ^ macSaltMask);
  // The HMAC's key is derived by the hash of the key's derivation, which a raw key does not tell.
  for (const hash of derivation === null ? macHashes : [derivation.hash]) {
    const keys = { encryption, mac: await derive({ hash, iterations: macIterations }, encryption, macSalt) };
    const layout = findLayout(head, keys, clear);
    if (layout !== null) return { layout, key, derivation, openPage: sqlcipherPageOpener(layout, keys) };
  }
  return null;
}

async function derive({ hash, iterations }: SqlcipherDerivation, secret: Uint8Array, salt: Uint8Array): Promise<Uint8Array<ArrayBuffer>> {
  const key = await crypto.subtle.importKey('raw', secret.slice(), 'PBKDF2', false, ['deriveBits']);
  return new Uint8Array(await crypto.subtle.deriveBits({ name: 'PBKDF2', hash, salt: salt.slice(), iterations }, key, 256));
}

/** The layout by which page 1 is what was written: by its HMAC, or without one by what must stand in a database's header. */
function findLayout(head: Uint8Array, keys: SqlcipherPageKeys, clear: readonly number[]): SqlcipherLayout | null {
  for (const layout of layoutsOf(clear)) {
    const page = head.subarray(0, layout.pageSizeBytes);
    if (page.length < layout.pageSizeBytes) continue;
    if (layout.macHash === null ? isDatabaseHeader(page, layout, keys) : pageChecker(layout, keys)(page, 1)) return layout;
  }
  return null;
}

/**
 * Those that SQLCipher makes by itself come first. Without an HMAC only as version 1 was: else a page whose HMAC is wrong would be taken
 * for one that has none.
 */
function* layoutsOf(clear: readonly number[]): Generator<SqlcipherLayout, void, void> {
  for (const { macHash, reservedBytes } of [...ownEnds, ...otherEnds])
    for (const pageSizeBytes of pageSizes) for (const clearBytes of clear) yield { pageSizeBytes, clearBytes, macHash, reservedBytes };
}

/** IV and HMAC, rounded up to whole blocks of the cipher. */
function reservedFor(macHash: SqlcipherHash | null): number {
  const used = ivBytes + (macHash === null ? 0 : macBytes[macHash]);
  return Math.ceil(used / blockBytes) * blockBytes;
}

type PageEnd = Pick<SqlcipherLayout, 'macHash' | 'reservedBytes'>;

const ownEnds = [...macHashes, null].map((macHash): PageEnd => ({ macHash, reservedBytes: reservedFor(macHash) }));
/** With more room than is needed, left for a longer HMAC. */
const otherEnds = macHashes.flatMap((macHash) =>
  [64, 80, 96, 112, 128].filter((room) => room > reservedFor(macHash)).map((reservedBytes): PageEnd => ({ macHash, reservedBytes })),
);

/** Bytes 16 to 23 (sqlite.org/fileformat2, 1.3): the size of pages, what is reserved of each, and three numbers that are always the same. */
function isDatabaseHeader(page: Uint8Array, layout: SqlcipherLayout, keys: SqlcipherPageKeys): boolean {
  const header = sqlcipherPageOpener(layout, keys)(page, 1);
  if (header === null) return false;
  const stored = ((header[16] ?? 0) << 8) | (header[17] ?? 0);
  const isSize = (stored === 1 ? largestPageBytes : stored) === layout.pageSizeBytes;
  return isSize && header[20] === layout.reservedBytes && header[21] === 64 && header[22] === 32 && header[23] === 32;
}
