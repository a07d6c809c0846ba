// A page of a SQLCipher database: its HMAC is checked, then it is decrypted, at once, since SQLite cannot wait for WebCrypto.
// (zetetic.net/sqlcipher/design: AES-256-CBC; behind the content the reserved bytes with IV and HMAC over content, IV and number.)

import { pageDecrypter } from './page-cbc';
import { pageHmac } from './page-hmac';
import type { PageHash } from './page-hmac';
import { sameTag } from './poly1305-aes';

export type SqlcipherHash = PageHash;

/** How the pages of one database are laid out. */
export interface SqlcipherLayout {
  readonly pageSizeBytes: number;
  /** At the end of each page: IV, HMAC, filler. */
  readonly reservedBytes: number;
  /** Null where pages carry none, as in version 1. */
  readonly macHash: SqlcipherHash | null;
  /** What of page 1 is not encrypted: the salt, or a header that was left plain. */
  readonly clearBytes: number;
}

export interface SqlcipherPageKeys {
  /** 32 bytes. */
  readonly encryption: Uint8Array;
  /** 32 bytes. */
  readonly mac: Uint8Array;
}

/** The content of page `number` as SQLite wants it, `pageSizeBytes` long; null where its HMAC says that it is not what was written. */
export type OpenSqlcipherPage = (page: Uint8Array, number: number) => Uint8Array | null;

const ivBytes = 16;
export const macBytes: { readonly [Hash in SqlcipherHash]: number } = { 'SHA-1': 20, 'SHA-256': 32, 'SHA-512': 64 };
const magic = new TextEncoder().encode('SQLite format 3\0');

/** Opens pages of one database. A page of zeros alone was never written, and stays one, as SQLCipher itself has it. */
export function sqlcipherPageOpener(layout: SqlcipherLayout, keys: SqlcipherPageKeys): OpenSqlcipherPage {
  const { pageSizeBytes, clearBytes } = layout;
  const contentEnd = pageSizeBytes - layout.reservedBytes;
  const isRight = pageChecker(layout, keys);
  const decrypt = pageDecrypter(keys.encryption);
  return (page, number) => {
    if (page.length !== pageSizeBytes) return null;
    if (page.every((byte) => byte === 0)) return number === 1 ? null : page;
    const from = number === 1 ? clearBytes : 0;
    if (!isRight(page, number)) return null;
    const iv = page.subarray(contentEnd, contentEnd + ivBytes);
    const content = decrypt(page.subarray(from, contentEnd), iv);
    const opened = new Uint8Array(pageSizeBytes);
    opened.set(content, from);
    if (number === 1) opened.set(clearBytes > magic.length ? page.subarray(0, clearBytes) : magic);
    return opened;
  };
}

/** Whether a page's HMAC is right; always, where pages carry none. */
export function pageChecker(
  { pageSizeBytes, reservedBytes, macHash, clearBytes }: SqlcipherLayout,
  keys: Pick<SqlcipherPageKeys, 'mac'>,
): (page: Uint8Array, number: number) => boolean {
  if (macHash === null) return () => true;
  const macAt = pageSizeBytes - reservedBytes + ivBytes;
  const macOf = pageHmac(macHash, keys.mac);
  const numberLittleEndian = new Uint8Array(4);
  return (page, number) => {
    if (page.length < macAt + macBytes[macHash]) return false;
    new DataView(numberLittleEndian.buffer).setUint32(0, number, true);
    const tag = macOf(page.subarray(number === 1 ? clearBytes : 0, macAt), numberLittleEndian);
    return sameTag(tag, page.subarray(macAt, macAt + tag.length));
  };
}
