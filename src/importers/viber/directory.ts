// Chats and people of Viber's database, numbered as records want them.

import type { Row } from '../../bytes/sqlite/row';
import type { ConversationRecord, NeutralRecord } from '../../model/record';
import type { ArchiveDatabase } from '../archive-databases';
import { createPeople } from '../people';

export interface ViberDirectory {
  conversation(chat: number | null, out: NeutralRecord[]): number;
  /** By the number of a row in `Contact`; -1 where there is none. */
  person(contact: number | null, out: NeutralRecord[]): number;
}

/** The row of `Contact` that is the owner. */
export const ownerContact = 1;

/** Reads the small tables whole; their rows go to `out`. */
export function readDirectory({ rows }: ArchiveDatabase, out: NeutralRecord[]): ViberDirectory {
  const readTable = (table: string, columns: readonly string[]): readonly Row[] => {
    const found: Row[] = [];
    for (const batch of rows.scan(table, columns)) {
      out.push(...batch.problems);
      for (const { row, span } of batch.rows) {
        out.push({ type: 'structure', name: table, ...span });
        found.push(row);
      }
    }
    return found;
  };
  const byNumber = (column: string, found: readonly Row[]): ReadonlyMap<number, Row> =>
    new Map(found.map((row) => [row.whole(column) ?? -1, row]));
  const contacts = byNumber('ContactID', readTable('Contact', ['ContactID', 'Name', 'ClientName', 'Number', 'MID']));
  const chats = byNumber('ChatID', readTable('ChatInfo', ['ChatID', 'Name', 'Token']));
  const members = readMembers(readTable('ChatRelation', ['ChatID', 'ContactID']));
  const people = createPeople((id) => id === idOf(contacts.get(ownerContact), ownerContact));
  const conversations = new Map<number, number>();
  return {
    conversation(chat, records) {
      const key = chat ?? -1;
      const known = conversations.get(key);
      if (known !== undefined) return known;
      const index = conversations.size;
      conversations.set(key, index);
      records.push({ type: 'conversation', index, ...describeChat(key, chats.get(key), members.get(key) ?? [], contacts) });
      return index;
    },
    person(contact, records) {
      if (contact === null || contact < 1) return -1;
      const row = contacts.get(contact);
      return people.withId(idOf(row, contact), nameOf(row), records);
    },
  };
}

/** A chat without a name and with one other member is one of two. */
function describeChat(
  chat: number,
  row: Row | undefined,
  others: readonly number[],
  contacts: ReadonlyMap<number, Row>,
): Pick<ConversationRecord, 'sourceId' | 'name' | 'shape'> {
  const name = row?.words('Name') ?? null;
  const [other] = others;
  if (others.length === 1 && other !== undefined && name === null)
    return { sourceId: idOf(contacts.get(other), other), name: nameOf(contacts.get(other)), shape: 'direct' };
  const token = row?.words('Token') ?? '0';
  return { sourceId: token === '0' ? `chat-${chat}` : token, name, shape: others.length > 1 || name !== null ? 'group' : 'unknown' };
}

/** Members of each chat, the owner aside. */
function readMembers(rows: readonly Row[]): ReadonlyMap<number, readonly number[]> {
  const members = new Map<number, number[]>();
  for (const row of rows) {
    const [chat, contact] = [row.whole('ChatID'), row.whole('ContactID')];
    if (chat === null || contact === null || contact === ownerContact) continue;
    members.set(chat, [...(members.get(chat) ?? []), contact]);
  }
  return members;
}

function idOf(row: Row | undefined, contact: number): string {
  const number = row?.words('Number') ?? null;
  // A column of numbers loses the sign before the country.
  if (number !== null) return /^[1-9]\d{6,14}$/.test(number) ? `+${number}` : number;
  return row?.words('MID') ?? (contact === ownerContact ? 'me' : `contact-${contact}`);
}

function nameOf(row: Row | undefined): string | null {
  return row?.words('Name') ?? row?.words('ClientName') ?? row?.words('Number') ?? null;
}
