// Databases encrypted by SQLCipher, versions 1 to 4 and their variations, whatever app they are of.

import type { ByteSource } from '../../bytes/source';
import type { FoundSqlcipher } from '../../crypto/sqlcipher';
import { mayBeSqlcipher } from '../../crypto/sqlcipher-magic';
import type { Lock, Unlocked } from './lock';

const databaseName = /\.(?:db|db3|sqlite|sqlite3|sqlitedb|sqlcipher)$/i;
/** An encrypted iPhone backup's own list of files is encrypted as a whole, by another way than SQLCipher's. */
const phoneBackup = { list: /(?:^|\/)Manifest\.db$/, beside: 'Manifest.plist' };

export const sqlcipherLock: Lock = {
  kind: 'sqlcipher',
  names: databaseName,
  triesEach: true,
  suffixesBeside: ['-wal', '-shm'],
  // Of any size: one that was cut is opened as far as it goes. By name, since any file of an unknown kind may look random.
  recognises: (head, { path }) => databaseName.test(path) && mayBeSqlcipher(head),
  async examine({ path, beside }) {
    if (!phoneBackup.list.test(path)) return 'database-key';
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    return beside(folder + phoneBackup.beside) === null ? 'database-key' : null;
  },
  // Databases of one account mostly have one key, each with a salt of its own.
  groupOf: async ({ path }) => path.slice(0, path.indexOf('/') + 1),
  async open({ path, source }, secret, report) {
    const { findSqlcipher, sqlcipherHeadBytes } = await import('../../crypto/sqlcipher');
    const { readSqlcipherKeyFile, readSqlcipherKeys } = await import('../../crypto/sqlcipher-key');
    const keys = typeof secret === 'string' ? readSqlcipherKeys(secret) : readSqlcipherKeyFile(secret);
    const head = await source.read(0, sqlcipherHeadBytes);
    return unlocked(path, source, await findSqlcipher(head, keys, { onRound: report }));
  },
};

/** The file as it lies there, with what opens its pages. */
function unlocked(path: string, source: ByteSource, found: FoundSqlcipher): Unlocked {
  const { prefixBytes, openPage, layout, key, derivation } = found;
  return {
    kind: 'file',
    path,
    source: { ...source, cipher: { prefixBytes, pageSizeBytes: layout.pageSizeBytes, openPage } },
    async openAlike(other) {
      const { findSqlcipher, sqlcipherHeadBytes } = await import('../../crypto/sqlcipher');
      const head = await other.source.read(0, sqlcipherHeadBytes);
      const derivations = derivation === null ? [] : [derivation];
      return unlocked(other.path, other.source, await findSqlcipher(head, [key], { derivations }));
    },
  };
}
