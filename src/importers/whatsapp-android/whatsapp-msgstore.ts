// WhatsApp's database on Android, decrypted: msgstore.db in both of its schemas, with wa.db and the folders of media beside it.

import type { PeekedSchema } from '../../bytes/sqlite/schema-peek';
import type { FileSet } from '../../bytes/source';
import { entriesOfDatabase, findDatabases, openArchiveDatabase } from '../archive-databases';
import type { ArchiveDatabase } from '../archive-databases';
import type { Detection, Importer } from '../importer';
import { batchesOf } from '../record-batches';
import { readCalls } from './read-calls';
import { readDirectory } from './read-directory';
import { legacySideTables, readLegacy } from './read-legacy';
import { readModern } from './read-modern';
import { sideTableNames } from './side-facts';

const format = 'whatsapp-msgstore';

const isModern = (schema: PeekedSchema): boolean =>
  /\bkey_id\b/.test(schema.get('message') ?? '') && schema.has('jid') && /\bjid_row_id\b/.test(schema.get('chat') ?? '');
const isLegacy = (schema: PeekedSchema): boolean => /\bkey_remote_jid\b/.test(schema.get('messages') ?? '');
const hasContacts = (schema: PeekedSchema): boolean => /\bjid\b/.test(schema.get('wa_contacts') ?? '');

/** Importer of msgstore.db. Whose names stand in wa.db is read from the one nearest to it. */
export const whatsappMsgstore: Importer = {
  format,
  source: 'whatsapp',

  async detect(files) {
    const [modern, legacy] = [await findDatabases(files, isModern), await findDatabases(files, isLegacy)];
    const contacts = await findDatabases(files, hasContacts);
    const found = [...new Set([...modern, ...legacy])].sort((one, other) => one - other);
    return found.map((index, at): Detection => {
      const own = at === 0 ? contacts.filter((each) => each !== index).slice(0, 1) : [];
      return {
        format,
        formatVersion: !modern.includes(index) ? 'legacy' : legacy.includes(index) ? 'mixed' : 'modern',
        source: 'whatsapp',
        entries: [...entriesOfDatabase(files, index), ...own.flatMap((each) => entriesOfDatabase(files, each))],
        title: null,
      };
    });
  },

  async ask() {
    return [];
  },

  read,
};

async function* read(files: FileSet, detection: Detection, { onBytes }: Parameters<Importer['read']>[2]): ReturnType<Importer['read']> {
  const [index = -1, ...others] = detection.entries;
  const totalBytes = detection.entries.reduce((sum, entry) => sum + (files.entries[entry]?.sizeBytes ?? 0), 0);
  const [contactsIndex] = await findContacts(files, others);
  const opened: ArchiveDatabase[] = [];
  try {
    const archive = await openInto(opened, files, index);
    const contacts = contactsIndex === undefined ? null : await openInto(opened, files, contactsIndex);
    const head = readDirectory(archive, contacts?.database ?? null);
    yield* batchesOf([...archive.beside, ...(contacts?.beside ?? []), ...head.records]);
    const onShare = (share: number): void => onBytes?.(Math.floor(totalBytes * share * 0.99));
    const input = { ...head, records: [], archive, files, onShare };
    const usesModern = hasModernRows(archive);
    for (const records of usesModern ? readModern(input) : readLegacy(input)) yield* batchesOf(records);
    for (const records of readCalls(input)) yield* batchesOf(records);
    yield* batchesOf(archive.rows.close(usesModern ? sideTableNames : legacySideTables));
    yield* batchesOf(contacts?.rows.close(new Set(['wa_contacts'])) ?? []);
  } finally {
    for (const { database } of opened) database.close();
  }
  onBytes?.(totalBytes);
}

async function openInto(opened: ArchiveDatabase[], files: FileSet, index: number): Promise<ArchiveDatabase> {
  const archive = await openArchiveDatabase(files, index);
  opened.push(archive);
  return archive;
}

async function findContacts(files: FileSet, entries: readonly number[]): Promise<readonly number[]> {
  const found = new Set(await findDatabases(files, hasContacts));
  return entries.filter((entry) => found.has(entry));
}

/** Databases of 2019 to 2022 have both tables, and the modern one may hold no more than a placeholder. */
function hasModernRows({ database }: ArchiveDatabase): boolean {
  const table = database.table('message');
  if (table === null) return false;
  if (database.table('messages') === null) return true;
  for (const { rows } of database.scan(table, ['chat_row_id']))
    if (rows.some(({ row }) => (row.whole('chat_row_id') ?? -1) > 0)) return true;
  return false;
}
