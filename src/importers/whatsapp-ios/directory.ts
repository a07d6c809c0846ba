// Chats, members of groups and names, numbered as records want them.

import type { Row } from '../../bytes/sqlite/row';
import type { NeutralRecord } from '../../model/record';
import type { ArchiveDatabase } from '../archive-databases';

export interface Directory {
  /** Of row number `chat` in ZWACHATSESSION. */
  conversation(chat: number | null, out: NeutralRecord[]): number;
  /** Who wrote a row of ZWAMESSAGE; -1 where it does not say. */
  sender(message: Row, out: NeutralRecord[]): number;
}

const ownerSourceId = 'me';
const shapes = ['direct', 'group', 'channel', 'channel'] as const;

/** Reads the small tables whole; their rows go to `out`. */
export function readDirectory(archive: ArchiveDatabase, out: NeutralRecord[]): Directory {
  const chats = readTable(archive, 'ZWACHATSESSION', ['ZCONTACTJID', 'ZPARTNERNAME', 'ZSESSIONTYPE'], out);
  const members = readTable(archive, 'ZWAGROUPMEMBER', ['ZMEMBERJID', 'ZCONTACTNAME', 'ZFIRSTNAME'], out);
  const names = readNames(members.values(), chats.values(), readTable(archive, 'ZWAPROFILEPUSHNAME', ['ZJID', 'ZPUSHNAME'], out).values());
  const conversations = new Map<string, number>();
  const people = new Map<string, number>();
  const person = (jid: string | null, records: NeutralRecord[]): number => {
    const sourceId = jid ?? ownerSourceId;
    const known = people.get(sourceId);
    if (known !== undefined) return known;
    const index = people.size;
    people.set(sourceId, index);
    const shown = jid === null ? null : (names.get(jid) ?? `+${jid.split('@')[0]}`);
    records.push({ type: 'person', index, sourceId, name: shown, conversation: null, isOwner: jid === null });
    return index;
  };
  return {
    conversation(chat, records) {
      const row = chats.get(chat ?? -1);
      const sourceId = row?.words('ZCONTACTJID') ?? null;
      const key = sourceId ?? `chat ${chat}`;
      const known = conversations.get(key);
      if (known !== undefined) return known;
      const index = conversations.size;
      conversations.set(key, index);
      const shape = shapes[row?.whole('ZSESSIONTYPE') ?? -1] ?? 'unknown';
      records.push({ type: 'conversation', index, sourceId, name: row?.words('ZPARTNERNAME') ?? null, shape });
      return index;
    },
    sender(message, records) {
      if (message.flag('ZISFROMME')) return person(null, records);
      const member = members.get(message.whole('ZGROUPMEMBER') ?? -1)?.words('ZMEMBERJID') ?? null;
      const from = message.words('ZFROMJID');
      const jid = member ?? (from !== null && !from.endsWith('@g.us') ? from : null);
      return jid === null ? -1 : person(jid, records);
    },
  };
}

/** By jid; a name of the address book comes before the one that a person gave themselves. */
function readNames(members: Iterable<Row>, chats: Iterable<Row>, pushed: Iterable<Row>): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const name = (jid: string | null, words: string | null): void => {
    if (jid !== null && words !== null) names.set(jid, words);
  };
  for (const row of pushed) name(row.words('ZJID'), row.words('ZPUSHNAME'));
  for (const row of members) name(row.words('ZMEMBERJID'), row.words('ZCONTACTNAME') ?? row.words('ZFIRSTNAME'));
  for (const row of chats) name(row.words('ZCONTACTJID'), row.words('ZPARTNERNAME'));
  return names;
}

function readTable({ rows }: ArchiveDatabase, table: string, columns: readonly string[], out: NeutralRecord[]): Map<number, Row> {
  const found = new Map<number, Row>();
  for (const batch of rows.scan(table, columns)) {
    for (const { row, span } of batch.rows) {
      found.set(Number(row.rowid), row);
      out.push({ type: 'structure', name: table, ...span });
    }
    out.push(...batch.problems);
  }
  return found;
}
