// Opening a database of SQLCipher: the file as it lies there, with what opens its pages. Loaded when a secret is given.

import type { ByteSource } from '../../bytes/source';
import { findSqlcipher, sqlcipherHeadBytes } from '../../crypto/sqlcipher';
import type { FindSqlcipherOptions } from '../../crypto/sqlcipher';
import { nameSqlcipher } from '../../crypto/sqlcipher-name';
import { readSqlcipherKeyFile, readSqlcipherKeys } from '../../crypto/sqlcipher-key';
import type { SqlcipherKey } from '../../crypto/sqlcipher-key';
import type { Secret } from '../../model/secret-form';
import type { Unlocked } from './lock';

interface LockedDatabase {
  readonly path: string;
  readonly source: ByteSource;
}

/** All that the secret may mean. */
export function sqlcipherKeysOf(secret: Secret): readonly SqlcipherKey[] {
  return typeof secret === 'string' ? readSqlcipherKeys(secret) : readSqlcipherKeyFile(secret);
}

/** Throws as `findSqlcipher` does, and what reading throws. */
export async function openSqlcipher(
  { path, source }: LockedDatabase,
  keys: readonly SqlcipherKey[],
  options: FindSqlcipherOptions,
): Promise<Unlocked> {
  const found = await findSqlcipher(await source.read(0, sqlcipherHeadBytes), keys, options);
  const { prefixBytes, openPage, layout, key, derivation } = found;
  return {
    kind: 'file',
    path,
    source: { ...source, cipher: { name: nameSqlcipher(found), prefixBytes, pageSizeBytes: layout.pageSizeBytes, openPage } },
    openAlike: (other) => openSqlcipher(other, [key], { derivations: derivation === null ? [] : [derivation] }),
  };
}
