// The ChatLab Format 0.0.2 as one JSON document (hellodigua/ChatLab, docs/cn/chatlab-format.md), one conversation a file. What it has
// no field for (edits, reactions) is left out.

import type { MessageKind } from '../../model/record';
import { detailsOf } from './describe-message';
import type { MessageFormatting, MessageWriter, WrittenConversation, WrittenMessage, WrittenPerson } from './message-writer';

/** A poll has no type there. */
const types: Readonly<Record<MessageKind, number>> = {
  text: 0,
  image: 1,
  voice: 2,
  video: 3,
  file: 4,
  sticker: 5,
  link: 7,
  location: 8,
  transfer: 21,
  call: 23,
  forwarded: 26,
  contact: 27,
  system: 80,
  poll: 99,
  unknown: 99,
};
const replyType = 25;
const recallType = 81;
const pokeType = 22;

/** What stands in place of a text that a file's message has not. */
const placeholders: Partial<Record<MessageKind, string>> = {
  image: '[图片]',
  voice: '[语音]',
  video: '[视频]',
  file: '[文件]',
  sticker: '[表情]',
};

interface Platform {
  readonly name: string;
  /** An id without what tells of which platform it is. */
  bare(id: string): string;
}

/** Chats that came from this format have their platform in their ids: `discord:1234`. */
function platformOf({ source, sourceId, people }: WrittenConversation): Platform {
  const ids = [sourceId, ...people.map((person) => person.sourceId)];
  const own = source === 'chatlab' ? ids.map((id) => /^([\w-]+):/.exec(id ?? '')?.[1]).find((name) => name !== undefined) : source;
  const name = own ?? 'unknown';
  return { name, bare: (id) => (id.startsWith(`${name}:`) ? id.slice(name.length + 1) : id) };
}

const idOf = ({ sourceId, number }: WrittenPerson, { bare }: Platform): string => (sourceId === null ? `n${number}` : bare(sourceId));

function typeOf({ kind, facts }: WrittenMessage['message']): number {
  if (kind === 'text' && facts?.replyTo) return replyType;
  if (kind !== 'system') return types[kind];
  return facts?.service?.action === 'recall' ? recallType : facts?.service?.action === 'poke' ? pokeType : types.system;
}

function encodeMessage({ message, sender, files }: WrittenMessage, platform: Platform): object {
  const { sentAtMs, kind, text, sourceId, facts } = message;
  const [path, ...others] = files.flatMap((file) => file.path ?? []);
  return {
    ...(sourceId !== null && { platformMessageId: sourceId }),
    // Both have to be there; the app's own lines have nobody.
    sender: sender === null ? '' : idOf(sender, platform),
    accountName: sender?.name ?? '',
    timestamp: Math.floor(sentAtMs / 1000),
    type: typeOf(message),
    content: text || placeholders[kind] || detailsOf(message) || null,
    ...(facts?.replyTo?.sourceId && { replyToMessageId: facts.replyTo.sourceId }),
    ...(path !== undefined && { mediaPath: path }),
    ...(others.length > 0 && { otherMediaPaths: others }),
  };
}

function encodeHead(conversation: WrittenConversation, platform: Platform, nowMs: number): string {
  const { name, shape, sourceId, people } = conversation;
  const isGroup = shape === 'group' || shape === 'channel' || (shape === 'unknown' && people.length > 2);
  const owner = people.find(({ isOwner }) => isOwner);
  const meta = {
    name,
    platform: platform.name,
    type: isGroup ? 'group' : 'private',
    ...(isGroup && sourceId !== null && { groupId: platform.bare(sourceId) }),
    ...(owner && { ownerId: idOf(owner, platform) }),
  };
  const chatlab = { version: '0.0.2', exportedAt: Math.floor(nowMs / 1000), generator: 'Camphor' };
  const members = people.map((person) => `\n${JSON.stringify({ platformId: idOf(person, platform), accountName: person.name })}`);
  return `{"chatlab":${JSON.stringify(chatlab)},"meta":${JSON.stringify(meta)},"members":[${members.join(',')}\n],"messages":[`;
}

function createWriter(nowMs: number): MessageWriter {
  let platform: Platform = { name: 'unknown', bare: (id) => id };
  let isFirst = true;
  return {
    begin: () => '',
    beginConversation: (conversation) => {
      platform = platformOf(conversation);
      isFirst = true;
      return encodeHead(conversation, platform, nowMs);
    },
    messages: (messages) => {
      const lines = messages.map((written) => `\n${JSON.stringify(encodeMessage(written, platform))}`);
      const text = (isFirst ? '' : ',') + lines.join(',');
      isFirst = false;
      return text;
    },
    endConversation: () => '\n]}\n',
    end: () => '',
  };
}

export function chatLabFormatting(nowMs: number): MessageFormatting {
  return { createWriter: () => createWriter(nowMs) };
}
