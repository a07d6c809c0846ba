// Messages' database: chat.db of a Mac, sms.db of an iPhone, with the folder of attachments beside it.

import type { PeekedSchema } from '../../bytes/sqlite/schema-peek';
import type { FileSet } from '../../bytes/source';
import type { NeutralRecord } from '../../model/record';
import { entriesOfDatabase, findDatabases, openArchiveDatabase } from '../archive-databases';
import type { Detection, Importer } from '../importer';
import { batchesOf } from '../record-batches';
import { readDirectory } from './directory';
import { readReactions } from './reactions';
import { readMessages, sideTables } from './read-messages';

const format = 'imessage-database';
/** sms.db as a backup of an iPhone names it. */
const backupName = /(^|\/)3d0d7e5fb2ce288813306e4d4636395e047a3d28$/;

const isMessages = (schema: PeekedSchema): boolean =>
  schema.has('handle') && schema.has('chat_message_join') && /\bhandle_id\b/.test(schema.get('message') ?? '');

export const imessageDatabase: Importer = {
  format,
  source: 'imessage',

  async detect(files) {
    const found = await findDatabases(files, isMessages, backupName);
    return found.map((index): Detection => ({
      format,
      formatVersion: 'sqlite',
      source: 'imessage',
      entries: entriesOfDatabase(files, index),
      title: null,
    }));
  },

  async ask() {
    return [];
  },

  read,
};

async function* read(files: FileSet, detection: Detection, { onBytes }: Parameters<Importer['read']>[2]): ReturnType<Importer['read']> {
  const totalBytes = detection.entries.reduce((sum, entry) => sum + (files.entries[entry]?.sizeBytes ?? 0), 0);
  const archive = await openArchiveDatabase(files, detection.entries[0] ?? -1);
  try {
    const head: NeutralRecord[] = [...archive.beside];
    const directory = readDirectory(archive, head);
    yield* batchesOf(head);
    const reactionsOf = readReactions(archive.database, directory.nameOf);
    const onShare = (share: number): void => onBytes?.(Math.floor(totalBytes * share * 0.99));
    for (const records of readMessages({ archive, files, directory, reactionsOf, onShare })) yield* batchesOf(records);
    yield* batchesOf(archive.rows.close(sideTables));
  } finally {
    archive.database.close();
  }
  onBytes?.(totalBytes);
}
