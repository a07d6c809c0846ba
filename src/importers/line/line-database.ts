// LINE's own databases on iPhones: Line.sqlite of an account, with the names of UnifiedGroup.sqlite and Contacts.sqlite beside it.

import type { PeekedSchema } from '../../bytes/sqlite/schema-peek';
import type { FileSet } from '../../bytes/source';
import type { NeutralRecord } from '../../model/record';
import { entriesOfDatabase } from '../archive-databases';
import { folderOf } from '../archive-files';
import { damagedDatabase, databaseBytes, databasesOf, findAccounts, openIfWhole } from '../database-accounts';
import type { DatabaseRole } from '../database-accounts';
import type { Detection, Importer } from '../importer';
import { batchesOf } from '../record-batches';
import { openDirectory } from './database-directory';
import type { LineDirectory } from './database-directory';
import { readMessages } from './database-messages';

const format = 'line-database';
const accountPath = /(?:^|\/)P_(u[0-9a-f]{32})\//;

const roles = {
  roleOf(schema: PeekedSchema): DatabaseRole | null {
    if (schema.has('ZMESSAGE') && schema.has('ZCHAT') && /\bZMID\b/.test(schema.get('ZUSER') ?? '')) return 'messages';
    return schema.has('ZUNIFIEDGROUP') || schema.has('ZMANAGEDCNCONTACT') ? 'beside' : null;
  },
};

/** Databases of one account lie in two domains, below folders of the same name. */
const accountFolder = (path: string): string => {
  const mid = accountPath.exec(path)?.[1];
  return mid === undefined ? folderOf(path) : `P_${mid}/`;
};

export const lineDatabase: Importer = {
  format,
  source: 'line',
  async detect(files) {
    const accounts = await findAccounts(files, roles, accountFolder);
    return accounts.map(({ messages, beside }): Detection => {
      const entries = [...messages, ...beside].flatMap((index) => entriesOfDatabase(files, index));
      return { format, formatVersion: 'ios', source: 'line', entries, title: null };
    });
  },
  ask: async () => [],
  async *read(files, detection, { onBytes }) {
    const { messages, beside } = await databasesOf(files, detection, roles);
    const owner = accountPath.exec(files.entries[messages[0] ?? -1]?.path ?? '')?.[1] ?? null;
    const directory = openDirectory(owner);
    let doneBytes = 0;
    for (const index of beside) {
      yield* batchesOf(await readBeside(files, index, directory));
      onBytes?.((doneBytes += databaseBytes(files, index)));
    }
    for (const index of messages) {
      const sizeBytes = databaseBytes(files, index);
      yield* readAccount(files, index, directory, (share) => onBytes?.(doneBytes + Math.floor(sizeBytes * share * 0.99)));
      onBytes?.((doneBytes += sizeBytes));
    }
  },
};

async function readBeside(files: FileSet, index: number, directory: LineDirectory): Promise<readonly NeutralRecord[]> {
  const archive = await openIfWhole(files, index);
  if (archive === null) return damagedDatabase(files, index);
  try {
    const out: NeutralRecord[] = [...archive.beside];
    directory.readBeside(archive, out);
    return [...out, ...archive.rows.close(new Set())];
  } finally {
    archive.database.close();
  }
}

async function* readAccount(
  files: FileSet,
  index: number,
  directory: LineDirectory,
  onShare: (share: number) => void,
): AsyncGenerator<readonly NeutralRecord[], void, void> {
  const archive = await openIfWhole(files, index);
  if (archive === null) return yield* batchesOf(damagedDatabase(files, index));
  try {
    const out: NeutralRecord[] = [...archive.beside];
    directory.readChats(archive, out);
    yield* batchesOf(out);
    for (const { records, share } of readMessages(archive, files, directory)) {
      yield* batchesOf(records);
      onShare(share);
    }
    yield* batchesOf(archive.rows.close(new Set()));
  } finally {
    archive.database.close();
  }
}
