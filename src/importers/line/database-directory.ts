// Chats and people of LINE's databases, numbered as records want them.

import type { Row } from '../../bytes/sqlite/row';
import type { ConversationShape, NeutralRecord } from '../../model/record';
import type { ArchiveDatabase } from '../archive-databases';
import { createPeople } from '../people';

export interface LineDirectory {
  /** Names of groups, and of people as the address book has them; rows go to `out`. */
  readBeside(archive: ArchiveDatabase, out: NeutralRecord[]): void;
  /** The chats and people of Line.sqlite, before its messages. */
  readChats(archive: ArchiveDatabase, out: NeutralRecord[]): void;
  /** Of row `chat` in ZCHAT. */
  conversation(chat: number | null, out: NeutralRecord[]): number;
  /** Of row `sender` in ZUSER; null is the owner. */
  person(sender: number | null, out: NeutralRecord[]): number;
}

/** By the first letter of a chat's mid: a person, a group, a room without a name. */
const shapes: ReadonlyMap<string, ConversationShape> = new Map([
  ['u', 'direct'],
  ['c', 'group'],
  ['r', 'group'],
]);
const meId = 'me';

/** `owner`: the mid of the account, which its folder tells; null where it does not. */
export function openDirectory(owner: string | null): LineDirectory {
  const names = new Map<string, string>();
  const users = new Map<number, string>();
  const chats = new Map<number, string>();
  const conversations = new Map<string, number>();
  const people = createPeople((id) => id === (owner ?? meId));
  const name = (mid: string | null, ...candidates: readonly (string | null)[]): void => {
    const found = candidates.find((each) => each !== null && each !== '');
    if (mid !== null && found !== null && found !== undefined) names.set(mid, found);
  };
  return {
    readBeside(archive, out) {
      for (const row of readTable(archive, 'ZUNIFIEDGROUP', ['ZID', 'ZNAME'], out)) name(row.words('ZID'), row.words('ZNAME'));
      for (const row of readTable(archive, 'ZMANAGEDCNCONTACT', ['ZMID', 'ZNAME'], out)) name(row.words('ZMID'), row.words('ZNAME'));
    },
    readChats(archive, out) {
      const wanted = ['Z_PK', 'ZMID', 'ZNAME', 'ZCUSTOMNAME', 'ZADDRESSBOOKNAME'];
      for (const row of readTable(archive, 'ZUSER', wanted, out)) {
        users.set(row.whole('Z_PK') ?? -1, row.words('ZMID') ?? `user-${row.whole('Z_PK')}`);
        // What the owner calls them comes before what they call themselves.
        name(row.words('ZMID'), row.words('ZCUSTOMNAME'), row.words('ZADDRESSBOOKNAME'), row.words('ZNAME'));
      }
      for (const row of readTable(archive, 'ZCHAT', ['Z_PK', 'ZMID'], out))
        chats.set(row.whole('Z_PK') ?? -1, row.words('ZMID') ?? `chat-${row.whole('Z_PK')}`);
    },
    conversation(chat, records) {
      const sourceId = chats.get(chat ?? -1) ?? `chat-${chat ?? 'none'}`;
      const index = conversations.get(sourceId) ?? conversations.size;
      if (index < conversations.size) return index;
      conversations.set(sourceId, index);
      const shape = shapes.get(/^[ucr][0-9a-f]{32}$/.test(sourceId) ? (sourceId[0] ?? '') : '') ?? 'unknown';
      records.push({ type: 'conversation', index, sourceId, name: names.get(sourceId) ?? null, shape });
      return index;
    },
    person(sender, records) {
      const sourceId = sender === null ? (owner ?? meId) : (users.get(sender) ?? `user-${sender}`);
      return people.withId(sourceId, names.get(sourceId) ?? null, records);
    },
  };
}

function readTable({ rows }: ArchiveDatabase, table: string, columns: readonly string[], out: NeutralRecord[]): readonly Row[] {
  const found: Row[] = [];
  for (const batch of rows.scan(table, columns)) {
    out.push(...batch.problems);
    for (const { row, span } of batch.rows) {
      out.push({ type: 'structure', name: table, ...span });
      found.push(row);
    }
  }
  return found;
}
