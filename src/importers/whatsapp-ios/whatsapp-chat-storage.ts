// WhatsApp's database on iPhones and Macs: ChatStorage.sqlite, with the folder of media beside it.

import type { FileSet } from '../../bytes/source';
import type { NeutralRecord } from '../../model/record';
import { entriesOfDatabase, findDatabases, openArchiveDatabase } from '../archive-databases';
import type { Detection, Importer } from '../importer';
import { batchesOf } from '../record-batches';
import { readDirectory } from './directory';
import { readMessages } from './read-messages';

const format = 'whatsapp-chat-storage';
/** ChatStorage.sqlite as a backup of an iPhone names it. */
const backupName = /(^|\/)7c7fba66680ef796b916b067077cc246adacf01d$/;
const sideTables: ReadonlySet<string> = new Set(['ZWAMEDIAITEM']);

export const whatsappChatStorage: Importer = {
  format,
  source: 'whatsapp',

  async detect(files) {
    const found = await findDatabases(files, (schema) => schema.has('ZWAMESSAGE') && schema.has('ZWACHATSESSION'), backupName);
    return found.map((index): Detection => ({
      format,
      formatVersion: 'ios',
      source: 'whatsapp',
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
    const onShare = (share: number): void => onBytes?.(Math.floor(totalBytes * share * 0.99));
    for (const records of readMessages({ archive, files, directory, onShare })) yield* batchesOf(records);
    yield* batchesOf(archive.rows.close(sideTables));
  } finally {
    archive.database.close();
  }
  onBytes?.(totalBytes);
}
