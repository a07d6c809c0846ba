// Messages' database: chat.db of a Mac, sms.db of an iPhone, with the folder of attachments beside it.

import type { NeutralRecord } from '../../model/record';
import { importerOfDatabase } from '../database-importer';
import { readDirectory } from './directory';
import { readReactions } from './reactions';
import { readMessages, sideTables } from './read-messages';

/** sms.db as a backup of an iPhone names it. */
const backupName = /(^|\/)3d0d7e5fb2ce288813306e4d4636395e047a3d28$/;

export const imessageDatabase = importerOfDatabase({
  format: 'imessage-database',
  formatVersion: 'sqlite',
  source: 'imessage',
  isIt: (schema) => schema.has('handle') && schema.has('chat_message_join') && /\bhandle_id\b/.test(schema.get('message') ?? ''),
  alsoFitting: backupName,
  joined: sideTables,
  *read(archive, files, onShare) {
    const head: NeutralRecord[] = [];
    const directory = readDirectory(archive, head);
    yield head;
    const reactionsOf = readReactions(archive.database, directory.nameOf);
    yield* readMessages({ archive, files, directory, reactionsOf, onShare });
  },
});
