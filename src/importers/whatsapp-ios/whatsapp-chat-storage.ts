// WhatsApp's database on iPhones and Macs: ChatStorage.sqlite, with the folder of media beside it.

import type { NeutralRecord } from '../../model/record';
import { importerOfDatabase } from '../database-importer';
import { readDirectory } from './directory';
import { readMessages } from './read-messages';

/** ChatStorage.sqlite as a backup of an iPhone names it. */
const backupName = /(^|\/)7c7fba66680ef796b916b067077cc246adacf01d$/;

export const whatsappChatStorage = importerOfDatabase({
  format: 'whatsapp-chat-storage',
  formatVersion: 'ios',
  source: 'whatsapp',
  isIt: (schema) => schema.has('ZWAMESSAGE') && schema.has('ZWACHATSESSION'),
  alsoFitting: backupName,
  joined: new Set(['ZWAMEDIAITEM']),
  *read(archive, files, onShare) {
    const head: NeutralRecord[] = [];
    const directory = readDirectory(archive, head);
    yield head;
    yield* readMessages({ archive, files, directory, onShare });
  },
});
