// QQ NT's own database, decrypted: nt_msg.db, with profile_info.db and group_info.db beside it, and the folders of media.

import type { FileSet } from '../../../bytes/source';
import { indexAccountMedia } from '../../account-media';
import { entriesOfDatabase } from '../../archive-databases';
import { folderOf } from '../../archive-files';
import { damagedDatabase, databaseBytes, databasesOf, findAccounts, openIfWhole } from '../../database-accounts';
import type { Detection, Importer } from '../../importer';
import { batchesOf } from '../../record-batches';
import type { NeutralRecord } from '../../../model/record';
import { Profiles, readProfiles } from './profiles';
import { createMessageReader } from './read-messages';
import { roleOf } from './schema';

const format = 'qq-nt-database';

export const qqDatabase: Importer = {
  format,
  source: 'qq',

  async detect(files) {
    const accounts = await findAccounts(files, { roleOf }, folderOf);
    return accounts.map(({ messages, beside }): Detection => {
      const entries = [...messages, ...beside].flatMap((index) => entriesOfDatabase(files, index));
      return { format, formatVersion: 'nt', source: 'qq', entries, title: null };
    });
  },

  async ask() {
    return [];
  },

  read,
};

async function* read(files: FileSet, detection: Detection, { onBytes }: Parameters<Importer['read']>[2]): ReturnType<Importer['read']> {
  const { messages, beside } = await databasesOf(files, detection, { roleOf });
  const profiles = new Profiles();
  const reader = createMessageReader({ files, profiles, media: indexAccountMedia(files) });
  let doneBytes = 0;
  for (const index of [...beside, ...messages]) {
    const size = databaseBytes(files, index);
    const archive = await openIfWhole(files, index);
    if (archive === null) yield* batchesOf(damagedDatabase(files, index));
    try {
      const out: NeutralRecord[] = [...(archive?.beside ?? [])];
      if (archive !== null) readProfiles(archive, profiles, out);
      yield* batchesOf(out);
      for (const { records, share } of archive === null ? [] : reader.read(archive)) {
        yield* batchesOf(records);
        onBytes?.(doneBytes + Math.floor(size * share * 0.99));
      }
      yield* batchesOf(archive?.rows.close(new Set()) ?? []);
    } finally {
      archive?.database.close();
    }
    onBytes?.((doneBytes += size));
  }
}
