// Viber's database on computers: viber.db.

import type { NeutralRecord } from '../../model/record';
import { importerOfDatabase } from '../database-importer';
import { readDirectory } from './directory';
import { readMessages } from './read-messages';

export const viberDatabase = importerOfDatabase({
  format: 'viber-database',
  formatVersion: 'desktop',
  source: 'viber',
  isIt: (schema) =>
    /\bEventID\b/.test(schema.get('Events') ?? '') && /\bEventID\b/.test(schema.get('Messages') ?? '') && schema.has('ChatInfo'),
  joined: new Set(['Messages']),
  *read(archive, files, onShare) {
    const head: NeutralRecord[] = [];
    const directory = readDirectory(archive, head);
    yield head;
    for (const { records, share } of readMessages({ archive, files, directory })) {
      yield records;
      onShare(share);
    }
  },
});
