// The directory out of msgstore.db, and names out of wa.db beside it.

import type { Database } from '../../bytes/sqlite/database';
import type { NeutralRecord } from '../../model/record';
import type { ArchiveDatabase } from '../archive-databases';
import { openDirectory } from './directory';
import type { Directory } from './directory';
import { openSideTables } from '../side-rows';
import type { PlacedRow } from '../table-rows';

export interface Jids {
  /** The address of row `_id` in `jid`; of a hidden number the number, where it is known. */
  get(rowId: number | null): string | null;
  /** The address of the chat of row `_id` in `chat`. */
  ofChat(rowId: number | null): string | null;
}

export interface ReadDirectory {
  readonly jids: Jids;
  readonly directory: Directory;
  /** Problems met, and rows that were read, as structure. */
  readonly records: readonly NeutralRecord[];
}

type Read = (table: string, columns: readonly string[]) => Iterable<PlacedRow>;

/** Tables that are read whole here; small beside messages. */
export function readDirectory(archive: ArchiveDatabase, contacts: Database | null): ReadDirectory {
  const records: NeutralRecord[] = [];
  const read: Read = (table, columns) => readRows(archive, table, columns, records);
  const byRow = readJids(read);
  const { chats, subjects } = readChats(read, byRow);
  const names = new Map([...readHiddenNames(read, byRow), ...readContacts(contacts)]);
  const directory = openDirectory({ subjects, names, ownerName: readOwnerName(archive.database) });
  return { jids: { get: (id) => byRow.get(id ?? -1) ?? null, ofChat: (id) => chats.get(id ?? -1) ?? null }, directory, records };
}

/** Addresses by row; hidden ones stand for the number where the database knows it. */
function readJids(read: Read): Map<number, string> {
  const byRow = new Map<number, string>();
  for (const { row } of read('jid', ['_id', 'user', 'server', 'raw_string'])) {
    const id = row.whole('_id');
    const [user, server] = [row.words('user'), row.words('server')];
    const jid = row.words('raw_string') ?? (user === null || server === null ? null : `${user}@${server}`);
    if (id !== null && jid !== null) byRow.set(id, jid);
  }
  for (const { row } of read('jid_map', ['lid_row_id', 'jid_row_id'])) {
    const jid = byRow.get(row.whole('jid_row_id') ?? -1);
    const lid = row.whole('lid_row_id');
    if (lid !== null && jid !== undefined) byRow.set(lid, jid);
  }
  return byRow;
}

function readChats(read: Read, byRow: ReadonlyMap<number, string>) {
  const chats = new Map<number, string>();
  const subjects = new Map<string, string>();
  for (const { row } of read('chat', ['_id', 'jid_row_id', 'subject'])) {
    const jid = byRow.get(row.whole('jid_row_id') ?? -1);
    const id = row.whole('_id');
    if (jid === undefined || id === null) continue;
    chats.set(id, jid);
    const subject = row.words('subject');
    if (subject !== null) subjects.set(jid, subject);
  }
  for (const { row } of read('chat_list', ['key_remote_jid', 'subject'])) {
    const [jid, subject] = [row.words('key_remote_jid'), row.words('subject')];
    if (jid !== null && subject !== null) subjects.set(jid, subject);
  }
  return { chats, subjects };
}

function readHiddenNames(read: Read, byRow: ReadonlyMap<number, string>): Map<string, string> {
  const names = new Map<string, string>();
  for (const { row } of read('lid_display_name', ['lid_row_id', 'display_name', 'username'])) {
    const jid = byRow.get(row.whole('lid_row_id') ?? -1);
    const name = row.words('display_name') ?? row.words('username');
    if (jid !== undefined && name !== null) names.set(jid, name);
  }
  return names;
}

/** Rows of a small table; they become one structure each by `out`, their damage problems. */
function* readRows(
  { rows }: ArchiveDatabase,
  table: string,
  columns: readonly string[],
  out: NeutralRecord[],
): Generator<PlacedRow, void, void> {
  for (const batch of rows.scan(table, columns)) {
    for (const { span } of batch.rows) out.push({ type: 'structure', name: table, ...span });
    out.push(...batch.problems);
    yield* batch.rows;
  }
}

function readOwnerName(database: Database): string | null {
  const sides = openSideTables(database);
  if (!sides.has('props', 'key', 'value')) return null;
  const rows = sides.ask('props', "SELECT 1 AS one, value FROM props WHERE key = 'user_push_name'", [], 'one');
  return rows.get(1)?.[0]?.words('value') ?? null;
}

/** `wa_contacts` of wa.db: the address book's name, else the one that a person gave themselves. */
function readContacts(contacts: Database | null): Map<string, string> {
  const names = new Map<string, string>();
  const table = contacts?.table('wa_contacts') ?? null;
  if (contacts === null || table === null) return names;
  for (const { rows } of contacts.scan(table, ['jid', 'display_name', 'wa_name', 'given_name', 'family_name'])) {
    for (const { row } of rows) {
      const jid = row.words('jid');
      const whole = [row.words('given_name'), row.words('family_name')].filter((part) => part !== null).join(' ');
      const name = row.words('display_name') ?? row.words('wa_name') ?? whole;
      if (jid !== null && name !== '') names.set(jid, name);
    }
  }
  return names;
}
