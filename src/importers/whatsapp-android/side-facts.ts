// What hangs on messages in other tables of the modern schema, asked for a batch of messages at a time.

import type { Row } from '../../bytes/sqlite/row';
import type { SideTables } from '../side-rows';

export type Sides = { readonly [Name in SideName]: (messageRowId: number) => readonly Row[] };

interface SideQuery {
  /** Table and columns without which it is not asked. */
  readonly needs: readonly [table: string, ...columns: readonly string[]];
  readonly sql: string;
}

const byRow = (table: string, key = 'message_row_id'): SideQuery => ({
  needs: [table, key],
  sql: `SELECT * FROM ${table} WHERE ${key} BETWEEN ? AND ?`,
});

/** Columns are named where a row may hold thumbnails or keys. */
const queries = {
  media: byRow('message_media'),
  quoted: byRow('message_quoted'),
  location: byRow('message_location'),
  vcards: byRow('message_vcard'),
  forwarded: byRow('message_forwarded'),
  mentions: byRow('message_mentions'),
  revoked: byRow('message_revoked'),
  edited: byRow('message_edit_info'),
  link: byRow('message_text'),
  system: byRow('message_system'),
  systemMembers: byRow('message_system_chat_participant'),
  numberChange: byRow('message_system_number_change'),
  valueChange: byRow('message_system_value_change'),
  ephemeral: byRow('message_ephemeral'),
  poll: byRow('message_poll'),
  pollOptions: byRow('message_poll_option'),
  missedCall: byRow('missed_call_logs'),
  call: {
    needs: ['message_call_log', 'message_row_id', 'call_log_row_id'],
    sql: `SELECT m.message_row_id, c.* FROM message_call_log m JOIN call_log c ON c._id = m.call_log_row_id
      WHERE m.message_row_id BETWEEN ? AND ?`,
  },
  reactions: {
    needs: ['message_add_on_reaction', 'message_add_on_row_id', 'reaction'],
    sql: `SELECT a.parent_message_row_id AS message_row_id, a.from_me, a.sender_jid_row_id, r.reaction
      FROM message_add_on a JOIN message_add_on_reaction r ON r.message_add_on_row_id = a._id
      WHERE a.parent_message_row_id BETWEEN ? AND ? ORDER BY a._id`,
  },
} as const satisfies Readonly<Record<string, SideQuery>>;

export type SideName = keyof typeof queries;

const noRows: readonly Row[] = [];

/** Tables that the queries name. */
export const sideTableNames: ReadonlySet<string> = new Set([
  ...Object.values(queries).map(({ needs: [table] }) => table),
  'message_add_on',
  'call_log',
  'props',
]);

/** What hangs on messages with row ids from `from` to `to`. */
export function askSides(sides: SideTables, from: number, to: number): Sides {
  const entries = Object.entries(queries).map(([name, { needs, sql }]) => {
    const [table, ...columns] = needs;
    const rows = sides.has(table, ...columns) ? sides.ask(table, sql, [from, to], 'message_row_id') : new Map<number, readonly Row[]>();
    return [name, (id: number) => rows.get(id) ?? noRows] as const;
  });
  return Object.fromEntries(entries) as Sides;
}
