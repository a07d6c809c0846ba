// QQ NT's tables. Their columns are numbers, the same in all of them.

import type { PeekedSchema } from '../../../bytes/sqlite/schema-peek';
import type { ConversationShape } from '../../../model/record';
import type { DatabaseRole } from '../../database-accounts';

export const column = {
  messageId: '40001',
  sequence: '40003',
  type: '40011',
  subType: '40012',
  ownership: '40013',
  senderUid: '40020',
  peerUid: '40021',
  peerNumber: '40027',
  chatNumber: '40030',
  senderNumber: '40033',
  time: '40050',
  card: '40090',
  nick: '40093',
  elements: '40800',
  reactions: '40062',
  records: '40900',
} as const;

export interface MessageTable {
  readonly name: string;
  readonly shape: ConversationShape;
}

/** Tables of messages, all with the same columns. */
export const messageTables: readonly MessageTable[] = [
  { name: 'c2c_msg_table', shape: 'direct' },
  { name: 'group_msg_table', shape: 'group' },
  { name: 'c2c_temp_msg_table', shape: 'direct' },
  { name: 'dataline_msg_table', shape: 'self' },
];

const profileTables = ['profile_info_v6', 'buddy_list', 'group_list', 'group_detail_info_ver1', 'group_member3'] as const;

export function roleOf(schema: PeekedSchema): DatabaseRole | null {
  if (messageTables.some(({ name }) => (schema.get(name) ?? '').includes(column.elements))) return 'messages';
  return profileTables.some((name) => /["'[`](?:1000|60001)["'\]`]/.test(schema.get(name) ?? '')) ? 'beside' : null;
}
