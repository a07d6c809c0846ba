// Viber's database on computers: viber.db.

import type { PeekedSchema } from '../../bytes/sqlite/schema-peek';
import type { FileSet } from '../../bytes/source';
import type { NeutralRecord } from '../../model/record';
import { entriesOfDatabase, findDatabases, openArchiveDatabase } from '../archive-databases';
import { databaseBytes } from '../database-accounts';
import type { Detection, Importer } from '../importer';
import { batchesOf } from '../record-batches';
import { readDirectory } from './directory';
import { readMessages } from './read-messages';

const format = 'viber-database';
const joined: ReadonlySet<string> = new Set(['Messages']);

export const viberDatabase: Importer = {
  format,
  source: 'viber',

  async detect(files) {
    const found = await findDatabases(files, isViber);
    return found.map((index): Detection => ({
      format,
      formatVersion: 'desktop',
      source: 'viber',
      entries: entriesOfDatabase(files, index),
      title: null,
    }));
  },

  async ask() {
    return [];
  },

  read,
};

function isViber(schema: PeekedSchema): boolean {
  return /\bEventID\b/.test(schema.get('Events') ?? '') && /\bEventID\b/.test(schema.get('Messages') ?? '') && schema.has('ChatInfo');
}

async function* read(files: FileSet, detection: Detection, { onBytes }: Parameters<Importer['read']>[2]): ReturnType<Importer['read']> {
  const index = detection.entries[0] ?? -1;
  const totalBytes = databaseBytes(files, index);
  const archive = await openArchiveDatabase(files, index);
  try {
    const head: NeutralRecord[] = [...archive.beside];
    const directory = readDirectory(archive, head);
    yield* batchesOf(head);
    for (const { records, share } of readMessages({ archive, files, directory })) {
      yield* batchesOf(records);
      onBytes?.(Math.floor(totalBytes * share * 0.99));
    }
    yield* batchesOf(archive.rows.close(joined));
  } finally {
    archive.database.close();
  }
  onBytes?.(totalBytes);
}
