// Manifest.db, the list of a backup's files since iOS 10: a row a file, most of which is an archive of NSKeyedArchiver.
// Read as it lies, decrypted beneath SQLite where it is encrypted.

import type { PlistValue } from '../../bytes/binary-plist';
import { readKeyedArchive } from '../../bytes/keyed-archive';
import { type Database, openDatabase } from '../../bytes/sqlite/database';
import { pagesOfFile } from '../../bytes/sqlite/file-pages';
import type { Row } from '../../bytes/sqlite/row';
import { syncFileOf } from '../../bytes/sqlite/sync-file';
import type { ByteSource } from '../../bytes/source';
import { fileKeyBytes } from '../../crypto/backup-keybag';
import { CamphorError } from '../../model/error';
import { type BackupRow, fileIdPattern, type IsWanted, type RowReader } from './backup-row';

/** Of `flags`; 2 is a folder, 4 a link. */
const isFile = 1;

/** Opens the list; to be closed. Throws CamphorError `damaged` where it is no such database, and what reading throws. */
export async function openManifestDb(source: ByteSource): Promise<RowReader> {
  const database = await openList(source);
  const table = database.table('Files');
  if (table === null) {
    database.close();
    throw new CamphorError('damaged', { what: 'Manifest.db' });
  }
  const faults: string[] = database.faults.map(({ detail }) => detail);
  return {
    faults,
    *rows(isWanted) {
      for (const batch of database.scan(table, ['fileID', 'domain', 'relativePath', 'flags', 'file'])) {
        for (const { detail } of batch.faults) faults.push(detail);
        for (const { row } of batch.rows) {
          const read = readRow(row, isWanted);
          if (read === 'damaged') faults.push('a row that names no file');
          else if (read !== null) yield read;
        }
      }
    },
    close: () => database.close(),
  };
}

async function openList(source: ByteSource): Promise<Database> {
  const entry = { path: 'Manifest.db', sizeBytes: source.sizeBytes, modifiedAtMs: null, open: () => source };
  try {
    return await openDatabase(pagesOfFile(await syncFileOf(entry)));
  } catch (cause) {
    if (!(cause instanceof CamphorError) || cause.code !== 'database-damaged') throw cause;
    throw new CamphorError('damaged', { what: 'Manifest.db' }, cause);
  }
}

function readRow(row: Row, isWanted: IsWanted): BackupRow | 'damaged' | null {
  if (row.whole('flags') !== isFile) return null;
  const [fileId, domain, path] = [row.text('fileID'), row.text('domain'), row.text('relativePath')];
  if (fileId === null || domain === null || path === null || !fileIdPattern.test(fileId)) return 'damaged';
  const facts = isWanted(domain, path) ? readFacts(row.blob('file')) : unread;
  return { fileId, domain, path, ...facts };
}

type Facts = Pick<BackupRow, 'sizeBytes' | 'modifiedAtMs' | 'key'>;
const unread: Facts = { sizeBytes: null, modifiedAtMs: null, key: null };

/** Of the class MBFile: Size, LastModified in seconds, EncryptionKey. */
function readFacts(file: Uint8Array | null): Facts {
  const archive = file === null ? null : readKeyedArchive(file);
  if (archive === null) return unread;
  const { root, resolve } = archive;
  const key = resolve(root.get('EncryptionKey'));
  const modified = whole(root.get('LastModified'));
  return {
    sizeBytes: whole(root.get('Size')),
    modifiedAtMs: modified === null ? null : modified * 1000,
    key: key instanceof Uint8Array && key.length === fileKeyBytes ? key : null,
  };
}

const whole = (value: PlistValue | undefined): number | null =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= 0 ? value : null;
