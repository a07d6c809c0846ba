// What a database of SQLCipher was written with, in words: its version where all is as that version has it by itself.

import type { FoundSqlcipher } from './sqlcipher';

/** "SQLCipher 4"; a raw key does not tell 2 from 3; else pages, HMAC and derivation. (Defaults: zetetic.net/sqlcipher/sqlcipher-api.) */
export function nameSqlcipher({ layout, derivation }: Pick<FoundSqlcipher, 'layout' | 'derivation'>): string {
  const { pageSizeBytes, macHash } = layout;
  const derived = derivation === null ? 'raw' : `${derivation.hash} × ${derivation.iterations}`;
  const known = versions.get(`${pageSizeBytes} ${macHash ?? 'none'} ${derived}`);
  if (known !== undefined) return `SQLCipher ${known}`;
  const parts = [
    `${pageSizeBytes} B`,
    macHash === null ? 'no HMAC' : `HMAC ${macHash}`,
    ...(derivation === null ? [] : [`PBKDF2 ${derived}`]),
  ];
  return `SQLCipher (${parts.join(', ')})`;
}

const versions: ReadonlyMap<string, string> = new Map([
  ['1024 none SHA-1 × 4000', '1'],
  ['1024 none raw', '1'],
  ['1024 SHA-1 SHA-1 × 4000', '2'],
  ['1024 SHA-1 raw', '2/3'],
  ['1024 SHA-1 SHA-1 × 64000', '3'],
  ['4096 SHA-512 SHA-512 × 256000', '4'],
  ['4096 SHA-512 raw', '4'],
]);
