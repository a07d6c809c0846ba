// A conversation of Google Chat, by its folder, its messages' ids and `group_info.json`.

import type { JsonObject } from '../../model/json';
import type { ConversationRecord, NeutralRecord } from '../../model/record';
import { baseName } from '../archive-files';
import { memberOf } from './chat-layout';
import type { ChatMember } from './chat-layout';
import type { ChatContext } from './chat-message';
import { keyOf } from './chat-owner';

/** What `group_info.json` says. */
export interface GroupInfo {
  name: string | null;
  /** As they stand there. */
  members: readonly JsonObject[] | null;
}

/** Appends a conversation and its members, those too who never wrote. Of whom neither address nor name is known stays with it. */
export function openConversation(
  context: Pick<ChatContext, 'folder' | 'conversation' | 'people'>,
  messageId: string | null,
  info: GroupInfo | null,
  owner: ChatMember | null,
  out: NeutralRecord[],
): void {
  const members = info?.members?.map((member) => memberOf(member)) ?? null;
  const record = toConversation(context, messageId, info?.name ?? null, members, owner);
  const nameless = (info?.members ?? []).filter((_, at) => members?.[at] === null);
  out.push(nameless.length === 0 ? record : { ...record, extra: { members: nameless } });
  for (const member of members ?? []) {
    if (member === null) continue;
    const { email, name, isBot } = member;
    if (email === null) context.people.named(name, context.conversation, out);
    else context.people.withId(email, name, out, isBot ? { isBot } : null);
  }
}

/** `DM <id>` and `Space <id>` are English; the id also stands before the first slash of every message's. */
function toConversation(
  { folder, conversation }: Pick<ChatContext, 'folder' | 'conversation'>,
  messageId: string | null,
  groupName: string | null,
  members: readonly (ChatMember | null)[] | null,
  owner: ChatMember | null,
): ConversationRecord {
  const label = baseName(folder.slice(0, -1));
  const idInMessage = messageId?.includes('/') ? (messageId.split('/')[0] ?? null) : null;
  const idInFolder = /^\S{1,20} (\S{1,80})$/.exec(label)?.[1] ?? null;
  const isPair = members === null ? label.startsWith('DM ') : groupName === null && members.length <= 2;
  const isGroup = members === null ? label.startsWith('Space ') : !isPair;
  const known = (members ?? []).filter((member) => member !== null);
  const others = known.filter((member) => owner === null || keyOf(member) !== keyOf(owner));
  const joined = others.map(({ name, email }) => name ?? email ?? '').join(', ');
  const name = groupName ?? (joined === '' ? null : joined);
  const shape = isPair ? 'direct' : isGroup ? 'group' : 'unknown';
  return { type: 'conversation', index: conversation, sourceId: idInMessage ?? idInFolder, name, shape };
}
