// Databases encrypted by SQLCipher, versions 1 to 4 and their variations, whatever app they are of.

import { mayBeSqlcipher } from '../../crypto/sqlcipher-magic';
import type { Lock } from './lock';

const databaseName = /\.(?:db|db3|sqlite|sqlite3|sqlitedb|sqlcipher)$/i;
/** An encrypted iPhone backup's own list of files is encrypted as a whole, by another way than SQLCipher's. */
const phoneBackup = { list: /(?:^|\/)Manifest\.db$/, beside: 'Manifest.plist' };

export const sqlcipherLock: Lock = {
  kind: 'sqlcipher',
  names: databaseName,
  triesEach: true,
  opensInArchives: true,
  suffixesBeside: ['-wal', '-shm'],
  // Of any size: one that was cut is opened as far as it goes. By name, since any file of an unknown kind may look random.
  recognises: (head, { path }) => databaseName.test(path) && mayBeSqlcipher(head),
  async examine({ path, beside }) {
    const folder = path.slice(0, path.lastIndexOf('/') + 1);
    return phoneBackup.list.test(path) && beside(folder + phoneBackup.beside) !== null ? null : 'database-key';
  },
  // Databases of one account mostly have one key, each with a salt of its own.
  groupOf: async ({ path }) => path.slice(0, path.indexOf('/') + 1),
  async open(file, secret, report) {
    const { openSqlcipher, sqlcipherKeysOf } = await import('./open-sqlcipher');
    return openSqlcipher(file, sqlcipherKeysOf(secret), { onRound: report });
  },
};
