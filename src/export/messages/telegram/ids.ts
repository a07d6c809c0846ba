// Ids as Telegram has them: numbers. Its own stay; those of other apps become numbers that are the same in every export.

import { createSha256 } from '../../../crypto/sha256';
import type { WrittenConversation, WrittenMessage, WrittenPerson } from '../message-writer';

/** Numbers made of other ids lie above all that Telegram gives. */
const made = 2 ** 48;

const hashes = new Map<string, number>();
const rememberedHashes = 10_000;

/** 48 bits of the hash of a text. */
function numberOf(text: string): number {
  const known = hashes.get(text);
  if (known !== undefined) return known;
  const hash = createSha256();
  hash.update(new TextEncoder().encode(text));
  const number = Number.parseInt(hash.digestHex().slice(0, 12), 16);
  if (hashes.size >= rememberedHashes) hashes.clear();
  hashes.set(text, number);
  return number;
}

/** `user123`; also `channel123`, of a post that nobody signed. */
export function personId({ sourceId, number, entry }: WrittenPerson): string {
  if (sourceId === null) return `user${number}`;
  return /^(?:user|chat|channel)\d+$/.test(sourceId) ? sourceId : `user${made + numberOf(`${entry.source}:${sourceId}`)}`;
}

/** Kept only where the conversation is Telegram's own, so that no two meet. */
export function messageId({ source }: Pick<WrittenConversation, 'source'>, sourceId: string | null, position: number): number {
  const isOwn = source === 'telegram';
  if (sourceId === null) return isOwn ? 2 * made + position : position + 1;
  const number = isOwn && /^\d{1,15}$/.test(sourceId) ? Number(sourceId) : Number.NaN;
  return number < made ? number : made + numberOf(sourceId);
}

export interface Chat {
  readonly type: string;
  readonly id: number;
}

/** By the kind of its id where it is Telegram's own, else by its shape. */
function typeOf({ shape, people }: WrittenConversation, peer: string | undefined): string {
  if (peer === 'channel') return shape === 'channel' ? 'private_channel' : 'private_supergroup';
  if (shape === 'channel') return 'private_channel';
  if (shape === 'self') return 'saved_messages';
  return shape === 'direct' || (shape === 'unknown' && people.length <= 2) ? 'personal_chat' : 'private_group';
}

/** What kind of chat it is there, and its number. A direct one is known by the other side, and one's own by oneself. */
export function chatOf(conversation: WrittenConversation): Chat {
  const { sourceId, source, people, number } = conversation;
  const [, peer, own] = /^(user|chat|channel)(\d{1,15})$/.exec(sourceId ?? '') ?? [];
  const type = typeOf(conversation, peer);
  if (own !== undefined) return { type, id: Number(own) };
  const isPersonal = type === 'saved_messages' || type === 'personal_chat';
  const [side, ...others] = isPersonal ? people.filter(({ isOwner }) => isOwner === (type === 'saved_messages')) : [];
  if (side !== undefined && others.length === 0) return { type, id: Number(personId(side).replace(/^\D+/, '')) };
  return { type, id: sourceId === null ? number : made + numberOf(`${source}:${sourceId}`) };
}

export const repliedId = (conversation: WrittenConversation, { message }: WrittenMessage): number | null => {
  const { sourceId = null } = message.facts?.replyTo ?? {};
  return sourceId === null ? null : messageId(conversation, sourceId, 0);
};
