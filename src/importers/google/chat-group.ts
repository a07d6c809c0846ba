// A conversation of Google Chat, by its folder, its messages' ids and `group_info.json`.

import type { ConversationRecord } from '../../model/record';
import { baseName } from '../archive-files';
import type { ChatMember } from './chat-layout';
import type { ChatContext } from './chat-message';
import { keyOf } from './chat-owner';

/** What `group_info.json` says. */
export interface GroupInfo {
  name: string | null;
  members: readonly ChatMember[] | null;
}

/** `DM <id>` and `Space <id>` are English; the id also stands before the first slash of every message's. */
export function toConversation(
  { folder, conversation }: Pick<ChatContext, 'folder' | 'conversation'>,
  messageId: string | null,
  info: GroupInfo | null,
  owner: ChatMember | null,
): ConversationRecord {
  const label = baseName(folder.slice(0, -1));
  const idInMessage = messageId?.includes('/') ? (messageId.split('/')[0] ?? null) : null;
  const idInFolder = /^\S{1,20} (\S{1,80})$/.exec(label)?.[1] ?? null;
  const members = info?.members ?? null;
  const isPair = members === null ? label.startsWith('DM ') : info?.name === null && members.length <= 2;
  const isGroup = members === null ? label.startsWith('Space ') : !isPair;
  const others = (members ?? []).filter((member) => keyOf(member) !== (owner === null ? null : keyOf(owner)));
  const joined = others.map(({ name, email }) => name ?? email ?? '').join(', ');
  const name = info?.name ?? (joined === '' ? null : joined);
  const shape = isPair ? 'direct' : isGroup ? 'group' : 'unknown';
  return { type: 'conversation', index: conversation, sourceId: idInMessage ?? idInFolder, name, shape };
}
