// Tapbacks: each is a message of its own that names its target, later taken back by another. Read before the messages, since they
// may come long after what they speak of.

import type { Database } from '../../bytes/sqlite/database';
import { SqlFault } from '../../bytes/sqlite/statement';
import type { Reaction } from '../../model/record';

const emojis = new Map([
  [2000, '❤️'],
  [2001, '👍'],
  [2002, '👎'],
  [2003, '😂'],
  [2004, '‼️'],
  [2005, '❓'],
]);
/** An emoji of one's own, and a sticker in place of one. */
const ownEmoji = 2006;
const stickerEmoji = '❔';

/** True for the rows that put on or take back a tapback. */
export function isTapback(type: number): boolean {
  return (type >= 2000 && type <= 2007) || (type >= 3000 && type <= 3007);
}

/** The guid in `p:0/GUID`, `bp:GUID` or a bare one. */
export function targetOf(association: string): string {
  return association.slice(Math.max(association.lastIndexOf('/'), association.lastIndexOf(':')) + 1);
}

/** Reactions by the guid of their message; each person has one of each kind. `nameOf`: of row number in `handle`, null the owner. */
export function readReactions(database: Database, nameOf: (handle: number | null) => string | null): (guid: string) => readonly Reaction[] {
  const byTarget = new Map<string, Map<string, string | null>>();
  const columns = new Set(database.columns('message'));
  if (!columns.has('associated_message_type') || !columns.has('associated_message_guid')) return () => [];
  const emoji = columns.has('associated_message_emoji') ? 'associated_message_emoji' : 'NULL';
  const sql = `SELECT associated_message_guid AS target, associated_message_type AS type, ${emoji} AS emoji, handle_id, is_from_me
    FROM message WHERE associated_message_type BETWEEN 2000 AND 3007 ORDER BY ROWID`;
  try {
    for (const row of database.query(sql)) {
      const [target, type] = [row.words('target'), row.whole('type') ?? 0];
      if (target === null || !isTapback(type)) continue;
      const kind = type % 1000;
      const put = byTarget.get(targetOf(target)) ?? new Map<string, string | null>();
      byTarget.set(targetOf(target), put);
      const sign = kind + 2000 === ownEmoji ? (row.words('emoji') ?? stickerEmoji) : (emojis.get(kind + 2000) ?? stickerEmoji);
      const who = row.flag('is_from_me') ? null : row.whole('handle_id');
      const key = `${who ?? 'me'} ${kind} ${sign}`;
      if (type >= 3000) put.delete(key);
      else put.set(key, nameOf(who));
    }
  } catch (error) {
    if (!(error instanceof SqlFault)) throw error;
  }
  return (guid) => gather(byTarget.get(guid));
}

function gather(put: ReadonlyMap<string, string | null> | undefined): readonly Reaction[] {
  const gathered = new Map<string, string[]>();
  const counts = new Map<string, number>();
  for (const [key, name] of put ?? []) {
    const emoji = key.slice(key.indexOf(' ', key.indexOf(' ') + 1) + 1);
    counts.set(emoji, (counts.get(emoji) ?? 0) + 1);
    gathered.set(emoji, [...(gathered.get(emoji) ?? []), ...(name === null ? [] : [name])]);
  }
  return [...counts].map(([emoji, count]) => ({ emoji, count, by: gathered.get(emoji) ?? [] }));
}
