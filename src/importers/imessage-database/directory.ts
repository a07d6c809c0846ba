// Chats and handles (a phone number or address of a service), numbered as records want them.

import type { Row } from '../../bytes/sqlite/row';
import type { NeutralRecord } from '../../model/record';
import type { ArchiveDatabase } from '../archive-databases';

export interface Directory {
  conversation(chat: number | null, handle: number | null, out: NeutralRecord[]): number;
  /** Of row number `handle`; null is the owner. -1 where there is no such row. */
  person(handle: number | null, out: NeutralRecord[]): number;
  nameOf(handle: number | null): string | null;
}

const ownerSourceId = 'me';
const groupStyle = 43;
const directStyle = 45;

/** Reads both tables whole; their rows go to `out`. */
export function readDirectory(archive: ArchiveDatabase, out: NeutralRecord[]): Directory {
  const handles = readTable(archive, 'handle', ['ROWID', 'id'], out);
  const chats = readTable(archive, 'chat', ['ROWID', 'guid', 'style', 'chat_identifier', 'display_name'], out);
  const conversations = new Map<string, number>();
  const people = new Map<string, number>();
  const nameOf = (handle: number | null): string | null => (handle === null ? null : (handles.get(handle)?.words('id') ?? null));
  return {
    nameOf,
    conversation(chat, handle, records) {
      const row = chat === null ? undefined : chats.get(chat);
      const sourceId = row?.words('guid') ?? (nameOf(handle) === null ? null : `handle;${nameOf(handle)}`);
      const key = sourceId ?? `chat ${chat}`;
      const known = conversations.get(key);
      if (known !== undefined) return known;
      const index = conversations.size;
      conversations.set(key, index);
      const style = row?.whole('style') ?? (handle === null ? null : directStyle);
      const shape = style === groupStyle ? 'group' : style === directStyle ? 'direct' : 'unknown';
      const name = row?.words('display_name') ?? (shape === 'group' ? null : (row?.words('chat_identifier') ?? nameOf(handle)));
      records.push({ type: 'conversation', index, sourceId, name, shape });
      return index;
    },
    person(handle, records) {
      const sourceId = handle === null ? ownerSourceId : nameOf(handle);
      if (sourceId === null) return -1;
      const known = people.get(sourceId);
      if (known !== undefined) return known;
      const index = people.size;
      people.set(sourceId, index);
      records.push({ type: 'person', index, sourceId, name: nameOf(handle), conversation: null, isOwner: handle === null });
      return index;
    },
  };
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
