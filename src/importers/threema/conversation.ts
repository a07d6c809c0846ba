// The conversation that a file of messages is, by the file's name and what the lists beside it say.

import type { JsonObject } from '../../model/json';
import type { ConversationShape } from '../../model/record';
import { groupId, type SideTables } from './side-tables';

export interface Conversation {
  readonly sourceId: string;
  readonly name: string | null;
  readonly shape: ConversationShape;
  /** Identities; of the owner too where a list has it. */
  readonly members: readonly string[];
  /** What the names of its media begin with. */
  readonly mediaPrefix: string;
  /** Who writes what the owner does not; null where rows say it. */
  readonly contact: string | null;
  readonly extra: JsonObject | null;
}

const pattern = /^(message|group_message|distribution_list_message)_(.*)\.csv$/;

export function conversationOf(fileName: string, tables: SideTables): Conversation {
  const [, kind = 'message', suffix = ''] = pattern.exec(fileName) ?? [];
  if (kind === 'group_message') return groupOf(suffix, tables);
  const plain = { mediaPrefix: kind, extra: null };
  if (kind === 'message') {
    const contact = tables.identityOf(suffix);
    return { ...plain, sourceId: contact, name: tables.nameOf(contact), shape: 'direct', members: [contact], contact };
  }
  return { ...plain, sourceId: `list ${suffix}`, name: tables.list(suffix), shape: 'channel', members: [], contact: null };
}

function groupOf(suffix: string, tables: SideTables): Conversation {
  const group = tables.group(suffix);
  return {
    sourceId: group === null ? suffix : groupId(group.id, group.creator),
    name: group?.name ?? null,
    shape: 'group',
    members: group === null ? [] : [...new Set([group.creator, ...group.members])].filter((id) => id !== ''),
    mediaPrefix: 'group_message',
    contact: null,
    extra: group === null || group.description === null ? null : { description: group.description },
  };
}
